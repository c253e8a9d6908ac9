#include "problems/park/residual_evidence.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "problems/park/biological.hpp"
#include "problems/park/synthetic_plant.hpp"

namespace millrace {
namespace {

/// Every quantity can be fitted from this many rows on.
constexpr std::size_t kFewestMeasurements = kMostInputs + 2;

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const std::size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : 0.5 * (values[middle - 1] + values[middle]);
}

}  // namespace

std::string EvidenceOptions::error() const {
  for (const std::size_t n : measurements)
    if (n < kFewestMeasurements)
      return fmt::format("{} measurements are too few; at least {} are needed", n, kFewestMeasurements);
  if (training_sets == 0 || test_points == 0) return "at least one training set and one test point are needed";
  return "";
}

EvidenceRow hybrid_evidence_of(const ModelledQuantity& quantity, std::size_t measurements,
                               const EvidenceOptions& options) {
  EvidenceRow row{fmt::format("{} {}", name_of(quantity.unit_kind), quantity.name), measurements, {}, {}};
  QuantityData test = truth_in_range(quantity, options.test_points, options.seed);
  const QuantityData outside = truth_out_of_range(quantity, options.test_points, options.seed);
  for (std::size_t i = 0; i < outside.rows(); ++i) test.add(outside.row(i), outside.measured[i]);
  const std::span<const double> truth(test.measured);
  for (std::size_t p = 0; p < kPredictors.size(); ++p) {
    std::vector<double> in_range;
    std::vector<double> out_of_range;
    for (std::size_t set = 0; set < options.training_sets; ++set) {
      const QuantityData train = measure_synthetic(quantity, measurements, options.seed + set);
      const std::vector<double> predicted = predict(kPredictors[p], train, test);
      const std::span<const double> values(predicted);
      in_range.push_back(relative_error(values.first(options.test_points), truth.first(options.test_points)));
      out_of_range.push_back(relative_error(values.last(options.test_points), truth.last(options.test_points)));
    }
    row.in_range[p] = median(in_range);
    row.out_of_range[p] = median(out_of_range);
  }
  return row;
}

std::vector<EvidenceRow> hybrid_evidence(const EvidenceOptions& options) {
  if (const std::string error = options.error(); !error.empty()) throw std::invalid_argument(error);
  const ModelledQuantity cruder = biological_ammonia_first_order();
  std::vector<EvidenceRow> rows;
  const auto add = [&](const ModelledQuantity& quantity) {
    for (const std::size_t n : options.measurements) rows.push_back(hybrid_evidence_of(quantity, n, options));
  };
  for (const ModelledQuantity& quantity : modelled_quantities()) add(quantity);
  const std::size_t first_cruder = rows.size();
  add(cruder);
  for (std::size_t i = first_cruder; i < rows.size(); ++i) rows[i].quantity += ", cruder mechanism";
  return rows;
}

}  // namespace millrace
