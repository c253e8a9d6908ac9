#include "problems/industrial/industrial_problem.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>
#include <vector>

#include "problems/industrial/equity.hpp"
#include "problems/industrial/instance_digest.hpp"

namespace millrace {
namespace {

// Room for the rounding of a repair, as a share of what is limited.
constexpr double kTolerance = 1e-9;
// A connection carries at least this share of its user's fresh water, where connections cost.
constexpr double kLeastConnection = 0.01;

template <class Item>
std::size_t index_named(const std::vector<Item>& items, const std::string& name, const char* what) {
  std::vector<std::string> known;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (items[i].name == name) return i;
    known.push_back(items[i].name);
  }
  throw std::invalid_argument(fmt::format("'{}' is no {}; write one of {}", name, what, fmt::join(known, ", ")));
}

InstanceOptions instance_options(const IndustrialCase& industrial, const IndustrialOptions& options) {
  InstanceOptions made{.lambda = options.lambda, .stress = options.stress};
  made.risk_level = options.risk_level.empty() ? industrial.risk_levels.size() - 1
                                               : index_named(industrial.risk_levels, options.risk_level, "risk level");
  if (!options.energy_scenario.empty())
    made.energy_scenario = index_named(industrial.energy_scenarios, options.energy_scenario, "energy scenario");
  return made;
}

bool has(const ObjectiveSet& objectives, IndustrialObjective objective) {
  return std::ranges::count(objectives, objective) > 0;
}

/// The same functions without the repair.
class UnrepairedIndustrialProblem {
 public:
  explicit UnrepairedIndustrialProblem(IndustrialProblem problem) : problem_(std::move(problem)) {}
  const ProblemSpec& spec() const { return problem_.spec(); }
  void evaluate(const Tile& tile, Outcome& outcome, Scratch& scratch) const {
    problem_.evaluate(tile, outcome, scratch);
  }
  std::optional<LinearForm> linear_form() const { return problem_.linear_form(); }

 private:
  IndustrialProblem problem_;
};

}  // namespace

IndustrialProblem::IndustrialProblem(const IndustrialCase& industrial, const IndustrialOptions& options)
    : options_(options), instance_(make_instance(industrial, instance_options(industrial, options))), at_(instance_),
      code_(instance_, options.encoding, options.objectives) {
  if (!is_full() && instance_.energy_limited)
    throw std::invalid_argument(
        "a limit of energy needs a say in shortages, which only the full encoding has; use that one, or an energy "
        "scenario without a limit");
  if (!(options_.connection_charge >= 0.0 && std::isfinite(options_.connection_charge)))
    throw std::invalid_argument("a connection charge is a number of at least 0");
  spec_.name = fmt::format("{} {}", industrial.name, name_of(options_.encoding));
  for (const IndustrialObjective objective : options_.objectives) spec_.objectives.push_back(objective_spec(objective));
  code_.describe(instance_, spec_);
  add_constraints();
  spec_.data_digest = fmt::format("encoding = {}\nrepair = {}\nconnection charge = {}\n{}", name_of(options_.encoding),
                                  options_.repair, options_.connection_charge, instance_digest(instance_));
}

void IndustrialProblem::add_constraints() {
  const std::pair<PlanLimit, const char*> limits[] = {{PlanLimit::surface, "surface water"},
                                                      {PlanLimit::ground, "groundwater"},
                                                      {PlanLimit::diverted, "diverted water"},
                                                      {PlanLimit::least_surface, "least surface water"},
                                                      {PlanLimit::floor, "cap on risk"},
                                                      {PlanLimit::ceiling, "surplus"},
                                                      {PlanLimit::energy, "energy"}};
  for (const auto& [limit, name] : limits)
    if (limit != PlanLimit::energy || instance_.energy_limited)
      spec_.constraints.push_back({name, "share", 1.0, kTolerance});
}

EditablePeriod IndustrialProblem::plan_in(double* columns) const {
  const std::size_t step = at_.users * kLanes;
  EditablePeriod plan{columns, columns + step, columns + 2 * step, {}};
  for (std::size_t h = 0; h < at_.levels; ++h) plan.shortage[h] = columns + (3 + h) * step;
  return plan;
}

void IndustrialProblem::decode(const Tile& tile, std::size_t t, const EditablePeriod& plan) const {
  code_.decode(instance_, tile, t, plan);
  if (options_.connection_charge > 0.0) drop_small_connections(t, plan);
  repair_period(instance_, t, plan);
}

void IndustrialProblem::drop_small_connections(std::size_t t, const EditablePeriod& plan) const {
  for (std::size_t u = 0; u < at_.users; ++u) {
    const double least = kLeastConnection * instance_.cell(t, u).fresh;
    for (std::size_t i = u * kLanes; i < (u + 1) * kLanes; ++i) {
      const double moved = plan.diverted[i] < least ? plan.diverted[i] : 0.0;
      plan.diverted[i] -= moved;
      plan.ground[i] += moved;
    }
  }
}

namespace {

/// By user, what the whole plan and not a period decides: expected missing water, most diverted water.
struct UserColumns {
  double* missing = nullptr;
  double* connected = nullptr;
};

void raise(double* most, const double* values, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) most[i] = std::max(most[i], values[i]);
}

void add_charges(const IndustrialInstance& instance, double charge, const double* connected, double* benefit) {
  for (std::size_t u = 0; u < instance.users; ++u)
    for (std::size_t lane = 0; lane < kLanes; ++lane)
      benefit[lane] += connected[u * kLanes + lane] > 0.0 ? charge : 0.0;
}

void write_equity(const IndustrialInstance& instance, const double* missing, double* equity) {
  thread_local std::vector<double> shares;
  shares.resize(instance.users);
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    for (std::size_t u = 0; u < instance.users; ++u) {
      double needed = 0.0;
      for (std::size_t t = 0; t < instance.periods; ++t) needed += instance.years[t] * instance.cell(t, u).fresh;
      shares[u] = missing[u * kLanes + lane] / needed;
    }
    equity[lane] = gini(shares);
  }
}

}  // namespace

void IndustrialProblem::evaluate(const Tile& tile, Outcome& outcome, Scratch& scratch) const {
  const std::size_t step = at_.users * kLanes;
  const bool equity = has(options_.objectives, IndustrialObjective::equity);
  const bool charged = options_.connection_charge > 0.0;
  const std::size_t plan_columns = is_full() ? 0 : 3 + at_.levels;
  double* const work = scratch.doubles((plan_columns + equity + charged) * step).data();
  UserColumns users;
  if (equity) users.missing = work + plan_columns * step;
  if (charged) users.connected = work + (plan_columns + equity) * step;
  std::fill_n(work + plan_columns * step, (equity + charged) * step, 0.0);

  PlanTotals totals{};
  for (std::size_t t = 0; t < at_.periods; ++t) {
    PeriodPlan plan;
    if (is_full()) {
      plan = code_.in_place(tile, t);
    } else {
      const EditablePeriod decoded = plan_in(work);
      decode(tile, t, decoded);
      plan = decoded;
    }
    add_period(instance_, t, plan, totals, users.missing);
    if (charged) raise(users.connected, plan.diverted, step);
  }
  if (charged)
    add_charges(instance_, options_.connection_charge, users.connected, totals.objective(IndustrialObjective::benefit));
  for (std::size_t k = 0; k < options_.objectives.size(); ++k) {
    if (options_.objectives[k] == IndustrialObjective::equity)
      write_equity(instance_, users.missing, outcome.objective(k));
    else std::copy_n(totals.objective(options_.objectives[k]), kLanes, outcome.objective(k));
  }
  for (std::size_t c = 0; c < outcome.constraints(); ++c)
    std::copy_n(totals.limit(static_cast<PlanLimit>(c)), kLanes, outcome.constraint(c));
}

void IndustrialProblem::repair(Tile& tile, Scratch& scratch) const {
  const std::size_t step = at_.users * kLanes;
  if (is_full()) {
    for (std::size_t t = 0; t < at_.periods; ++t) {
      const EditablePeriod plan = code_.in_place(tile, t);
      if (options_.connection_charge > 0.0) drop_small_connections(t, plan);
      repair_period(instance_, t, plan);
    }
  } else {
    const EditablePeriod plan = plan_in(scratch.doubles((3 + at_.levels) * step).data());
    for (std::size_t t = 0; t < at_.periods; ++t) {
      decode(tile, t, plan);
      code_.encode(plan, t, tile);
    }
  }
  // Rounding and impossible plans may leave the box; what is written must not.
  for (std::size_t j = 0; j < tile.variables(); ++j) {
    double* const column = tile.column(j);
    for (std::size_t lane = 0; lane < kLanes; ++lane)
      column[lane] = std::clamp(column[lane], spec_.bounds.lower(j), spec_.bounds.upper(j));
  }
}

DecisionRows IndustrialProblem::plans_of(const DecisionRows& rows) const {
  DecisionRows plans(rows.rows(), at_.variables());
  AlignedVector<double> columns((3 + at_.levels) * at_.users * kLanes);
  for (std::size_t first = 0; first < rows.rows(); first += kLanes) {
    std::vector<Slot> slots;
    for (std::size_t i = first; i < std::min(first + kLanes, rows.rows()); ++i) slots.push_back(static_cast<Slot>(i));
    Tile tile(rows.variables());
    tile.gather(rows, slots);
    for (std::size_t t = 0; t < at_.periods; ++t) {
      if (!is_full()) decode(tile, t, plan_in(columns.data()));
      for (std::size_t kind = 0; kind < 3 + at_.levels; ++kind)
        for (std::size_t u = 0; u < at_.users; ++u)
          for (std::size_t lane = 0; lane < slots.size(); ++lane)
            plans.row(first + lane)[at_.at(kind, t, u)] =
                is_full() ? tile.column(at_.at(kind, t, u))[lane] : columns[(kind * at_.users + u) * kLanes + lane];
    }
  }
  return plans;
}

DecisionRows IndustrialProblem::decisions_of(const DecisionRows& anchors) const {
  DecisionRows made(anchors.rows(), spec_.bounds.variables());
  for (std::size_t k = 0; k < anchors.rows(); ++k) {
    const std::vector<double> decision = code_.decision_of(instance_, anchors.row(k), k);
    for (std::size_t j = 0; j < decision.size(); ++j)
      made.row(k)[j] = std::clamp(decision[j], spec_.bounds.lower(j), spec_.bounds.upper(j));
  }
  return made;
}

std::optional<LinearForm> IndustrialProblem::linear_form() const {
  if (!is_full() || options_.connection_charge > 0.0 || has(options_.objectives, IndustrialObjective::equity))
    return std::nullopt;
  return make_allocation_program(instance_, options_.objectives);
}

AnyProblem make_industrial_problem(const IndustrialCase& industrial, const IndustrialOptions& options) {
  IndustrialProblem problem(industrial, options);
  if (options.repair) return AnyProblem(std::move(problem));
  return AnyProblem(UnrepairedIndustrialProblem(std::move(problem)));
}

}  // namespace millrace
