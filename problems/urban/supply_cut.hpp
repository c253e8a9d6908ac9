#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "problems/urban/urban_case.hpp"

namespace millrace {

/// Why no allocation of a scenario satisfies every limit: these users together need at least more than the sources and
/// links that lead to them allow; or, with `of_users` false, these sources must deliver more than the users and links
/// that they lead to may take. A violated cut of the network of sources and users.
struct SupplyCut {
  bool of_users = true;
  /// The side that must have water moved, by index: users, or sources.
  std::vector<std::size_t> needing;
  /// The nodes of the other side that count with their whole limit: what the sources have, what the users may take.
  std::vector<std::size_t> exhausted;
  /// Lower limits of `needing`.
  double needed = 0.0;
  /// Limits of `exhausted`, and upper limits of all other links of `needing`.
  double allowed = 0.0;
};

/// Violated cuts that share no node and explain every volume that must be moved and cannot be: empty if and only if an
/// allocation exists.
///
/// Two maximum flows, one that fills the users' lower limits with all that the sources have, one that empties the
/// sources' use rates into all that the users may take: where both exist, so does one that does both (Ford and
/// Fulkerson's symmetric supply-demand theorem, Flows in Networks, 1962, II.2). What a filled search still reaches from
/// the nodes that lack water is the smallest cut. O(nodes) runs of complete_allocation.
std::vector<SupplyCut> supply_cuts(const UrbanCase& urban, std::size_t scenario);

/// The cuts in words of the case: "in 2040 domestic demand needs 1,629.2, links allow 1,100 ...", before them users
/// whose bounds cross. Empty if and only if the scenario is feasible.
std::vector<std::string> why_infeasible(const UrbanCase& urban, std::size_t scenario);

/// Links that nothing bounds, in words: only infinite data, which a case file may not have, make any. Empty for every
/// case that loads, and then no objective is unbounded.
std::vector<std::string> why_unbounded(const UrbanCase& urban, std::size_t scenario);

/// 1629.225 as "1,629.2": one decimal, none where it is 0; more below 10.
std::string grouped_number(double value);

}  // namespace millrace
