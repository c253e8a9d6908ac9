#include "cli/decide/decision_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "cli/run/result_table.hpp"
#include "engine/decide/trade_off.hpp"
#include "engine/run/result_files.hpp"

namespace millrace::cli {
namespace {

using nlohmann::json;

/// More variables than this are not printed, only counted.
constexpr std::size_t kMostPrinted = 60;

std::vector<double> row_of(const Columns& f, std::size_t i) {
  std::vector<double> row;
  for (std::size_t k = 0; k < f.columns(); ++k) row.push_back(f(i, k));
  return row;
}

std::vector<double> ranges_of(const Columns& f) {
  std::vector<double> ranges;
  for (std::size_t k = 0; k < f.columns(); ++k) {
    const auto [lowest, highest] = std::minmax_element(f.column(k).begin(), f.column(k).end());
    ranges.push_back(*highest - *lowest);
  }
  return ranges;
}

/// What the chosen scheme gives and takes against the best one in objective k.
std::string against_best(const FrontFile& front, Slot chosen, std::size_t k) {
  const Slot best = first_least(front.f.column(k));
  if (front.f(chosen, k) == front.f(best, k)) return fmt::format("has the best {} of all", front.objectives[k].name);
  const std::string label = fmt::format("the best {} (line {})", front.objectives[k].name, front.lines[best]);
  return trade_off_sentence(front.objectives, row_of(front.f, chosen), row_of(front.f, best), label,
                            ranges_of(front.f));
}

json objectives_json(const FrontFile& front, Slot chosen) {
  json objectives = json::array();
  for (std::size_t k = 0; k < front.objectives.size(); ++k) {
    const ObjectiveSpec& objective = front.objectives[k];
    const auto [lowest, highest] = std::minmax_element(front.f.column(k).begin(), front.f.column(k).end());
    objectives.push_back({{"name", objective.name},
                          {"unit", objective.unit},
                          {"sense", objective.sense == Sense::maximise ? "max" : "min"},
                          // Adding zero turns a negated 0 into 0.
                          {"chosen", objective.shown(front.f(chosen, k)) + 0.0},
                          {"best_of_front", objective.shown(*lowest) + 0.0},
                          {"worst_of_front", objective.shown(*highest) + 0.0},
                          {"against_best", against_best(front, chosen, k)}});
  }
  return objectives;
}

void print_front(const FrontFile& front, Slot chosen) {
  std::vector<std::vector<std::string>> rows;
  for (std::size_t k = 0; k < front.objectives.size(); ++k) {
    const ObjectiveSpec& objective = front.objectives[k];
    const auto [lowest, highest] = std::minmax_element(front.f.column(k).begin(), front.f.column(k).end());
    const auto text = [&](double minimised) { return number_text(objective.shown(minimised)); };
    rows.push_back({objective_heading(objective), text(front.f(chosen, k)), text(*lowest), text(*highest)});
  }
  fmt::print("{}: the chosen scheme is in line {}\n\n", front.name, front.lines[chosen]);
  fmt::print("{}\n", format_table({"objective", "chosen", "best", "worst"}, rows));
  for (std::size_t k = 0; k < front.objectives.size(); ++k) fmt::print("- {}\n", against_best(front, chosen, k));
  fmt::print("\n");
}

void print_scheme(const FrontFile& front, Slot chosen) {
  const std::size_t variables = front.decision_headings.size();
  if (variables == 0) return;
  if (variables > kMostPrinted) {
    fmt::print("its {} variables are in that line, and in the output of --json\n", variables);
    return;
  }
  std::vector<std::vector<std::string>> rows;
  for (std::size_t j = 0; j < variables; ++j)
    rows.push_back({front.decision_headings[j], number_text(front.decisions(chosen, j))});
  fmt::print("{}", format_table({"scheme", "value"}, rows));
}

/// Where a run wrote the whole plans that its decisions stand for.
void print_whole_plan(const FrontFile& front, Slot chosen) {
  const std::filesystem::path file(front.name);
  const std::filesystem::path plans = file.parent_path() / "plans.csv";
  if (file.filename() == "front.csv" && std::filesystem::exists(plans))
    fmt::print("\nthe whole plan that this stands for is line {} of {}\n", front.lines[chosen], plans.string());
}

}  // namespace

json to_json(const Decision& decision) {
  json fronts = json::array();
  for (const FrontFile& front : decision.fronts)
    fronts.push_back({{"file", front.name},
                      {"line", front.lines[decision.chosen]},
                      {"box", front.box.ideal.empty() ? "of this front" : "of the problem"},
                      {"objectives", objectives_json(front, decision.chosen)}});
  const FrontFile& first = decision.fronts.front();
  json scheme = json::object();
  for (std::size_t j = 0; j < first.decision_headings.size(); ++j)
    scheme[first.decision_headings[j]] = first.decisions(decision.chosen, j);
  json result = {{"method", decision.method},
                 {"solutions", first.size()},
                 {"infeasible_left_out", decision.infeasible_left_out},
                 {"dominated_left_out", decision.dominated_left_out},
                 {"feasible", !decision.infeasible},
                 {"reason", decision.reason},
                 {"score", {{"name", decision.score_name}, {"value", decision.score}}},
                 {"fronts", fronts},
                 {"scheme", scheme}};
  if (!decision.weights.empty()) result["weights"] = decision.weights;
  return result;
}

void print(const Decision& decision) {
  fmt::print("{}\n", decision.reason);
  if (decision.infeasible) fmt::print("no solution is feasible: the chosen one violates constraints\n");
  if (decision.infeasible_left_out > 0) fmt::print("left out: {} infeasible\n", decision.infeasible_left_out);
  if (decision.dominated_left_out > 0)
    fmt::print("left out: {} dominated by, or equal to, another\n", decision.dominated_left_out);
  if (decision.method != "regret")
    fmt::print("ranges are those {}\n", decision.fronts.front().box.ideal.empty()
                                            ? "of this front"
                                            : "of the problem's reference box (summary.json)");
  fmt::print("\n");
  for (const FrontFile& front : decision.fronts) print_front(front, decision.chosen);
  print_scheme(decision.fronts.front(), decision.chosen);
  print_whole_plan(decision.fronts.front(), decision.chosen);
}

}  // namespace millrace::cli
