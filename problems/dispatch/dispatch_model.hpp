#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "engine/data/aligned.hpp"
#include "problems/dispatch/dispatch_case.hpp"

namespace millrace {

/// One scenario of a case in one profile, as the simulator wants it.
struct DispatchModel {
  DispatchProfile profile = DispatchProfile::physical;
  DispatchPlant plant;
  DispatchScenario scenario;
  DispatchObservation observation;
  std::size_t hours = 0;

  double capture_most_t() const { return plant.capture_share * plant.kiln_t_per_h; }
  /// Fresh water of a day.
  double daily_limit_m3() const { return static_cast<double>(kHoursOfDay) * scenario.fresh_limit_m3_per_h; }
  /// Energy of capturing so much in an hour.
  double capture_energy_MWh(double captured_t) const;
  /// Cooling water that it takes.
  double cooling_m3(double captured_t) const;
};

/// `scenario` is one of the case. The case's own profile.
DispatchModel make_dispatch_model(const DispatchCase& dispatch, const DispatchScenario& scenario);

/// Days that may come: carbon intensity and renewables of every hour, one future after the other.
class Futures {
 public:
  Futures(std::size_t count, std::size_t hours) : hours_(hours), values_(2 * count * hours, 0.0) {}
  std::size_t count() const { return hours_ == 0 ? 0 : values_.size() / (2 * hours_); }
  std::size_t hours() const { return hours_; }
  std::span<double> carbon(std::size_t future) { return {values_.data() + 2 * future * hours_, hours_}; }
  std::span<const double> carbon(std::size_t future) const { return {values_.data() + 2 * future * hours_, hours_}; }
  std::span<double> renewable(std::size_t future) { return {values_.data() + (2 * future + 1) * hours_, hours_}; }
  std::span<const double> renewable(std::size_t future) const {
    return {values_.data() + (2 * future + 1) * hours_, hours_};
  }

 private:
  std::size_t hours_;
  AlignedVector<double> values_;
};

/// The hours of the case as they are, with the scenario's renewables.
Futures certain_future(const DispatchCase& dispatch, const DispatchScenario& scenario);

/// Number of the first seed that controllers are made with; those from 0 on are for judging them, and never meet.
inline constexpr std::uint32_t kFirstTrainingSeed = 1'000'000;

/// Futures of the seeds first, first + 1 ...: value * max(0, 1 + sigma z), z standard normal, independent in every
/// hour. A seed is the same future for every controller, scenario, profile and run: common random numbers, by
/// address.
Futures disturbed_futures(const DispatchCase& dispatch, const DispatchScenario& scenario, std::uint32_t first_seed,
                          std::size_t count);

}  // namespace millrace
