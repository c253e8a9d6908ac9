#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>

#include "engine/data/bounds.hpp"
#include "engine/random/philox.hpp"
#include "operators/polynomial_mutation.hpp"

namespace millrace::reference {

/// New value of one variable as the NSGA-II code has it.
inline double mutated_value(double value, double lower, double upper, double eta, double u) {
  if (!(lower < upper)) return value;
  const double width = upper - lower;
  const double delta1 = (value - lower) / width;
  const double delta2 = (upper - value) / width;
  double step = 0.0;
  if (u < 0.5) {
    const double mass = 2.0 * u + (1.0 - 2.0 * u) * std::pow(1.0 - delta1, eta + 1.0);
    step = std::pow(mass, 1.0 / (eta + 1.0)) - 1.0;
  } else {
    const double mass = 2.0 * (1.0 - u) + 2.0 * (u - 0.5) * std::pow(1.0 - delta2, eta + 1.0);
    step = 1.0 - std::pow(mass, 1.0 / (eta + 1.0));
  }
  return std::clamp(value + step * width, lower, upper);
}

/// Mutates one row with the words that the vectorised operator uses, one variable after the other.
inline void polynomial_mutation(const PolynomialMutationOptions& options, const Bounds& bounds, double* row,
                                StreamKey key, std::uint32_t row_number) {
  const double d = static_cast<double>(bounds.variables());
  const double probability = options.probability.value_or(1.0 / d);
  if (probability == 0.0) return;
  RowDraws draws(key, row_number);
  double position = -1.0;
  for (;;) {
    const double u_gap = static_cast<double>(draws.next_u64() >> 12) * 0x1p-52 + 0x1p-53;
    const double u_step = static_cast<double>(draws.next_u64() >> 12) * 0x1p-52 + 0x1p-53;
    position += 1.0 + (probability == 1.0 ? 0.0 : std::floor(std::log(u_gap) / std::log1p(-probability)));
    if (position >= d) return;
    const std::size_t j = static_cast<std::size_t>(position);
    row[j] = mutated_value(row[j], bounds.lower(j), bounds.upper(j), options.eta, u_step);
  }
}

/// Probability that a mutated value is at most `to`: each side of the value has half the mass, with the polynomial
/// density (eta + 1) (1 - |step|)^eta / 2 cut off at the bound.
inline double mutation_distribution(double to, double value, double lower, double upper, double eta) {
  const double width = upper - lower;
  const auto within = [eta](double step) { return 1.0 - std::pow(1.0 - step, eta + 1.0); };
  if (to < value) return 0.5 - 0.5 * within((value - to) / width) / within((value - lower) / width);
  return 0.5 + 0.5 * within((to - value) / width) / within((upper - value) / width);
}

}  // namespace millrace::reference
