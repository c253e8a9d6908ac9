#include "cli/run/result_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>

#include "cli/exact/certificate_tables.hpp"
#include "cli/run/seed_count.hpp"
#include "cli/table/display_width.hpp"

namespace millrace::cli {
namespace {

using nlohmann::json;
using Row = std::vector<std::string>;

/// 1234567 as 1,234,567.
std::string grouped(std::uint64_t value) {
  std::string text = std::to_string(value);
  for (std::size_t at = text.size(); at > 3;) text.insert(at -= 3, ",");
  return text;
}

/// About six significant digits, thousands grouped.
std::string number(double value) {
  const double magnitude = std::abs(value);
  if (magnitude == 0.0) return "0";
  if (magnitude < 1e-3 || magnitude >= 1e12) return fmt::format("{:.5e}", value);
  const int decimals = magnitude >= 1e5 ? 0 : magnitude >= 1e3 ? 1 : magnitude >= 1e1 ? 3 : 5;
  std::string text = fmt::format("{:.{}f}", value, decimals);
  const std::size_t sign = text[0] == '-' ? 1 : 0;
  const std::size_t dot = std::min(text.find('.'), text.size());
  for (std::size_t at = dot; at > sign + 3;) text.insert(at -= 3, ",");
  return text;
}

std::string percent(double share) { return fmt::format("{:.1f} %", 100.0 * share); }

std::string label_of(const json& summary) {
  const std::string scenario = summary.at("scenario");
  return scenario.empty() ? summary.at("problem").get<std::string>() : scenario;
}

bool is_year(const std::string& scenario) {
  return scenario.size() == 4 &&
         std::all_of(scenario.begin(), scenario.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
}

std::string label_heading(const Study& study) {
  if (study.members.front().scenario.empty()) return "problem";
  const bool years = std::all_of(study.members.begin(), study.members.end(),
                                 [](const StudyMember& member) { return is_year(member.scenario); });
  return years ? "year" : "scenario";
}

void print_hypervolume_note(const std::vector<json>& summaries) {
  const auto& first = summaries.front().at("hypervolume");
  const bool known = first.at("box") == "of the problem";
  fmt::print("feasible: share of all evaluations\n");
  fmt::print("hypervolume: share of the box from the {} to 1.1 times the way to the nadir{}\n",
             known ? "problem's ideal" : "ideal of the front found",
             known ? "; comparable between runs" : "; the problem gives no box, so runs do not compare");
  const auto is_estimate = [](const json& s) { return s.at("hypervolume").value("method", "exact") == "estimate"; };
  if (std::any_of(summaries.begin(), summaries.end(), is_estimate))
    fmt::print("hypervolume is estimated by sampling: exact would take too long for this many points and objectives\n");
  fmt::print("\n");
}

void print_runs(const Study& study, const std::vector<json>& summaries) {
  std::vector<Row> rows;
  for (const json& s : summaries)
    rows.push_back({label_of(s), grouped(s.at("evaluations")), fmt::format("{:.2f}", s.at("seconds").get<double>()),
                    percent(s.at("feasible_share")), grouped(s.at("front_size")),
                    fmt::format("{:.4f}", s.at("hypervolume").at("share_of_reference_box").get<double>())});
  fmt::print("{}",
             format_table({label_heading(study), "evaluations", "seconds", "feasible", "front", "hypervolume"}, rows));
  print_hypervolume_note(summaries);
}

/// Not every scenario has every column, so an absent one shows a dash.
std::string published(const StudyMember& member, const std::string& objective) {
  return objective == "carbon" && member.published_carbon_t ? number(*member.published_carbon_t) : "-";
}

void print_objectives(const Study& study, const std::vector<json>& summaries) {
  const bool any_published = std::any_of(study.members.begin(), study.members.end(),
                                         [](const StudyMember& m) { return m.published_carbon_t.has_value(); });
  Row heading = {"objective", "ideal", "nadir", "balanced"};
  if (any_published) heading.insert(heading.end(), {"published", "ours - published"});
  std::vector<Row> rows;
  for (std::size_t i = 0; i < summaries.size(); ++i) {
    for (const json& o : summaries[i].at("objectives")) {
      const std::string name = o.at("name");
      const std::string unit = o.at("unit");
      Row row = {fmt::format("{}{} ({}){}", study.members.size() > 1 ? label_of(summaries[i]) + " " : "", name,
                             o.at("sense").get<std::string>(), unit.empty() ? "" : fmt::format(" [{}]", unit)),
                 number(o.at("best_of_front")), number(o.at("worst_of_front")), number(o.at("balanced"))};
      if (any_published) {
        const auto& paper = study.members[i].published_carbon_t;
        row.push_back(published(study.members[i], name));
        row.push_back(name == "carbon" && paper
                          ? fmt::format("{:+.1f} %", 100.0 * (o.at("balanced").get<double>() / *paper - 1.0))
                          : "-");
      }
      rows.push_back(std::move(row));
    }
  }
  fmt::print("{}", format_table(heading, rows));
  fmt::print(
      "ideal, nadir: best and worst of the front found; balanced: the scheme of the front nearest to the best of all "
      "objectives\n");
}

std::string budget_text(const Budget& budget) {
  std::string text;
  if (budget.generations) text += fmt::format(", {} generations", *budget.generations);
  if (budget.evaluations) text += fmt::format(", {} evaluations", *budget.evaluations);
  if (budget.seconds) text += fmt::format(", {} s", *budget.seconds);
  if (budget.target_hypervolume) text += fmt::format(", until hypervolume {}", *budget.target_hypervolume);
  if (budget.stagnation) text += fmt::format(", until {} generations without gain", *budget.stagnation);
  return text;
}

std::string method_text(const RunSettings& settings) {
  if (settings.directions) return fmt::format("{} points of the exact front", *settings.directions);
  return fmt::format("{}, population {}{}", settings.algorithm, settings.method.population,
                     budget_text(settings.budget));
}

}  // namespace

std::string format_table(const Row& heading, const std::vector<Row>& rows) {
  std::vector<std::size_t> width(heading.size());
  for (std::size_t c = 0; c < heading.size(); ++c) {
    width[c] = display_width(heading[c]);
    for (const Row& row : rows) width[c] = std::max(width[c], display_width(row[c]));
  }
  std::string text;
  const auto append = [&](const Row& row) {
    for (std::size_t c = 0; c < row.size(); ++c)
      text += c == 0 ? fmt::format("{:<{}}", row[c], width[c]) : fmt::format("  {:>{}}", row[c], width[c]);
    text += "\n";
  };
  append(heading);
  for (std::size_t c = 0; c < width.size(); ++c) text += (c == 0 ? "" : "  ") + std::string(width[c], '-');
  text += "\n";
  for (const Row& row : rows) append(row);
  return text;
}

void print_results(const RunSettings& settings, const Study& study, const std::vector<json>& summaries,
                   const std::filesystem::path& folder) {
  fmt::print("{}: {}, seed {}\n\n", study.title, method_text(settings), settings.seed);
  print_runs(study, summaries);
  print_objectives(study, summaries);
  print_seeds(summaries);
  print_exact_tables(label_heading(study), summaries);
  for (const json& s : summaries)
    if (s.at("feasible_in_population") == 0)
      fmt::print("{}: no feasible solution was found; front.csv holds the least violating ones\n", label_of(s));
  for (const std::string& assumption : study.assumptions) fmt::print("assumed: {}\n", assumption);
  fmt::print("\nresults: {}\n", folder.string());
}

void print_profiles(const std::vector<json>& summaries) {
  for (const json& summary : summaries) {
    if (!summary.contains("profile")) {
      fmt::print("\n{}: was found finished and not profiled; add --force to run it again\n", label_of(summary));
      continue;
    }
    const json& profile = summary.at("profile");
    const double total = profile.at("total_ms_a_generation");
    std::vector<Row> rows;
    const auto add = [&](const std::string& name, double milliseconds) {
      rows.push_back({name, fmt::format("{:.4f}", milliseconds), percent(total > 0.0 ? milliseconds / total : 0.0)});
    };
    for (const json& stage : profile.at("stages")) add(stage.at("stage"), stage.at("ms_a_generation"));
    add("sum of the stages", profile.at("sum_ms_a_generation"));
    add("measured total", total);
    fmt::print("\n{}", format_table({label_of(summary), "ms a generation", "share"}, rows));
  }
}

}  // namespace millrace::cli
