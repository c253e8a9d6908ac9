#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

#include "engine/data/tile.hpp"
#include "problems/dispatch/dispatch_model.hpp"

namespace millrace {

/// What the simulator adds up over the hours; MWh, kg, t and m3.
struct DispatchSum {
  enum : std::size_t { thermal, hydro, grid_carbon_kg, captured, fresh, reclaimed, unmet, deficit, count };
};

/// What it can also say of every hour; MWh, kg, t and m3, and the three controls as shares.
struct DispatchHour {
  enum : std::size_t {
    capture_control,
    hydro_control,
    reclaim_control,
    captured,
    capture_energy,
    cooling,
    fresh,
    reclaimed,
    unmet,
    water_energy,
    thermal,
    hydro,
    deficit,
    surplus,
    reservoir,
    carbon_kg,
    water,
    count
  };
};
/// "captured_t", "thermal_MWh" ...
extern const std::array<std::string_view, DispatchHour::count> kDispatchHourNames;

/// Working memory of a simulation, kept from one to the next.
struct DispatchWork {
  /// Sums of the last simulation: sum(future, q) holds quantity q of 64 lanes.
  const double* sum(std::size_t future, std::size_t q) const {
    return sums.data() + (future * DispatchSum::count + q) * kLanes;
  }
  void prepare(std::size_t futures, std::size_t work_columns) {
    sums.resize(futures * DispatchSum::count * kLanes);
    lanes.resize(work_columns * kLanes);
  }

  AlignedVector<double> sums;
  AlignedVector<double> lanes;
};

/// Hours of 64 lanes in one future: at(hour, q).
struct DispatchTrace {
  explicit DispatchTrace(std::size_t hours) : values(hours * DispatchHour::count * kLanes, 0.0) {}
  double* at(std::size_t hour, std::size_t q) { return values.data() + (hour * DispatchHour::count + q) * kLanes; }
  const double* at(std::size_t hour, std::size_t q) const {
    return values.data() + (hour * DispatchHour::count + q) * kLanes;
  }
  AlignedVector<double> values;
};

/// Variables of a schedule an hour: capture rate, share of hydropower, share of reclaimed water, each of 0 to 1.
inline constexpr std::size_t kControls = 3;

/// Simulates 64 schedules in every future. `x` holds 3 * hours columns of 64 lanes, hour after hour. A future costs
/// only its balance of energy: water does not depend on it. O(hours * (futures + powers)). `trace`, where not null,
/// gets the hours of the first future.
void simulate_schedules(const DispatchModel& model, const Futures& futures, const double* x, DispatchWork& work,
                        DispatchTrace* trace = nullptr);

}  // namespace millrace
