// The linear program of the plant: a bound for everything that the simulator does, and reached by it.
#include <catch2/catch.hpp>

#include "engine/random/philox.hpp"
#include "problems/dispatch/dispatch_program.hpp"
#include "problems/dispatch/load_case.hpp"
#include "problems/dispatch/perfect_foresight.hpp"
#include "problems/dispatch/totals.hpp"

namespace millrace {

TEST_CASE("no controller gets below perfect foresight, and the simulator reaches it") {
  const DispatchCase dispatch = load_dispatch_case("dispatch");
  for (const DispatchScenario& scenario : dispatch.scenarios) {
    const DispatchModel model = make_dispatch_model(dispatch, scenario);
    const Futures futures = disturbed_futures(dispatch, scenario, 0, 4);
    const auto bounds = perfect_foresight(model, futures);
    AlignedVector<double> x(72 * kLanes);
    for (std::uint32_t lane = 0; lane < kLanes; ++lane) {
      RowDraws draws({2, 0, Stage::sample}, lane);
      for (std::size_t j = 0; j < 72; ++j) x[j * kLanes + lane] = draws.next_double();
    }
    DispatchWork work;
    simulate_schedules(model, futures, x.data(), work);
    for (std::size_t s = 0; s < futures.count(); ++s) {
      INFO(scenario.name << " future " << s);
      // But for the rounding of two different sums.
      CHECK(bounds[s].lower_gbp <= bounds[s].reached_gbp * (1.0 + 1e-12));
      CHECK(bounds[s].reached_gbp - bounds[s].lower_gbp <= 1e-3 * bounds[s].lower_gbp);
      for (std::size_t lane = 0; lane < kLanes; ++lane)
        CHECK(totals_of(model, work, s, lane).total >= bounds[s].lower_gbp);
    }
  }
}

TEST_CASE("more tangents raise the bound by no more than the error that fewer were said to have") {
  const DispatchCase dispatch = load_dispatch_case("dispatch");
  const DispatchModel model = make_dispatch_model(dispatch, *dispatch.scenario("base"));
  const Futures futures = certain_future(dispatch, model.scenario);
  double before = 0.0;
  double error = 0.0;
  for (const std::size_t tangents : {1, 2, 4, 8, 16, 64, 256}) {
    const DispatchProgram program = dispatch_program(model, futures, 0, {.tangents = tangents});
    const double lower = perfect_foresight(model, futures, tangents)[0].lower_gbp;
    INFO(tangents << " tangents");
    if (before > 0.0) {
      CHECK(lower >= before - 1e-6);
      CHECK(lower <= before + error + 1e-6);
      CHECK(program.total_error_gbp < error);
    }
    before = lower;
    error = program.total_error_gbp;
  }
  CHECK(error < 1.0);
}

TEST_CASE("the error of the tangents is that of a fine grid") {
  const DispatchCase dispatch = load_dispatch_case("dispatch");
  const DispatchModel model = make_dispatch_model(dispatch, dispatch.scenarios[0]);
  const Futures futures = certain_future(dispatch, model.scenario);
  const DispatchProgram program = dispatch_program(model, futures, 0, {.tangents = 5});
  double largest = 0.0;
  for (int k = 0; k <= 20000; ++k) {
    const double rate = model.capture_most_t() * k / 20000.0;
    double below = 0.0;
    for (std::size_t i = 0; i < program.form.rows.size(); ++i)
      if (program.form.rows[i].name == "energy of capture 0")
        below = std::max(below, program.form.rows[i].lower - program.form.row_terms.coefficients(i)[1] * rate);
    largest = std::max(largest, model.capture_energy_MWh(rate) - below);
  }
  CHECK(largest <= program.energy_error_MWh * (1.0 + 1e-9));
  CHECK(largest >= program.energy_error_MWh * 0.999);
}

TEST_CASE("a linear curve has no error") {
  DispatchCase dispatch = load_dispatch_case("dispatch");
  dispatch.plant.capture_exponent = 1.0;
  const DispatchModel model = make_dispatch_model(dispatch, dispatch.scenarios[0]);
  const Futures futures = certain_future(dispatch, model.scenario);
  CHECK(dispatch_program(model, futures, 0).energy_error_MWh <= 1e-12);
  const auto bound = perfect_foresight(model, futures)[0];
  CHECK(bound.reached_gbp == Approx(bound.lower_gbp).epsilon(1e-7));
}

TEST_CASE("the published table's way of running has no program") {
  DispatchCase dispatch = load_dispatch_case("dispatch");
  dispatch.profile = DispatchProfile::table2;
  const DispatchModel model = make_dispatch_model(dispatch, dispatch.scenarios[0]);
  CHECK_THROWS_WITH(dispatch_program(model, certain_future(dispatch, model.scenario), 0),
                    Catch::Contains("needs the profile physical"));
}

}  // namespace millrace
