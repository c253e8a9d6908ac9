#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "problems/dispatch/dispatch_case.hpp"

namespace millrace::reference {

/// One hour as its equations read, one number after the other.
struct PlantHour {
  double captured = 0.0, capture_energy = 0.0, cooling = 0.0, fresh = 0.0, reclaimed = 0.0, unmet = 0.0;
  double water_energy = 0.0, thermal = 0.0, hydro = 0.0, renewable = 0.0, deficit = 0.0, surplus = 0.0;
  double reservoir = 0.0, carbon_kg = 0.0, water = 0.0;
};

struct PlantDay {
  double operating_cost = 0.0, carbon_kg = 0.0, water_m3 = 0.0, fines = 0.0, total = 0.0, violation = 0.0;
  double unmet = 0.0, deficit = 0.0, reclaimed = 0.0, hydro = 0.0, thermal = 0.0;
};

/// What a controller sees of an hour.
struct Sight {
  double carbon, renewable, fresh_left_share, reservoir_share;
  std::size_t hour;
};
using Controller = std::function<std::array<double, 3>(const Sight&)>;

/// The slow simulator: no tiles, no vectors, std::pow.
class Plant {
 public:
  Plant(const DispatchCase& dispatch, const DispatchScenario& scenario)
      : p_(dispatch.plant), s_(scenario), table2_(dispatch.profile == DispatchProfile::table2) {}

  /// `hours` are those of the future, the scenario's renewables included.
  template <class Control>
  PlantDay simulate(const DispatchHours& hours, Control controller, std::vector<PlantHour>* trace = nullptr) const {
    double reservoir = p_.reservoir_start_MWh;
    double used = 0.0;
    PlantDay day;
    for (std::size_t t = 0; t < hours.size(); ++t) {
      if (t % 24 == 0) used = 0.0;
      const double limit = 24.0 * s_.fresh_limit_m3_per_h;
      const Sight sight{hours.carbon_kg_per_MWh[t], hours.renewable_MWh[t], limit > 0.0 ? (limit - used) / limit : 1.0,
                        reservoir / p_.reservoir_most_MWh, t % 24};
      const PlantHour h = step(sight, controller(sight), reservoir, used);
      add(day, h);
      if (trace != nullptr) trace->push_back(h);
    }
    return day;
  }

 private:
  PlantHour step(const Sight& sight, std::array<double, 3> controls, double& reservoir, double& used) const {
    for (double& control : controls) control = std::clamp(control, 0.0, 1.0);
    const auto [c, d, s] = controls;
    const double most = p_.capture_share * p_.kiln_t_per_h;
    PlantHour h;
    h.renewable = sight.renewable;
    h.captured = c * most;
    h.capture_energy =
        p_.reference_energy_MWh * std::pow(h.captured / (p_.reference_share * most), p_.capture_exponent);
    h.cooling = p_.cooling_m3_per_t * h.captured + p_.cooling_m3_per_MWh * h.capture_energy;
    h.reclaimed = std::min(s * h.cooling, s_.reclaim_limit_m3_per_h);
    const double allowed = table2_ ? s_.fresh_limit_m3_per_h : std::max(0.0, 24.0 * s_.fresh_limit_m3_per_h - used);
    h.fresh = table2_ ? std::min(h.cooling, allowed) : std::min(std::max(0.0, h.cooling - h.reclaimed), allowed);
    h.unmet = std::max(0.0, h.cooling - h.fresh - h.reclaimed);
    h.water_energy = p_.fresh_energy_MWh_per_m3 * h.fresh + p_.reclaim_energy_MWh_per_m3 * h.reclaimed;
    const double need = p_.base_load_MWh + h.capture_energy;
    const double base = table2_ ? need : need + h.water_energy;
    h.thermal = (1.0 - d) * base;
    h.hydro = std::min({d * base, reservoir, p_.turbine_MW});
    if (!table2_) h.hydro = std::min(h.hydro, std::max(0.0, need + h.water_energy - h.thermal - h.renewable));
    const double balance = h.thermal + h.hydro + h.renewable - need - h.water_energy;
    h.deficit = std::max(0.0, -balance);
    h.surplus = std::max(0.0, balance);
    reservoir =
        std::min(p_.reservoir_most_MWh, reservoir - h.hydro + p_.pump_efficiency * std::min(h.surplus, p_.pump_MW));
    used += h.fresh;
    h.reservoir = reservoir;
    h.carbon_kg = sight.carbon * h.thermal + 1000.0 * (p_.kiln_t_per_h - h.captured);
    h.water = h.fresh + p_.evaporation_m3_per_MWh * h.hydro;
    return h;
  }

  void add(PlantDay& day, const PlantHour& h) const {
    const double cost = p_.thermal_gbp_per_MWh * h.thermal + p_.hydro_gbp_per_MWh * h.hydro;
    const double violation = p_.unmet_gbp_per_m3 * h.unmet + p_.deficit_gbp_per_MWh * h.deficit;
    const double fines = violation + s_.carbon_gbp_per_t * h.carbon_kg / 1000.0 + p_.water_gbp_per_m3 * h.water;
    day.operating_cost += cost;
    day.carbon_kg += h.carbon_kg;
    day.water_m3 += h.water;
    day.fines += fines;
    day.total += cost + fines;
    day.violation += violation;
    day.unmet += h.unmet;
    day.deficit += h.deficit;
    day.reclaimed += h.reclaimed;
    day.hydro += h.hydro;
    day.thermal += h.thermal;
  }

  DispatchPlant p_;
  DispatchScenario s_;
  bool table2_;
};

/// A schedule as rows of three controls.
inline Controller schedule_controller(std::vector<double> x) {
  return [x = std::move(x), t = std::size_t{0}](const Sight&) mutable {
    const std::size_t at = 3 * t++;
    return std::array<double, 3>{x[at], x[at + 1], x[at + 2]};
  };
}

/// What policies see, each about -2 to 2.
inline std::array<double, 5> scaled_sight(const DispatchObservation& o, const Sight& s) {
  return {(s.carbon - o.carbon_centre) / o.carbon_spread, (s.renewable - o.renewable_centre) / o.renewable_spread,
          2.0 * s.fresh_left_share - 1.0, 2.0 * s.reservoir_share - 1.0,
          2.0 * static_cast<double>(s.hour) / 23.0 - 1.0};
}

/// Six Gaussian functions: 5 centres, 5 radii, 3 weights each.
inline Controller rbf_controller(DispatchObservation o, std::vector<double> x) {
  return [o, x = std::move(x)](const Sight& sight) {
    const auto z = scaled_sight(o, sight);
    std::array<double, 3> controls{};
    for (std::size_t k = 0; k < 3; ++k) {
      double weights = 0.0;
      for (std::size_t i = 0; i < 6; ++i) weights += x[13 * i + 10 + k];
      for (std::size_t i = 0; i < 6; ++i) {
        double distance = 0.0;
        for (std::size_t j = 0; j < 5; ++j) {
          const double r = (0.5 + 0.25 * z[j] - x[13 * i + j]) / x[13 * i + 5 + j];
          distance += r * r;
        }
        if (weights > 0.0) controls[k] += x[13 * i + 10 + k] / weights * std::exp(-distance);
      }
      controls[k] = std::clamp(controls[k], 0.0, 1.0);
    }
    return controls;
  };
}

/// Six tanh units (5 weights and a bias each), three logistic outputs (6 weights and a bias each).
inline Controller network_controller(DispatchObservation o, std::vector<double> x) {
  return [o, x = std::move(x)](const Sight& sight) {
    const auto z = scaled_sight(o, sight);
    std::array<double, 6> unit{};
    for (std::size_t i = 0; i < 6; ++i) {
      double sum = x[6 * i + 5];
      for (std::size_t j = 0; j < 5; ++j) sum += x[6 * i + j] * z[j];
      unit[i] = std::tanh(sum);
    }
    std::array<double, 3> controls{};
    for (std::size_t k = 0; k < 3; ++k) {
      double sum = x[36 + 7 * k + 6];
      for (std::size_t i = 0; i < 6; ++i) sum += x[36 + 7 * k + i] * unit[i];
      controls[k] = 1.0 / (1.0 + std::exp(-sum));
    }
    return controls;
  };
}

}  // namespace millrace::reference
