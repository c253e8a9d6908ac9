#include "operators/catalogue.hpp"

#include <array>

namespace millrace {

std::span<const OperatorEntry> operator_catalogue() {
  static constexpr std::array<OperatorEntry, 15> kEntries{{
      {"sampling", "uniform", "independent uniform points inside the bounds"},
      {"sampling", "latin_hypercube", "every variable hits each of n equal slices once"},
      {"sampling", "sobol", "Sobol points with a random digital shift, up to 1111 variables"},
      {"crossover", "sbx", "simulated binary crossover, bounded; two parents, two children"},
      {"crossover", "uniform", "each variable changes sides with probability 1/2; two parents, two children"},
      {"crossover", "differential", "differential evolution, rand/1/bin or current-to-rand/1; four parents, one child"},
      {"crossover", "scanning", "levels of ordinal and binary variables, each from one of the parents"},
      {"crossover", "pcx", "parent-centric crossover, near one of its parents; ten parents, two children"},
      {"crossover", "spx", "simplex crossover, uniform in an expanded simplex; ten parents, two children"},
      {"crossover", "undx", "unimodal normal distribution about the parents' mean; ten parents, two children"},
      {"mutation", "polynomial", "polynomial mutation, bounded; one variable a child on average"},
      {"mutation", "uniform", "a new value anywhere inside the bounds; one variable a child on average"},
      {"mutation", "geometric", "integer variables: a geometric step up or down, inside the bounds"},
      {"mutation", "neighbour", "ordinal variables: a step to a neighbouring level"},
      {"mutation", "bit_flip", "binary variables: the other bit"},
  }};
  return kEntries;
}

}  // namespace millrace
