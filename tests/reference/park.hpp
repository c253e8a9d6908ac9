#pragma once

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "problems/park/park_case.hpp"

namespace millrace::reference {

/// A network in operation by flows and concentrations alone: none of the product's networks, shares, fill rules or
/// sweeps, only the balances as a textbook writes them.
struct ParkBalance {
  using Flows = std::map<std::pair<std::string, std::string>, double>;

  ParkBalance(const ParkCase& the_case, Flows the_flows) : park(the_case), flows(std::move(the_flows)) {
    for (const ParkPort& port : park.ports) conc[port.id].assign(park.contaminants.size(), 0.0);
    for (const ParkFreshwater& water : park.freshwater) conc[water.id] = water.conc;
    for (const ParkSource& source : park.sources) conc[source.id] = source.conc;
    for (int sweep = 0; sweep < 5000; ++sweep) {
      const auto before = conc;
      mix_everything();
      if (conc == before) break;
    }
  }

  double into(const std::string& id) const {
    double sum = 0.0;
    for (const auto& [ends, flow] : flows) sum += ends.second == id ? flow : 0.0;
    return sum;
  }
  double out_of(const std::string& id) const {
    double sum = 0.0;
    for (const auto& [ends, flow] : flows) sum += ends.first == id ? flow : 0.0;
    return sum;
  }
  double load_into(const std::string& id, std::size_t k) const {
    double sum = 0.0;
    for (const auto& [ends, flow] : flows) sum += ends.second == id ? flow * conc.at(ends.first)[k] : 0.0;
    return sum;
  }

  void mix_everything() {
    for (std::size_t k = 0; k < park.contaminants.size(); ++k) {
      for (const ParkProcess& unit : park.processes)
        if (const double out = out_of(unit.id); out > 0.0)
          conc[unit.id][k] = (load_into(unit.id, k) + unit.load[k]) / out;
      for (const ParkTreatment& unit : park.treatments) {
        const double load = load_into(unit.id, k);
        if (const double out = out_of(unit.id); out > 0.0) conc[unit.id][k] = unit.kept[k] * load / out;
        if (unit.reject.empty()) continue;
        if (const double out = out_of(unit.reject); out > 0.0) conc[unit.reject][k] = (1.0 - unit.kept[k]) * load / out;
      }
    }
  }

  /// Largest breach of a balance of flow or of a limit, relative to it.
  double worst() const {
    double most = 0.0;
    const auto equal = [&](double a, double b) { most = std::max(most, std::abs(a - b) / std::max(1.0, std::abs(b))); };
    const auto limit = [&](double value, double bound) {
      if (std::isfinite(bound)) most = std::max(most, (value - bound) / std::max(1.0, std::abs(bound)));
    };
    const auto quality = [&](const std::string& id, const ByContaminant& cmax) {
      for (std::size_t k = 0; k < cmax.size(); ++k)
        if (std::isfinite(cmax[k]))
          most = std::max(most,
                          (load_into(id, k) - cmax[k] * into(id)) / (std::max(cmax[k], 1.0) * std::max(into(id), 1.0)));
    };
    for (const ParkSource& source : park.sources) equal(out_of(source.id), source.flow);
    for (const ParkProcess& unit : park.processes) {
      equal(out_of(unit.id), into(unit.id) - unit.loss);
      if (unit.kind == ParkProcessKind::fixed) equal(into(unit.id), unit.flow);
      quality(unit.id, unit.cin_max);
      limit(into(unit.id), unit.flow_max);
      for (std::size_t k = 0; k < unit.load.size(); ++k)
        if (out_of(unit.id) > 0.0) limit(conc.at(unit.id)[k], unit.cout_max[k]);
    }
    for (const ParkTreatment& unit : park.treatments) {
      equal(out_of(unit.id), unit.recovery * into(unit.id));
      if (!unit.reject.empty()) equal(out_of(unit.reject), (1.0 - unit.recovery) * into(unit.id));
      quality(unit.id, unit.cin_max);
      limit(into(unit.id), unit.flow_max);
    }
    for (const ParkDemand& demand : park.demands) {
      equal(into(demand.id), demand.flow);
      quality(demand.id, demand.cmax);
    }
    for (const ParkDischarge& place : park.discharges) {
      quality(place.id, place.cmax);
      for (std::size_t k = 0; k < place.loadmax.size(); ++k) limit(load_into(place.id, k), place.loadmax[k]);
    }
    for (const ParkFreshwater& water : park.freshwater) limit(out_of(water.id), water.max);
    return most;
  }

  /// Cost, freshwater, CO2, discharge of a park, or the one objective of a network from the literature.
  double objective(ParkObjective objective) const {
    const ParkEconomics& e = park.economics;
    double money = 0.0, energy = 0.0, direct = 0.0, fresh = 0.0, treated = 0.0, discharge = 0.0, annual = 0.0;
    for (const ParkFreshwater& water : park.freshwater) {
      money += water.cost * out_of(water.id);
      energy += water.energy * out_of(water.id);
      fresh += water.fw_weight * out_of(water.id);
      annual += park.annual_hours * water.cost * out_of(water.id);
    }
    for (const ParkProcess& unit : park.processes) {
      money += unit.op_cost * into(unit.id);
      energy += unit.energy * into(unit.id);
    }
    for (const ParkTreatment& unit : park.treatments) {
      const double flow = into(unit.id);
      treated += flow;
      money += (unit.op_cost + unit.cap_cost) * flow;
      energy += unit.energy * flow;
      direct += unit.co2_direct * flow;
      annual +=
          park.annual_hours * unit.op_cost * flow + park.annualisation * unit.inv_coef * std::pow(flow, unit.inv_exp);
      for (std::size_t k = 0; unit.n2o && k < park.contaminants.size(); ++k)
        if (park.contaminants[k] == "NH3N")
          direct += e.n2o_kgco2_per_kgN * (1.0 - unit.kept[k]) * load_into(unit.id, k) / 1000.0;
    }
    for (const ParkDischarge& place : park.discharges) {
      money += place.cost * into(place.id);
      energy += place.energy * into(place.id);
      for (std::size_t k = 0; k < park.contaminants.size(); ++k)
        if (std::isfinite(park.discharge_equiv_std[k]))
          discharge += place.eq_weight[k] * load_into(place.id, k) / park.discharge_equiv_std[k];
    }
    switch (objective) {
      case ParkObjective::cost: return money + e.electricity_price * energy;
      case ParkObjective::freshwater: return fresh;
      case ParkObjective::co2: return e.grid_co2 * energy + direct;
      case ParkObjective::discharge: return discharge;
      case ParkObjective::treated_flow: return treated;
      case ParkObjective::freshwater_and_treated: return fresh + treated;
      case ParkObjective::annual_cost: break;
    }
    return annual;
  }

  const ParkCase& park;
  Flows flows;
  std::map<std::string, ByContaminant> conc;
};

}  // namespace millrace::reference
