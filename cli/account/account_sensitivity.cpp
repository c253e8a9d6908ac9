#include <fmt/format.h>

#include <cmath>

#include "cli/account/account_tables.hpp"
#include "cli/run/result_table.hpp"
#include "engine/random/sobol.hpp"
#include "problems/urban/sensitivity.hpp"
#include "problems/urban/sensitivity_scenario.hpp"
#include "problems/urban/supply_cut.hpp"

namespace millrace::cli {
namespace {

using Row = std::vector<std::string>;

/// Change in percent of `base`; in units where that is 0.
std::string change(double value, double base) {
  const double difference = value - base;
  if (difference == 0.0) return ".";
  return base == 0.0 ? "+" + grouped_number(difference) : fmt::format("{:+.2f} %", 100.0 * difference / std::abs(base));
}

void print_one_at_a_time(const OneAtATimeTable& table) {
  Row heading = {"data", "factor"};
  heading.insert(heading.end(), table.outputs.begin(), table.outputs.end());
  std::vector<Row> rows;
  for (const OneAtATime& input : table.rows)
    for (const bool high : {false, true}) {
      Row& row = rows.emplace_back(
          Row{high ? "" : input.input, fmt::format("{}", high ? input.high_factor : input.low_factor)});
      for (std::size_t o = 0; o < table.outputs.size(); ++o)
        row.push_back(change(high ? input.high[o] : input.low[o], table.base[o]));
    }
  fmt::print("{}", format_table(heading, rows));
}

/// A share in percent; adding zero turns a rounded -0 into 0.
double tenths_of_percent(double share) { return std::round(1000.0 * share) / 10.0 + 0.0; }

std::string share_text(const SobolIndex& index) {
  if (!index.first) return ".";
  return fmt::format("{:.1f} / {:.1f}", tenths_of_percent(*index.first), tenths_of_percent(*index.total));
}

void print_sobol(const SobolTable& table) {
  Row heading = {"share of variance [%], alone / with all"};
  heading.insert(heading.end(), table.outputs.begin(), table.outputs.end());
  std::vector<Row> rows;
  for (std::size_t k = 0; k < table.inputs.size(); ++k) {
    Row& row = rows.emplace_back(Row{table.inputs[k]});
    for (std::size_t o = 0; o < table.outputs.size(); ++o) row.push_back(share_text(table.of(o, k)));
  }
  Row& spread = rows.emplace_back(Row{"standard deviation"});
  for (const double variance : table.variance) spread.push_back(grouped_number(std::sqrt(variance)));
  fmt::print("{}", format_table(heading, rows));
}

void print_what_if(const UrbanCase& urban, const WhatIfAccount& account) {
  fmt::print("{}: the scheme {}\n", account.name,
             account.breaches.empty() ? "stays feasible" : "is no longer feasible");
  for (const LimitBreach& breach : account.breaches)
    fmt::print("  {} broken by {} ({:.1f} %)\n", breach.limit, grouped_number(breach.volume), 100.0 * breach.share);
  for (const std::string& reason : account.infeasible_because) fmt::print("  no scheme is: {}\n", reason);
  const auto costs = [&](const char* which, const std::vector<double>& values) {
    std::string line;
    for (std::size_t k = 0; k < values.size(); ++k)
      line += fmt::format("{}{} {} ({})", k == 0 ? "" : ", ", name_of(urban.objectives[k]), grouped_number(values[k]),
                          change(values[k], account.before[k]));
    fmt::print("  {}: {}\n", which, line);
  };
  costs("as it is", account.after);
  if (!account.breaches.empty() && !account.repaired.empty()) costs("repaired", account.repaired_objectives);
}

}  // namespace

void print_sensitivity(const AccountedStudy& study, std::size_t samples) {
  const UrbanSensitivity& sensitivity = study.urban.sensitivity;
  if (sensitivity == UrbanSensitivity{}) {
    fmt::print("\nno sensitivity: the case has no section [sensitivity]\n");
    return;
  }
  for (const AccountedScheme& scheme : study.schemes) {
    const std::size_t t = scheme.account.scenario_index;
    if (!sensitivity.ranges.empty()) {
      fmt::print("\n{}: the scheme under changed data; breach: all broken limits [{}]\n\n", scheme.account.scenario,
                 study.urban.units.volume.text);
      print_one_at_a_time(one_at_a_time(study.urban, t, scheme.x));
      fmt::print("\n");
      print_sobol(sobol_indices(study.urban, t, scheme.x, sobol_points(samples, 2 * sensitivity.ranges.size(), 1)));
    }
    if (!sensitivity.what_ifs.empty()) fmt::print("\n{}: what if\n", scheme.account.scenario);
    for (const WhatIfAccount& account : what_if_accounts(study.urban, t, scheme.x)) print_what_if(study.urban, account);
  }
  fmt::print("\nranges: {}\n", sensitivity.provenance);
}

}  // namespace millrace::cli
