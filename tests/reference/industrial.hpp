#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <vector>

#include "problems/industrial/allocation_program.hpp"
#include "problems/industrial/instance.hpp"

namespace millrace::reference {

/// Objectives 1 to 8 and the total violation of one plan (in the order of PlanLayout), term by term as the model is
/// written down. Breaches of the bounds of targets and of zero count, as in the published test vectors.
struct PlanValues {
  std::array<double, 8> objectives{};
  double violation = 0.0;
};

inline double part_above_zero(double v) { return v > 0.0 ? v : 0.0; }

/// Mean difference of all pairs over twice the mean.
inline double gini_of_pairs(const std::vector<double>& values) {
  double differences = 0.0;
  double total = 0.0;
  for (const double a : values) {
    total += a;
    for (const double b : values) differences += std::abs(a - b);
  }
  return total > 0.0 ? differences / (2.0 * static_cast<double>(values.size()) * total) : 0.0;
}

inline PlanValues evaluate_plan(const IndustrialInstance& in, std::span<const double> x) {
  const PlanLayout at(in);
  PlanValues out;
  std::vector<double> lacking(in.users, 0.0), needed(in.users, 0.0);
  for (std::size_t t = 0; t < in.periods; ++t) {
    const PeriodEnergy& e = in.energy[t];
    const double years = in.years[t];
    double required = 0.0, diverted = 0.0, risk = 0.0;
    for (std::size_t u = 0; u < in.users; ++u) required += in.cell(t, u).requirement;
    for (std::size_t u = 0; u < in.users; ++u) {
      const IndustrialCell& c = in.cell(t, u);
      const double w = x[at.target(t, u)], g = x[at.ground(t, u)], v = x[at.diverted(t, u)];
      out.violation += part_above_zero(c.target_least - w) / c.target_least;
      out.violation += part_above_zero(w - c.target_most) / c.target_most;
      out.violation += part_above_zero(-g) + part_above_zero(-v);
      out.objectives[0] -= years * (c.value_surface * w + c.value_ground * g + c.value_diverted * v);
      out.objectives[4] += years * g;
      diverted += v;
      needed[u] += years * c.fresh;
      for (std::size_t h = 0; h < in.levels; ++h) {
        const double p = in.probability[h];
        const double s = x[at.shortage(t, h, u)];
        const double supply = w - s + g + v;
        const double missing = c.requirement - supply * (1.0 + c.reuse_ratio);
        const double supply_energy =
            e.surface * (w - s) + e.ground * g + c.energy_diverted * v + e.wastewater * c.discharge * supply;
        const double all_energy = supply_energy + e.reuse * c.reuse_ratio * supply;
        out.objectives[0] += years * p * c.penalty * s;
        out.objectives[1] += years * p * supply_energy;
        risk += p * c.gamma * part_above_zero(missing);
        out.objectives[3] += years * p * part_above_zero(missing) / (1.0 + c.reuse_ratio);
        lacking[u] += years * p * part_above_zero(missing) / (1.0 + c.reuse_ratio);
        out.objectives[5] += years * p * c.discharge * supply;
        out.objectives[6] +=
            in.grid_carbon[t] * years * p * all_energy + in.wastewater_carbon * years * p * c.discharge * supply;
        out.violation += part_above_zero(c.floor - supply) / c.fresh + part_above_zero(supply - c.ceiling) / c.fresh;
        out.violation += part_above_zero(s - (w - c.target_least)) / c.target_least + part_above_zero(-s);
      }
    }
    out.objectives[2] += 100.0 / static_cast<double>(in.periods) * risk / required;
    out.violation += part_above_zero(diverted - in.diverted[t]) / in.diverted[t];
    for (std::size_t r = 0; r < in.regions; ++r) {
      double ground = 0.0;
      for (std::size_t u = in.users_from[r]; u < in.users_from[r + 1]; ++u) ground += x[at.ground(t, u)];
      out.violation += part_above_zero(ground - in.ground_at(r, t)) / in.ground_at(r, t);
      for (std::size_t h = 0; h < in.levels; ++h) {
        double surface = 0.0;
        for (std::size_t u = in.users_from[r]; u < in.users_from[r + 1]; ++u)
          surface += x[at.target(t, u)] - x[at.shortage(t, h, u)];
        out.violation += part_above_zero(surface - in.surface_at(r, t, h)) / in.surface_at(r, t, h);
      }
    }
    for (std::size_t h = 0; in.energy_limited && h < in.levels; ++h) {
      double energy = 0.0, gross = 0.0;
      for (std::size_t u = 0; u < in.users; ++u) {
        const IndustrialCell& c = in.cell(t, u);
        const double surface = x[at.target(t, u)] - x[at.shortage(t, h, u)];
        const double g = x[at.ground(t, u)], v = x[at.diverted(t, u)];
        const double supply = surface + g + v;
        energy += e.surface * surface + e.ground * g + c.energy_diverted * v +
                  (e.reuse * c.reuse_ratio + e.wastewater * c.discharge) * supply;
        gross += supply * (1.0 + c.reuse_ratio);
      }
      out.violation += part_above_zero(energy - e.limit * gross) / (e.limit * required);
    }
  }
  for (std::size_t u = 0; u < in.users; ++u) lacking[u] /= needed[u];
  out.objectives[7] = gini_of_pairs(lacking);
  return out;
}

}  // namespace millrace::reference
