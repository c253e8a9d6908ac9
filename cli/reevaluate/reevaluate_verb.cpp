#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <memory>

#include "cli/cases/dispatch_family.hpp"
#include "cli/command_line.hpp"
#include "cli/dispatch/controller_totals.hpp"
#include "cli/dispatch/picture_files.hpp"
#include "cli/run/result_table.hpp"
#include "cli/run/settings_json.hpp"
#include "cli/run/study_folder.hpp"
#include "cli/verbs.hpp"
#include "engine/run/digest.hpp"
#include "engine/run/result_files.hpp"

namespace millrace::cli {
namespace {

using nlohmann::json;

struct ReevaluateRequest {
  std::filesystem::path folder;
  std::string seeds;
  std::size_t threads = 0;
  bool json = false;
};

struct SeedRange {
  std::uint32_t first = 0;
  std::size_t count = 0;
};

std::optional<std::uint32_t> whole(std::string_view text) {
  std::uint32_t value = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || stop != text.data() + text.size()) return std::nullopt;
  return value;
}

/// "100" is the seeds 0 to 99, "100-299" those.
SeedRange seed_range(const std::string& text) {
  const auto dash = text.find('-');
  const auto first = dash == std::string::npos ? std::optional<std::uint32_t>(0) : whole(text.substr(0, dash));
  const auto second = whole(dash == std::string::npos ? text : text.substr(dash + 1));
  const std::uint32_t end = second ? *second + (dash == std::string::npos ? 0 : 1) : 0;
  if (!first || !second || end <= *first || end - *first > 10000)
    throw UsageError(fmt::format(
        "--seeds: '{}' is no range of 1 to 10000 seeds; write 100 for the seeds 0 to 99, or 100-299", text));
  if (end > kFirstTrainingSeed)
    throw UsageError(
        fmt::format("--seeds: seeds from {} on are for making controllers; write smaller ones", kFirstTrainingSeed));
  return {*first, end - *first};
}

/// A finished run of a dispatch case.
struct FinishedDispatch {
  RunSettings settings;
  DispatchStudy typed;
  Study study;
};

FinishedDispatch finished_dispatch(const std::filesystem::path& folder) {
  const auto manifest = read_manifest(folder);
  if (!manifest)
    throw UsageError(fmt::format("{}: holds no manifest.json; name a folder that millrace run wrote", folder.string()));
  FinishedDispatch run;
  try {
    run.settings = settings_from_json(manifest->at("settings"));
  } catch (const json::exception&) {
    throw UsageError(
        fmt::format("{}/manifest.json: was written by another version; run the study again", folder.string()));
  }
  const CaseFamily* family = family_of(run.settings.problem);
  if (family == nullptr || family->name != "dispatch")
    throw UsageError(fmt::format("{}: holds runs of {}, which has no random futures; seeds belong to dispatch cases",
                                 folder.string(), run.settings.problem));
  run.typed = dispatch_study(run.settings.problem, run.settings.case_options);
  run.study = find_study(problem_request(run.settings));
  const json runs = manifest->value("runs", json::array());
  for (std::size_t k = 0; k < run.study.members.size(); ++k)
    if (k >= runs.size() ||
        runs[k].value("data_digest", "") != digest_of(run.study.members[k].problem.spec().data_digest))
      throw UsageError(fmt::format("{}: the data of the case {} changed since; run the study again", folder.string(),
                                   run.study.address));
  return run;
}

/// One controller of a front on the new seeds.
struct Reevaluated {
  std::size_t row = 0;
  Spread total, carbon, water, operating_cost, violation;
  double violating = 0.0;
};

std::vector<Reevaluated> reevaluated(const ControllerTotals& totals, std::size_t rows, double tail) {
  std::vector<Reevaluated> result;
  for (std::size_t i = 0; i < rows; ++i) {
    const std::span<const DispatchTotals> mine(totals.values.data() + i * totals.futures, totals.futures);
    const auto spread = [&](double DispatchTotals::*member) { return spread_of(values_of(mine, member), tail); };
    result.push_back({i + 1, spread(&DispatchTotals::total), spread(&DispatchTotals::carbon_kg),
                      spread(&DispatchTotals::water_m3), spread(&DispatchTotals::operating_cost),
                      spread(&DispatchTotals::violation), violating_share(mine)});
  }
  return result;
}

std::string reevaluated_csv(const std::vector<Reevaluated>& rows) {
  std::string text = "solution";
  for (const char* name : {"total_gbp", "operating_cost_gbp", "carbon_kg", "water_m3", "violation_gbp"})
    for (const char* measure : {"mean", "standard_deviation", "quantile_95", "cvar", "worst"})
      text += fmt::format(",{}_{}", name, measure);
  text += ",violating_share\n";
  for (const Reevaluated& row : rows) {
    text += fmt::format("{}", row.row);
    for (const Spread* s : {&row.total, &row.operating_cost, &row.carbon, &row.water, &row.violation})
      text += fmt::format(",{},{},{},{},{}", s->mean, s->deviation, s->quantile95, s->cvar, s->worst);
    text += fmt::format(",{}\n", row.violating);
  }
  return text;
}

json to_json(const Reevaluated& row) {
  return {{"solution", row.row},
          {"total_gbp",
           {{"mean", row.total.mean},
            {"standard_deviation", row.total.deviation},
            {"quantile_95", row.total.quantile95},
            {"cvar", row.total.cvar},
            {"worst", row.total.worst}}},
          {"violating_share", row.violating}};
}

/// What the front of one member is on the seeds.
struct MemberResult {
  std::string scenario;
  std::filesystem::path file;
  std::size_t solutions = 0;
  Reevaluated least_mean, least_worst;
};

MemberResult reevaluate_member(const FinishedDispatch& run, const StudyMember& member,
                               const std::filesystem::path& folder, const SeedRange& seeds, Workers& workers) {
  const DispatchCase& dispatch = run.typed.dispatch;
  const DispatchModel model = make_dispatch_model(dispatch, *dispatch.scenario(member.scenario));
  const DecisionRows x = front_decisions(folder, member.problem.spec());
  const Futures futures = disturbed_futures(dispatch, model.scenario, seeds.first, seeds.count);
  const auto rows =
      reevaluated(totals_of_all(model, futures, run.typed.controller, x, workers), x.rows(), dispatch.noise.tail);
  write_file(folder / "reevaluated.csv", reevaluated_csv(rows));
  const auto by_mean = [](const Reevaluated& a, const Reevaluated& b) { return a.total.mean < b.total.mean; };
  const auto by_worst = [](const Reevaluated& a, const Reevaluated& b) { return a.total.worst < b.total.worst; };
  return {member.scenario, folder / "reevaluated.csv", rows.size(),
          *std::min_element(rows.begin(), rows.end(), by_mean), *std::min_element(rows.begin(), rows.end(), by_worst)};
}

void print_members(const std::vector<MemberResult>& members, const SeedRange& seeds) {
  std::vector<std::vector<std::string>> table;
  const auto whole_number_of = [](double value) { return fmt::format("{:.0f}", value); };
  for (const MemberResult& member : members)
    for (const auto& [label, row] : {std::pair{"least mean", &member.least_mean}, {"least worst", &member.least_worst}})
      table.push_back({member.scenario, label, fmt::format("{}", row->row), whole_number_of(row->total.mean),
                       whole_number_of(row->total.deviation), whole_number_of(row->total.quantile95),
                       whole_number_of(row->total.cvar), whole_number_of(row->total.worst),
                       fmt::format("{:.0f} %", 100.0 * row->violating)});
  fmt::print(
      "{}", format_table({"scenario", "controller", "solution", "mean GBP", "sd", "95 %", "CVaR", "worst", "violating"},
                         table));
  fmt::print("seeds {} to {}; all solutions are in reevaluated.csv beside front.csv\n", seeds.first,
             seeds.first + seeds.count - 1);
}

void print_json(const std::vector<MemberResult>& members, const SeedRange& seeds) {
  json list = json::array();
  for (const MemberResult& member : members)
    list.push_back({{"scenario", member.scenario},
                    {"file", member.file.string()},
                    {"solutions", member.solutions},
                    {"least_mean", to_json(member.least_mean)},
                    {"least_worst", to_json(member.least_worst)}});
  fmt::print("{}\n", json{{"first_seed", seeds.first}, {"seeds", seeds.count}, {"members", list}}.dump());
}

void reevaluate(const ReevaluateRequest& request) {
  const FinishedDispatch run = finished_dispatch(request.folder);
  const SeedRange seeds =
      request.seeds.empty() ? SeedRange{0, run.typed.dispatch.noise.evaluation_seeds} : seed_range(request.seeds);
  Workers workers(request.threads);
  std::vector<MemberResult> members;
  for (const StudyMember& member : run.study.members)
    members.push_back(reevaluate_member(run, member, member_folder(request.folder, run.study, member), seeds, workers));
  if (request.json) print_json(members, seeds);
  else print_members(members, seeds);
}

}  // namespace

void add_reevaluate_verb(CLI::App& app) {
  CLI::App* verb = app.add_subcommand("reevaluate", "Judge every solution of a finished dispatch run on other seeds");
  auto request = std::make_shared<ReevaluateRequest>();
  verb->add_option("folder", request->folder, "Folder of the results")->required();
  verb->add_option("--seeds", request->seeds,
                   "100: the seeds 0 to 99; 100-299: those (default: as many as the case says, from 0)");
  verb->add_option("--threads", request->threads, "Threads (default 0: every core)")->check(whole_number(0, 4096));
  verb->add_flag("--json", request->json, "One JSON object");
  verb->callback([request] { reevaluate(*request); });
}

}  // namespace millrace::cli
