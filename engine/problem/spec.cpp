#include "engine/problem/spec.hpp"

#include <fmt/format.h>

#include <cmath>

namespace millrace {

namespace {

bool is_whole(double bound) { return bound == std::floor(bound) && std::abs(bound) <= kLargestLevel; }

/// What is wrong with the bounds of variable j, or empty.
std::string bounds_error(const ProblemSpec& spec, std::size_t j) {
  const VariableKind kind = spec.bounds.kind(j);
  const double lower = spec.bounds.lower(j);
  const double upper = spec.bounds.upper(j);
  const std::string variable = spec.variable_name(j);
  if (!std::isfinite(lower) || !std::isfinite(upper)) return fmt::format("a bound of {} is not finite", variable);
  if (lower > upper)
    return fmt::format("the lower bound of {} ({}) is above its upper bound ({})", variable, lower, upper);
  if (kind != VariableKind::real && !(is_whole(lower) && is_whole(upper)))
    return fmt::format("the bounds of the {} variable {} must be whole numbers of at most 2^31 - 1, not {} and {}",
                       name_of(kind), variable, lower, upper);
  if (kind == VariableKind::binary && (lower < 0.0 || upper > 1.0))
    return fmt::format("the bounds of the binary variable {} must be 0 and 1, not {} and {}", variable, lower, upper);
  return {};
}

}  // namespace

std::string ProblemSpec::variable_name(std::size_t j) const {
  return variable_names.empty() ? fmt::format("x{}", j + 1) : variable_names[j];
}

std::string ProblemSpec::error() const {
  const std::size_t d = bounds.variables();
  if (d == 0) return fmt::format("problem '{}' has no variables", name);
  if (objectives.empty()) return fmt::format("problem '{}' has no objectives", name);
  if (!variable_names.empty() && variable_names.size() != d)
    return fmt::format("problem '{}' names {} of {} variables", name, variable_names.size(), d);
  for (std::size_t j = 0; j < d; ++j)
    if (const std::string wrong = bounds_error(*this, j); !wrong.empty())
      return fmt::format("problem '{}': {}", name, wrong);
  if (!reference_ideal.empty() || !reference_nadir.empty()) {
    bool ordered = reference_ideal.size() == objectives.size() && reference_nadir.size() == objectives.size();
    for (std::size_t k = 0; ordered && k < objectives.size(); ++k) ordered = reference_ideal[k] < reference_nadir[k];
    if (!ordered) return fmt::format("problem '{}': the reference ideal must be below the reference nadir", name);
  }
  for (const auto& constraint : constraints)
    if (!(constraint.scale > 0.0) || !std::isfinite(constraint.scale) || !(constraint.tolerance >= 0.0))
      return fmt::format("problem '{}': constraint {} needs a positive scale and a tolerance of at least 0", name,
                         constraint.name);
  return {};
}

}  // namespace millrace
