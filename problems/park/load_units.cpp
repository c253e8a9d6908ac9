#include "problems/park/load_units.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace millrace {
namespace {

using Keys = std::vector<std::string>;

ParkEconomics read_economics(const JsonReader& file) {
  ParkEconomics economics;
  const auto table = file.object("economics");
  if (!table) return economics;
  table->check_keys({"electricity_price", "grid_co2", "hours", "n2o_kgco2_per_kgN"});
  economics.electricity_price = table->number("electricity_price", 0.0);
  economics.grid_co2 = table->number("grid_co2", 0.0);
  economics.hours = table->number("hours", economics.hours);
  economics.n2o_kgco2_per_kgN = table->number("n2o_kgco2_per_kgN", 0.0);
  return economics;
}

std::optional<UnitModelKind> read_model(const JsonReader& unit, const std::vector<UnitModelKind>& fitting) {
  if (!unit.has("model")) return std::nullopt;
  const std::string name = unit.required_text("model");
  const auto kind = unit_model_kind(name);
  for (const UnitModelKind fits : fitting)
    if (kind == fits) return kind;
  std::string known;
  for (const UnitModelKind fits : fitting) known += fmt::format("{}{}", known.empty() ? "" : " or ", name_of(fits));
  unit.fail("model", fmt::format("'{}' is no model of such a unit; write {}", name, known));
}

UnitConditions read_conditions(const JsonReader& unit) {
  UnitConditions conditions;
  const auto table = unit.object("conditions");
  if (!table) return conditions;
  table->check_keys({"temperature_c", "membrane_age_y", "mlss_g_l"});
  conditions.temperature_c = table->number("temperature_c", conditions.temperature_c);
  conditions.membrane_age_y = table->number("membrane_age_y", conditions.membrane_age_y);
  conditions.mlss_g_l = table->number("mlss_g_l", conditions.mlss_g_l);
  return conditions;
}

/// What a cooling tower with a model needs to know.
void read_tower(const JsonReader& unit, ParkProcess& process) {
  process.model = read_model(unit, {UnitModelKind::cooling_tower});
  if (!process.model) return;
  if (process.kind != ParkProcessKind::tower) unit.fail("model", "is that of a tower; write \"kind\": \"tower\" too");
  process.circulation = unit.required_number("circulation");
  const auto table = unit.object("conditions");
  if (!table) return;
  TowerWeather& weather = process.weather;
  table->check_keys({"range_k", "wet_bulb_c", "dry_bulb_c", "wind_m_s"});
  weather.range_k = table->number("range_k", weather.range_k);
  weather.wet_bulb_c = table->number("wet_bulb_c", weather.wet_bulb_c, -60.0);
  weather.dry_bulb_c = table->number("dry_bulb_c", weather.dry_bulb_c, -60.0);
  weather.wind_m_s = table->number("wind_m_s", weather.wind_m_s);
}

ParkFreshwater read_freshwater(const JsonReader& unit, std::size_t contaminants) {
  unit.check_keys({"id", "name", "conc", "cost", "energy", "max", "fw_weight"});
  return {.id = unit.required_text("id"),
          .name = unit.text("name"),
          .conc = unit.required_list("conc", contaminants),
          .cost = unit.number("cost", 0.0),
          .energy = unit.number("energy", 0.0),
          .max = unit.number("max", kNoLimit),
          .fw_weight = unit.share("fw_weight", 1.0)};
}

ParkSource read_source(const JsonReader& unit, std::size_t contaminants) {
  unit.check_keys({"id", "name", "flow", "conc"});
  return {.id = unit.required_text("id"),
          .name = unit.text("name"),
          .flow = unit.required_number("flow"),
          .conc = unit.required_list("conc", contaminants)};
}

ParkProcessKind read_kind(const JsonReader& unit) {
  const std::string text = unit.text("kind", unit.has("flow") ? "fixed" : "free");
  if (text == "free") return ParkProcessKind::free;
  if (text == "fixed") return ParkProcessKind::fixed;
  if (text == "tower") return ParkProcessKind::tower;
  unit.fail("kind", fmt::format("is '{}'; write free, fixed or tower", text));
}

ParkProcess read_process(const JsonReader& unit, std::size_t contaminants) {
  static const Keys keys = {"id",   "name", "kind",   "load",    "cin_max", "cout_max",   "flow",       "flow_max",
                            "loss", "bmin", "energy", "op_cost", "model",   "conditions", "circulation"};
  unit.check_keys(keys);
  ParkProcess process;
  process.id = unit.required_text("id");
  process.name = unit.text("name");
  process.kind = read_kind(unit);
  process.load = unit.required_list("load", contaminants);
  process.cin_max = unit.list("cin_max", contaminants, kNoLimit, true);
  process.cout_max = unit.list("cout_max", contaminants, kNoLimit, true);
  process.flow_max = unit.number("flow_max", kNoLimit);
  process.loss = unit.number("loss", 0.0);
  process.bmin = unit.number("bmin", 0.0);
  process.energy = unit.number("energy", 0.0);
  process.op_cost = unit.number("op_cost", 0.0);
  read_tower(unit, process);
  if (process.kind == ParkProcessKind::fixed) {
    process.flow = unit.required_number("flow");
    if (process.flow <= process.loss)
      unit.fail(process.loss > 0.0 ? "loss" : "flow",
                fmt::format("a loss of {} leaves nothing of the flow of {}; write a smaller loss", process.loss,
                            process.flow));
  } else if (unit.has("flow")) {
    unit.fail("flow", "belongs to a fixed process; write flow_max, or kind fixed");
  }
  return process;
}

/// removal, pass_, or recovery with cpass: the shares of the inlet load in the product.
void read_split(const JsonReader& unit, std::size_t contaminants, ParkTreatment& treatment) {
  treatment.recovery = unit.share("recovery", 1.0);
  if (treatment.recovery <= 0.0) unit.fail("recovery", "is 0; write the share of the inflow that becomes product");
  const int given = unit.has("removal") + unit.has("pass_") + unit.has("cpass");
  if (given != 1)
    unit.fail("removal", given == 0 ? "is missing; write removal, pass_, or recovery with cpass"
                                    : "stands beside pass_ or cpass; write one of them");
  const std::string key = unit.has("removal") ? "removal" : unit.has("pass_") ? "pass_" : "cpass";
  treatment.kept = unit.required_list(key, contaminants);
  treatment.kept_follows_recovery = key != "removal";
  for (std::size_t k = 0; k < contaminants; ++k) {
    double& value = treatment.kept[k];
    if (key == "removal") value = 1.0 - value;
    else value *= treatment.recovery;
    if (value < 0.0 || value > 1.0)
      unit.fail(fmt::format("{}[{}]", key, k),
                fmt::format("leaves {:.6g} times the load that came in; write a share from 0 to 1", value));
  }
  treatment.reject = unit.text("reject");
}

ParkTreatment read_treatment(const JsonReader& unit, std::size_t contaminants) {
  static const Keys keys = {"id",       "name",     "removal",    "pass_",    "recovery", "cpass",     "reject",
                            "cin_max",  "flow_min", "flow_max",   "optional", "energy",   "op_cost",   "cap_cost",
                            "inv_coef", "inv_exp",  "co2_direct", "n2o",      "model",    "conditions"};
  unit.check_keys(keys);
  ParkTreatment treatment;
  treatment.id = unit.required_text("id");
  treatment.name = unit.text("name");
  read_split(unit, contaminants, treatment);
  treatment.cin_max = unit.list("cin_max", contaminants, kNoLimit, true);
  treatment.flow_min = unit.number("flow_min", 0.0);
  treatment.flow_max = unit.number("flow_max", kNoLimit);
  if (treatment.flow_min > treatment.flow_max) unit.fail("flow_min", "is above flow_max; write at most flow_max");
  treatment.optional = unit.flag("optional");
  treatment.energy = unit.number("energy", 0.0);
  treatment.op_cost = unit.number("op_cost", 0.0);
  treatment.cap_cost = unit.number("cap_cost", 0.0);
  treatment.inv_coef = unit.number("inv_coef", 0.0);
  treatment.inv_exp = unit.share("inv_exp", 1.0);
  treatment.co2_direct = unit.number("co2_direct", 0.0);
  treatment.n2o = unit.flag("n2o");
  treatment.model = read_model(unit, {UnitModelKind::reverse_osmosis, UnitModelKind::biological});
  treatment.conditions = read_conditions(unit);
  return treatment;
}

ParkDemand read_demand(const JsonReader& unit, std::size_t contaminants) {
  unit.check_keys({"id", "name", "flow", "cmax"});
  return {.id = unit.required_text("id"),
          .name = unit.text("name"),
          .flow = unit.required_number("flow"),
          .cmax = unit.list("cmax", contaminants, kNoLimit, true)};
}

ParkDischarge read_discharge(const JsonReader& unit, std::size_t contaminants) {
  unit.check_keys({"id", "name", "cmax", "loadmax", "cost", "energy", "eq_weight"});
  return {.id = unit.required_text("id"),
          .name = unit.text("name"),
          .cmax = unit.list("cmax", contaminants, kNoLimit, true),
          .loadmax = unit.list("loadmax", contaminants, kNoLimit, true),
          .cost = unit.number("cost", 0.0),
          .energy = unit.number("energy", 0.0),
          .eq_weight = unit.list("eq_weight", contaminants, 1.0)};
}

template <class Unit>
void read_all(const JsonReader& file, std::string_view key, std::size_t contaminants,
              Unit (*read)(const JsonReader&, std::size_t), std::vector<Unit>& into) {
  for (const JsonReader& unit : file.objects(key)) into.push_back(read(unit, contaminants));
}

/// Unit and port names share one space: arcs are written with them.
void check_names(const JsonReader& file, const ParkCase& park) {
  std::vector<std::string> seen;
  const auto add = [&](std::string_view list, std::size_t i, std::string_view key, const std::string& id) {
    if (std::find(seen.begin(), seen.end(), id) != seen.end())
      file.fail(fmt::format("{}[{}].{}", list, i, key), fmt::format("'{}' names two things; give each its own", id));
    seen.push_back(id);
  };
  const auto add_all = [&](std::string_view list, const auto& units) {
    for (std::size_t i = 0; i < units.size(); ++i) add(list, i, "id", units[i].id);
  };
  add_all("freshwater", park.freshwater);
  add_all("sources", park.sources);
  add_all("processes", park.processes);
  add_all("treatments", park.treatments);
  add_all("demands", park.demands);
  add_all("discharge", park.discharges);
  for (std::size_t t = 0; t < park.treatments.size(); ++t)
    if (!park.treatments[t].reject.empty()) add("treatments", t, "reject", park.treatments[t].reject);
}

/// A process without a fixed flow must be able to make up for what it loses.
void check_losses(const JsonReader& file, const ParkCase& park) {
  for (std::size_t i = 0; i < park.processes.size(); ++i) {
    const ParkProcess& unit = park.processes[i];
    const double most = std::min(unit.flow_max, park.flow_cap);
    if (unit.kind != ParkProcessKind::fixed && unit.loss + unit.bmin > most)
      file.fail(fmt::format("processes[{}].{}", i, unit.loss > most ? "loss" : "bmin"),
                fmt::format("loss and bmin together are {}, more than the {} that may flow in; write less",
                            unit.loss + unit.bmin, most));
  }
}

}  // namespace

void read_park_units(const JsonReader& file, ParkCase& park) {
  park.contaminants = file.names("contaminants");
  const std::size_t count = park.contaminants.size();
  if (count > kMostContaminants)
    file.fail("contaminants", fmt::format("are {}; write at most {}", count, kMostContaminants));
  park.economics = read_economics(file);
  park.flow_cap = file.number("flow_cap", kNoLimit);
  read_all(file, "freshwater", count, read_freshwater, park.freshwater);
  read_all(file, "sources", count, read_source, park.sources);
  read_all(file, "processes", count, read_process, park.processes);
  read_all(file, "treatments", count, read_treatment, park.treatments);
  read_all(file, "demands", count, read_demand, park.demands);
  read_all(file, "discharge", count, read_discharge, park.discharges);
  park.discharge_equiv_std = file.list("discharge_equiv_std", count, kNoLimit, true);
  for (std::size_t k = 0; k < count; ++k)
    if (park.discharge_equiv_std[k] == 0.0)
      file.fail(fmt::format("discharge_equiv_std[{}]", k), "is 0; write a concentration above 0, or null");
  if (park.discharges.empty()) file.fail("discharge", "is missing; write at least one place where water may leave");
  if (park.sources.empty() && park.processes.empty())
    file.fail("processes", "is missing; a park needs processes or sources");
  check_names(file, park);
  check_losses(file, park);
}

}  // namespace millrace
