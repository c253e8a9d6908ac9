#include <catch2/catch.hpp>

#include <cstring>

#include "engine/problem/evaluator.hpp"
#include "engine/random/philox.hpp"
#include "problems/dispatch/dispatch_problem.hpp"
#include "problems/dispatch/load_case.hpp"

namespace millrace {
namespace {

Population random_population(const ProblemSpec& spec, std::size_t size) {
  Population pool(size, spec.shape());
  for (std::uint32_t i = 0; i < size; ++i) {
    RowDraws draws({3, 0, Stage::sample}, i);
    for (std::size_t j = 0; j < spec.bounds.variables(); ++j)
      pool.x.row(i)[j] = spec.bounds.lower(j) + draws.next_double() * (spec.bounds.upper(j) - spec.bounds.lower(j));
  }
  return pool;
}

Population evaluated(const AnyProblem& problem, std::size_t size, std::size_t threads) {
  Population pool = random_population(problem.spec(), size);
  std::vector<Slot> slots(size);
  for (Slot i = 0; i < size; ++i) slots[i] = i;
  Workers workers(threads);
  Evaluator evaluator(problem, workers);
  evaluator.evaluate(pool, slots);
  return pool;
}

}  // namespace

TEST_CASE("objectives are the measures of what the simulator says") {
  const DispatchCase dispatch = load_dispatch_case("dispatch");
  for (const auto controller : {DispatchController::schedule, DispatchController::robust_schedule,
                                DispatchController::rbf, DispatchController::network}) {
    DispatchOptions options{.scenario = "base", .controller = controller, .repair = false};
    for (const auto& name : dispatch_goal_names()) options.goals.push_back(*dispatch_goal(name));
    const DispatchProblem problem(dispatch, options);
    CHECK(problem.spec().constraints.empty());
    const Population pool = evaluated(make_dispatch_problem(dispatch, options), 70, 1);
    AlignedVector<double> x(problem.spec().bounds.variables() * kLanes);
    for (std::size_t j = 0; j < pool.x.variables(); ++j) x[j * kLanes] = pool.x.row(65)[j];
    DispatchWork work;
    simulate_controllers(problem.model(), problem.futures(), controller, x.data(), work);
    std::vector<DispatchTotals> without(problem.futures().count());
    constant_totals(problem.model(), problem.futures(), kNoCapture.controls, without);
    double violating = 0.0;
    for (std::size_t s = 0; s < without.size(); ++s)
      violating += totals_of(problem.model(), work, s, 0).violation > kNoViolation ? 1.0 : 0.0;
    for (std::size_t k = 0; k < options.goals.size(); ++k) {
      std::vector<double> values;
      for (std::size_t s = 0; s < without.size(); ++s)
        values.push_back(quantity_of(options.goals[k].quantity, totals_of(problem.model(), work, s, 0), without[s]));
      const bool share = options.goals[k].measure == RiskMeasure::violating_share;
      const double expected = share ? violating / static_cast<double>(without.size())
                                    : measure_of(options.goals[k].measure, values, dispatch.noise.tail);
      INFO(name_of(controller) << " " << options.goals[k].name());
      CHECK(pool.f(65, k) == Approx(expected).epsilon(1e-12));
    }
  }
}

TEST_CASE("any number of threads gives the same bits, Monte Carlo included") {
  const DispatchCase dispatch = load_dispatch_case("dispatch");
  for (const auto controller :
       {DispatchController::schedule, DispatchController::robust_schedule, DispatchController::network}) {
    const AnyProblem problem = make_dispatch_problem(dispatch, {.scenario = "drought", .controller = controller});
    const Population one = evaluated(problem, 500, 1);
    for (const std::size_t threads : {2, 7}) {
      const Population many = evaluated(problem, 500, threads);
      for (std::size_t k = 0; k < one.f.columns(); ++k)
        CHECK(std::memcmp(one.f.column_data(k), many.f.column_data(k), 500 * sizeof(double)) == 0);
    }
  }
}

TEST_CASE("broken balances are constraints unless a goal feels them") {
  const DispatchCase dispatch = load_dispatch_case("dispatch");
  const AnyProblem plain = make_dispatch_problem(dispatch, {.scenario = "drought", .repair = false});
  REQUIRE(plain.spec().constraints.size() == 2);
  CHECK_FALSE(plain.repairs());
  const Population raw = evaluated(plain, 200, 1);
  std::size_t feasible = 0;
  for (Slot i = 0; i < 200; ++i) feasible += raw.feasible(i);
  CHECK(feasible < 20);
  const AnyProblem repairing = make_dispatch_problem(dispatch, {.scenario = "drought"});
  REQUIRE(repairing.repairs());
  const Population repaired = evaluated(repairing, 200, 1);
  for (Slot i = 0; i < 200; ++i) CHECK(repaired.feasible(i));
  CHECK_FALSE(make_dispatch_problem(dispatch, {.controller = DispatchController::rbf}).repairs());
  CHECK(make_dispatch_problem(dispatch, {.goals = {*dispatch_goal("total")}}).spec().constraints.empty());
}

TEST_CASE("the digest changes with what the results depend on") {
  const DispatchCase dispatch = load_dispatch_case("dispatch");
  const auto digest = [](const DispatchCase& d, const DispatchOptions& o) {
    return make_dispatch_problem(d, o).spec().data_digest;
  };
  const std::string base = digest(dispatch, {});
  CHECK(digest(dispatch, {}) == base);
  CHECK(digest(dispatch, {.scenario = "drought"}) != base);
  CHECK(digest(dispatch, {.controller = DispatchController::rbf}) != base);
  CHECK(digest(dispatch, {.goals = {*dispatch_goal("total")}}) != base);
  DispatchCase other = dispatch;
  other.hours.renewable_MWh[5] += 1e-9;
  CHECK(digest(other, {}) != base);
  other = dispatch;
  other.profile = DispatchProfile::table2;
  CHECK(digest(other, {}) != base);
  other = dispatch;
  other.plant.pump_efficiency = 0.7;
  CHECK(digest(other, {}) != base);
}

TEST_CASE("unknown scenarios and inconsistent cases are refused") {
  DispatchCase dispatch = load_dispatch_case("dispatch");
  CHECK_THROWS_WITH(make_dispatch_problem(dispatch, {.scenario = "flood"}), Catch::Contains("no scenario 'flood'"));
  dispatch.plant.reservoir_start_MWh = 4000.0;
  CHECK_THROWS_WITH(make_dispatch_problem(dispatch, {}), Catch::Contains("above its maximum"));
}

}  // namespace millrace
