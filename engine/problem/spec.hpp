#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "engine/data/bounds.hpp"
#include "engine/data/population.hpp"

namespace millrace {

enum class Sense { minimise, maximise };

/// What a person is shown of an objective. Inside the engine every objective is minimised.
struct ObjectiveSpec {
  std::string name;
  std::string unit;
  Sense sense = Sense::minimise;
  /// From the minimised value to the one shown, and back: the sign.
  double shown(double minimised) const { return sense == Sense::maximise ? -minimised : minimised; }
};

/// A constraint g(x) <= 0. Violations are added up as max(0, g / scale - tolerance).
struct ConstraintSpec {
  std::string name;
  std::string unit;
  /// Size of the constrained quantity, in its unit: makes violations of different constraints comparable.
  double scale = 1.0;
  /// Share of `scale` that still counts as satisfied: room for rounding where a repair puts a solution on the limit.
  double tolerance = 0.0;
};

/// Everything the engine and a person need to know of a problem besides its functions.
struct ProblemSpec {
  std::string name;
  Bounds bounds;
  /// Names and units of the variables. May be empty, which stands for x1, x2, ... without a unit.
  std::vector<std::string> variable_names;
  std::string variable_unit;
  std::vector<ObjectiveSpec> objectives;
  std::vector<ConstraintSpec> constraints;
  /// Known ideal and nadir of the front, minimised, one value an objective (an exact or published payoff table):
  /// indicators are normalised with them. Empty where they are not known.
  std::vector<double> reference_ideal;
  std::vector<double> reference_nadir;
  /// Text that changes whenever the problem's data change; part of a run's digest.
  std::string data_digest;

  Shape shape() const { return {bounds.variables(), objectives.size(), constraints.size()}; }
  std::string variable_name(std::size_t j) const;
  /// One sentence where the specification contradicts itself (no objective, lower above upper, NaN ...), else empty.
  std::string error() const;
};

}  // namespace millrace
