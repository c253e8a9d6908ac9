#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/problem/problem.hpp"
#include "problems/dispatch/goals.hpp"
#include "problems/dispatch/policy.hpp"

namespace millrace {

/// Who decides the three controls of every hour.
enum class DispatchController {
  /// 3 variables an hour, for the hours as the case gives them.
  schedule,
  /// The same variables, for the training seeds.
  robust_schedule,
  /// Policies, for the training seeds.
  rbf,
  network
};
std::string_view name_of(DispatchController controller);
std::optional<DispatchController> dispatch_controller(std::string_view name);
/// Of the controllers that are policies.
std::optional<PolicyKind> policy_kind(DispatchController controller);
/// Variables of a controller, one a parameter or a control and hour.
std::size_t controller_variables(DispatchController controller, std::size_t hours);
/// What is minimised where nothing is said: operating cost, carbon and water of a schedule; mean and worst total of
/// what meets several futures.
std::vector<DispatchGoal> default_goals(DispatchController controller);

struct DispatchOptions {
  /// Name of a scenario of the case; empty takes the first.
  std::string scenario = {};
  DispatchController controller = DispatchController::schedule;
  /// Empty takes default_goals().
  std::vector<DispatchGoal> goals = {};
  /// Whether schedules are repaired (repair_schedules); controllers that meet several futures never are.
  bool repair = true;
};

/// Simulates 64 controllers of one kind in every future: schedules or policies.
void simulate_controllers(const DispatchModel& model, const Futures& futures, DispatchController controller,
                          const double* x, DispatchWork& work, DispatchTrace* trace = nullptr);

/// Controllers of a plant in one scenario. Constraints, where no goal feels a violation: unmet water and energy
/// deficit, their means over the futures.
class DispatchProblem {
 public:
  /// Throws std::invalid_argument where the case is inconsistent (see dispatch_fault) or has no such scenario.
  DispatchProblem(const DispatchCase& dispatch, const DispatchOptions& options);

  const ProblemSpec& spec() const { return spec_; }
  const DispatchModel& model() const { return model_; }
  const Futures& futures() const { return *futures_; }
  void evaluate(const Tile& tile, Outcome& outcome, Scratch& scratch) const;
  void repair(Tile& tile, Scratch& scratch) const;

 private:
  void add_constraint(const char* name, const char* unit, double scale, double price);
  void write_goals(const DispatchWork& work, Outcome& outcome, Scratch& scratch) const;
  void write_constraints(const DispatchWork& work, Outcome& outcome) const;

  ProblemSpec spec_;
  DispatchModel model_;
  DispatchController controller_;
  std::vector<DispatchGoal> goals_;
  double tail_;
  std::shared_ptr<const Futures> futures_;
  /// Of a plant without capture, one a future.
  std::vector<DispatchTotals> without_;
};

/// DispatchProblem, or where nothing is repaired the same problem without its repair.
AnyProblem make_dispatch_problem(const DispatchCase& dispatch, const DispatchOptions& options = {});

}  // namespace millrace
