#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/run/run_settings.hpp"
#include "engine/problem/problem.hpp"

namespace millrace::cli {

/// One problem to be solved: a benchmark, or one scenario of a case.
struct StudyMember {
  /// Scenario ("2025"), empty for a benchmark.
  std::string scenario;
  AnyProblem problem;
  /// What the source of the case published for its optimised scheme, to be set beside ours.
  std::optional<double> published_carbon_t;
};

/// Everything one `millrace run` solves.
struct Study {
  /// Short name for folders, e.g. "pingliang" or "dtlz2-m3".
  std::string name;
  /// What finds it again from any folder: the built-in name, or the absolute path of the case file.
  std::string address;
  /// For people.
  std::string title;
  /// What a reader of the results should know was assumed.
  std::vector<std::string> assumptions;
  RecommendedSettings recommended;
  std::vector<StudyMember> members;
};

/// Finds a built-in case, a benchmark, or a case file. Names win over files; a path has a slash or ends in .toml.
/// Throws UsageError with one sentence where there is no such problem, scenario or size, or the file is bad.
Study find_study(const std::string& problem, const std::vector<std::string>& scenarios,
                 std::optional<std::size_t> objectives, std::optional<std::size_t> variables, bool repair);

/// One line of `millrace list problems`.
struct ProblemListing {
  std::string name;
  std::string family;
  std::string description;
};
std::vector<ProblemListing> list_problems();

}  // namespace millrace::cli
