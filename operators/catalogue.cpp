#include "operators/catalogue.hpp"

#include <array>

namespace millrace {

std::span<const OperatorEntry> operator_catalogue() {
  static constexpr std::array<OperatorEntry, 7> kEntries{{
      {"sampling", "uniform", "independent uniform points inside the bounds"},
      {"sampling", "latin_hypercube", "every variable hits each of n equal slices once"},
      {"sampling", "sobol", "Sobol points with a random digital shift, up to 1111 variables"},
      {"crossover", "sbx", "simulated binary crossover, bounded; two parents, two children"},
      {"crossover", "uniform", "each variable changes sides with probability 1/2; two parents, two children"},
      {"crossover", "differential", "differential evolution, rand/1/bin or current-to-rand/1; four parents, one child"},
      {"mutation", "polynomial", "polynomial mutation, bounded; one variable a child on average"},
  }};
  return kEntries;
}

}  // namespace millrace
