#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "problems/park/predictor.hpp"

namespace millrace {

/// How predictors fare on one quantity of the synthetic plant: medians over random training sets of the relative root
/// mean square error against the truth.
struct EvidenceRow {
  std::string quantity;
  std::size_t measurements = 0;
  /// In the order of kPredictors.
  std::array<double, kPredictors.size()> in_range{};
  std::array<double, kPredictors.size()> out_of_range{};
};

struct EvidenceOptions {
  std::vector<std::size_t> measurements = {12, 20, 40, 200};
  std::size_t training_sets = 30;
  /// Points of the truth in range, and as many out of it (synthetic_plant.hpp).
  std::size_t test_points = 400;
  std::uint64_t seed = 1;
  /// One sentence where a value is out of range, else empty.
  std::string error() const;
};

/// Every quantity of the synthetic plant, ammonia a second time by the cruder mechanism. Training set s has seed
/// options.seed + s; the test points are the same for all. Throws std::invalid_argument with options.error().
std::vector<EvidenceRow> hybrid_evidence(const EvidenceOptions& options);
/// One of them.
EvidenceRow hybrid_evidence_of(const ModelledQuantity& quantity, std::size_t measurements,
                               const EvidenceOptions& options);

}  // namespace millrace
