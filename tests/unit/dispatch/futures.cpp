#include <catch2/catch.hpp>

#include <cmath>

#include "problems/dispatch/dispatch_model.hpp"
#include "problems/dispatch/load_case.hpp"

namespace millrace {

TEST_CASE("a seed is the same future for everybody") {
  const DispatchCase dispatch = load_dispatch_case("dispatch");
  const Futures all = disturbed_futures(dispatch, *dispatch.scenario("base"), 0, 100);
  const Futures one = disturbed_futures(dispatch, *dispatch.scenario("base"), 41, 1);
  const Futures dry = disturbed_futures(dispatch, *dispatch.scenario("drought"), 0, 100);
  const Futures low = disturbed_futures(dispatch, *dispatch.scenario("low_ren"), 0, 100);
  for (std::size_t t = 0; t < 24; ++t) {
    CHECK(all.renewable(41)[t] == one.renewable(0)[t]);
    CHECK(all.carbon(41)[t] == one.carbon(0)[t]);
    CHECK(all.renewable(41)[t] == dry.renewable(41)[t]);
    CHECK(low.renewable(41)[t] == Approx(0.3 * all.renewable(41)[t]));
  }
}

TEST_CASE("disturbances have the mean and the spread that the case says, and do not repeat") {
  DispatchCase dispatch = load_dispatch_case("dispatch");
  const std::size_t count = 4000;
  const Futures futures = disturbed_futures(dispatch, dispatch.scenarios[0], kFirstTrainingSeed, count);
  double sum = 0.0, squares = 0.0, product = 0.0, carbon = 0.0;
  for (std::size_t s = 0; s < count; ++s)
    for (std::size_t t = 0; t < 24; ++t) {
      const double z = (futures.renewable(s)[t] / dispatch.hours.renewable_MWh[t] - 1.0) / 0.15;
      const double c = (futures.carbon(s)[t] / dispatch.hours.carbon_kg_per_MWh[t] - 1.0) / 0.05;
      sum += z, squares += z * z, product += z * c, carbon += c * c;
    }
  const double n = static_cast<double>(count) * 24.0;
  CHECK(std::abs(sum / n) < 4.0 / std::sqrt(n));
  CHECK(std::abs(squares / n - 1.0) < 4.0 * std::sqrt(2.0 / n));
  CHECK(std::abs(carbon / n - 1.0) < 4.0 * std::sqrt(2.0 / n));
  CHECK(std::abs(product / n) < 4.0 / std::sqrt(n));
  CHECK(futures.renewable(0)[0] != futures.renewable(1)[0]);
  const Futures evaluation = disturbed_futures(dispatch, dispatch.scenarios[0], 0, 100);
  for (std::size_t s = 0; s < 100; ++s) CHECK(evaluation.renewable(s)[0] != futures.renewable(s)[0]);
}

TEST_CASE("no renewables are negative however large the disturbance") {
  DispatchCase dispatch = load_dispatch_case("dispatch");
  dispatch.noise.renewable = 5.0;
  const Futures futures = disturbed_futures(dispatch, dispatch.scenarios[0], 0, 20);
  for (std::size_t s = 0; s < 20; ++s)
    for (const double value : futures.renewable(s)) CHECK(value >= 0.0);
}

}  // namespace millrace
