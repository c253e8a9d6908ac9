#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace millrace {

/// Part of the variation of a full grid that belongs to some factors.
struct FactorialEffect {
  /// Of the sum of squares of all runs: 0 to 1.
  double share = 0.0;
  std::size_t freedom = 0;
  /// Against the spread of the repeats inside of the cells, and its p; 0 and 1 where no cell has a second run.
  double f = 0.0;
  double p_value = 1.0;
};

struct FactorialEffects {
  std::size_t runs = 0;
  double mean = 0.0;
  /// One a factor.
  std::vector<FactorialEffect> main;
  /// Of factors j < k: entry j (2 factors - j - 1) / 2 + k - j - 1.
  std::vector<FactorialEffect> interactions;
  /// Three and more factors together, and the repeats.
  FactorialEffect higher;
  double repeats_share = 0.0;
  std::size_t repeats_freedom = 0;
  /// Mean of the cells of every level, factor after factor in the order of `levels`.
  std::vector<double> level_means;
};

/// Main effects and two-way interactions of a full grid with repeats (analysis of variance, Fisher 1925). `cell` of a
/// run is its row in full_grid(levels); runs whose value is not finite are left out. Where cells have different numbers
/// of runs, their means are analysed with equal weight and the harmonic mean of the numbers stands for the number
/// (Yates 1934, doi:10.1080/01621459.1934.10502686). O(runs + cells factors^2).
/// Throws std::invalid_argument where a cell has no run or lies outside, or the spans differ in length.
FactorialEffects factorial_effects(std::span<const std::size_t> levels, std::span<const std::size_t> cell,
                                   std::span<const double> values);

}  // namespace millrace
