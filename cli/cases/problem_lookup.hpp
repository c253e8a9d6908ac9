#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/run/run_settings.hpp"
#include "engine/problem/problem.hpp"

namespace millrace::cli {

struct CaseFamily;

/// What stands behind a problem whose decisions encode those of a linear program.
struct WholeProblem {
  /// The same objectives of whole decisions: the one that has the linear form.
  AnyProblem problem;
  /// The whole decisions that decisions of the encoding stand for, row by row.
  std::function<DecisionRows(const DecisionRows&)> decoded;
  /// Decisions of the encoding for whole ones of which row k is best in objective k.
  std::function<DecisionRows(const DecisionRows&)> encoded;
};

/// One problem to be solved: a benchmark, or one scenario of a case.
struct StudyMember {
  /// Scenario ("2025"), empty for a benchmark.
  std::string scenario;
  AnyProblem problem;
  /// What the source of the case published for its optimised scheme, to be set beside ours.
  std::optional<double> published_carbon_t;
  /// Null where `problem` itself has whole decisions.
  std::shared_ptr<const WholeProblem> whole = nullptr;

  /// The problem of whole decisions: linear programs and exact solutions are of this one.
  const AnyProblem& whole_problem() const { return whole != nullptr ? whole->problem : problem; }
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
  /// Null for a benchmark.
  const CaseFamily* family = nullptr;
};

/// Which problem is meant, as typed or as kept with a run.
struct ProblemRequest {
  /// Name of a built-in case or a benchmark, or the path of a case file.
  std::string problem;
  /// Scenarios of a case; empty for all of them.
  std::vector<std::string> scenarios;
  /// Size of a scalable benchmark.
  std::optional<std::size_t> objectives, variables;
  bool repair = true;
  CaseOptions options;
  /// Whether the exact front is asked for: only whole decisions will do.
  bool exact = false;
};
ProblemRequest problem_request(const RunRequest& typed);
ProblemRequest problem_request(const RunSettings& settings);

/// Finds a built-in case, a benchmark, or a case file. Names win over files; a path has a slash, ends in .toml or .json,
/// or exists. Throws UsageError with one sentence where there is no such problem, scenario, size or option, or the file
/// is bad.
Study find_study(const ProblemRequest& request);

/// One line of `millrace list problems`.
struct ProblemListing {
  std::string name;
  std::string family;
  std::string description;
};
std::vector<ProblemListing> list_problems();

}  // namespace millrace::cli
