#include "cli/park/network_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "cli/cases/park_family.hpp"
#include "cli/park/pathway.hpp"
#include "cli/table/front_file.hpp"
#include "engine/run/front.hpp"
#include "engine/run/result_files.hpp"
#include "problems/park/park_problem.hpp"
#include "problems/park/resimulation.hpp"
#include "problems/park/seasonal_problem.hpp"

namespace millrace::cli {
namespace {

using nlohmann::json;

/// A row of the front that is worth a picture.
struct NamedRow {
  std::string name;
  std::size_t row = 0;
};

std::vector<NamedRow> named_rows(const FrontFile& front, const ProblemSpec& spec) {
  Population rows(front.size(), {spec.bounds.variables(), front.f.columns(), 0});
  for (std::size_t i = 0; i < front.size(); ++i)
    for (std::size_t k = 0; k < front.f.columns(); ++k) rows.f(i, k) = front.f(i, k);
  std::vector<NamedRow> named = {{"balanced", balanced_scheme(rows, ReferenceBox::of(spec, rows.f))}};
  for (std::size_t k = 0; k < front.f.columns(); ++k) {
    std::size_t best = 0;
    for (std::size_t i = 1; i < front.size(); ++i)
      if (front.f(i, k) < front.f(best, k)) best = i;
    named.push_back({"lowest " + spec.objectives[k].name, best});
  }
  return named;
}

/// The networks of a study, one a season, that account for everything a planner asks.
std::vector<ParkSystem> systems_of(const ParkStudy& typed) {
  ParkOptions options = typed.options;
  options.piping.charge = 0.0;
  options.objectives = {ParkObjective::cost, ParkObjective::freshwater, ParkObjective::co2, ParkObjective::discharge};
  std::vector<ParkSystem> systems;
  if (!typed.seasons) systems.push_back(make_park_system(typed.park, options));
  for (std::size_t s = 0; typed.seasons && s < typed.park.seasons.size(); ++s)
    systems.push_back(make_park_system(case_in_season(typed.park, typed.park.seasons[s]), options));
  return systems;
}

/// What is written of one scheme in one season (empty: the whole year).
struct Report {
  json sankey = json::array();
  json pathway = json::array();
  std::string text;
  /// Added to the words on each scheme.
  std::string remark;

  void add(const ParkSystem& system, const std::string& name, const std::string& season, std::span<const double> x) {
    const SchemeFlows scheme = scheme_flows(system, x);
    json picture = sankey_json(system.park, scheme);
    picture["scheme"] = name;
    if (!season.empty()) picture["season"] = season;
    sankey.push_back(picture);
    if (system.park.today.empty()) return;
    json path = pathway_json(system.park, flows_of_today(system), scheme);
    path["name"] = name;
    if (!season.empty()) path["season"] = season;
    text += pathway_text(system.park, path, season.empty() ? name : name + ", " + season);
    text += remark;
    pathway.push_back(std::move(path));
  }
};

Population designs_of(const FrontFile& front, const ProblemSpec& spec) {
  Population designs(front.size(), {spec.bounds.variables(), front.f.columns(), 0});
  for (Slot i = 0; i < front.size(); ++i) {
    for (std::size_t j = 0; j < spec.bounds.variables(); ++j) designs.x.row(i)[j] = front.decisions(i, j);
    for (std::size_t k = 0; k < front.f.columns(); ++k) designs.f(i, k) = front.f(i, k);
  }
  return designs;
}

/// The best design beside the case's reference, where both mean the same; empty where they do not.
std::string beside_reference(const ParkStudy& typed, const FrontFile& front, const ProblemSpec& spec, json& check) {
  const bool same = typed.park.reference && !typed.seasons && !typed.options.hybrid &&
                    typed.options.piping.charge == 0.0 && spec.objectives.size() == 1 &&
                    spec.objectives[0].name == name_of(typed.park.objectives.front());
  if (!same || front.violation[0] > 0.0) return "";
  const double known = typed.park.reference->objective;
  const double best = *std::ranges::min_element(front.f.column(0));
  const double above = (best - known) / std::max(std::abs(known), 1e-300);
  check["reference"] = known;
  check["best"] = best;
  check["above_reference"] = above;
  return fmt::format("the best lies {:.2g} % {} the reference {:.10g} ({})\n", 100.0 * std::abs(above),
                     above < 0.0 ? "below" : "above", known, typed.park.reference->status);
}

/// check.json, and in words: whether every design of the front is what a far longer balance says it is.
std::string check_front(const FinishedStudy& finished, const ParkStudy& typed, const FrontFile& front) {
  const ProblemSpec& spec = finished.study.members.front().problem.spec();
  Workers workers(finished.execution.threads);
  const Resimulation found = resimulate(typed.park, typed.options, typed.seasons, designs_of(front, spec), workers);
  json check = {
      {"designs", found.designs}, {"moved", found.moved}, {"largest_move", found.worst}, {"tolerance", kKept}};
  std::string text =
      found.moved == 0
          ? fmt::format("checked: ten times the sweeps move no objective of the {} designs by more than {:.1g} of it\n",
                        found.designs, std::max(found.worst, 1e-15))
          : fmt::format("CHECK FAILED: ten times the sweeps move {} of {} designs, line {} of front.csv by {:.1g}\n",
                        found.moved, found.designs, front.lines[found.worst_design], found.worst);
  text += beside_reference(typed, front, spec, check);
  write_file(finished.folder / "check.json", check.dump(1) + "\n");
  return text;
}

}  // namespace

void write_network_files(const FinishedStudy& finished) {
  const ParkStudy typed = park_study(finished.settings.problem, finished.settings.case_options);
  const ProblemSpec& spec = finished.study.members.front().problem.spec();
  const FrontFile front = read_front_file(finished.folder);
  if (front.size() == 0) return;
  const std::string checked = check_front(finished, typed, front);
  if (!finished.execution.json) fmt::print("{}", checked);
  const std::vector<ParkSystem> systems = systems_of(typed);
  Report report;
  if (typed.options.piping.charge > 0.0) report.remark = "  costs here are without the charges for links\n";
  std::string balanced;
  for (const NamedRow& row : named_rows(front, spec)) {
    std::vector<double> x;
    for (std::size_t j = 0; j < spec.bounds.variables(); ++j) x.push_back(front.decisions(row.row, j));
    for (std::size_t s = 0; s < systems.size(); ++s) {
      const std::size_t genes = systems[s].genes();
      report.add(systems[s], row.name, typed.seasons ? typed.park.seasons[s].id : "",
                 std::span(x).subspan(s * genes, genes));
    }
    if (balanced.empty()) balanced = report.text;
  }
  write_file(finished.folder / "sankey.json", report.sankey.dump(1) + "\n");
  if (report.pathway.empty()) return;
  write_file(finished.folder / "pathway.json", report.pathway.dump(1) + "\n");
  write_file(finished.folder / "pathway.txt", report.text);
  if (!finished.execution.json) fmt::print("{}\n", balanced);
}

}  // namespace millrace::cli
