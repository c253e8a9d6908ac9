#include "engine/decide/topsis.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/decide/weights.hpp"

namespace millrace {

TopsisChoice topsis(const ScaledFront& front, std::span<const double> weights) {
  TopsisChoice choice;
  choice.weights = given_weights(front, weights);
  // Longest weighted side between the corners: distances are measured in it, so that no square underflows.
  double longest = 0.0;
  for (const std::size_t k : front.varying())
    longest = std::max(longest, choice.weights[k] * (front.worst(k) - front.best(k)));
  choice.closeness.assign(front.size(), 1.0);
  for (std::size_t i = 0; longest > 0.0 && i < front.size(); ++i) {
    double from_best = 0.0;
    double from_worst = 0.0;
    for (const std::size_t k : front.varying()) {
      const double weight = choice.weights[k] / longest;
      from_best += std::pow(weight * (front(i, k) - front.best(k)), 2.0);
      from_worst += std::pow(weight * (front.worst(k) - front(i, k)), 2.0);
    }
    choice.closeness[i] = std::sqrt(from_worst) / (std::sqrt(from_best) + std::sqrt(from_worst));
  }
  choice.ranking.resize(front.size());
  std::iota(choice.ranking.begin(), choice.ranking.end(), Slot{0});
  std::stable_sort(choice.ranking.begin(), choice.ranking.end(),
                   [&](Slot a, Slot b) { return choice.closeness[a] > choice.closeness[b]; });
  return choice;
}

}  // namespace millrace
