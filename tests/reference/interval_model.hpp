#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <stdexcept>
#include <vector>

#include "engine/exact/clp_solver.hpp"
#include "problems/industrial/industrial_case.hpp"

namespace millrace::reference {

/// One model of the interval program, written down from the case with other variables than the library's: the share u
/// of the target's interval, groundwater, diverted water and the surface water that is supplied (not the shortage), with
/// the band as risks of the whole requirement.
class IntervalModel {
 public:
  /// What the upper model decided, for the lower one; user by user, period t at t * users + i.
  struct Plan {
    std::vector<double> target, ground, diverted;
    /// By level.
    std::vector<std::vector<double>> shortage;
  };

  IntervalModel(const IndustrialCase& industrial, std::size_t energy, std::size_t risk, bool upper)
      : case_(industrial), limit_(industrial.energy_scenarios[energy].limit), xi_(industrial.risk_levels[risk].xi),
        upper_(upper) {
    add_columns();
    add_resources();
    add_bands();
    if (!limit_.empty()) add_energy();
  }

  /// Targets as in `plan`; with `all`, also no more ground and diverted water than there, and no less shortage.
  void follow(const Plan& plan, bool all) {
    for (std::size_t t = 0; t < periods(); ++t)
      for (std::size_t i = 0; i < users(); ++i) {
        const std::size_t at = t * users() + i;
        const Interval w = target(t, i);
        lp_.lower[u(t, i)] = lp_.upper[u(t, i)] = (plan.target[at] - w.lower) / (w.upper - w.lower);
        if (!all) continue;
        lp_.upper[ground(t, i)] = plan.ground[at];
        lp_.upper[diverted(t, i)] = plan.diverted[at];
        for (std::size_t h = 0; h < levels(); ++h)
          lp_.upper[surface(t, h, i)] = std::max(w.lower, plan.target[at] - plan.shortage[h][at]);
      }
  }

  double benefit() {
    ClpSolver solver(lp_);
    if (solver.solve_primal() != LpStatus::optimal) throw std::runtime_error("interval model: no optimum");
    x_.assign(solver.columns().begin(), solver.columns().end());
    double total = -constant_;
    for (std::size_t c = 0; c < x_.size(); ++c) total += lp_.cost[c] * x_[c];
    return -total;
  }

  /// After benefit().
  Plan plan() const {
    Plan plan{{}, {}, {}, std::vector<std::vector<double>>(levels())};
    for (std::size_t t = 0; t < periods(); ++t)
      for (std::size_t i = 0; i < users(); ++i) {
        const Interval w = target(t, i);
        const double promised = w.lower + (w.upper - w.lower) * x_[u(t, i)];
        plan.target.push_back(promised);
        plan.ground.push_back(x_[ground(t, i)]);
        plan.diverted.push_back(x_[diverted(t, i)]);
        for (std::size_t h = 0; h < levels(); ++h) plan.shortage[h].push_back(promised - x_[surface(t, h, i)]);
      }
    return plan;
  }

 private:
  std::size_t users() const { return case_.sectors.size(); }
  std::size_t periods() const { return case_.periods.size(); }
  std::size_t levels() const { return case_.levels.size(); }
  std::size_t block(std::size_t t, std::size_t i) const { return (t * users() + i) * (3 + levels()); }
  std::size_t u(std::size_t t, std::size_t i) const { return block(t, i); }
  std::size_t ground(std::size_t t, std::size_t i) const { return block(t, i) + 1; }
  std::size_t diverted(std::size_t t, std::size_t i) const { return block(t, i) + 2; }
  std::size_t surface(std::size_t t, std::size_t h, std::size_t i) const { return block(t, i) + 3 + h; }

  /// The favourable end where `more` of it is better, the other where less is.
  double end(Interval v, bool more) const { return upper_ == more ? v.upper : v.lower; }
  double power(double base, std::size_t t) const { return std::pow(base, static_cast<double>(t)); }
  double cost(Interval v, std::size_t t) const { return end(v, false) * power(case_.cost.cost_growth, t); }
  double energy(Interval first, std::size_t t) const {
    const std::vector<Interval>& pace = case_.energy_scenarios[0].limit;
    return end(first, false) * end(pace[t], false) / end(pace[0], false) * power(case_.energy.progress, t);
  }
  Interval target(std::size_t t, std::size_t i) const {
    const double factor = power(case_.trend.target, t);
    return {case_.sectors[i].target.lower * factor, case_.sectors[i].target.upper * factor};
  }
  double requirement(std::size_t t, std::size_t i) const {
    return end(case_.sectors[i].requirement, true) * power(case_.trend.requirement, t);
  }
  /// Fresh and reused water a m3 of fresh water.
  double gross(std::size_t t, std::size_t i) const {
    const IndustrialSector& s = case_.sectors[i];
    return 1.0 / (1.0 - s.reuse_rate - (s.reuse_grows ? end(case_.trend.reuse_increment[t], true) : 0.0));
  }

  void add_columns() {
    constexpr double kMost = std::numeric_limits<double>::infinity();
    for (std::size_t t = 0; t < periods(); ++t)
      for (std::size_t i = 0; i < users(); ++i) {
        const IndustrialSector& s = case_.sectors[i];
        const IndustrialCost& c = case_.cost;
        const double years = case_.periods[t].years;
        const Interval w = target(t, i);
        const double water = end(s.benefit, true) * power(c.benefit_growth, t) * gross(t, i) - cost(c.water, t) -
                             cost(c.reuse, t) * (gross(t, i) - 1.0) - cost(c.wastewater, t) * end(s.discharge, true);
        const double by_surface = water - cost(c.surface_treatment, t);
        const double by_ground = water - cost(c.ground_treatment, t) - s.tie_ground;
        const double by_diverted =
            water - cost(c.diverted_treatment, t) - cost(c.diverted_purchase, t) - s.tie_diverted;
        // A promised m3 brings its value and, until it is supplied, costs the penalty: f = v W - p C (W - y).
        const double penalty = c.penalty_factor * by_surface;
        add(0.0, 1.0, -years * (by_surface - penalty) * (w.upper - w.lower));
        add(0.0, kMost, -years * by_ground);
        add(0.0, kMost, -years * by_diverted);
        for (std::size_t h = 0; h < levels(); ++h) add(w.lower, kMost, -years * penalty * case_.levels[h].probability);
        constant_ += years * (by_surface - penalty) * w.lower;
      }
  }

  void add(double least, double most, double price) { lp_.cost[lp_.add_column(least, most)] = price; }

  void add_resources() {
    constexpr double kNone = -std::numeric_limits<double>::infinity();
    for (std::size_t t = 0; t < periods(); ++t) {
      for (std::size_t h = 0; h < levels(); ++h) {
        for (std::size_t i = 0; i < users(); ++i) lp_.rows.put(surface(t, h, i), 1.0);
        lp_.close_row(kNone, end(case_.regions[0].surface[t][h], true));
      }
      for (std::size_t i = 0; i < users(); ++i) lp_.rows.put(ground(t, i), 1.0);
      lp_.close_row(kNone, end(case_.regions[0].ground[t], true));
      for (std::size_t i = 0; i < users(); ++i) lp_.rows.put(diverted(t, i), 1.0);
      lp_.close_row(kNone, end(case_.diverted[t], true));
      for (std::size_t i = 0; i < users(); ++i)
        for (std::size_t h = 0; h < levels(); ++h) {
          // Supplied from the target: y <= W- + dW u.
          const Interval w = target(t, i);
          lp_.rows.put(surface(t, h, i), 1.0);
          lp_.rows.put(u(t, i), -(w.upper - w.lower));
          lp_.close_row(kNone, w.lower);
        }
    }
  }

  /// xi D <= D - gross A <= cap D, and = 0 for a fixed demand.
  void add_bands() {
    for (std::size_t t = 0; t < periods(); ++t)
      for (std::size_t h = 0; h < levels(); ++h)
        for (std::size_t i = 0; i < users(); ++i) {
          const IndustrialSector& s = case_.sectors[i];
          const double need = requirement(t, i);
          const double cap = s.fixed_demand ? 0.0 : upper_ ? s.cap_upper_model : s.cap_lower_model;
          const double xi = s.fixed_demand ? 0.0 : xi_;
          for (const std::size_t column : {surface(t, h, i), ground(t, i), diverted(t, i)})
            lp_.rows.put(column, gross(t, i));
          lp_.close_row((1.0 - cap) * need, (1.0 - xi) * need);
        }
  }

  void add_energy() {
    for (std::size_t t = 0; t < periods(); ++t)
      for (std::size_t h = 0; h < levels(); ++h) {
        const double most = end(limit_[t], false);
        for (std::size_t i = 0; i < users(); ++i) {
          const double any = energy(case_.energy.reuse, t) * (gross(t, i) - 1.0) +
                             energy(case_.energy.wastewater, t) * end(case_.sectors[i].discharge, true) -
                             most * gross(t, i);
          lp_.rows.put(surface(t, h, i), any + energy(case_.energy.surface, t));
          lp_.rows.put(ground(t, i), any + energy(case_.energy.ground, t));
          lp_.rows.put(diverted(t, i), any + energy(case_.energy.diverted, t));
        }
        lp_.close_row(-std::numeric_limits<double>::infinity(), 0.0);
      }
  }

  const IndustrialCase& case_;
  const std::vector<Interval>& limit_;
  double xi_;
  bool upper_;
  LinearProgram lp_;
  /// Of the benefit, what the least targets bring and their penalties take.
  double constant_ = 0.0;
  std::vector<double> x_;
};

}  // namespace millrace::reference
