#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/data/columns.hpp"
#include "problems/urban/scheme_account.hpp"

namespace millrace {

/// One scheme under data that change: the volumes stay, so objectives and breaches follow the data alone. Outputs are
/// the objectives of the case, in its order and sign, and last the breach: the sum of all broken limits in
/// units.volume, 0 while the scheme stays feasible.
class FixedScheme {
 public:
  /// Inputs are the ranges. Throws std::invalid_argument as account_of, and for a range that names no data.
  FixedScheme(const UrbanCase& urban, std::size_t scenario, std::span<const double> x,
              std::span<const UrbanRange> inputs);
  FixedScheme(const FixedScheme&) = delete;
  FixedScheme& operator=(const FixedScheme&) = delete;

  std::size_t inputs() const { return inputs_; }
  const std::vector<std::string>& outputs() const { return outputs_; }
  /// Outputs where input k multiplies its data by factors[k]; inputs that share data multiply together, up
  /// to most_of.
  void evaluate(std::span<const double> factors, std::span<double> values);

 private:
  struct Target {
    std::size_t input = 0;
    double* value = nullptr;
    double base = 0.0;
    double most = 0.0;
  };

  UrbanCase urban_;
  std::vector<double> x_;
  std::size_t inputs_;
  std::vector<Target> targets_;
  std::vector<std::string> outputs_;
};

/// One input at its low and its high end, the others as written.
struct OneAtATime {
  std::string input;
  double low_factor = 1.0;
  double high_factor = 1.0;
  /// Outputs of FixedScheme.
  std::vector<double> low;
  std::vector<double> high;
};
struct OneAtATimeTable {
  std::vector<std::string> outputs;
  /// With every factor 1.
  std::vector<double> base;
  /// In the order of urban.sensitivity.ranges.
  std::vector<OneAtATime> rows;
};
OneAtATimeTable one_at_a_time(const UrbanCase& urban, std::size_t scenario, std::span<const double> x);

/// Sobol indices of one output and one input. Empty where the output does not vary.
struct SobolIndex {
  /// Share of the variance that the input explains alone, and with all its interactions.
  std::optional<double> first;
  std::optional<double> total;
  /// Standard errors of both, as in SharePair.
  double first_error = 0.0;
  double total_error = 0.0;
};
struct SobolTable {
  std::vector<std::string> inputs;
  std::vector<std::string> outputs;
  std::vector<double> mean;
  std::vector<double> variance;
  /// Of output o and input k: entry o * inputs + k.
  std::vector<SobolIndex> indices;
  const SobolIndex& of(std::size_t output, std::size_t input) const { return indices[output * inputs.size() + input]; }
};

/// Sobol indices of a fixed scheme, inputs independent and uniform over urban.sensitivity.ranges. `sample` has points
/// of [0, 1) in rows and two columns an input: matrix A, then matrix B (a quasi-random sequence serves best).
/// Saltelli's design with the estimators of jansen_shares (engine/study/variance_indices.hpp). Serial, rows * (inputs +
/// 2) evaluations. Throws std::invalid_argument below two rows or for another number of columns.
SobolTable sobol_indices(const UrbanCase& urban, std::size_t scenario, std::span<const double> x,
                         const Columns& sample);

}  // namespace millrace
