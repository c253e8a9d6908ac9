#pragma once

#include <array>
#include <cstdint>

#include "problems/park/predictor.hpp"

namespace millrace {

/// How predictors fare on measurements that they were not fitted to: relative root mean square errors, in the order of
/// kPredictors. The noise of the measurements is part of every one.
struct Validation {
  /// Folds that were left out one after the other, rows dealt to them at random.
  std::size_t folds = 0;
  std::array<double, kPredictors.size()> in_range{};
  /// The outermost fifth of the rows at either end of each input, left out one after the other: how well a predictor
  /// goes on beyond its data.
  std::array<double, kPredictors.size()> at_edges{};

  /// The least error of the data models, the least of the mechanisms, and that of the hybrid with guard rails.
  static double best_data(const std::array<double, kPredictors.size()>& errors);
  static double best_mechanism(const std::array<double, kPredictors.size()>& errors);
  static double hybrid(const std::array<double, kPredictors.size()>& errors);
};

/// Ten folds, or as many as there are rows. Throws std::invalid_argument where what a fold or an edge leaves is too
/// little to fit.
Validation cross_validate(const QuantityData& data, std::uint64_t seed);

}  // namespace millrace
