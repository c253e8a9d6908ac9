#include "problems/industrial/plan_code.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>
#include <string>
#include <utility>

#include "problems/industrial/plan_names.hpp"

namespace millrace {
namespace {

using Lanes = std::array<double, kLanes>;

// Where in [0, 1] a user's supply leaves its floor, meets its requirement, leaves it and meets its ceiling. Most plans
// on a front have most users in one of these three places, so each is more than a point.
constexpr double kFloorTo = 0.15;
constexpr double kMetFrom = 0.4;
constexpr double kMetTo = 0.6;
constexpr double kCeilingFrom = 0.8;
// Differences between periods up to this one count as none.
constexpr double kSameWithin = 0.8;
constexpr double kRounding = 1e-9;

double change_of(double gene) {
  const double size = std::max(0.0, std::abs(gene) - kSameWithin) * (1.0 / (1.0 - kSameWithin));
  return gene < 0.0 ? -size : size;
}

/// The least change that change_of takes for this one.
double gene_of_change(double change) {
  if (std::abs(change) <= kRounding) return 0.0;
  const double size = kSameWithin + (1.0 - kSameWithin) * std::min(1.0, std::abs(change));
  return change < 0.0 ? -size : size;
}

double supply_at(const IndustrialCell& cell, double place) {
  const double met = std::clamp(cell.fresh, cell.floor, cell.ceiling);
  const double below = std::clamp((place - kFloorTo) * (1.0 / (kMetFrom - kFloorTo)), 0.0, 1.0);
  const double above = std::clamp((place - kMetTo) * (1.0 / (kCeilingFrom - kMetTo)), 0.0, 1.0);
  return cell.floor + below * (met - cell.floor) + above * (cell.ceiling - met);
}

/// A place where supply_at is `supply`: the middle of a stretch.
double place_of(const IndustrialCell& cell, double supply) {
  const double met = std::clamp(cell.fresh, cell.floor, cell.ceiling);
  const double rounding = kRounding * cell.fresh;
  if (supply <= cell.floor + rounding) return 0.5 * kFloorTo;
  if (supply < met - rounding) return kFloorTo + (kMetFrom - kFloorTo) * (supply - cell.floor) / (met - cell.floor);
  if (supply <= met + rounding) return 0.5 * (kMetFrom + kMetTo);
  if (supply < cell.ceiling - rounding) return kMetTo + (kCeilingFrom - kMetTo) * (supply - met) / (cell.ceiling - met);
  return 0.5 * (kCeilingFrom + 1.0);
}

void add(Lanes& total, const double* values) {
  for (std::size_t lane = 0; lane < kLanes; ++lane) total[lane] += values[lane];
}

}  // namespace

std::string_view name_of(PlanEncoding encoding) {
  switch (encoding) {
    case PlanEncoding::full: return "full";
    case PlanEncoding::first_stage: return "first-stage";
    case PlanEncoding::places: return "places";
    case PlanEncoding::merits: break;
  }
  return "merits";
}

PlanEncoding plan_encoding(std::string_view name) {
  for (const PlanEncoding encoding :
       {PlanEncoding::full, PlanEncoding::first_stage, PlanEncoding::places, PlanEncoding::merits})
    if (name == name_of(encoding)) return encoding;
  throw std::invalid_argument(fmt::format("'{}' is no encoding; write full, first-stage, places or merits", name));
}

PlanCode::PlanCode(const IndustrialInstance& instance, PlanEncoding encoding, const ObjectiveSet& objectives)
    : encoding_(encoding), at_(instance), regions_(instance.regions), merits_(instance, objectives),
      totals_from_(encoding == PlanEncoding::merits ? merits_.variables() : at_.cells()) {}

void PlanCode::describe(const IndustrialInstance& instance, ProblemSpec& spec) const {
  if (encoding_ == PlanEncoding::full || encoding_ == PlanEncoding::first_stage) {
    spec.variable_unit = "1e6 m3";
    return describe_cells(instance, spec);
  }
  spec.bounds = Bounds(totals_from_ + at_.periods * (regions_ + 1));
  if (encoding_ == PlanEncoding::places) describe_places(instance, spec);
  else merits_.describe(instance, 0, spec);
  describe_totals(instance, spec);
}

void PlanCode::describe_cells(const IndustrialInstance& instance, ProblemSpec& spec) const {
  const bool full = encoding_ == PlanEncoding::full;
  const std::size_t kinds = full ? 3 + at_.levels : 3;
  spec.bounds = Bounds(kinds * at_.cells());
  spec.variable_names.reserve(kinds * at_.cells());
  const auto add = [&](double least, double most, std::string name) {
    spec.bounds.set(spec.variable_names.size(), least, most);
    spec.variable_names.push_back(std::move(name));
  };
  for (std::size_t kind = 0; kind < kinds; ++kind)
    for (std::size_t t = 0; t < at_.periods; ++t)
      for (std::size_t u = 0; u < at_.users; ++u) {
        const IndustrialCell& cell = instance.cell(t, u);
        const std::string where =
            without_commas(fmt::format("{} {}", instance.user_names[u], instance.period_names[t]));
        if (kind == 0) add(cell.target_least, cell.target_most, "target of " + where);
        else if (kind == 1 && !full) add(cell.floor, cell.ceiling, "supply of " + where);
        else if (kind <= 2) add(0.0, cell.most_other(), (kind == 1 ? "groundwater of " : "diverted water of ") + where);
        else add(0.0, cell.most_shortage(), fmt::format("shortage of {} {}", where, instance.level_names[kind - 3]));
      }
}

void PlanCode::describe_places(const IndustrialInstance& instance, ProblemSpec& spec) const {
  for (std::size_t t = 0; t < at_.periods; ++t)
    for (std::size_t u = 0; u < at_.users; ++u) {
      spec.bounds.set(at_.at(0, t, u), t == 0 ? 0.0 : -1.0, 1.0);
      spec.variable_names.push_back(without_commas(fmt::format("{} of {} {}", t == 0 ? "place" : "change of place",
                                                               instance.user_names[u], instance.period_names[t])));
    }
}

void PlanCode::describe_totals(const IndustrialInstance& instance, ProblemSpec& spec) const {
  for (std::size_t t = 0; t < at_.periods; ++t) {
    for (std::size_t r = 0; r < regions_; ++r) {
      double least = 0.0;
      double most = 0.0;
      for (std::size_t u = instance.users_from[r]; u < instance.users_from[r + 1]; ++u) {
        least += instance.cell(t, u).target_least;
        most += instance.cell(t, u).target_most;
      }
      spec.bounds.set(promised(t, r), least, most);
      spec.variable_names.push_back(without_commas(
          fmt::format("surface water promised in {} {} (1e6 m3)", instance.region_names[r], instance.period_names[t])));
    }
    spec.bounds.set(diverted(t), 0.0, instance.diverted[t]);
    spec.variable_names.push_back(without_commas(fmt::format("diverted water {} (1e6 m3)", instance.period_names[t])));
  }
}

void PlanCode::decode(const IndustrialInstance& instance, const Tile& tile, std::size_t t,
                      const EditablePeriod& plan) const {
  const std::size_t lanes = at_.users * kLanes;
  for (std::size_t h = 0; h < at_.levels; ++h) std::fill_n(plan.shortage[h], lanes, 0.0);
  if (encoding_ == PlanEncoding::places || encoding_ == PlanEncoding::merits)
    return decode_totals(instance, tile, t, plan);
  const double* const target = tile.column(at_.at(0, t, 0));
  const double* const supply = tile.column(at_.at(1, t, 0));
  const double* const wanted = tile.column(at_.at(2, t, 0));
  for (std::size_t i = 0; i < lanes; ++i) {
    const double need = std::max(0.0, supply[i] - target[i]);
    const double taken = std::min(wanted[i], need);
    plan.target[i] = target[i];
    plan.diverted[i] = taken;
    plan.ground[i] = need - taken;
  }
}

void PlanCode::place_supplies(const IndustrialInstance& instance, const Tile& tile, std::size_t t,
                              double* supply) const {
  for (std::size_t u = 0; u < at_.users; ++u) {
    const double* const first = tile.column(at_.at(0, 0, u));
    const double* const now = tile.column(at_.at(0, t, u));
    for (std::size_t lane = 0; lane < kLanes; ++lane)
      supply[u * kLanes + lane] =
          supply_at(instance.cell(t, u), t == 0 ? first[lane] : first[lane] + change_of(now[lane]));
  }
}

void PlanCode::decode_totals(const IndustrialInstance& instance, const Tile& tile, std::size_t t,
                             const EditablePeriod& plan) const {
  // Supplies are where the diverted water will be.
  if (encoding_ == PlanEncoding::places) place_supplies(instance, tile, t, plan.diverted);
  Lanes need{};
  for (std::size_t r = 0; r < regions_; ++r) {
    if (encoding_ == PlanEncoding::merits) merits_.fill(instance, tile, 0, t, r, plan.diverted);
    promise_surface(instance, tile, t, r, plan);
    for (std::size_t u = instance.users_from[r]; u < instance.users_from[r + 1]; ++u) {
      const double* const supply = plan.diverted + u * kLanes;
      const double* const target = plan.target + u * kLanes;
      double* const ground = plan.ground + u * kLanes;
      for (std::size_t lane = 0; lane < kLanes; ++lane) ground[lane] = std::max(0.0, supply[lane] - target[lane]);
      add(need, ground);
    }
  }
  const double* const wanted = tile.column(diverted(t));
  Lanes part;
  for (std::size_t lane = 0; lane < kLanes; ++lane)
    part[lane] = need[lane] > 0.0 ? std::min(1.0, wanted[lane] / need[lane]) : 0.0;
  for (std::size_t u = 0; u < at_.users; ++u)
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      double& ground = plan.ground[u * kLanes + lane];
      const double taken = part[lane] * ground;
      plan.diverted[u * kLanes + lane] = taken;
      ground -= taken;
    }
}

void PlanCode::promise_surface(const IndustrialInstance& instance, const Tile& tile, std::size_t t, std::size_t r,
                               const EditablePeriod& plan) const {
  Lanes left;
  std::copy_n(tile.column(promised(t, r)), kLanes, left.begin());
  for (std::size_t u = instance.users_from[r]; u < instance.users_from[r + 1]; ++u) {
    const double least = instance.cell(t, u).target_least;
    for (double& amount : left) amount -= least;
    std::fill_n(plan.target + u * kLanes, kLanes, least);
  }
  // Twice: first what a user could go without at a low level, then anything that it needs.
  for (const bool dispensable : {true, false})
    for (std::size_t k = instance.users_from[r]; k < instance.users_from[r + 1]; ++k) {
      const std::size_t u = instance.shortage_order[t * at_.users + k];
      const IndustrialCell& cell = instance.cell(t, u);
      const double* const supply = plan.diverted + u * kLanes;
      double* const target = plan.target + u * kLanes;
      for (std::size_t lane = 0; lane < kLanes; ++lane) {
        const double most = dispensable ? cell.target_least + supply[lane] - cell.floor : supply[lane];
        const double room = std::min({most, supply[lane], cell.target_most}) - target[lane];
        const double more = std::min(std::max(0.0, left[lane]), std::max(0.0, room));
        left[lane] -= more;
        target[lane] += more;
      }
    }
}

std::vector<double> PlanCode::decision_of(const IndustrialInstance& instance, std::span<const double> plan,
                                          std::size_t anchor) const {
  if (encoding_ == PlanEncoding::full) return {plan.begin(), plan.end()};
  std::vector<double> target(at_.cells());
  std::vector<double> supply(at_.cells());
  for (std::size_t t = 0; t < at_.periods; ++t)
    for (std::size_t u = 0; u < at_.users; ++u) {
      // What is short at every level was promised for nothing.
      double never = plan[at_.shortage(t, 0, u)];
      for (std::size_t h = 1; h < at_.levels; ++h) never = std::min(never, plan[at_.shortage(t, h, u)]);
      target[at_.at(0, t, u)] = plan[at_.target(t, u)] - never;
      supply[at_.at(0, t, u)] = target[at_.at(0, t, u)] + plan[at_.ground(t, u)] + plan[at_.diverted(t, u)];
    }
  const std::span diverted = plan.subspan(at_.diverted(0, 0), at_.cells());
  std::vector<double> decision;
  if (encoding_ == PlanEncoding::first_stage) {
    for (const std::span<const double> part :
         {std::span<const double>(target), std::span<const double>(supply), diverted})
      decision.insert(decision.end(), part.begin(), part.end());
    return decision;
  }
  if (encoding_ == PlanEncoding::places) decision = places_of(instance, supply);
  else decision = merits_.decision_of(instance, supply, anchor);
  for (std::size_t t = 0; t < at_.periods; ++t) {
    for (std::size_t r = 0; r < regions_; ++r) {
      double promised = 0.0;
      for (std::size_t u = instance.users_from[r]; u < instance.users_from[r + 1]; ++u)
        promised += target[at_.at(0, t, u)];
      decision.push_back(promised);
    }
    double taken = 0.0;
    for (std::size_t u = 0; u < at_.users; ++u) taken += diverted[at_.at(0, t, u)];
    decision.push_back(taken);
  }
  return decision;
}

std::vector<double> PlanCode::places_of(const IndustrialInstance& instance, std::span<const double> supply) const {
  std::vector<double> places(at_.cells());
  for (std::size_t u = 0; u < at_.users; ++u) {
    const double first = place_of(instance.cell(0, u), supply[at_.at(0, 0, u)]);
    for (std::size_t t = 0; t < at_.periods; ++t) {
      const double place = place_of(instance.cell(t, u), supply[at_.at(0, t, u)]);
      places[at_.at(0, t, u)] = t == 0 ? place : gene_of_change(place - first);
    }
  }
  return places;
}

void PlanCode::encode(const EditablePeriod& plan, std::size_t t, Tile& tile) const {
  if (encoding_ != PlanEncoding::first_stage) return;
  const std::size_t lanes = at_.users * kLanes;
  double* const supply = tile.column(at_.at(1, t, 0));
  for (std::size_t i = 0; i < lanes; ++i) supply[i] = plan.target[i] + plan.ground[i] + plan.diverted[i];
  std::copy_n(plan.target, lanes, tile.column(at_.at(0, t, 0)));
  std::copy_n(plan.diverted, lanes, tile.column(at_.at(2, t, 0)));
}

EditablePeriod PlanCode::in_place(Tile& tile, std::size_t t) const {
  EditablePeriod plan{
      tile.column(at_.target(t, 0)), tile.column(at_.ground(t, 0)), tile.column(at_.diverted(t, 0)), {}};
  for (std::size_t h = 0; h < at_.levels; ++h) plan.shortage[h] = tile.column(at_.shortage(t, h, 0));
  return plan;
}

PeriodPlan PlanCode::in_place(const Tile& tile, std::size_t t) const {
  PeriodPlan plan{tile.column(at_.target(t, 0)), tile.column(at_.ground(t, 0)), tile.column(at_.diverted(t, 0)), {}};
  for (std::size_t h = 0; h < at_.levels; ++h) plan.shortage[h] = tile.column(at_.shortage(t, h, 0));
  return plan;
}

}  // namespace millrace
