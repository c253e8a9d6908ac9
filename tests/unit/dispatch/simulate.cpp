// The simulator of 64 lanes against the slow one, on random and degenerate input, and on every instruction set.
#include <catch2/catch.hpp>

#include <cstring>

#include "engine/data/simd_target.hpp"
#include "engine/random/philox.hpp"
#include "problems/dispatch/dispatch_problem.hpp"
#include "problems/dispatch/load_case.hpp"
#include "problems/dispatch/repair_schedules.hpp"
#include "tests/reference/dispatch.hpp"

namespace millrace {
namespace {

DispatchHours hours_of(const Futures& futures, std::size_t s) {
  return {{futures.carbon(s).begin(), futures.carbon(s).end()},
          {futures.renewable(s).begin(), futures.renewable(s).end()}};
}

reference::Controller slow_controller(const DispatchCase& dispatch, DispatchController kind, std::vector<double> x) {
  if (kind == DispatchController::rbf) return reference::rbf_controller(dispatch.observation, std::move(x));
  if (kind == DispatchController::network) return reference::network_controller(dispatch.observation, std::move(x));
  return reference::schedule_controller(std::move(x));
}

Bounds bounds_of(DispatchController kind, std::size_t hours) {
  const auto policy = policy_kind(kind);
  return policy ? policy_bounds(*policy) : Bounds(kControls * hours);
}

/// Random lanes; a share of the values lies on the bounds, and lane 0 is all lower, lane 1 all upper bounds.
AlignedVector<double> random_lanes(const Bounds& bounds, std::uint32_t seed) {
  AlignedVector<double> x(bounds.variables() * kLanes);
  for (std::uint32_t lane = 0; lane < kLanes; ++lane) {
    RowDraws draws({seed, 0, Stage::sample}, lane);
    for (std::size_t j = 0; j < bounds.variables(); ++j) {
      double u = draws.next_double() * 1.2 - 0.1;
      if (lane < 2) u = lane;
      x[j * kLanes + lane] = bounds.lower(j) + std::clamp(u, 0.0, 1.0) * (bounds.upper(j) - bounds.lower(j));
    }
  }
  return x;
}

void check_lane(const DispatchCase& dispatch, const DispatchModel& model, const Futures& futures,
                DispatchController kind, const AlignedVector<double>& x, const DispatchWork& work, std::size_t lane) {
  std::vector<double> mine(x.size() / kLanes);
  for (std::size_t j = 0; j < mine.size(); ++j) mine[j] = x[j * kLanes + lane];
  reference::Plant plant(dispatch, model.scenario);
  for (std::size_t s = 0; s < futures.count(); ++s) {
    const auto day = plant.simulate(hours_of(futures, s), slow_controller(dispatch, kind, mine));
    const DispatchTotals t = totals_of(model, work, s, lane);
    INFO(name_of(dispatch.profile) << " " << model.scenario.name << " " << name_of(kind) << " lane " << lane
                                   << " future " << s);
    const auto same = [](double a, double b) { return a == Approx(b).epsilon(1e-9).margin(1e-5); };
    CHECK(same(t.operating_cost, day.operating_cost));
    CHECK(same(t.carbon_kg, day.carbon_kg));
    CHECK(same(t.water_m3, day.water_m3));
    CHECK(same(t.fines, day.fines));
    CHECK(same(t.violation, day.violation));
    CHECK(same(t.unmet_m3, day.unmet));
    CHECK(same(t.deficit_MWh, day.deficit));
    CHECK(same(t.reclaimed_m3, day.reclaimed));
    CHECK(same(t.hydro_MWh, day.hydro));
    CHECK(same(t.thermal_MWh, day.thermal));
  }
}

DispatchCase longer(DispatchCase dispatch, std::size_t days) {
  const DispatchHours day = dispatch.hours;
  for (std::size_t k = 1; k < days; ++k) {
    dispatch.hours.carbon_kg_per_MWh.insert(dispatch.hours.carbon_kg_per_MWh.end(), day.carbon_kg_per_MWh.begin(),
                                            day.carbon_kg_per_MWh.end());
    dispatch.hours.renewable_MWh.insert(dispatch.hours.renewable_MWh.end(), day.renewable_MWh.begin(),
                                        day.renewable_MWh.end());
  }
  return dispatch;
}

constexpr DispatchController kControllers[] = {DispatchController::schedule, DispatchController::rbf,
                                               DispatchController::network};

}  // namespace

TEST_CASE("64 lanes agree with one number after the other") {
  DispatchCase dispatch = load_dispatch_case("dispatch");
  for (const DispatchProfile profile : {DispatchProfile::table2, DispatchProfile::physical}) {
    dispatch.profile = profile;
    for (const DispatchScenario& scenario : dispatch.scenarios) {
      const DispatchModel model = make_dispatch_model(dispatch, scenario);
      const Futures futures = disturbed_futures(dispatch, scenario, 7, 2);
      for (const DispatchController kind : kControllers) {
        const auto x = random_lanes(bounds_of(kind, 24), 5);
        DispatchWork work;
        simulate_controllers(model, futures, kind, x.data(), work);
        for (const std::size_t lane : {0, 1, 2, 31, 63}) check_lane(dispatch, model, futures, kind, x, work, lane);
      }
    }
  }
}

TEST_CASE("a plant at the edges of its numbers agrees as well") {
  DispatchCase dispatch = load_dispatch_case("dispatch");
  SECTION("no reservoir and no fresh water") {
    dispatch.plant.reservoir_start_MWh = 0.0;
    dispatch.scenarios[0].fresh_limit_m3_per_h = 0.0;
  }
  SECTION("no turbine, no pump") {
    dispatch.plant.turbine_MW = 0.0;
    dispatch.plant.pump_MW = 0.0;
  }
  SECTION("linear energy, no reclaimed water") {
    dispatch.plant.capture_exponent = 1.0;
    dispatch.scenarios[0].reclaim_limit_m3_per_h = 0.0;
  }
  SECTION("much more wind than load") {
    for (double& value : dispatch.hours.renewable_MWh) value *= 10.0;
  }
  SECTION("two days, with the daily limit of each") { dispatch = longer(dispatch, 2); }
  const DispatchScenario& scenario = dispatch.scenarios[0];
  const DispatchModel model = make_dispatch_model(dispatch, scenario);
  const Futures futures = disturbed_futures(dispatch, scenario, 0, 2);
  for (const DispatchController kind : kControllers) {
    const auto x = random_lanes(bounds_of(kind, model.hours), 6);
    DispatchWork work;
    simulate_controllers(model, futures, kind, x.data(), work);
    for (const std::size_t lane : {0, 1, 2, 40}) check_lane(dispatch, model, futures, kind, x, work, lane);
  }
}

TEST_CASE("every instruction set that fuses gives the same bits") {
  const DispatchCase dispatch = load_dispatch_case("dispatch");
  const DispatchScenario& scenario = *dispatch.scenario("drought");
  const DispatchModel model = make_dispatch_model(dispatch, scenario);
  const Futures futures = disturbed_futures(dispatch, scenario, 0, 3);
  for (const DispatchController kind : kControllers) {
    auto x = random_lanes(bounds_of(kind, 24), 9);
    AlignedVector<double> first, repaired;
    for (const auto& target : simd_targets()) {
      if (target.find("AVX") == std::string::npos) continue;
      use_simd_target(target);
      DispatchWork work;
      simulate_controllers(model, futures, kind, x.data(), work);
      auto own = x;
      if (kind == DispatchController::schedule) repair_schedules(model, futures, own.data());
      if (first.empty()) first = work.sums, repaired = own;
      INFO(target << " " << name_of(kind));
      CHECK(std::memcmp(first.data(), work.sums.data(), first.size() * sizeof(double)) == 0);
      CHECK(std::memcmp(repaired.data(), own.data(), own.size() * sizeof(double)) == 0);
    }
    use_simd_target("");
  }
}

TEST_CASE("a repaired schedule keeps every balance and leaves alone what kept them") {
  DispatchCase dispatch = load_dispatch_case("dispatch");
  for (const DispatchScenario& scenario : dispatch.scenarios) {
    const DispatchModel model = make_dispatch_model(dispatch, scenario);
    const Futures futures = certain_future(dispatch, scenario);
    auto x = random_lanes(Bounds(72), 11);
    DispatchWork work;
    simulate_schedules(model, futures, x.data(), work);
    std::size_t broken = 0;
    for (std::size_t lane = 0; lane < kLanes; ++lane)
      broken += totals_of(model, work, 0, lane).violation > kNoViolation;
    CHECK(broken > 32);
    repair_schedules(model, futures, x.data());
    simulate_schedules(model, futures, x.data(), work);
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      INFO(scenario.name << " lane " << lane);
      CHECK(totals_of(model, work, 0, lane).violation <= kNoViolation);
    }
    auto again = x;
    repair_schedules(model, futures, again.data());
    double moved = 0.0;
    for (std::size_t j = 0; j < x.size(); ++j) {
      CHECK((again[j] >= 0.0 && again[j] <= 1.0));
      moved = std::max(moved, std::abs(again[j] - x[j]));
    }
    CHECK(moved <= 1e-12);
  }
}

}  // namespace millrace
