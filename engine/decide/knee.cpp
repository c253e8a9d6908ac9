#include "engine/decide/knee.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace millrace {
namespace {

double least_exchange(const ScaledFront& front, Slot knee) {
  double least = std::numeric_limits<double>::infinity();
  for (Slot i = 0; i < front.size(); ++i) {
    double loss = 0.0;
    double gain = 0.0;
    for (const std::size_t k : front.varying()) {
      const double change = front(i, k) - front(knee, k);
      (change > 0.0 ? loss : gain) += std::abs(change);
    }
    // No exchange pays at the least sum; what falls below 1 is rounding.
    if (gain > 0.0) least = std::min(least, std::max(1.0, loss / gain));
  }
  return least;
}

}  // namespace

KneeChoice knee(const ScaledFront& front) {
  KneeChoice choice;
  const auto axes = static_cast<double>(std::max<std::size_t>(1, front.varying().size()));
  for (Slot i = 0; i < front.size(); ++i) {
    double sum = 0.0;
    for (const std::size_t k : front.varying()) sum += front(i, k);
    choice.distance.push_back(front.varying().empty() ? 0.0 : (1.0 - sum) / std::sqrt(axes));
  }
  choice.chosen = first_greatest(choice.distance);
  choice.least_exchange = least_exchange(front, choice.chosen);
  return choice;
}

}  // namespace millrace
