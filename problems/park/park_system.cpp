#include "problems/park/park_system.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace millrace {
namespace {

bool is_ammonia(const std::string& name) {
  return name == "NH3N" || name == "NH3-N" || name == "NH4N" || name == "NH4-N";
}

ParkObjectiveTerms empty_terms(const ParkCase& park) {
  ParkObjectiveTerms terms;
  terms.fresh.assign(park.freshwater.size(), 0.0);
  terms.inflow.assign(park.nodes.size(), 0.0);
  terms.load.assign(park.nodes.size() * park.contaminants.size(), 0.0);
  terms.removed.assign(park.treatments.size() * park.contaminants.size(), 0.0);
  return terms;
}

/// Money a m3, energy included.
ParkObjectiveTerms cost_terms(const ParkCase& park, const std::vector<std::shared_ptr<const UnitModel>>& models) {
  ParkObjectiveTerms terms = empty_terms(park);
  const double price = park.economics.electricity_price;
  terms.energy = price;
  terms.capital = 1.0;
  terms.money = true;
  for (std::size_t w = 0; w < park.freshwater.size(); ++w)
    terms.fresh[w] = park.freshwater[w].cost + price * park.freshwater[w].energy;
  for (std::size_t i = 0; i < park.processes.size(); ++i)
    terms.inflow[park.process_node(i)] = park.processes[i].op_cost + price * park.processes[i].energy;
  for (std::size_t t = 0; t < park.treatments.size(); ++t) {
    const ParkTreatment& unit = park.treatments[t];
    terms.inflow[park.treatment_node(t)] =
        models[t] ? unit.op_cost : unit.op_cost + unit.cap_cost + price * unit.energy;
  }
  for (std::size_t e = 0; e < park.discharges.size(); ++e)
    terms.inflow[park.discharge_node(e)] = park.discharges[e].cost + price * park.discharges[e].energy;
  return terms;
}

ParkObjectiveTerms co2_terms(const ParkCase& park, const std::vector<std::shared_ptr<const UnitModel>>& models) {
  ParkObjectiveTerms terms = empty_terms(park);
  const double grid = park.economics.grid_co2;
  const std::size_t count = park.contaminants.size();
  terms.energy = grid;
  for (std::size_t w = 0; w < park.freshwater.size(); ++w) terms.fresh[w] = grid * park.freshwater[w].energy;
  for (std::size_t i = 0; i < park.processes.size(); ++i)
    terms.inflow[park.process_node(i)] = grid * park.processes[i].energy;
  for (std::size_t t = 0; t < park.treatments.size(); ++t) {
    const ParkTreatment& unit = park.treatments[t];
    terms.inflow[park.treatment_node(t)] = models[t] ? unit.co2_direct : unit.co2_direct + grid * unit.energy;
    for (std::size_t k = 0; unit.n2o && k < count; ++k)
      if (is_ammonia(park.contaminants[k])) terms.removed[t * count + k] = park.economics.n2o_kgco2_per_kgN / 1000.0;
  }
  for (std::size_t e = 0; e < park.discharges.size(); ++e)
    terms.inflow[park.discharge_node(e)] = grid * park.discharges[e].energy;
  return terms;
}

ParkObjectiveTerms discharge_terms(const ParkCase& park) {
  ParkObjectiveTerms terms = empty_terms(park);
  const std::size_t count = park.contaminants.size();
  for (std::size_t e = 0; e < park.discharges.size(); ++e)
    for (std::size_t k = 0; k < count; ++k)
      if (std::isfinite(park.discharge_equiv_std[k]))
        terms.load[park.discharge_node(e) * count + k] = park.discharges[e].eq_weight[k] / park.discharge_equiv_std[k];
  return terms;
}

ParkObjectiveTerms flow_terms(const ParkCase& park, bool freshwater, bool treated) {
  ParkObjectiveTerms terms = empty_terms(park);
  for (std::size_t w = 0; freshwater && w < park.freshwater.size(); ++w) terms.fresh[w] = park.freshwater[w].fw_weight;
  for (std::size_t t = 0; treated && t < park.treatments.size(); ++t) terms.inflow[park.treatment_node(t)] = 1.0;
  return terms;
}

ParkObjectiveTerms annual_terms(const ParkCase& park) {
  ParkObjectiveTerms terms = empty_terms(park);
  terms.money = true;
  for (std::size_t w = 0; w < park.freshwater.size(); ++w) terms.fresh[w] = park.annual_hours * park.freshwater[w].cost;
  for (std::size_t t = 0; t < park.treatments.size(); ++t) {
    const ParkTreatment& unit = park.treatments[t];
    terms.inflow[park.treatment_node(t)] = park.annual_hours * unit.op_cost;
    if (unit.inv_coef > 0.0)
      terms.powers.push_back({static_cast<std::uint32_t>(t), park.annualisation * unit.inv_coef, unit.inv_exp});
  }
  return terms;
}

ParkObjectiveTerms terms_of(const ParkSystem& system, ParkObjective objective) {
  switch (objective) {
    case ParkObjective::cost: return cost_terms(system.park, system.models);
    case ParkObjective::freshwater: return flow_terms(system.park, true, false);
    case ParkObjective::co2: return co2_terms(system.park, system.models);
    case ParkObjective::discharge: return discharge_terms(system.park);
    case ParkObjective::treated_flow: return flow_terms(system.park, false, true);
    case ParkObjective::freshwater_and_treated: return flow_terms(system.park, true, true);
    case ParkObjective::annual_cost: break;
  }
  return annual_terms(system.park);
}

void add_constraints(ParkSystem& system) {
  using Kind = ParkConstraint::Kind;
  const ParkCase& park = system.park;
  const auto add = [&](Kind kind, std::size_t index) {
    system.constraints.push_back({kind, static_cast<std::uint32_t>(index)});
  };
  for (std::size_t n = 0; n < park.nodes.size(); ++n) {
    const ParkNode& node = park.nodes[n];
    const bool fills = node.kind == ParkNode::Kind::process || node.kind == ParkNode::Kind::demand;
    bool limited = fills || !system.network.inlet_limits[n].empty();
    if (node.kind == ParkNode::Kind::discharge)
      for (const double most : park.discharges[node.owner].loadmax) limited = limited || std::isfinite(most);
    if (limited) add(Kind::quality, n);
    if (node.kind == ParkNode::Kind::process && std::isfinite(park.processes[node.owner].flow_max))
      add(Kind::capacity, n);
    if (node.kind != ParkNode::Kind::treatment) continue;
    if (std::isfinite(park.treatments[node.owner].flow_max)) add(Kind::capacity, n);
    if (park.treatments[node.owner].flow_min > 0.0) add(Kind::least_flow, node.owner);
    if (system.models[node.owner]) add(Kind::extrapolation, node.owner);
  }
  for (std::size_t w = 0; w < park.freshwater.size(); ++w)
    if (std::isfinite(park.freshwater[w].max)) add(Kind::supply, w);
  add(Kind::balance, 0);
}

void make_models(ParkSystem& system, const ParkOptions& options) {
  const ParkCase& park = system.park;
  system.models.resize(park.treatments.size());
  system.setting_gene.assign(park.treatments.size(), kNone);
  system.gene_names = system.network.gene_names;
  for (std::size_t t = 0; options.hybrid && t < park.treatments.size(); ++t) {
    const ParkTreatment& unit = park.treatments[t];
    if (!unit.model) continue;
    const UnitFigures figures{park.contaminants, unit.recovery, unit.kept, unit.energy, unit.conditions};
    try {
      system.models[t] = make_unit_model(*unit.model, figures, options.data);
    } catch (const std::invalid_argument& error) {
      throw std::invalid_argument(fmt::format("{}: the model of {}: {}", park.name, unit.id, error.what()));
    }
    system.setting_gene[t] = static_cast<std::uint32_t>(system.gene_names.size());
    for (const SetPoint& point : system.models[t]->set_points())
      system.gene_names.push_back(unit.id + "_" + point.name);
  }
}

/// Towers with a model lose what it says they evaporate; their weather is the case's, so that is a figure too.
void evaporate(ParkCase& park, const PlantData* data) {
  const auto modelled = [](const ParkProcess& unit) { return unit.model.has_value(); };
  if (std::none_of(park.processes.begin(), park.processes.end(), modelled)) return;
  const CoolingTower tower(data);
  for (ParkProcess& unit : park.processes) {
    if (!modelled(unit)) continue;
    if (const double distance = tower.distance(unit.weather); distance > kMostExtrapolation)
      throw std::invalid_argument(fmt::format(
          "{}: the conditions of {} lie {:.2g} of their widths beyond the plant data; at most {} is allowed", park.name,
          unit.id, distance, kMostExtrapolation));
    unit.loss = unit.circulation * tower.evaporated_share(unit.weather);
    park.digest += fmt::format("\n{} evaporates {:a}", unit.id, unit.loss);
  }
}

}  // namespace

bool ParkSystem::hybrid() const {
  return std::any_of(models.begin(), models.end(), [](const auto& model) { return model != nullptr; });
}

ParkSystem make_park_system(ParkCase park, const ParkOptions& options) {
  if (options.hybrid) evaporate(park, options.data);
  ParkNetwork network(park);
  if (!options.objectives.empty()) park.objectives = options.objectives;
  ParkSystem system{.park = std::move(park),
                    .network = std::move(network),
                    .piping = options.piping,
                    .sweeps = options.sweeps,
                    .rest = options.rest};
  make_models(system, options);
  for (const ParkObjective objective : system.park.objectives) {
    if (objective == ParkObjective::annual_cost && system.park.annual_hours <= 0.0)
      throw std::invalid_argument(system.park.name + ": annual_cost needs the hours of an objective in the case");
    system.objectives.push_back(terms_of(system, objective));
  }
  add_constraints(system);
  return system;
}

std::string objective_unit(const ParkCase& park, ParkObjective objective) {
  switch (objective) {
    case ParkObjective::cost: return park.money + "/h";
    case ParkObjective::annual_cost: return park.money + "/y";
    case ParkObjective::co2: return "kg/h";
    default: return park.volume + "/h";
  }
}

}  // namespace millrace
