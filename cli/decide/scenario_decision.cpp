#include "cli/decide/scenario_decision.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "cli/decide/decision_text.hpp"
#include "cli/exit_code.hpp"
#include "cli/run/evaluated_designs.hpp"
#include "cli/run/result_table.hpp"
#include "cli/run/settings_json.hpp"
#include "cli/run/study_folder.hpp"
#include "engine/decide/trade_off.hpp"
#include "engine/run/result_files.hpp"

namespace millrace::cli {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

/// The run that wrote a folder.
RunSettings settings_of(const fs::path& folder) {
  const auto manifest = read_manifest(folder);
  if (!manifest) throw UsageError(fmt::format("{}: holds no manifest.json; name the folder of a run", folder.string()));
  try {
    return settings_from_json(manifest->at("settings"));
  } catch (const json::exception&) {
    throw UsageError(
        fmt::format("{}/manifest.json: was written by another version; run the study again", folder.string()));
  }
}

/// Every scheme of every front, one after the other.
struct Candidates {
  DecisionRows decisions;
  /// Front and line that each comes from.
  std::vector<std::size_t> front;
  std::vector<std::size_t> line;
};

Candidates candidates_of(const std::vector<FrontFile>& fronts, std::size_t variables) {
  std::size_t count = 0;
  for (const FrontFile& front : fronts) {
    if (front.decisions.columns() != variables)
      throw UsageError(
          fmt::format("{}: has {} decisions, the case {}", front.name, front.decisions.columns(), variables));
    count += front.size();
  }
  Candidates all{DecisionRows(count, variables), {}, {}};
  for (std::size_t s = 0; s < fronts.size(); ++s)
    for (std::size_t i = 0; i < fronts[s].size(); ++i) {
      for (std::size_t j = 0; j < variables; ++j) all.decisions.row(all.front.size())[j] = fronts[s].decisions(i, j);
      all.front.push_back(s);
      all.line.push_back(fronts[s].lines[i]);
    }
  return all;
}

/// The candidates in one scenario, as a front's file would have them. Row i is candidate i.
FrontFile in_scenario(const Candidates& candidates, const StudyMember& member, const FrontFile& own, Workers& workers) {
  const Population results = evaluated(member.problem, candidates.decisions, workers);
  FrontFile front;
  front.name = member.scenario;
  front.objectives = own.objectives;
  front.decision_headings = own.decision_headings;
  front.f = results.f;
  front.decisions = Columns(results.size(), own.decision_headings.size());
  front.violation.assign(results.violation.begin(), results.violation.end());
  for (std::size_t i = 0; i < results.size(); ++i) {
    for (std::size_t j = 0; j < own.decision_headings.size(); ++j)
      front.decisions(i, j) = results.x.row(static_cast<Slot>(i))[j];
    front.lines.push_back(i);
  }
  return front;
}

std::vector<FrontFile> in_every_scenario(const Candidates& candidates, const Study& study,
                                         const std::vector<FrontFile>& fronts) {
  Workers workers(1);
  std::vector<FrontFile> results;
  for (std::size_t s = 0; s < study.members.size(); ++s)
    results.push_back(in_scenario(candidates, study.members[s], fronts[s], workers));
  return results;
}

bool any_feasible_everywhere(const std::vector<FrontFile>& fronts) {
  for (std::size_t i = 0; i < fronts.front().size(); ++i)
    if (std::all_of(fronts.begin(), fronts.end(), [i](const FrontFile& front) { return front.violation[i] == 0.0; }))
      return true;
  return false;
}

void choose_across(ScenarioDecisions& decisions, const RunSettings& settings, const std::string& digest,
                   const std::vector<FrontFile>& fronts) {
  ProblemRequest request = problem_request(settings);
  const Study study = find_study(request);
  if (digest != study_digest(settings, study))
    throw UsageError(fmt::format("the case {} changed since the run; run the study again", settings.problem));
  const std::size_t variables = study.members.front().problem.spec().bounds.variables();
  const Candidates candidates = candidates_of(fronts, variables);
  const bool repairs = study.members.front().problem.repairs();
  request.repair = request.repair && !repairs;
  std::vector<FrontFile> results = in_every_scenario(candidates, repairs ? find_study(request) : study, fronts);
  decisions.adapted = repairs && !any_feasible_everywhere(results);
  if (decisions.adapted) results = in_every_scenario(candidates, study, fronts);
  decisions.across = decide_by_regret(std::move(results));
  const std::size_t chosen = decisions.across.fronts.front().lines[decisions.across.chosen];
  decisions.chosen_from = decisions.scenarios[candidates.front[chosen]];
  decisions.chosen_line = candidates.line[chosen];
}

json scheme_json(const FrontFile& front, Slot chosen) {
  json scheme = json::object();
  for (std::size_t j = 0; j < front.decision_headings.size(); ++j)
    scheme[front.decision_headings[j]] = front.decisions(chosen, j);
  return scheme;
}

/// The objectives of the scheme for all scenarios, one row a scenario and objective.
void print_across(const ScenarioDecisions& decisions) {
  const Decision& across = decisions.across;
  std::vector<std::vector<std::string>> rows;
  for (const FrontFile& front : across.fronts)
    for (std::size_t k = 0; k < front.objectives.size(); ++k) {
      const ObjectiveSpec& objective = front.objectives[k];
      const auto [lowest, highest] = std::minmax_element(front.f.column(k).begin(), front.f.column(k).end());
      const auto text = [&](double minimised) { return number_text(objective.shown(minimised)); };
      rows.push_back({fmt::format("{} {}", front.name, objective_heading(objective)), text(front.f(across.chosen, k)),
                      text(*lowest), text(*highest)});
    }
  fmt::print("{}", format_table({"objective", "chosen", "best", "worst"}, rows));
}

}  // namespace

bool holds_scenarios(const DecisionRequest& request) {
  if (request.fronts.size() != 1) return false;
  const fs::path folder = request.fronts.front();
  std::error_code ignored;
  if (!fs::is_directory(folder, ignored) || fs::exists(folder / "front.csv", ignored)) return false;
  const auto manifest = read_manifest(folder);
  return manifest && manifest->contains("runs") && manifest->at("runs").size() > 1;
}

ScenarioDecisions decide_scenarios(const DecisionRequest& request) {
  const fs::path folder = request.fronts.front();
  ScenarioDecisions decisions;
  std::vector<FrontFile> fronts;
  const json manifest = read_manifest(folder).value();
  for (const json& run : manifest.at("runs")) {
    decisions.scenarios.push_back(run.at("scenario"));
    DecisionRequest own = request;
    own.fronts = {(folder / decisions.scenarios.back()).string()};
    fronts.push_back(read_front_file(own.fronts.front()));
    if (request.method != "regret") decisions.each.push_back(decide(own));
  }
  choose_across(decisions, settings_of(folder), manifest.value("digest", ""), fronts);
  return decisions;
}

json to_json(const ScenarioDecisions& decisions) {
  json each = json::object();
  for (std::size_t s = 0; s < decisions.each.size(); ++s) each[decisions.scenarios[s]] = to_json(decisions.each[s]);
  json across = to_json(decisions.across);
  // Candidates have no line, and an adapted scheme is another one in each scenario.
  across.erase("scheme");
  for (std::size_t s = 0; s < decisions.across.fronts.size(); ++s) {
    json& front = across.at("fronts")[s];
    front.erase("line");
    for (json& objective : front.at("objectives")) objective.erase("against_best");
    front["scheme"] = scheme_json(decisions.across.fronts[s], decisions.across.chosen);
  }
  across["chosen_from"] = {{"scenario", decisions.chosen_from}, {"line", decisions.chosen_line}};
  across["adapted"] = decisions.adapted;
  return {{"scenarios", each}, {"across_scenarios", across}};
}

void print(const ScenarioDecisions& decisions) {
  for (std::size_t s = 0; s < decisions.each.size(); ++s) {
    fmt::print("== {}\n\n", decisions.scenarios[s]);
    print(decisions.each[s]);
    fmt::print("\n");
  }
  fmt::print("== over all scenarios: the scheme of {}, line {} of its front.csv\n\n", decisions.chosen_from,
             decisions.chosen_line);
  fmt::print("{}\n", decisions.across.reason);
  if (decisions.adapted)
    fmt::print(
        "no scheme satisfies the limits of every scenario as it is: each was adapted to each scenario by the "
        "repair of the case\n");
  if (decisions.across.infeasible)
    fmt::print("no scheme is feasible in every scenario: the chosen one violates constraints\n");
  if (decisions.across.infeasible_left_out > 0)
    fmt::print("left out: {} of the schemes, infeasible in some scenario\n", decisions.across.infeasible_left_out);
  fmt::print("\n");
  print_across(decisions);
}

}  // namespace millrace::cli
