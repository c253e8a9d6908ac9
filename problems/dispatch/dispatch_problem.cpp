#include "problems/dispatch/dispatch_problem.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "problems/dispatch/case_fault.hpp"
#include "problems/dispatch/repair_schedules.hpp"

namespace millrace {
namespace {

struct ControllerName {
  DispatchController controller;
  std::string_view name;
};

constexpr std::array kControllers = {
    ControllerName{DispatchController::schedule, "schedule"},
    ControllerName{DispatchController::robust_schedule, "robust_schedule"},
    ControllerName{DispatchController::rbf, "rbf"},
    ControllerName{DispatchController::network, "network"},
};

const DispatchScenario& chosen_scenario(const DispatchCase& dispatch, const std::string& name) {
  if (const auto fault = dispatch_fault(dispatch))
    throw std::invalid_argument(fault->section + "." + fault->key + ": " + fault->message);
  if (dispatch.scenarios.empty()) throw std::invalid_argument("the case has no scenario");
  if (name.empty()) return dispatch.scenarios.front();
  if (const DispatchScenario* scenario = dispatch.scenario(name)) return *scenario;
  throw std::invalid_argument(fmt::format("case '{}' has no scenario '{}'", dispatch.name, name));
}

Futures futures_for(const DispatchCase& dispatch, const DispatchScenario& scenario, DispatchController controller) {
  if (controller == DispatchController::schedule) return certain_future(dispatch, scenario);
  return disturbed_futures(dispatch, scenario, kFirstTrainingSeed, dispatch.noise.training_seeds);
}

std::vector<std::string> schedule_names(std::size_t hours) {
  std::vector<std::string> names;
  for (std::size_t t = 0; t < hours; ++t)
    for (const char* control : {"capture", "hydro", "reclaim"}) names.push_back(fmt::format("{}_{:02}", control, t));
  return names;
}

/// The same functions without the repair.
class UnrepairedDispatchProblem {
 public:
  explicit UnrepairedDispatchProblem(DispatchProblem problem) : problem_(std::move(problem)) {}
  const ProblemSpec& spec() const { return problem_.spec(); }
  void evaluate(const Tile& tile, Outcome& outcome, Scratch& scratch) const {
    problem_.evaluate(tile, outcome, scratch);
  }

 private:
  DispatchProblem problem_;
};

}  // namespace

std::string_view name_of(DispatchController controller) {
  return std::find_if(kControllers.begin(), kControllers.end(),
                      [&](const ControllerName& entry) { return entry.controller == controller; })
      ->name;
}

std::optional<DispatchController> dispatch_controller(std::string_view name) {
  for (const ControllerName& entry : kControllers)
    if (entry.name == name) return entry.controller;
  return std::nullopt;
}

std::optional<PolicyKind> policy_kind(DispatchController controller) {
  if (controller == DispatchController::rbf) return PolicyKind::rbf;
  if (controller == DispatchController::network) return PolicyKind::network;
  return std::nullopt;
}

std::size_t controller_variables(DispatchController controller, std::size_t hours) {
  const auto kind = policy_kind(controller);
  return kind ? policy_parameters(*kind) : kControls * hours;
}

std::vector<DispatchGoal> default_goals(DispatchController controller) {
  if (controller == DispatchController::schedule)
    return {{DispatchQuantity::operating_cost}, {DispatchQuantity::carbon}, {DispatchQuantity::water}};
  return {{DispatchQuantity::total, RiskMeasure::mean}, {DispatchQuantity::total, RiskMeasure::worst}};
}

void simulate_controllers(const DispatchModel& model, const Futures& futures, DispatchController controller,
                          const double* x, DispatchWork& work, DispatchTrace* trace) {
  if (const auto kind = policy_kind(controller)) simulate_policies(model, futures, *kind, x, work, trace);
  else simulate_schedules(model, futures, x, work, trace);
}

DispatchProblem::DispatchProblem(const DispatchCase& dispatch, const DispatchOptions& options)
    : model_(make_dispatch_model(dispatch, chosen_scenario(dispatch, options.scenario))),
      controller_(options.controller), goals_(options.goals.empty() ? default_goals(controller_) : options.goals),
      tail_(dispatch.noise.tail),
      futures_(std::make_shared<const Futures>(futures_for(dispatch, model_.scenario, controller_))),
      without_(futures_->count()) {
  constant_totals(model_, *futures_, kNoCapture.controls, without_);
  const auto kind = policy_kind(controller_);
  spec_.name = dispatch.name + " " + model_.scenario.name;
  spec_.bounds = kind ? policy_bounds(*kind) : Bounds(kControls * model_.hours);
  spec_.variable_names = kind ? policy_parameter_names(*kind) : schedule_names(model_.hours);
  std::string goals;
  for (const DispatchGoal& goal : goals_) {
    spec_.objectives.push_back({goal.name(), goal.unit()});
    goals += " " + goal.name();
  }
  if (std::none_of(goals_.begin(), goals_.end(), [](const DispatchGoal& goal) { return goal.feels_violation(); })) {
    const auto hours = static_cast<double>(model_.hours);
    add_constraint("unmet water", "m3", hours * model_.cooling_m3(model_.capture_most_t()),
                   model_.plant.unmet_gbp_per_m3);
    add_constraint("energy deficit", "MWh", hours * model_.plant.base_load_MWh, model_.plant.deficit_gbp_per_MWh);
  }
  spec_.data_digest = fmt::format("scenario = {}\ncontroller = {}\ngoals ={}\nrepair = {}\n{}", model_.scenario.name,
                                  name_of(controller_), goals, options.repair, dispatch_data_digest(dispatch));
}

void DispatchProblem::add_constraint(const char* name, const char* unit, double scale, double price) {
  // Room for rounding: what costs less than kNoViolation.
  const double room = price > 0.0 ? kNoViolation / (price * scale) : 1e-12;
  spec_.constraints.push_back({name, unit, scale, room});
}

void DispatchProblem::evaluate(const Tile& tile, Outcome& outcome, Scratch& scratch) const {
  thread_local DispatchWork work;
  simulate_controllers(model_, *futures_, controller_, tile.column(0), work);
  write_goals(work, outcome, scratch);
  if (!spec_.constraints.empty()) write_constraints(work, outcome);
}

void DispatchProblem::write_goals(const DispatchWork& work, Outcome& outcome, Scratch& scratch) const {
  const std::size_t futures = futures_->count();
  // One row a goal: its values in the futures.
  const std::span<double> values = scratch.doubles(goals_.size() * futures);
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    std::size_t violating = 0;
    for (std::size_t s = 0; s < futures; ++s) {
      const DispatchTotals totals = totals_of(model_, work, s, lane);
      violating += totals.violation > kNoViolation ? 1 : 0;
      for (std::size_t k = 0; k < goals_.size(); ++k)
        values[k * futures + s] = quantity_of(goals_[k].quantity, totals, without_[s]);
    }
    for (std::size_t k = 0; k < goals_.size(); ++k)
      outcome.objective(k)[lane] = goals_[k].measure == RiskMeasure::violating_share
                                       ? static_cast<double>(violating) / static_cast<double>(futures)
                                       : measure_of(goals_[k].measure, values.subspan(k * futures, futures), tail_);
  }
}

void DispatchProblem::write_constraints(const DispatchWork& work, Outcome& outcome) const {
  const auto futures = static_cast<double>(futures_->count());
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    double unmet = 0.0;
    double deficit = 0.0;
    for (std::size_t s = 0; s < futures_->count(); ++s) {
      unmet += work.sum(s, DispatchSum::unmet)[lane];
      deficit += work.sum(s, DispatchSum::deficit)[lane];
    }
    outcome.constraint(0)[lane] = unmet / futures;
    outcome.constraint(1)[lane] = deficit / futures;
  }
}

void DispatchProblem::repair(Tile& tile, Scratch&) const { repair_schedules(model_, *futures_, tile.column(0)); }

AnyProblem make_dispatch_problem(const DispatchCase& dispatch, const DispatchOptions& options) {
  DispatchProblem problem(dispatch, options);
  if (options.repair && options.controller == DispatchController::schedule) return AnyProblem(std::move(problem));
  return AnyProblem(UnrepairedDispatchProblem(std::move(problem)));
}

}  // namespace millrace
