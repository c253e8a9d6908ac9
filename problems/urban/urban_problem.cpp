#include "problems/urban/urban_problem.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "problems/urban/case_fault.hpp"
#include "problems/urban/complete_allocation.hpp"
#include "problems/urban/linear_form.hpp"
#include "problems/urban/objective_form.hpp"
#include "problems/urban/write_case.hpp"

namespace millrace {
namespace {

// Room for the rounding of a repair that puts a sum on its limit.
constexpr double kTolerance = 1e-9;

std::size_t chosen_scenario(const UrbanCase& urban, const std::string& scenario) {
  if (const auto fault = case_fault(urban)) throw std::invalid_argument(fault->key + ": " + fault->message);
  if (scenario.empty()) return 0;
  if (const auto index = urban.scenario_index(scenario)) return *index;
  throw std::invalid_argument(fmt::format("case '{}' has no scenario '{}'; write one of {}", urban.name, scenario,
                                          fmt::join(urban.scenarios, ", ")));
}

/// The same functions without the repair.
class UnrepairedUrbanProblem {
 public:
  explicit UnrepairedUrbanProblem(UrbanProblem problem) : problem_(std::move(problem)) {}
  const ProblemSpec& spec() const { return problem_.spec(); }
  void evaluate(const Tile& tile, Outcome& outcome, Scratch& scratch) const {
    problem_.evaluate(tile, outcome, scratch);
  }
  std::optional<LinearForm> linear_form() const { return problem_.linear_form(); }

 private:
  UrbanProblem problem_;
};

}  // namespace

UrbanProblem::UrbanProblem(const UrbanCase& urban, const UrbanOptions& options)
    : UrbanProblem(urban, options, chosen_scenario(urban, options.scenario)) {}

UrbanProblem::UrbanProblem(const UrbanCase& urban, const UrbanOptions& options, std::size_t scenario)
    : network_(urban, scenario) {
  spec_.name = urban.name + " " + urban.scenarios[scenario];
  spec_.variable_unit = urban.units.volume.text;
  spec_.bounds = Bounds(urban.links.size());
  for (std::size_t l = 0; l < urban.links.size(); ++l) {
    const UrbanLink& link = urban.links[l];
    spec_.bounds.set(l, 0.0, network_.link_upper[l]);
    spec_.variable_names.push_back(urban.sources[link.source].name + "_to_" + urban.users[link.user].name);
  }
  for (const UrbanSource& source : urban.sources) node_names_.push_back(source.name);
  for (const UrbanUser& user : urban.users) node_names_.push_back(user.name);
  for (const UrbanObjective objective : urban.objectives) {
    objectives_.push_back(make_objective_form(urban, scenario, objective));
    if (!urban.reference.ideal.empty()) {
      const double sign = objective == UrbanObjective::benefit ? -1.0 : 1.0;
      const std::size_t k = spec_.objectives.size();
      spec_.reference_ideal.push_back(sign * urban.reference.ideal[k][scenario]);
      spec_.reference_nadir.push_back(sign * urban.reference.nadir[k][scenario]);
    }
    spec_.objectives.push_back({std::string(name_of(objective)), objective_unit(urban, objective),
                                objective == UrbanObjective::benefit ? Sense::maximise : Sense::minimise});
  }
  add_limits(urban, scenario);
  spec_.data_digest = fmt::format("scenario = {}\nrepair = {}\n{}", urban.scenarios[scenario], options.repair,
                                  urban_data_digest(urban));
}

void UrbanProblem::add_limits(const UrbanCase& urban, std::size_t scenario) {
  const std::string& unit = urban.units.volume.text;
  const auto user_node = [&](std::size_t j) { return static_cast<std::uint32_t>(urban.sources.size() + j); };
  for (std::uint32_t i = 0; i < urban.sources.size(); ++i)
    add_limit({i, true, network_.most[i]}, urban.sources[i].name + " available", unit, network_.most[i]);
  for (std::size_t j = 0; j < urban.users.size(); ++j)
    if (const double least = network_.least[user_node(j)]; least > 0.0)
      add_limit({user_node(j), false, least}, urban.users[j].name + " lower demand", unit,
                urban.users[j].demand[scenario]);
  for (std::size_t j = 0; j < urban.users.size(); ++j)
    add_limit({user_node(j), true, network_.most[user_node(j)]}, urban.users[j].name + " upper demand", unit,
              urban.users[j].demand[scenario]);
  for (std::uint32_t i = 0; i < urban.sources.size(); ++i)
    if (network_.least[i] > 0.0)
      add_limit({i, false, network_.least[i]}, urban.sources[i].name + " use rate", unit, network_.most[i]);
}

void UrbanProblem::add_limit(NodeLimit limit, std::string name, const std::string& unit, double scale) {
  limits_.push_back(limit);
  // A source without water or a user without demand limits nothing to a share of itself.
  spec_.constraints.push_back({std::move(name), unit, scale > 0.0 ? scale : 1.0, kTolerance});
}

void UrbanProblem::evaluate(const Tile& tile, Outcome& outcome, Scratch& scratch) const {
  const std::span<double> sums = scratch.lanes(network_.nodes());
  evaluate_allocation(network_, objectives_, limits_, tile, outcome, sums.data());
}

void UrbanProblem::repair(Tile& tile, Scratch& scratch) const {
  const std::span<double> lanes = scratch.lanes(network_.nodes() + 1);
  double* const unfinished = lanes.data() + network_.nodes() * kLanes;
  repair_allocation(network_, tile, lanes.data(), unfinished);
  thread_local CompletionWork work;
  thread_local std::vector<double> x;
  for (std::size_t lane = 0; lane < tile.count(); ++lane) {
    if (unfinished[lane] == 0.0) continue;
    x.resize(tile.variables());
    for (std::size_t l = 0; l < x.size(); ++l) x[l] = tile.column(l)[lane];
    complete_allocation(network_, x, work);
    for (std::size_t l = 0; l < x.size(); ++l) tile.column(l)[lane] = x[l];
  }
}

std::optional<LinearForm> UrbanProblem::linear_form() const {
  return make_linear_form(network_, objectives_, spec_.variable_names, node_names_);
}

AnyProblem make_urban_problem(const UrbanCase& urban, const UrbanOptions& options) {
  UrbanProblem problem(urban, options);
  if (options.repair) return AnyProblem(std::move(problem));
  return AnyProblem(UnrepairedUrbanProblem(std::move(problem)));
}

}  // namespace millrace
