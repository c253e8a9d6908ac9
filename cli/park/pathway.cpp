#include "cli/park/pathway.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace millrace::cli {
namespace {

using nlohmann::json;

double flow_between(const SchemeFlows& scheme, const SchemeFlow& link) {
  for (const SchemeFlow& flow : scheme.flows)
    if (flow.from == link.from && flow.to == link.to) return flow.flow;
  return 0.0;
}

double value_of(const SchemeFlows& scheme, ParkObjective objective) {
  for (std::size_t m = 0; m < scheme.objectives.size(); ++m)
    if (scheme.objectives[m] == objective) return scheme.values[m];
  return 0.0;
}

/// Reuse links of either, in the order in which they are met.
std::vector<SchemeFlow> reuse_links(const SchemeFlows& today, const SchemeFlows& scheme) {
  std::vector<SchemeFlow> links;
  for (const SchemeFlows* side : {&today, &scheme})
    for (const SchemeFlow& flow : side->flows) {
      const auto same = [&](const SchemeFlow& link) { return link.from == flow.from && link.to == flow.to; };
      if (flow.reuse && std::none_of(links.begin(), links.end(), same)) links.push_back(flow);
    }
  return links;
}

json links_json(const SchemeFlows& today, const SchemeFlows& scheme) {
  json opened = json::array();
  json closed = json::array();
  json changed = json::array();
  for (const SchemeFlow& link : reuse_links(today, scheme)) {
    const double before = flow_between(today, link);
    const double after = flow_between(scheme, link);
    const json entry = {{"from", link.from}, {"to", link.to}, {"before", before}, {"after", after}};
    if (before <= kSpokenFlow && after > kSpokenFlow) opened.push_back(entry);
    else if (before > kSpokenFlow && after <= kSpokenFlow) closed.push_back(entry);
    else if (std::abs(after - before) > kSpokenFlow) changed.push_back(entry);
  }
  return {{"opened", opened}, {"closed", closed}, {"changed", changed}};
}

json units_json(const ParkCase& park, const SchemeFlows& today, const SchemeFlows& scheme) {
  json units = json::array();
  for (std::size_t t = 0; t < park.treatments.size(); ++t) {
    const ParkTreatment& unit = park.treatments[t];
    const std::size_t n = park.treatment_node(t);
    json entry = {{"id", unit.id}, {"name", unit.name}, {"before", today.inflow[n]}, {"after", scheme.inflow[n]}};
    if (std::isfinite(unit.flow_max)) entry["capacity"] = unit.flow_max;
    units.push_back(entry);
  }
  return units;
}

json values_json(const SchemeFlows& scheme) {
  json values = json::object();
  for (std::size_t m = 0; m < scheme.objectives.size(); ++m)
    values[std::string(name_of(scheme.objectives[m]))] = scheme.values[m];
  return values;
}

/// Names of objectives as the options of the command line write them.
std::string_view spoken(const std::string& objective) {
  if (objective == name_of(ParkObjective::freshwater)) return "freshwater";
  if (objective == name_of(ParkObjective::discharge)) return "discharge";
  return objective;
}

std::string link_words(const json& links, std::string_view what, const std::string& flow_unit) {
  if (links.empty()) return "";
  std::string text = fmt::format("  {}:", what);
  for (const json& link : links) {
    const double before = link.at("before");
    const double after = link.at("after");
    text += fmt::format(" {} to {} ", link.at("from").get<std::string>(), link.at("to").get<std::string>());
    text += before > kSpokenFlow && after > kSpokenFlow ? fmt::format("{:.1f} -> {:.1f};", before, after)
                                                        : fmt::format("{:.1f};", std::max(before, after));
  }
  text.pop_back();
  return text + " " + flow_unit + "\n";
}

}  // namespace

nlohmann::json pathway_json(const ParkCase& park, const SchemeFlows& today, const SchemeFlows& scheme) {
  json result = {{"today", values_json(today)},
                 {"scheme", values_json(scheme)},
                 {"links", links_json(today, scheme)},
                 {"units", units_json(park, today, scheme)}};
  const double saved = value_of(today, ParkObjective::freshwater) - value_of(scheme, ParkObjective::freshwater);
  result["freshwater_saved"] = saved;
  if (saved <= kSpokenFlow) return result;
  const auto per_m3 = [&](ParkObjective objective) {
    return (value_of(scheme, objective) - value_of(today, objective)) / saved;
  };
  result["cost_a_m3_saved"] = per_m3(ParkObjective::cost);
  result["co2_a_m3_saved"] = per_m3(ParkObjective::co2);
  return result;
}

std::string pathway_text(const ParkCase& park, const nlohmann::json& pathway, const std::string& name) {
  const std::string flow_unit = park.volume + "/h";
  std::string text = fmt::format("From the network of today to the scheme '{}'\n", name);
  for (const auto& [objective, before] : pathway.at("today").items())
    text +=
        fmt::format("  {}: {:.1f} -> {:.1f} {}\n", spoken(objective), before.get<double>(),
                    pathway.at("scheme").at(objective).get<double>(), objective_unit(park, *park_objective(objective)));
  const json& links = pathway.at("links");
  text += link_words(links.at("opened"), "reuse links to open", flow_unit);
  text += link_words(links.at("closed"), "reuse links to close", flow_unit);
  text += link_words(links.at("changed"), "reuse links that change", flow_unit);
  for (const json& unit : pathway.at("units")) {
    const double before = unit.at("before");
    const double after = unit.at("after");
    if (std::abs(after - before) <= kSpokenFlow) continue;
    const std::string id = unit.at("id");
    const std::string long_name = unit.at("name");
    text += fmt::format("  {}{} {}: {:.1f} -> {:.1f} {}", id, long_name.empty() ? "" : " (" + long_name + ")",
                        before <= kSpokenFlow ? "is built"
                        : after > before      ? "grows"
                                              : "shrinks",
                        before, after, flow_unit);
    text += unit.contains("capacity") ? fmt::format(" of {:.0f}\n", unit.at("capacity").get<double>()) : "\n";
  }
  if (!pathway.contains("cost_a_m3_saved")) return text + "  no freshwater is saved\n";
  const double cost = pathway.at("cost_a_m3_saved");
  const double co2 = pathway.at("co2_a_m3_saved");
  return text + fmt::format("  saves {:.1f} {} of freshwater; each {} {} {:.2f} {} and {} {:.3f} kg CO2\n",
                            pathway.at("freshwater_saved").get<double>(), flow_unit, park.volume,
                            cost < 0.0 ? "earns" : "costs", std::abs(cost), park.money, co2 < 0.0 ? "avoids" : "emits",
                            std::abs(co2));
}

nlohmann::json sankey_json(const ParkCase& park, const SchemeFlows& scheme) {
  constexpr const char* kLost = "evaporation and products";
  std::set<std::string> origins;
  std::set<std::string> destinations;
  json links = json::array();
  const auto add = [&](const std::string& from, const std::string& to, double flow) {
    if (flow <= 1e-6) return;
    origins.insert(from);
    destinations.insert(to);
    links.push_back({{"source", from}, {"target", to}, {"value", flow}});
  };
  const auto is_unit = [&](const std::string& id) {
    const auto node = park.node(id);
    return node &&
           (park.nodes[*node].kind == ParkNode::Kind::process || park.nodes[*node].kind == ParkNode::Kind::treatment);
  };
  for (const SchemeFlow& flow : scheme.flows)
    add(park.port(flow.from) && is_unit(flow.from) ? flow.from + " out" : flow.from,
        is_unit(flow.to) ? flow.to + " in" : flow.to, flow.flow);
  for (const ParkProcess& unit : park.processes) add(unit.id + " out", kLost, unit.loss);
  json nodes = json::array();
  for (const std::string& id : origins) nodes.push_back({{"name", id}, {"side", "from"}});
  for (const std::string& id : destinations) nodes.push_back({{"name", id}, {"side", "to"}});
  return {{"unit", park.volume + "/h"}, {"nodes", nodes}, {"links", links}};
}

}  // namespace millrace::cli
