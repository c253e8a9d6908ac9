#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "cli/park/scheme_flows.hpp"

namespace millrace::cli {

/// From the network of today to a scheme: which reuse links open, close or change, which units grow or shrink, and what
/// each m3 of freshwater that is saved costs in money and carbon (negative: it earns).
nlohmann::json pathway_json(const ParkCase& park, const SchemeFlows& today, const SchemeFlows& scheme);

/// The same in words, a line a fact.
std::string pathway_text(const ParkCase& park, const nlohmann::json& pathway, const std::string& name);

/// Nodes and links for a Sankey picture. A unit stands twice, as an origin and as a destination, since water runs in
/// circles and such pictures may not. What evaporates or leaves with products is a link of its own.
nlohmann::json sankey_json(const ParkCase& park, const SchemeFlows& scheme);

}  // namespace millrace::cli
