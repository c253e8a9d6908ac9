#include "engine/decide/pseudo_weights.hpp"

#include <cmath>

#include "engine/decide/weights.hpp"

namespace millrace {

PseudoWeightChoice nearest_pseudo_weights(const ScaledFront& front, std::span<const double> weights) {
  PseudoWeightChoice choice;
  choice.wanted = given_weights(front, weights);
  choice.pseudo_weights = Columns(front.size(), front.objectives());
  for (Slot i = 0; i < front.size(); ++i) {
    double total = 0.0;
    for (const std::size_t k : front.varying()) total += front.worst(k) - front(i, k);
    double squares = 0.0;
    for (const std::size_t k : front.varying()) {
      if (total > 0.0) choice.pseudo_weights(i, k) = (front.worst(k) - front(i, k)) / total;
      squares += std::pow(choice.pseudo_weights(i, k) - choice.wanted[k], 2.0);
    }
    choice.distance.push_back(std::sqrt(squares));
  }
  choice.chosen = first_least(choice.distance);
  return choice;
}

}  // namespace millrace
