#include "problems/suite/position.hpp"

#include <fmt/format.h>

#include <utility>

namespace millrace {

ProblemSpec suite_spec(std::string name, Bounds bounds, std::size_t objectives) {
  ProblemSpec spec;
  spec.data_digest = fmt::format("{} objectives={} variables={}", name, objectives, bounds.variables());
  spec.name = std::move(name);
  spec.bounds = std::move(bounds);
  for (std::size_t k = 1; k <= objectives; ++k) {
    ObjectiveSpec objective;
    objective.name = fmt::format("f{}", k);
    spec.objectives.push_back(std::move(objective));
  }
  return spec;
}

void add_constraint(ProblemSpec& spec, double scale) {
  ConstraintSpec constraint;
  constraint.name = fmt::format("g{}", spec.constraints.size() + 1);
  constraint.scale = scale;
  spec.constraints.push_back(std::move(constraint));
}

}  // namespace millrace
