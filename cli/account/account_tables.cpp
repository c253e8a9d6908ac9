#include "cli/account/account_tables.hpp"

#include <fmt/format.h>

#include <cmath>

#include "cli/run/result_table.hpp"
#include "problems/urban/baselines_published.hpp"
#include "problems/urban/objective_form.hpp"
#include "problems/urban/supply_cut.hpp"

namespace millrace::cli {
namespace {

using Row = std::vector<std::string>;

std::string percent(double share) { return fmt::format("{:.1f} %", 100.0 * share); }

std::string text(const std::optional<double>& value) { return value ? grouped_number(*value) : "-"; }

/// As many digits as the figure's unit, the end of its name, deserves.
std::string figure_text(const std::string& name, const std::optional<double>& value) {
  if (!value) return "-";
  // Adding zero turns a rounded -0 into 0.
  if (name.ends_with("percent")) return fmt::format("{:.2f}", std::round(100.0 * *value) / 100.0 + 0.0);
  if (name.ends_with("kg_per_m3")) return fmt::format("{:.3f}", *value);
  return grouped_number(*value);
}

void print_flows(const UrbanCase& urban, const SchemeAccount& account) {
  Row heading = {fmt::format("from \\ to [{}]", urban.units.volume.text)};
  for (const UserAccount& user : account.users) heading.push_back(user.name);
  heading.insert(heading.end(), {"used", "available", "share", "carbon [t]"});
  std::vector<Row> rows;
  for (std::size_t i = 0; i < account.sources.size(); ++i) {
    const SourceAccount& source = account.sources[i];
    Row& row = rows.emplace_back(Row{source.name});
    for (std::size_t j = 0; j < account.users.size(); ++j)
      row.push_back(account.flow_between(i, j) == 0.0 ? "-" : grouped_number(account.flow_between(i, j)));
    row.insert(row.end(), {grouped_number(source.used), grouped_number(source.available),
                           source.used_share ? percent(*source.used_share) : "-", text(source.supply_carbon_t)});
  }
  const auto add = [&](const char* name, auto value, const Row& totals) {
    Row& row = rows.emplace_back(Row{name});
    for (const UserAccount& user : account.users) row.push_back(value(user));
    row.insert(row.end(), totals.begin(), totals.end());
    row.resize(heading.size());
  };
  add("supplied", [](const UserAccount& user) { return grouped_number(user.supplied); },
      {grouped_number(account.supplied), grouped_number(account.available)});
  add("demand", [](const UserAccount& user) { return grouped_number(user.demand); }, {grouped_number(account.demand)});
  add("shortage", [](const UserAccount& user) { return grouped_number(user.shortage); },
      {grouped_number(account.shortage)});
  add("above demand", [](const UserAccount& user) { return grouped_number(user.surplus); },
      {grouped_number(account.surplus)});
  add("carbon of supply [t]", [](const UserAccount& user) { return text(user.supply_carbon_t); },
      {account.carbon ? grouped_number(account.carbon->supply_t) : "-"});
  add("carbon of use [t]", [](const UserAccount& user) { return text(user.use_carbon_t); },
      {account.carbon ? grouped_number(account.carbon->use_t) : "-"});
  fmt::print("{}", format_table(heading, rows));
}

void print_objectives(const SchemeAccount& account) {
  std::string line;
  for (const ObjectiveAccount& objective : account.objectives)
    line += fmt::format("{}{} {} {}", line.empty() ? "" : "; ", name_of(objective.objective),
                        grouped_number(objective.value), objective.unit.empty() ? "" : "[" + objective.unit + "]");
  fmt::print("{}\n", line);
  for (const LimitBreach& breach : account.breaches)
    fmt::print("broken: {} by {}\n", breach.limit, grouped_number(breach.volume));
}

void print_figures(const std::vector<ComparedFigure>& figures) {
  std::vector<Row> rows;
  for (const ComparedFigure& figure : figures) {
    const auto relative = figure.difference_percent();
    rows.push_back({figure.name, figure_text(figure.name, figure.ours), figure_text(figure.name, figure.published),
                    figure_text(figure.name, figure.difference()),
                    relative ? fmt::format("{:+.1f} %", std::round(10.0 * *relative) / 10.0 + 0.0) : "-"});
  }
  fmt::print("{}", format_table({"figure", "ours", "published", "ours - published", ""}, rows));
}

void print_origins(const AccountedStudy& study, const std::vector<ComparedFigure>& of_scenario,
                   const std::vector<ComparedFigure>& of_study) {
  fmt::print("how the numbers are made; [...] are sections of the case {}\n", study.address);
  for (const auto* figures : {&of_scenario, &of_study})
    for (const ComparedFigure& figure : *figures) fmt::print("  {}: {}\n", figure.name, figure.from);
  for (const AccountingKey& entry : kAccountingKeys) {
    const AccountingInput& input = study.urban.accounting.*entry.input;
    fmt::print("  [accounting] {}: {}{}\n", entry.key, name_of(input.status),
               input.provenance.empty() ? "" : " (" + input.provenance + ")");
  }
  for (const std::string& assumption : study.urban.assumptions) fmt::print("assumed: {}\n", assumption);
}

}  // namespace

void print_accounts(const AccountedStudy& study) {
  std::vector<SchemeAccount> accounts;
  std::vector<ComparedFigure> figures;
  fmt::print("{}\n", study.urban.title.empty() ? study.urban.name : study.urban.title);
  for (const AccountedScheme& scheme : study.schemes) {
    fmt::print("\n{}: scheme {}, line {} of {}\n\n", scheme.account.scenario, study.solution, scheme.line,
               scheme.front_file.string());
    print_flows(study.urban, scheme.account);
    print_objectives(scheme.account);
    fmt::print("\n");
    figures = compared_figures(study.urban, scheme.account);
    print_figures(figures);
    accounts.push_back(scheme.account);
  }
  const std::vector<ComparedFigure> of_study = compared_study_figures(study.urban, accounts);
  fmt::print("\nall {} scenarios\n\n", study.schemes.size());
  print_figures(of_study);
  const std::vector<Contradiction> contradictions = source_contradictions(study.urban);
  if (!contradictions.empty()) fmt::print("\ncontradictions of the source\n");
  for (const Contradiction& entry : contradictions) fmt::print("  {}\n", entry.sentence);
  fmt::print("\n");
  print_origins(study, figures, of_study);
}

}  // namespace millrace::cli
