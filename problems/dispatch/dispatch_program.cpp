#include "problems/dispatch/dispatch_program.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace millrace {
namespace {

using Column = ProgramColumn;
constexpr double kInfinity = std::numeric_limits<double>::infinity();

struct Tangent {
  double at, value, slope;
  double intercept() const { return value - slope * at; }
};

/// Tangents at 0 and at points whose distances make their errors about equal: those of the square root of the
/// curvature.
std::vector<Tangent> tangents_of(const DispatchModel& model, std::size_t count) {
  const double beta = model.plant.capture_exponent;
  const double most = model.capture_most_t();
  std::vector<Tangent> tangents;
  for (std::size_t k = 0; k <= count; ++k) {
    const double at = most * std::pow(static_cast<double>(k) / static_cast<double>(count), 2.0 / beta);
    const double value = model.capture_energy_MWh(at);
    const double first_slope = beta > 1.0 ? 0.0 : model.capture_energy_MWh(most) / most;
    tangents.push_back({at, value, at > 0.0 ? beta * value / at : first_slope});
  }
  return tangents;
}

/// Height of the curve over the corner of each two neighbours.
double largest_error(const DispatchModel& model, const std::vector<Tangent>& tangents) {
  double error = 0.0;
  for (std::size_t k = 1; k < tangents.size(); ++k) {
    const Tangent &a = tangents[k - 1], &b = tangents[k];
    if (!(b.slope > a.slope)) continue;
    const double corner = (a.intercept() - b.intercept()) / (b.slope - a.slope);
    error = std::max(error, model.capture_energy_MWh(corner) - (a.intercept() + a.slope * corner));
  }
  return error;
}

class ProgramBuilder {
 public:
  ProgramBuilder(const DispatchModel& model, const Futures& futures, std::size_t future,
                 const DispatchProgramOptions& options)
      : model_(model), p_(model.plant), carbon_(futures.carbon(future)), renewable_(futures.renewable(future)),
        options_(options), tangents_(tangents_of(model, std::max<std::size_t>(options.tangents, 1))) {}

  DispatchProgram build() {
    program_.energy_error_MWh = largest_error(model_, tangents_);
    program_.total_error_gbp = total_error();
    for (std::size_t t = 0; t < model_.hours; ++t) add_columns(t);
    for (std::size_t t = 0; t < model_.hours; ++t) add_rows(t);
    for (std::size_t t = 0; t < model_.hours; t += kHoursOfDay) add_daily_limit(t);
    if (options_.total) {
      add_objective(1.0, model_.scenario.carbon_gbp_per_t / 1000.0, p_.water_gbp_per_m3, 1.0);
    } else {
      add_objective(1.0, 0.0, 0.0, 0.0);
      add_objective(0.0, 1.0, 0.0, 0.0);
      add_objective(0.0, 0.0, 1.0, 0.0);
    }
    return std::move(program_);
  }

 private:
  std::size_t at(std::size_t t, std::size_t quantity) const { return program_.column(t, quantity); }
  void put(std::size_t t, std::size_t quantity, double coefficient) {
    program_.form.row_terms.put(at(t, quantity), coefficient);
  }
  void close(const char* name, std::size_t t, double lower, double upper) {
    program_.form.close_row(fmt::format("{} {}", name, t), lower, upper);
  }

  double total_error() const {
    const double energy = program_.energy_error_MWh;
    const double water = p_.cooling_m3_per_MWh * energy;
    const bool limited = std::isfinite(model_.scenario.reclaim_limit_m3_per_h);
    const double power = energy + (limited ? 0.0 : p_.reclaim_energy_MWh_per_m3 * water);
    double error = 0.0;
    for (const double carbon : carbon_)
      error += power * (p_.thermal_gbp_per_MWh + model_.scenario.carbon_gbp_per_t * carbon / 1000.0) +
               (limited ? p_.unmet_gbp_per_m3 * water : 0.0);
    return error;
  }

  /// Every column has finite bounds, so that a Lagrangian bound is finite whatever its multipliers are.
  void add_columns(std::size_t t) {
    const double energy = model_.capture_energy_MWh(model_.capture_most_t());
    const double cooling = model_.cooling_m3(model_.capture_most_t());
    const double need =
        p_.base_load_MWh + energy + std::max(p_.fresh_energy_MWh_per_m3, p_.reclaim_energy_MWh_per_m3) * cooling;
    const double broken = options_.total ? 1.0 : 0.0;
    const double upper[Column::count] = {model_.capture_most_t(),
                                         energy,
                                         std::min(cooling, model_.daily_limit_m3()),
                                         std::min(cooling, model_.scenario.reclaim_limit_m3_per_h),
                                         broken * cooling,
                                         need,
                                         p_.turbine_MW,
                                         p_.pump_MW,
                                         broken * need,
                                         p_.reservoir_most_MWh};
    const char* const names[Column::count] = {"captured", "energy", "fresh",  "reclaimed", "unmet",
                                              "thermal",  "hydro",  "pumped", "deficit",   "reservoir"};
    for (std::size_t q = 0; q < Column::count; ++q)
      program_.form.add_column(fmt::format("{} {}", names[q], t), 0.0, upper[q]);
  }

  void put_water_energy(std::size_t t, double sign) {
    put(t, Column::fresh, sign * p_.fresh_energy_MWh_per_m3);
    put(t, Column::reclaimed, sign * p_.reclaim_energy_MWh_per_m3);
  }

  void add_rows(std::size_t t) {
    for (const Tangent& tangent : tangents_) {
      if (tangent.slope == 0.0) continue;
      put(t, Column::energy, 1.0);
      put(t, Column::captured, -tangent.slope);
      close("energy of capture", t, tangent.intercept(), kInfinity);
    }
    put(t, Column::fresh, 1.0);
    put(t, Column::reclaimed, 1.0);
    put(t, Column::unmet, 1.0);
    put(t, Column::captured, -p_.cooling_m3_per_t);
    put(t, Column::energy, -p_.cooling_m3_per_MWh);
    close("cooling", t, 0.0, kInfinity);
    add_power_rows(t);
    add_reservoir_rows(t);
  }

  void add_power_rows(std::size_t t) {
    put(t, Column::thermal, 1.0);
    put(t, Column::hydro, 1.0);
    put(t, Column::deficit, 1.0);
    put(t, Column::energy, -1.0);
    put(t, Column::pumped, -1.0);
    put_water_energy(t, -1.0);
    program_.balance_rows.push_back(program_.form.rows.size());
    close("balance", t, p_.base_load_MWh - renewable_[t], kInfinity);
    // Thermal and hydropower are shares of what is needed.
    put(t, Column::thermal, 1.0);
    put(t, Column::hydro, 1.0);
    put(t, Column::energy, -1.0);
    put_water_energy(t, -1.0);
    close("dispatch", t, -kInfinity, p_.base_load_MWh);
  }

  void add_reservoir_rows(std::size_t t) {
    const double start = t == 0 ? p_.reservoir_start_MWh : 0.0;
    put(t, Column::hydro, 1.0);
    if (t > 0) put(t - 1, Column::reservoir, -1.0);
    close("hydropower", t, -kInfinity, start);
    put(t, Column::reservoir, 1.0);
    if (t > 0) put(t - 1, Column::reservoir, -1.0);
    put(t, Column::hydro, 1.0);
    put(t, Column::pumped, -p_.pump_efficiency);
    close("reservoir", t, -kInfinity, start);
  }

  void add_daily_limit(std::size_t first) {
    for (std::size_t t = first; t < first + kHoursOfDay; ++t) put(t, Column::fresh, 1.0);
    close("fresh water of the day", first, -kInfinity, model_.daily_limit_m3());
  }

  void add_objective(double cost, double carbon, double water, double fines) {
    for (std::size_t t = 0; t < model_.hours; ++t) {
      const auto term = [&](std::size_t quantity, double coefficient) {
        if (coefficient != 0.0) program_.form.objective_terms.put(at(t, quantity), coefficient);
      };
      term(Column::captured, -1000.0 * carbon);
      term(Column::fresh, water);
      term(Column::unmet, fines * p_.unmet_gbp_per_m3);
      term(Column::thermal, cost * p_.thermal_gbp_per_MWh + carbon * carbon_[t]);
      term(Column::hydro, cost * p_.hydro_gbp_per_MWh + water * p_.evaporation_m3_per_MWh);
      term(Column::deficit, fines * p_.deficit_gbp_per_MWh);
    }
    program_.form.close_objective(carbon * 1000.0 * p_.kiln_t_per_h * static_cast<double>(model_.hours));
  }

  const DispatchModel& model_;
  const DispatchPlant& p_;
  std::span<const double> carbon_;
  std::span<const double> renewable_;
  DispatchProgramOptions options_;
  std::vector<Tangent> tangents_;
  DispatchProgram program_;
};

double share(double part, double whole) { return whole > 0.0 ? std::clamp(part / whole, 0.0, 1.0) : 0.0; }

}  // namespace

DispatchProgram dispatch_program(const DispatchModel& model, const Futures& futures, std::size_t future,
                                 const DispatchProgramOptions& options) {
  if (model.profile != DispatchProfile::physical)
    throw std::invalid_argument("a linear program needs the profile physical: hydropower of table2 is not free");
  return ProgramBuilder(model, futures, future, options).build();
}

std::vector<double> program_schedule(const DispatchModel& model, const DispatchProgram& program,
                                     std::span<const double> columns) {
  const DispatchPlant& p = model.plant;
  std::vector<double> x;
  for (std::size_t t = 0; t < model.hours; ++t) {
    const auto value = [&](std::size_t quantity) { return columns[program.column(t, quantity)]; };
    const double captured = value(Column::captured);
    const double energy = model.capture_energy_MWh(captured);
    const double cooling = model.cooling_m3(captured);
    const double reclaimed = std::clamp(cooling - value(Column::fresh), 0.0, model.scenario.reclaim_limit_m3_per_h);
    const double base = p.base_load_MWh + energy + p.fresh_energy_MWh_per_m3 * (cooling - reclaimed) +
                        p.reclaim_energy_MWh_per_m3 * reclaimed;
    // What the curve takes beyond its tangents comes from thermal power.
    const double missing = energy - value(Column::energy) +
                           p.reclaim_energy_MWh_per_m3 * std::max(0.0, reclaimed - value(Column::reclaimed));
    x.push_back(share(captured, model.capture_most_t()));
    x.push_back(1.0 - share(value(Column::thermal) + std::max(0.0, missing), base));
    x.push_back(share(reclaimed, cooling));
  }
  return x;
}

}  // namespace millrace
