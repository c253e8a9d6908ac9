#include "cli/sweep/sweep_plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

#include "cli/exit_code.hpp"
#include "cli/run/memory_need.hpp"
#include "cli/run/study_folder.hpp"
#include "cli/sweep/study_parameters.hpp"
#include "engine/parallel/workers.hpp"

namespace millrace::cli {
namespace {

constexpr std::size_t kMostRuns = 100'000'000;

[[noreturn]] void fail(const StudyFile& file, std::size_t line, const std::string& key, const std::string& message) {
  throw UsageError(fmt::format("{}:{}: {}: {}", file.path.string(), std::max<std::size_t>(line, 1), key, message));
}

std::vector<PlannedProblem> find_problems(const StudyFile& file) {
  std::vector<PlannedProblem> problems;
  for (const StudyProblem& wanted : file.problems) {
    try {
      Study study = find_study(wanted.request);
      ProblemRequest request = wanted.request;
      request.problem = study.address;
      for (StudyMember& member : study.members) {
        const std::string digest = problem_digest(member);
        for (const PlannedProblem& other : problems)
          if (other.digest == digest)
            fail(file, wanted.line, "problems",
                 fmt::format("{} is there twice; write it once", wanted.request.problem));
        problems.push_back({study.name, std::move(member), study.recommended, request, digest});
      }
    } catch (const UsageError& error) {
      const std::string message = error.what();
      if (message.starts_with(file.path.string() + ":")) throw;
      fail(file, wanted.line, "problems", message);
    }
  }
  return problems;
}

std::vector<double> grid_values(const StudyFile& file, const StudyParameter& parameter) {
  std::vector<double> values = values_along(*parameter.range, parameter.steps.value_or(file.design.levels));
  for (double& value : values) value = std::clamp(as_written(value), parameter.range->from, parameter.range->to);
  return values;
}

Columns make_design(const StudyFile& file, const std::vector<std::size_t>& factors) {
  const StudyDesign& design = file.design;
  if (factors.empty() && design.kind != StudyDesign::Kind::grid)
    throw UsageError(fmt::format("{}: parameters: none of them varies, which {} needs; give one a range or a list",
                                 file.path.string(), name_of(design.kind)));
  switch (design.kind) {
    case StudyDesign::Kind::latin_hypercube: return latin_hypercube(design.samples, factors.size(), design.seed);
    case StudyDesign::Kind::sobol:
      return saltelli_design(design.samples, {factors.size(), design.second_order}, design.seed);
    case StudyDesign::Kind::morris: return morris_design(design.samples, factors.size(), design.levels, design.seed);
    case StudyDesign::Kind::grid: break;
  }
  std::vector<std::size_t> levels;
  for (const std::size_t f : factors) {
    const StudyParameter& parameter = file.parameters[f];
    levels.push_back(parameter.range ? grid_values(file, parameter).size() : parameter.values.size());
  }
  return full_grid(levels);
}

/// The values that each factor takes on a grid; empty for other designs.
std::vector<std::vector<SettingValue>> levels_of(const StudyFile& file, const std::vector<std::size_t>& factors) {
  std::vector<std::vector<SettingValue>> levels;
  if (file.design.kind != StudyDesign::Kind::grid) return levels;
  for (const std::size_t f : factors) {
    levels.push_back(file.parameters[f].values);
    if (!file.parameters[f].range) continue;
    for (const double value : grid_values(file, file.parameters[f])) levels.back().emplace_back(value);
  }
  return levels;
}

SettingValue value_at_place(const StudyParameter& parameter, double unit) {
  if (parameter.range)
    return std::clamp(as_written(value_at(*parameter.range, unit)), parameter.range->from, parameter.range->to);
  const auto count = static_cast<double>(parameter.values.size());
  return parameter.values[static_cast<std::size_t>(std::min(unit * count, count - 1.0))];
}

using Values = std::vector<std::pair<std::string, SettingValue>>;

const SettingValue* find_value(const Values& values, const std::string& name) {
  for (const auto& [known, value] : values)
    if (known == name) return &value;
  return nullptr;
}

bool holds(const ParameterCondition& condition, const Values& values, const std::string& algorithm) {
  if (condition.parameter == "algorithm")
    return std::find(condition.values.begin(), condition.values.end(), SettingValue(algorithm)) !=
           condition.values.end();
  const SettingValue* value = find_value(values, condition.parameter);
  return value != nullptr &&
         std::find(condition.values.begin(), condition.values.end(), *value) != condition.values.end();
}

/// Builds settings one after the other.
class Settler {
 public:
  Settler(const SweepPlan& plan, std::vector<std::vector<SettingValue>> levels)
      : plan_(plan), file_(plan.file), levels_(std::move(levels)) {}

  PlannedSetting make(std::size_t problem, std::size_t algorithm, std::size_t point) const {
    PlannedSetting setting{problem, algorithm, point, values_of(algorithm, point), {}};
    const PlannedProblem& solved = plan_.problems[problem];
    RunRequest request;
    request.problem = solved.request.problem;
    if (!solved.member.scenario.empty()) request.scenarios = {solved.member.scenario};
    request.objectives = solved.request.objectives;
    request.variables = solved.request.variables;
    request.no_repair = !solved.request.repair;
    request.case_options = solved.request.options;
    request.algorithm = file_.algorithms[algorithm];
    request.seed = 0;
    if (file_.evaluations) request.evaluations = static_cast<long long>(*file_.evaluations);
    if (file_.generations) request.generations = static_cast<long long>(*file_.generations);
    for (const auto& [name, value] : setting.values) find_parameter(name)->apply(request, value);
    std::sort(setting.values.begin(), setting.values.end());
    try {
      setting.run = resolve(request, solved.recommended);
      // As `millrace run` sets it, which these runs share their address with.
      setting.run.case_options = solved.request.options;
      check(setting.run, solved);
    } catch (const UsageError& error) {
      explain(error.what());
    }
    return setting;
  }

 private:
  Values values_of(std::size_t algorithm, std::size_t point) const {
    if (point == plan_.baseline_point()) return baseline(file_.algorithms[algorithm]);
    Values values;
    for (std::size_t p = 0; p < file_.parameters.size(); ++p) {
      const StudyParameter& parameter = file_.parameters[p];
      if (applies(parameter, values, file_.algorithms[algorithm]))
        values.emplace_back(parameter.name, value_of(p, point));
    }
    return values;
  }

  bool applies(const StudyParameter& parameter, const Values& values, const std::string& algorithm) const {
    return std::all_of(parameter.when.begin(), parameter.when.end(),
                       [&](const ParameterCondition& c) { return holds(c, values, algorithm); });
  }

  Values baseline(const std::string& algorithm) const {
    Values values;
    for (const StudyParameter& parameter : file_.parameters)
      if (const SettingValue* value = find_value(file_.baseline, parameter.name);
          value != nullptr && applies(parameter, values, algorithm))
        values.emplace_back(parameter.name, *value);
    return values;
  }

  SettingValue value_of(std::size_t parameter, std::size_t point) const {
    const auto factor = std::find(plan_.factors.begin(), plan_.factors.end(), parameter);
    if (factor == plan_.factors.end()) return file_.parameters[parameter].values.front();
    const auto column = static_cast<std::size_t>(factor - plan_.factors.begin());
    const double place = plan_.design(point, column);
    if (!levels_.empty()) return levels_[column][static_cast<std::size_t>(place)];
    return value_at_place(file_.parameters[parameter], place);
  }

  /// What `millrace run` would refuse before its first file.
  void check(const RunSettings& run, const PlannedProblem& problem) const {
    const ProblemSpec& spec = problem.member.problem.spec();
    const std::size_t m = spec.objectives.size();
    if (const std::string error = sampling_error(run.method.sampling, spec.bounds.variables()); !error.empty())
      throw UsageError("--sampling: " + error);
    if (const std::size_t most = find_algorithm(run.algorithm)->most_objectives; m > most)
      throw UsageError(fmt::format("--algorithm: {} takes at most {} objectives, {} has {}; remove one of them",
                                   run.algorithm, most, problem.label(), m));
    if (const std::string error = ArchiveOptions{.epsilons = run.method.own.epsilons}.error(m); !error.empty())
      throw UsageError("--epsilon: " + error);
    const double needed = bytes_needed(spec.shape(), run.method.population);
    if (needed > free_)
      throw UsageError(
          fmt::format("--population: {} individuals of {} need about {:.3g} GB of memory, and {:.3g} GB "
                      "are free; write fewer",
                      run.method.population, problem.label(), needed / 1e9, free_ / 1e9));
  }

  /// A sentence about an option, as one about the study file.
  [[noreturn]] void explain(std::string message) const {
    const std::string option = message.starts_with("--") ? message.substr(2, message.find_first_of(": ") - 2) : "";
    if (const std::size_t colon = message.find(": "); !option.empty() && colon != std::string::npos)
      message = message.substr(colon + 2);
    if (message.starts_with("belongs to "))
      message +=
          fmt::format("; write {} = {{ ..., when = {{ ... }} }} with the algorithm or crossover it is for", option);
    for (const StudyParameter& parameter : file_.parameters)
      if (parameter.name == option) fail(file_, parameter.line, option, message);
    throw UsageError(fmt::format("{}: {}{}", file_.path.string(), option.empty() ? "" : option + ": ", message));
  }

  const SweepPlan& plan_;
  const StudyFile& file_;
  std::vector<std::vector<SettingValue>> levels_;
  double free_ = bytes_free();
};

void check_size(const SweepPlan& plan) {
  const double runs = static_cast<double>(plan.points()) * static_cast<double>(plan.problems.size()) *
                      static_cast<double>(plan.file.algorithms.size()) * static_cast<double>(plan.file.seeds.size());
  if (runs <= static_cast<double>(kMostRuns)) return;
  throw UsageError(
      fmt::format("{}: design: asks for {:.3g} runs, and a study has at most {}; write fewer points or seeds",
                  plan.file.path.string(), runs, kMostRuns));
}

void compute_digests(SweepPlan& plan) {
  const std::size_t seeds = plan.file.seeds.size();
  plan.digests.resize(plan.settings.size() * seeds);
  Workers workers(0);
  workers.for_blocks(plan.settings.size(), 16, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      RunSettings run = plan.settings[i].run;
      for (std::size_t s = 0; s < seeds; ++s) {
        run.seed = plan.file.seeds[s];
        plan.digests[i * seeds + s] = run_digest(run, plan.problems[plan.settings[i].problem].member);
      }
    }
  });
}

}  // namespace

std::string PlannedProblem::label() const { return member.scenario.empty() ? name : name + " " + member.scenario; }

SweepPlan plan_sweep(StudyFile file) {
  SweepPlan plan{.file = std::move(file)};
  plan.problems = find_problems(plan.file);
  for (std::size_t p = 0; p < plan.file.parameters.size(); ++p)
    if (plan.file.parameters[p].varies()) plan.factors.push_back(p);
  try {
    plan.design = make_design(plan.file, plan.factors);
  } catch (const std::invalid_argument& error) {
    throw UsageError(fmt::format("{}: design: {}", plan.file.path.string(), error.what()));
  }
  check_size(plan);
  const Settler settler(plan, levels_of(plan.file, plan.factors));
  for (std::size_t problem = 0; problem < plan.problems.size(); ++problem)
    for (std::size_t algorithm = 0; algorithm < plan.file.algorithms.size(); ++algorithm)
      for (std::size_t point = 0; point < plan.points(); ++point)
        plan.settings.push_back(settler.make(problem, algorithm, point));
  compute_digests(plan);
  return plan;
}

}  // namespace millrace::cli
