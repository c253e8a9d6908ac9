#include "problems/dispatch/dispatch_model.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "engine/random/philox.hpp"

namespace millrace {
namespace {

/// Two independent standard normal numbers from one block of random bits (Box and Muller 1958).
std::array<double, 2> normal_pair(std::uint32_t seed, std::size_t hour) {
  const auto words = philox_block({0, 0, Stage::problem}, seed, static_cast<std::uint32_t>(hour));
  const double radius = std::sqrt(-2.0 * std::log(1.0 - unit_double(words[0])));
  const double angle = 2.0 * std::numbers::pi * unit_double(words[1]);
  return {radius * std::cos(angle), radius * std::sin(angle)};
}

}  // namespace

double DispatchModel::capture_energy_MWh(double captured_t) const {
  if (captured_t <= 0.0) return 0.0;
  const double reference_t = plant.reference_share * capture_most_t();
  return plant.reference_energy_MWh * std::pow(captured_t / reference_t, plant.capture_exponent);
}

double DispatchModel::cooling_m3(double captured_t) const {
  return plant.cooling_m3_per_t * captured_t + plant.cooling_m3_per_MWh * capture_energy_MWh(captured_t);
}

DispatchModel make_dispatch_model(const DispatchCase& dispatch, const DispatchScenario& scenario) {
  return {dispatch.profile, dispatch.plant, scenario, dispatch.observation, dispatch.hours.size()};
}

Futures certain_future(const DispatchCase& dispatch, const DispatchScenario& scenario) {
  Futures futures(1, dispatch.hours.size());
  for (std::size_t t = 0; t < futures.hours(); ++t) {
    futures.carbon(0)[t] = dispatch.hours.carbon_kg_per_MWh[t];
    futures.renewable(0)[t] = scenario.renewable_factor * dispatch.hours.renewable_MWh[t];
  }
  return futures;
}

Futures disturbed_futures(const DispatchCase& dispatch, const DispatchScenario& scenario, std::uint32_t first_seed,
                          std::size_t count) {
  const Futures certain = certain_future(dispatch, scenario);
  Futures futures(count, certain.hours());
  for (std::size_t s = 0; s < count; ++s)
    for (std::size_t t = 0; t < certain.hours(); ++t) {
      const auto [renewable, carbon] = normal_pair(first_seed + static_cast<std::uint32_t>(s), t);
      futures.renewable(s)[t] = certain.renewable(0)[t] * std::max(0.0, 1.0 + dispatch.noise.renewable * renewable);
      futures.carbon(s)[t] = certain.carbon(0)[t] * std::max(0.0, 1.0 + dispatch.noise.carbon * carbon);
    }
  return futures;
}

}  // namespace millrace
