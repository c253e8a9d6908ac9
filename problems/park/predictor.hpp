#pragma once

#include <array>
#include <span>
#include <string_view>
#include <vector>

#include "problems/park/plant_data.hpp"

namespace millrace {

/// Ways to predict a quantity, from knowing only the mechanism to knowing only the data. Data models are fitted to the
/// logarithm of what was measured.
enum class PredictorKind {
  mechanism,
  /// Times one fitted constant.
  mechanism_bias,
  data_linear,
  data_quadratic,
  data_gaussian,
  /// Mechanism times exp(residual), of the degree that leave-one-out chooses, without guard rails.
  hybrid_bare,
  /// FittedQuantity: what unit models use.
  hybrid
};
inline constexpr std::array kPredictors = {PredictorKind::mechanism,     PredictorKind::mechanism_bias,
                                           PredictorKind::data_linear,   PredictorKind::data_quadratic,
                                           PredictorKind::data_gaussian, PredictorKind::hybrid_bare,
                                           PredictorKind::hybrid};
std::string_view name_of(PredictorKind kind);

/// Fits to `train` and predicts the rows of `test`. Throws std::invalid_argument where there are too few rows.
std::vector<double> predict(PredictorKind kind, const QuantityData& train, const QuantityData& test);

/// Root mean square of prediction / measured - 1.
double relative_error(std::span<const double> predicted, std::span<const double> measured);

}  // namespace millrace
