#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>

#include "cli/cases/dispatch_family.hpp"
#include "cli/command_line.hpp"
#include "cli/dispatch/mark_report.hpp"
#include "cli/verbs.hpp"

namespace millrace::cli {
namespace {

struct ReportKind {
  const char* name;
  const char* help;
  MarkReport (*make)(const MarkRequest& request);
};

constexpr std::array kReports = {
    ReportKind{"table2", "the published table with ours beside it", table2_report},
    ReportKind{"M1", "totals beside the published SAC rows, with their context", total_mark},
    ReportKind{"M2", "schedules better than the SAC rows in every column", dominance_mark},
    ReportKind{"M3", "the evolved front beside the exact one", front_mark},
    ReportKind{"M4", "closed-loop policies beside schedules, on other seeds", policy_mark},
};

struct DispatchRequest {
  std::string report;
  std::string problem = "dispatch";
  std::vector<std::string> scenarios;
  std::uint64_t seed = 1;
  std::size_t threads = 0;
  bool json = false;
};

std::string report_help() {
  std::string help;
  for (const ReportKind& kind : kReports)
    help += fmt::format("{}{}: {}", help.empty() ? "" : "; ", kind.name, kind.help);
  return help;
}

const ReportKind& report_kind(const std::string& name) {
  for (const ReportKind& kind : kReports)
    if (name == kind.name) return kind;
  throw UsageError(fmt::format("dispatch: '{}' is no report; write table2, M1, M2, M3 or M4", name));
}

std::vector<std::string> scenarios_of(const DispatchCase& dispatch, const std::vector<std::string>& wanted) {
  for (const std::string& name : wanted)
    if (dispatch.scenario(name) == nullptr)
      throw UsageError(
          fmt::format("--scenario: case '{}' has no '{}'; it has the scenarios of millrace run", dispatch.name, name));
  if (!wanted.empty()) return wanted;
  std::vector<std::string> all;
  for (const DispatchScenario& scenario : dispatch.scenarios) all.push_back(scenario.name);
  return all;
}

void report(const DispatchRequest& request) {
  const ReportKind& kind = report_kind(request.report);
  DispatchCase dispatch = dispatch_study(request.problem, {}).dispatch;
  const auto scenarios = scenarios_of(dispatch, request.scenarios);
  Workers workers(request.threads);
  const MarkReport made = kind.make({std::move(dispatch), scenarios, request.seed, workers});
  if (request.json) fmt::print("{}\n", to_json(made).dump());
  else print_report(made);
}

}  // namespace

void add_dispatch_verb(CLI::App& app) {
  CLI::App* verb = app.add_subcommand("dispatch", "Reports of a dispatch case, each computed when asked for");
  auto request = std::make_shared<DispatchRequest>();
  verb->add_option("report", request->report, report_help())->required();
  verb->add_option("--case", request->problem, "Built-in case or case file (default dispatch)");
  verb->add_option("--scenario", request->scenarios, "Only these scenarios, e.g. --scenario base,drought")
      ->delimiter(',');
  verb->add_option("--seed", request->seed, "Seed of the evolution (default 1)")
      ->check(whole_number(0, std::numeric_limits<std::uint64_t>::max()));
  verb->add_option("--threads", request->threads, "Threads (default 0: every core)")->check(whole_number(0, 4096));
  verb->add_flag("--json", request->json, "One JSON object");
  verb->callback([request] { report(*request); });
}

}  // namespace millrace::cli
