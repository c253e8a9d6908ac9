#include "engine/problem/spec.hpp"

#include <fmt/format.h>

#include <cmath>

namespace millrace {

std::string ProblemSpec::variable_name(std::size_t j) const {
  return variable_names.empty() ? fmt::format("x{}", j + 1) : variable_names[j];
}

std::string ProblemSpec::error() const {
  const std::size_t d = bounds.variables();
  if (d == 0) return fmt::format("problem '{}' has no variables", name);
  if (objectives.empty()) return fmt::format("problem '{}' has no objectives", name);
  if (!variable_names.empty() && variable_names.size() != d)
    return fmt::format("problem '{}' names {} of {} variables", name, variable_names.size(), d);
  for (std::size_t j = 0; j < d; ++j) {
    if (!std::isfinite(bounds.lower(j)) || !std::isfinite(bounds.upper(j)))
      return fmt::format("problem '{}': a bound of {} is not finite", name, variable_name(j));
    if (bounds.lower(j) > bounds.upper(j))
      return fmt::format("problem '{}': the lower bound of {} ({}) is above its upper bound ({})", name,
                         variable_name(j), bounds.lower(j), bounds.upper(j));
  }
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
