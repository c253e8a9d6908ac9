#include "problems/park/residual_validation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <stdexcept>
#include <vector>

#include "engine/random/philox.hpp"

namespace millrace {
namespace {

constexpr std::size_t kMostFolds = 10;
/// One of this many rows is beyond an edge.
constexpr std::size_t kEdgeShare = 5;

double error_of(const std::array<double, kPredictors.size()>& errors, PredictorKind kind) {
  return errors[static_cast<std::size_t>(std::find(kPredictors.begin(), kPredictors.end(), kind) -
                                         kPredictors.begin())];
}

/// Predictions of left-out rows beside what was measured, of each predictor.
struct LeftOut {
  std::array<std::vector<double>, kPredictors.size()> predicted;
  std::vector<double> measured;

  void leave_out(const QuantityData& data, const std::vector<bool>& out) {
    QuantityData train{data.quantity, {}, {}};
    QuantityData test{data.quantity, {}, {}};
    for (std::size_t i = 0; i < data.rows(); ++i) (out[i] ? test : train).add(data.row(i), data.measured[i]);
    for (std::size_t p = 0; p < kPredictors.size(); ++p) {
      const std::vector<double> values = predict(kPredictors[p], train, test);
      predicted[p].insert(predicted[p].end(), values.begin(), values.end());
    }
    measured.insert(measured.end(), test.measured.begin(), test.measured.end());
  }
  std::array<double, kPredictors.size()> errors() const {
    std::array<double, kPredictors.size()> result{};
    for (std::size_t p = 0; p < kPredictors.size(); ++p) result[p] = relative_error(predicted[p], measured);
    return result;
  }
};

LeftOut leave_out_folds(const QuantityData& data, std::size_t folds, std::uint64_t seed) {
  std::vector<std::uint32_t> order(data.rows());
  std::iota(order.begin(), order.end(), 0u);
  RowDraws draws({seed, 0, Stage::problem}, kGroupRow);
  shuffle(std::span(order), draws);
  LeftOut result;
  for (std::size_t fold = 0; fold < folds; ++fold) {
    std::vector<bool> out(data.rows());
    for (std::size_t i = fold; i < order.size(); i += folds) out[order[i]] = true;
    result.leave_out(data, out);
  }
  return result;
}

LeftOut leave_out_edges(const QuantityData& data) {
  LeftOut result;
  const std::size_t beyond = (data.rows() + kEdgeShare - 1) / kEdgeShare;
  for (std::size_t i = 0; i < data.quantity->inputs.size(); ++i) {
    std::vector<std::uint32_t> order(data.rows());
    std::iota(order.begin(), order.end(), 0u);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return data.row(a)[i] < data.row(b)[i]; });
    for (const bool upper : {false, true}) {
      std::vector<bool> out(data.rows());
      for (std::size_t j = 0; j < beyond; ++j) out[order[upper ? order.size() - 1 - j : j]] = true;
      result.leave_out(data, out);
    }
  }
  return result;
}

}  // namespace

double Validation::best_data(const std::array<double, kPredictors.size()>& errors) {
  return std::min({error_of(errors, PredictorKind::data_linear), error_of(errors, PredictorKind::data_quadratic),
                   error_of(errors, PredictorKind::data_gaussian)});
}

double Validation::best_mechanism(const std::array<double, kPredictors.size()>& errors) {
  return std::min(error_of(errors, PredictorKind::mechanism), error_of(errors, PredictorKind::mechanism_bias));
}

double Validation::hybrid(const std::array<double, kPredictors.size()>& errors) {
  return error_of(errors, PredictorKind::hybrid);
}

Validation cross_validate(const QuantityData& data, std::uint64_t seed) {
  const std::size_t needed = data.quantity->inputs.size() + 2;
  if (data.rows() < needed || data.rows() - (data.rows() + kEdgeShare - 1) / kEdgeShare < needed)
    throw std::invalid_argument(
        fmt::format("{} of {}: {} measurements are too few to leave a fifth of them out and fit "
                    "{} inputs to the rest; at least {} are needed",
                    data.quantity->name, name_of(data.quantity->unit_kind), data.rows(), needed - 2,
                    (needed * kEdgeShare + kEdgeShare - 2) / (kEdgeShare - 1)));
  Validation validation;
  validation.folds = std::min(kMostFolds, data.rows());
  validation.in_range = leave_out_folds(data, validation.folds, seed).errors();
  validation.at_edges = leave_out_edges(data).errors();
  return validation;
}

}  // namespace millrace
