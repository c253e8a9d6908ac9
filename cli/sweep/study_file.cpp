#include "cli/sweep/study_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <utility>

#include "cli/exit_code.hpp"
#include "cli/suggestion.hpp"
#include "cli/sweep/study_parameters.hpp"
#include "engine/algorithm/catalogue.hpp"
#include "problems/case/case_file.hpp"

namespace millrace::cli {
namespace {

constexpr std::array kDesigns = {
    std::pair{"grid", StudyDesign::Kind::grid}, std::pair{"latin-hypercube", StudyDesign::Kind::latin_hypercube},
    std::pair{"sobol", StudyDesign::Kind::sobol}, std::pair{"morris", StudyDesign::Kind::morris}};
/// TOML's numbers.
constexpr std::uint64_t kMostSeed = std::uint64_t{1} << 53;
constexpr std::uint64_t kMostSeeds = 1'000'000;

/// A path as the reader of the file means it: beside the file, else as it stands.
std::string resolved(const std::filesystem::path& study, const std::string& problem) {
  const std::filesystem::path beside = study.parent_path() / problem;
  const bool is_path = problem.ends_with(".toml") || problem.ends_with(".json");
  return is_path && std::filesystem::exists(beside) ? beside.string() : problem;
}

CaseOptions case_options(const CaseTable& problem) {
  CaseOptions options;
  const toml::table* section = problem.sub_table("options");
  if (section == nullptr) return options;
  for (auto&& [key, node] : *section) {
    const std::string name(key.str());
    std::string& text = options["--" + name];
    if (const auto* word = node.as_string()) text = word->get();
    else if (node.is_number()) text = fmt::format("{}", problem.number_of(node, name));
    else if (node.is_boolean() && node.as_boolean()->get()) text = "true";
    else problem.fail(node, name, "must be a word, a number or true, as after millrace run --" + name);
  }
  return options;
}

StudyProblem problem_of(const std::string& file, const toml::table& section) {
  const CaseTable table(file, section, "[[problems]]",
                        {"name", "scenarios", "objectives", "variables", "repair", "options"});
  StudyProblem problem{.line = section.source().begin.line};
  problem.request.problem = resolved(file, table.required_text("name", "name = \"pingliang\""));
  if (table.has("scenarios")) problem.request.scenarios = table.required_names("scenarios", "scenarios = [\"2030\"]");
  constexpr std::uint64_t kMostSize = 1'000'000'000;
  if (table.has("objectives")) problem.request.objectives = read_whole(table, "objectives", 1, kMostSize, 1);
  if (table.has("variables")) problem.request.variables = read_whole(table, "variables", 1, kMostSize, 1);
  if (table.has("repair")) problem.request.repair = table.flag("repair");
  problem.request.options = case_options(table);
  return problem;
}

std::vector<StudyProblem> problems_of(const CaseTable& study, const std::string& file) {
  const char* example = "problems = [\"pingliang\"], or a section [[problems]] with name = \"pingliang\"";
  if (!study.has("problems")) study.fail_missing("problems", example);
  const toml::node& node = *study.table().get("problems");
  if (!node.is_array()) study.fail(node, "problems", fmt::format("must be a list; write {}", example));
  std::vector<StudyProblem> problems;
  for (const toml::node& item : *node.as_array()) {
    if (const auto* name = item.as_string()) {
      problems.push_back({.line = item.source().begin.line});
      problems.back().request.problem = resolved(file, name->get());
    } else if (const toml::table* section = item.as_table()) {
      problems.push_back(problem_of(file, *section));
    } else {
      study.fail(item, "problems", fmt::format("must hold names; write {}", example));
    }
  }
  if (problems.empty()) study.fail("problems", fmt::format("is an empty list; write {}", example));
  return problems;
}

std::vector<std::string> algorithms_of(const CaseTable& study) {
  const std::vector<std::string> names = study.required_names("algorithms", "algorithms = [\"nsga2\", \"nsga3\"]");
  std::vector<std::string> known;
  for (const AlgorithmEntry& entry : algorithm_entries()) known.emplace_back(entry.name);
  for (const std::string& name : names)
    if (find_algorithm(name) == nullptr)
      study.fail("algorithms", fmt::format("'{}' is not known{}", name, suggestion(name, known)));
  return names;
}

std::vector<std::uint64_t> seeds_of(const CaseTable& study) {
  std::vector<std::uint64_t> seeds;
  if (!study.has("seeds")) study.fail_missing("seeds", "seeds = 20 (which are 1 to 20), or a list of them");
  const toml::node& node = *study.table().get("seeds");
  if (!node.is_array()) {
    for (std::uint64_t s = 1; s <= read_whole(study, "seeds", 1, kMostSeeds, 1); ++s) seeds.push_back(s);
    return seeds;
  }
  for (const toml::node& item : *node.as_array()) {
    const double value = study.number_of(item, "seeds");
    const bool whole = value >= 0.0 && value <= static_cast<double>(kMostSeed) &&
                       value == static_cast<double>(static_cast<std::uint64_t>(value));
    if (!whole) study.fail(item, "seeds", fmt::format("must be whole numbers from 0 to 2^53, not {}", value));
    const auto seed = static_cast<std::uint64_t>(value);
    if (std::find(seeds.begin(), seeds.end(), seed) != seeds.end())
      study.fail(item, "seeds", fmt::format("has {} twice; write every seed once", seed));
    seeds.push_back(seed);
  }
  if (seeds.empty()) study.fail("seeds", "is an empty list; write seeds = 20, or a list of whole numbers");
  return seeds;
}

/// Only what the kind of design reads may be said.
void check_design_keys(const CaseTable& table, StudyDesign::Kind kind) {
  using Kind = StudyDesign::Kind;
  const auto refuse = [&](const char* key, const char* owners) {
    if (table.has(key))
      table.fail(key, fmt::format("does not belong to a {} design, but to {}; remove it", name_of(kind), owners));
  };
  if (kind == Kind::grid) refuse("samples", "latin-hypercube, sobol and morris");
  if (kind == Kind::grid) refuse("seed", "latin-hypercube, sobol and morris");
  if (kind == Kind::latin_hypercube || kind == Kind::sobol) refuse("levels", "grid and morris");
  if (kind != Kind::sobol) refuse("second-order", "sobol");
}

StudyDesign design_of(const CaseTable& study, const std::string& file) {
  StudyDesign design;
  const toml::table* section = study.sub_table("design");
  if (section == nullptr) return design;
  const CaseTable table(file, *section, "[design]", {"kind", "samples", "levels", "seed", "second-order"});
  const std::string kind = table.required_text("kind", "kind = \"grid\"");
  std::vector<std::string> known;
  bool found = false;
  for (const auto& [name, value] : kDesigns) {
    known.emplace_back(name);
    if (kind == name) design.kind = value, found = true;
  }
  if (!found) table.fail("kind", fmt::format("'{}' is not known{}", kind, suggestion(kind, known)));
  check_design_keys(table, design.kind);
  if (design.kind != StudyDesign::Kind::grid) {
    if (!table.has("samples")) table.fail_missing("samples", "samples = 64");
    design.samples = read_whole(table, "samples", 1, 10'000'000, 0);
  }
  design.levels = read_whole(table, "levels", 2, 1'000'000, design.levels);
  if (design.kind == StudyDesign::Kind::morris && design.levels % 2 != 0)
    table.fail("levels", fmt::format("must be even for Morris, not {}; write {}", design.levels, design.levels + 1));
  design.seed = read_whole(table, "seed", 0, kMostSeed, design.seed);
  design.second_order = table.flag("second-order");
  return design;
}

void read_budget(const CaseTable& study, const std::string& name, StudyFile& file) {
  const toml::table* section = study.sub_table("budget");
  if (section == nullptr) return;
  constexpr std::uint64_t kMost = 1'000'000'000'000'000;
  const CaseTable table(name, *section, "[budget]", {"evaluations", "generations"});
  if (table.has("evaluations")) file.evaluations = read_whole(table, "evaluations", 1, kMost, 1);
  if (table.has("generations")) file.generations = read_whole(table, "generations", 1, kMost, 1);
  for (const StudyParameter& parameter : file.parameters)
    if (parameter.name == "evaluations" || parameter.name == "generations")
      table.fail(parameter.name,
                 fmt::format("is a parameter already; remove [budget], or parameters.{}", parameter.name));
}

void read_indicators(const CaseTable& study, StudyFile& file) {
  const std::vector<std::string> known = {"hypervolume", "feasible-share", "igd-plus", "epsilon-progress"};
  if (!study.has("indicators")) return;
  for (const std::string& name : study.required_names("indicators", "indicators = [\"hypervolume\", \"igd-plus\"]")) {
    if (std::find(known.begin(), known.end(), name) == known.end())
      study.fail("indicators", fmt::format("'{}' is not known{}", name, suggestion(name, known)));
    file.igd_plus |= name == "igd-plus";
    file.epsilon_progress |= name == "epsilon-progress";
  }
}

/// Conditions name what the study has.
void check_conditions(const StudyFile& file) {
  for (const StudyParameter& parameter : file.parameters)
    for (const ParameterCondition& condition : parameter.when) {
      const auto fail = [&](const std::string& message) {
        throw CaseError(file.path.string(), parameter.line, parameter.name, message);
      };
      if (condition.parameter == "algorithm") {
        for (const SettingValue& value : condition.values)
          if (std::find(file.algorithms.begin(), file.algorithms.end(), text_of(value)) == file.algorithms.end())
            fail(fmt::format("when algorithm is {}, which is not among algorithms; add it there, or remove it here",
                             text_of(value)));
        continue;
      }
      const auto other = std::find_if(file.parameters.begin(), file.parameters.end(),
                                      [&](const StudyParameter& p) { return p.name == condition.parameter; });
      if (other == file.parameters.end() || other->line >= parameter.line)
        fail(fmt::format("depends on {}, which is not a parameter above it; write that one before",
                         condition.parameter));
    }
}

void read_baseline(const CaseTable& study, const std::string& name, StudyFile& file) {
  const toml::table* section = study.sub_table("baseline");
  if (section == nullptr) return;
  if (section->empty()) study.fail("baseline", "is empty; write for example population = 100 below it");
  std::vector<std::string> names;
  for (const StudyParameter& parameter : file.parameters) names.push_back(parameter.name);
  const CaseTable table(name, *section, "[baseline]", names);
  for (const StudyParameter& parameter : file.parameters)
    if (table.has(parameter.name)) file.baseline.emplace_back(parameter.name, read_setting(table, parameter.name));
}

StudyFile study_of(const std::filesystem::path& path, const std::string& name, const toml::table& content) {
  const CaseTable study(name, content, "a study",
                        {"name", "problems", "algorithms", "seeds", "indicators", "trace-points", "keep-decisions",
                         "parameters", "baseline", "design", "budget"});
  StudyFile file{.path = path};
  file.name = study.has("name") ? study.required_text("name", "name = \"parameters\"") : path.stem().string();
  file.problems = problems_of(study, name);
  file.algorithms = algorithms_of(study);
  file.seeds = seeds_of(study);
  if (const toml::table* section = study.sub_table("parameters")) file.parameters = read_parameters(name, *section);
  check_conditions(file);
  read_baseline(study, name, file);
  file.design = design_of(study, name);
  read_budget(study, name, file);
  read_indicators(study, file);
  file.trace_points = read_whole(study, "trace-points", 0, 10'000, 0);
  file.keep_decisions = study.flag("keep-decisions");
  return file;
}

std::string text_of_file(const std::filesystem::path& path) {
  const auto fail = [&](const std::string& why) {
    throw UsageError(fmt::format("{}: cannot be read ({}); write the path of a study file", path.string(), why));
  };
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) fail("it is a directory");
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (!file) fail(errno != 0 ? std::strerror(errno) : "it does not open");
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace

const char* name_of(StudyDesign::Kind kind) {
  for (const auto& [name, value] : kDesigns)
    if (value == kind) return name;
  return "";
}

StudyFile read_study_file(const std::filesystem::path& path) {
  try {
    const std::string name = path.string();
    const std::string text = text_of_file(path);
    return study_of(path, name, parse_case_toml(text, name));
  } catch (const CaseError& error) {
    throw UsageError(error.what());
  }
}

std::filesystem::path default_store(const std::filesystem::path& study_file) {
  return std::filesystem::path(study_file).replace_extension(".db");
}

}  // namespace millrace::cli
