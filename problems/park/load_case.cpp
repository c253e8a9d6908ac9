#include "problems/park/load_case.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "engine/problem/nearest_name.hpp"
#include "problems/case/case_file.hpp"
#include "problems/park/builtin_cases.hpp"
#include "problems/park/json_reader.hpp"
#include "problems/park/load_units.hpp"

namespace millrace {
namespace {

void make_ports_and_nodes(ParkCase& park) {
  const auto index = [](std::size_t i) { return static_cast<std::uint32_t>(i); };
  for (std::size_t i = 0; i < park.sources.size(); ++i)
    park.ports.push_back({park.sources[i].id, ParkPort::Kind::source, index(i)});
  for (std::size_t i = 0; i < park.processes.size(); ++i) {
    park.ports.push_back({park.processes[i].id, ParkPort::Kind::process, index(i)});
    park.nodes.push_back({park.processes[i].id, ParkNode::Kind::process, index(i)});
  }
  for (std::size_t i = 0; i < park.treatments.size(); ++i) {
    const ParkTreatment& unit = park.treatments[i];
    park.ports.push_back({unit.id, ParkPort::Kind::product, index(i)});
    if (!unit.reject.empty()) park.ports.push_back({unit.reject, ParkPort::Kind::reject, index(i)});
    park.nodes.push_back({unit.id, ParkNode::Kind::treatment, index(i)});
  }
  for (std::size_t i = 0; i < park.demands.size(); ++i)
    park.nodes.push_back({park.demands[i].id, ParkNode::Kind::demand, index(i)});
  for (std::size_t i = 0; i < park.discharges.size(); ++i)
    park.nodes.push_back({park.discharges[i].id, ParkNode::Kind::discharge, index(i)});
}

/// Every port to every node, but a unit to itself only where that is wanted.
void make_full_graph(ParkCase& park, bool self_recycle) {
  for (std::uint32_t p = 0; p < park.ports.size(); ++p)
    for (std::uint32_t n = 0; n < park.nodes.size(); ++n) {
      const ParkPort& port = park.ports[p];
      const ParkNode& node = park.nodes[n];
      const bool same_unit =
          port.owner == node.owner && ((port.kind == ParkPort::Kind::process && node.kind == ParkNode::Kind::process) ||
                                       ((port.kind == ParkPort::Kind::product || port.kind == ParkPort::Kind::reject) &&
                                        node.kind == ParkNode::Kind::treatment));
      if (!same_unit || self_recycle) park.arcs.push_back({p, n});
    }
}

void make_full_fresh_graph(ParkCase& park, bool to_treatments) {
  for (std::uint32_t w = 0; w < park.freshwater.size(); ++w)
    for (std::uint32_t n = 0; n < park.nodes.size(); ++n) {
      const ParkNode::Kind kind = park.nodes[n].kind;
      if (kind == ParkNode::Kind::process || kind == ParkNode::Kind::demand ||
          (to_treatments && kind == ParkNode::Kind::treatment))
        park.fresh_arcs.push_back({w, n});
    }
}

/// The two names of arcs[i].
std::pair<std::string, std::string> arc_names(const JsonReader& file, std::string_view key, std::size_t i) {
  const auto& entry = file.value().at(std::string(key))[i];
  if (!entry.is_array() || entry.size() != 2 || !entry[0].is_string() || !entry[1].is_string())
    file.fail(fmt::format("{}[{}]", key, i), "is not an arc; write [\"from\", \"to\"]");
  return {entry[0].get<std::string>(), entry[1].get<std::string>()};
}

template <class List>
std::uint32_t find_end(const JsonReader& file, const std::string& path, const std::string& id,
                       std::optional<std::uint32_t> found, const List& list, std::string_view what) {
  if (found) return *found;
  std::vector<std::string> names;
  for (const auto& entry : list) names.push_back(entry.id);
  const std::string near = nearest_name(id, names);
  file.fail(path, fmt::format(
                      "'{}' is no {}{}", id, what,
                      near.empty() ? std::string("; write the id of one") : fmt::format("; did you mean '{}'?", near)));
}

void read_arcs(const JsonReader& file, ParkCase& park) {
  const auto& list = file.value().at("arcs");
  if (!list.is_array()) file.fail("arcs", "is not a list; write [[\"from\", \"to\"], ...]");
  for (std::size_t i = 0; i < list.size(); ++i) {
    const auto [from, to] = arc_names(file, "arcs", i);
    const std::string path = fmt::format("arcs[{}]", i);
    const ParkArc arc{find_end(file, path + "[0]", from, park.port(from), park.ports, "source or unit outlet"),
                      find_end(file, path + "[1]", to, park.node(to), park.nodes, "unit, demand or discharge")};
    for (const ParkArc& other : park.arcs)
      if (other.port == arc.port && other.node == arc.node) file.fail(path, "is there twice; write each arc once");
    park.arcs.push_back(arc);
  }
  std::stable_sort(park.arcs.begin(), park.arcs.end(),
                   [](const ParkArc& a, const ParkArc& b) { return a.port < b.port; });
}

void read_fresh_arcs(const JsonReader& file, ParkCase& park) {
  const auto& list = file.value().at("fw_arcs");
  if (!list.is_array()) file.fail("fw_arcs", "is not a list; write [[\"freshwater\", \"to\"], ...]");
  for (std::size_t i = 0; i < list.size(); ++i) {
    const auto [from, to] = arc_names(file, "fw_arcs", i);
    const std::string path = fmt::format("fw_arcs[{}]", i);
    const ParkFreshArc arc{
        find_end(file, path + "[0]", from, park.freshwater_index(from), park.freshwater, "freshwater"),
        find_end(file, path + "[1]", to, park.node(to), park.nodes, "unit or demand")};
    if (park.nodes[arc.node].kind == ParkNode::Kind::discharge)
      file.fail(path + "[1]", fmt::format("'{}' is a discharge; freshwater goes to units and demands", to));
    for (const ParkFreshArc& other : park.fresh_arcs)
      if (other.freshwater == arc.freshwater && other.node == arc.node)
        file.fail(path, "is there twice; write each arc once");
    park.fresh_arcs.push_back(arc);
  }
}

void check_network(const JsonReader& file, const ParkCase& park) {
  for (std::uint32_t p = 0; p < park.ports.size(); ++p)
    if (std::none_of(park.arcs.begin(), park.arcs.end(), [&](const ParkArc& arc) { return arc.port == p; }))
      file.fail("arcs", fmt::format("lead nowhere from '{}'; add an arc, if only to a discharge", park.ports[p].id));
}

ParkObjective objective_named(const JsonReader& file, const std::string& path, const std::string& name) {
  if (const auto objective = park_objective(name)) return *objective;
  file.fail(path, fmt::format("'{}' is no objective; write cost, fw, co2, dis, freshwater, treated_flow, "
                              "freshwater+treated or annual_cost",
                              name));
}

void read_objectives(const JsonReader& file, ParkCase& park) {
  if (const auto single = file.object("objective")) {
    single->check_keys({"type", "hours", "annualisation"});
    park.objectives = {objective_named(*single, "type", single->required_text("type"))};
    if (park.objectives[0] == ParkObjective::annual_cost) {
      park.annual_hours = single->required_number("hours");
      park.annualisation = single->required_number("annualisation");
    }
    return;
  }
  if (!file.has("objectives")) {
    park.objectives = {ParkObjective::cost, ParkObjective::freshwater, ParkObjective::co2, ParkObjective::discharge};
    return;
  }
  const std::vector<std::string> names = file.names("objectives");
  for (std::size_t i = 0; i < names.size(); ++i) {
    park.objectives.push_back(objective_named(file, fmt::format("objectives[{}]", i), names[i]));
    if (park.objectives.back() == ParkObjective::annual_cost)
      file.fail(fmt::format("objectives[{}]", i), "annual_cost needs hours; write \"objective\": {\"type\": ...}");
  }
}

/// {"A->B": flow, ...}
std::vector<ParkFlow> read_flows(const JsonReader& flows, const ParkCase& park) {
  std::vector<ParkFlow> result;
  for (const auto& [arc, ignored] : flows.value().items()) {
    const std::size_t cut = arc.find("->");
    const std::string from = arc.substr(0, cut);
    const std::string to = cut == std::string::npos ? "" : arc.substr(cut + 2);
    if ((!park.port(from) && !park.freshwater_index(from)) || !park.node(to))
      flows.fail(arc, "is no arc between units of this case; write FROM->TO");
    result.push_back({from, to, flows.required_number(arc, -1e-6)});
  }
  return result;
}

/// Factors on things that have names, 1 where the file has none.
template <class List>
std::vector<double> read_factors(const JsonReader& season, std::string_view key, const List& list) {
  std::vector<double> factors(list.size(), 1.0);
  const auto table = season.object(key);
  if (!table) return factors;
  for (const auto& [id, ignored] : table->value().items()) {
    const auto found = std::find_if(list.begin(), list.end(), [&id = id](const auto& entry) { return entry.id == id; });
    if (found == list.end()) table->fail(id, "is not an id of this case");
    factors[static_cast<std::size_t>(found - list.begin())] = table->required_number(id);
  }
  return factors;
}

void read_seasons(const JsonReader& file, ParkCase& park) {
  double year = 0.0;
  for (const JsonReader& season : file.objects("seasons")) {
    season.check_keys({"id", "share", "tower_loss", "source_flow", "freshwater_max"});
    park.seasons.push_back({.id = season.required_text("id"),
                            .share = season.required_number("share"),
                            .tower_loss = season.number("tower_loss", 1.0),
                            .source_flow = read_factors(season, "source_flow", park.sources),
                            .freshwater_max = read_factors(season, "freshwater_max", park.freshwater)});
    year += park.seasons.back().share;
  }
  if (!park.seasons.empty() && std::abs(year - 1.0) > 1e-9)
    file.fail("seasons", fmt::format("have shares that add up to {}; write shares of one year", year));
}

void read_reference(const JsonReader& file, ParkCase& park) {
  if (const auto table = file.object("reference"))
    park.reference = {table->required_number("objective"), table->text("status"), table->text("source")};
  const auto solution = file.object("reference_solution");
  const auto flows = solution ? solution->object("arcs") : std::nullopt;
  if (flows) park.reference_flows = read_flows(*flows, park);
  if (const auto today = file.object("today")) park.today = read_flows(*today, park);
}

}  // namespace

ParkCase parse_park_case(std::string_view text, const std::string& name) {
  const JsonFile json = JsonFile::parse(text, name);
  const JsonReader file(json, json.root, "");
  file.check_keys({"name",
                   "title",
                   "family",
                   "schema",
                   "synthetic",
                   "contaminants",
                   "units",
                   "economics",
                   "freshwater",
                   "sources",
                   "processes",
                   "treatments",
                   "demands",
                   "discharge",
                   "discharge_equiv_std",
                   "arcs",
                   "fw_arcs",
                   "objective",
                   "objectives",
                   "options",
                   "flow_cap",
                   "reference",
                   "reference_solution",
                   "own_certificate",
                   "spill"});
  ParkCase park;
  park.name = file.required_text("name");
  park.title = file.text("title", file.text("family", park.name));
  park.synthetic = file.flag("synthetic");
  park.digest = text;
  const auto units = file.object("units");
  park.money = units ? units->text("money", "money") : "money";
  park.volume = units && units->text("flow").starts_with("m3") ? "m3" : "t";
  read_park_units(file, park);
  make_ports_and_nodes(park);
  const auto options = file.object("options");
  const bool self_recycle = options && options->flag("self_recycle");
  const bool to_treatments = options && options->flag("freshwater_to_treatment");
  if (options) options->check_keys({"self_recycle", "freshwater_to_treatment"});
  if (file.has("arcs")) read_arcs(file, park);
  else make_full_graph(park, self_recycle);
  if (file.has("fw_arcs")) read_fresh_arcs(file, park);
  else make_full_fresh_graph(park, to_treatments);
  check_network(file, park);
  read_objectives(file, park);
  read_reference(file, park);
  read_seasons(file, park);
  return park;
}

ParkCase load_park_case(const std::string& path_or_name) {
  if (const auto text = case_text(park_cases(), path_or_name)) return parse_park_case(*text, path_or_name + ".json");
  const CaseFile file = read_case_file(path_or_name, park_cases());
  return parse_park_case(file.text, file.name);
}

}  // namespace millrace
