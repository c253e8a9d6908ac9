#include "engine/decide/balanced.hpp"

#include <limits>
#include <utility>

namespace millrace {

BalancedChoice most_balanced(const ScaledFront& front) {
  BalancedChoice choice;
  double least_sum = std::numeric_limits<double>::infinity();
  for (Slot i = 0; i < front.size(); ++i) {
    std::optional<std::size_t> where;
    double sum = 0.0;
    for (const std::size_t k : front.varying()) {
      if (!where || front(i, k) > front(i, *where)) where = k;
      sum += front(i, k);
    }
    choice.largest.push_back(where ? front(i, *where) : 0.0);
    if (i > 0 && !(std::pair(choice.largest[i], sum) < std::pair(choice.largest[choice.chosen], least_sum))) continue;
    choice.chosen = i;
    choice.objective = where;
    least_sum = sum;
  }
  return choice;
}

}  // namespace millrace
