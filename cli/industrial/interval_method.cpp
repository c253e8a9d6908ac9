#include "cli/industrial/interval_method.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "cli/industrial/energy_and_risk.hpp"
#include "problems/case/case_error.hpp"
#include "problems/industrial/contradictions.hpp"
#include "problems/industrial/interval_program.hpp"
#include "problems/industrial/load_case.hpp"

namespace millrace::cli {
namespace {

// 1e6 RMB in one of 1e12 RMB.
constexpr double kTrillion = 1e-6;

struct SolvedScenario {
  EnergyAndRisk which;
  std::string name;
  IntervalSolution solution;
};

std::string difference(double ours, double published) {
  return fmt::format("{:+.2f}", 100.0 * (ours / published - 1.0));
}

std::string shown(const SubmodelSolution& model) {
  return model.solved ? fmt::format("{:.3f}", model.benefit * kTrillion) : "none";
}

class IntervalReport {
 public:
  explicit IntervalReport(const IndustrialCase& industrial) : case_(industrial) {}

  void print(const std::vector<SolvedScenario>& solved, double seconds) const {
    fmt::print("{}\nexpected net benefit of all periods, 1e12 RMB, [lower, upper model]\n\n", case_.title);
    fmt::print("{:<9} {:>9} {:>9} {:>10}   {:<16} {:>8} {:>8}\n", "scenario", "lower", "upper", "uncoupled",
               "published", "diff %", "diff %");
    for (const SolvedScenario& scenario : solved) print_benefit(scenario);
    fmt::print(
        "\nuncoupled: the lower model with the targets of the upper one and nothing else of it; does not depend "
        "on which of several best plans a solver ends at\n");
    print_totals(solved);
    print_conflicts(solved);
    const auto contradictions = published_contradictions(case_);
    if (!contradictions.empty()) fmt::print("\npublished values that contradict each other\n");
    for (const std::string& sentence : contradictions) fmt::print("  {}\n", sentence);
    fmt::print("\n{} scenarios in {:.2f} s\n", solved.size(), seconds);
  }

  nlohmann::json json(const std::vector<SolvedScenario>& solved, double seconds) const {
    nlohmann::json out = {{"case", case_.name}, {"method", "istp"}, {"seconds", seconds}};
    out["contradictions"] = published_contradictions(case_);
    for (const SolvedScenario& scenario : solved) {
      const IntervalSolution& s = scenario.solution;
      nlohmann::json item = {{"scenario", scenario.name}, {"unit", "1e6 RMB"}};
      const auto put = [&](const char* key, const SubmodelSolution& model) {
        if (model.solved) item[key] = model.benefit;
        else if (!model.conflict.sentences.empty()) item["conflict"] = model.conflict.sentences;
      };
      put("upper", s.upper);
      put("lower", s.lower);
      put("uncoupled_lower", s.uncoupled);
      if (s.lower.solved) item["coupling"] = name_of(s.coupling);
      if (const PublishedValue* published = benefit_of(scenario))
        item["published_1e12"] = {published->value.lower, published->value.upper};
      for (const PublishedValue* value : totals_of(scenario)) {
        const Interval ours = ours_of(*value, scenario);
        item["totals"].push_back({{"quantity", label(*value)},
                                  {"lower", ours.lower},
                                  {"upper", ours.upper},
                                  {"published", {value->value.lower, value->value.upper}}});
      }
      out["scenarios"].push_back(std::move(item));
    }
    return out;
  }

 private:
  bool belongs(const PublishedValue& value, const SolvedScenario& scenario) const {
    return value.energy_scenario == case_.energy_scenarios[scenario.which.energy].name &&
           value.risk_level == case_.risk_levels[scenario.which.risk].name;
  }

  const PublishedValue* benefit_of(const SolvedScenario& scenario) const {
    for (const PublishedValue& value : case_.published)
      if (value.quantity == "benefit" && belongs(value, scenario)) return &value;
    return nullptr;
  }

  /// Those that are sums of a plan in one period at one level.
  std::vector<const PublishedValue*> totals_of(const SolvedScenario& scenario) const {
    std::vector<const PublishedValue*> found;
    for (const PublishedValue& value : case_.published)
      if (value.quantity != "benefit" && belongs(value, scenario) && value.period && scenario.solution.lower.solved)
        found.push_back(&value);
    return found;
  }

  std::string label(const PublishedValue& value) const {
    return fmt::format("{}{}, {}{}", value.quantity,
                       value.sector ? fmt::format(" of {}", case_.sectors[*value.sector].name) : " of all sectors",
                       case_.periods[*value.period].name,
                       value.level ? ", " + case_.levels[*value.level].name : std::string());
  }

  /// What the published value is a sum of, in the plan of one model.
  double total(const PublishedValue& value, const SubmodelSolution& model) const {
    const PlanLayout at(make_instance(case_, {}));
    const std::size_t t = *value.period;
    const std::size_t h = value.level.value_or(0);
    double sum = 0.0;
    for (std::size_t u = 0; u < at.users; ++u) {
      if (value.sector && *value.sector != u) continue;
      const double surface = model.plan[at.target(t, u)] - model.plan[at.shortage(t, h, u)];
      const double ground = model.plan[at.ground(t, u)];
      const double diverted = model.plan[at.diverted(t, u)];
      if (value.quantity == "surface") sum += surface;
      else if (value.quantity == "ground") sum += ground;
      else if (value.quantity == "diverted") sum += diverted;
      else sum += surface + ground + diverted;
    }
    return sum;
  }

  void print_benefit(const SolvedScenario& scenario) const {
    const IntervalSolution& s = scenario.solution;
    std::string line =
        fmt::format("{:<9} {:>9} {:>9} {:>10}", scenario.name, shown(s.lower), shown(s.upper), shown(s.uncoupled));
    const PublishedValue* published = benefit_of(scenario);
    if (published != nullptr && s.upper.solved && s.lower.solved)
      line += fmt::format("   [{:.2f}, {:.2f}]   {:>8} {:>8}", published->value.lower, published->value.upper,
                          difference(s.lower.benefit * kTrillion, published->value.lower),
                          difference(s.upper.benefit * kTrillion, published->value.upper));
    else line += "   -";
    if (s.lower.solved && s.coupling != Coupling::every_variable)
      line += fmt::format("   (coupled by {})", name_of(s.coupling));
    fmt::print("{}\n", line);
  }

  void print_totals(const std::vector<SolvedScenario>& solved) const {
    bool first = true;
    for (const SolvedScenario& scenario : solved)
      for (const PublishedValue* value : totals_of(scenario)) {
        const bool risk = value->quantity == "risk";
        if (first) fmt::print("\ntotals and risks, 1e6 m3 a year, [lower, upper model] and published\n");
        first = false;
        const Interval ours = ours_of(*value, scenario);
        std::string line = fmt::format("  {} {}: [{:.2f}, {:.2f}], published [{:.2f}, {:.2f}]", scenario.name,
                                       label(*value), ours.lower, ours.upper, value->value.lower, value->value.upper);
        if (!risk)
          line += fmt::format(", difference {} % and {} %", difference(ours.lower, value->value.lower),
                              difference(ours.upper, value->value.upper));
        fmt::print("{}\n", line);
      }
  }

  /// What stands beside a published total or risk.
  Interval ours_of(const PublishedValue& value, const SolvedScenario& scenario) const {
    if (value.quantity == "risk") return risk_of(value, scenario);
    return {total(value, scenario.solution.lower), total(value, scenario.solution.upper)};
  }

  /// What is missing of a requirement, fresh and reused water, least first.
  Interval risk_of(const PublishedValue& value, const SolvedScenario& scenario) const {
    const auto missing = [&](const SubmodelSolution& model, double lambda) {
      const IndustrialCell cell = make_instance(case_, {.lambda = lambda}).cell(*value.period, *value.sector);
      return cell.requirement - total(value, model) * (1.0 + cell.reuse_ratio);
    };
    const double a = missing(scenario.solution.lower, 0.0);
    const double b = missing(scenario.solution.upper, 1.0);
    return {std::min(a, b), std::max(a, b)};
  }

  void print_conflicts(const std::vector<SolvedScenario>& solved) const {
    for (const SolvedScenario& scenario : solved)
      for (const auto& [what, model] :
           {std::pair("upper", &scenario.solution.upper), std::pair("lower", &scenario.solution.lower)}) {
        if (model->solved || model->conflict.sentences.empty()) continue;
        fmt::print("\n{}: the {} model has no solution. These cannot all hold:\n", scenario.name, what);
        for (const std::string& sentence : model->conflict.sentences) fmt::print("  {}\n", sentence);
      }
  }

  const IndustrialCase& case_;
};

}  // namespace

ExitCode run_interval_method(const RunRequest& typed) {
  using Clock = std::chrono::steady_clock;
  if (!typed.case_options.empty())
    throw UsageError(fmt::format("{}: belongs to evolution; --method istp takes --scenario only",
                                 typed.case_options.begin()->first));
  try {
    const IndustrialCase industrial = load_industrial_case(typed.problem);
    const auto start = Clock::now();
    std::vector<SolvedScenario> solved;
    for (const EnergyAndRisk& which : energy_and_risk(industrial, typed.scenarios, every_scenario(industrial)))
      solved.push_back(
          {which, name_of(industrial, which), solve_interval_program(industrial, which.energy, which.risk)});
    const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
    const IntervalReport report(industrial);
    if (typed.execution.json) fmt::print("{}\n", report.json(solved, seconds).dump());
    else report.print(solved, seconds);
  } catch (const CaseError& error) {
    throw UsageError(error.what());
  }
  return kDone;
}

}  // namespace millrace::cli
