#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/problem/linear_form.hpp"
#include "problems/urban/allocation_network.hpp"
#include "problems/urban/objective_form.hpp"

namespace millrace {

/// The scenario as a linear program. Columns: the links, then one hinge for each (node, target) of the objectives; rows:
/// a limit a node, then one a hinge. Empty where a hinge has a negative weight: that objective is not convex.
///
/// `link_names` and `node_names` name columns and rows. O(links + nodes + terms).
std::optional<LinearForm> make_linear_form(const AllocationNetwork& network, std::span<const ObjectiveForm> objectives,
                                           std::span<const std::string> link_names,
                                           std::span<const std::string> node_names);

}  // namespace millrace
