#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/cases/problem_lookup.hpp"
#include "cli/run/run_settings.hpp"
#include "engine/data/columns.hpp"
#include "engine/run/front.hpp"

namespace millrace::cli {

/// How the final front of a run becomes one number, the smaller the better.
struct ComparedMeasure {
  /// Points of the true front: IGD+ to them, each objective divided by their range. Empty where it is not known.
  Columns reference_set;
  /// Otherwise: the share of this box that the front leaves open (1 - hypervolume).
  ReferenceBox box;
  /// Water: variable that is at its lower bound everywhere on the exact Pareto set.
  std::optional<std::size_t> variable_at_lower_bound;

  bool by_hypervolume() const { return reference_set.rows() == 0; }
};

/// One problem that algorithms are compared on.
struct ComparedProblem {
  std::string label;
  std::string name;
  std::vector<std::string> scenarios;
  std::optional<std::size_t> objectives;
  std::size_t population = 0;
  RecommendedSettings recommended;
  ComparedMeasure measure;
  StudyMember member;
};

/// A named list of problems.
struct ComparedSuite {
  std::string_view name;
  std::string_view description;
};
std::span<const ComparedSuite> compared_suites();

/// The problems of a suite. Throws UsageError for an unknown name.
std::vector<ComparedProblem> problems_of_suite(const std::string& suite);

/// A problem by its name or file, every scenario of a case one problem; `objectives` only for scalable ones.
/// Throws UsageError where there is no such problem or neither its front nor a box of its objectives is known.
std::vector<ComparedProblem> compared_problems(const std::string& name, std::optional<std::size_t> objectives);

}  // namespace millrace::cli
