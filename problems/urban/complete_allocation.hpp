#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "problems/urban/allocation_network.hpp"

namespace millrace {

/// Work buffers of complete_allocation, reusable for networks of any size.
struct CompletionWork {
  std::vector<double> sums;
  std::vector<std::uint32_t> queue;
  /// Link through which the search reached a node, kUnreached elsewhere. After a failure: the nodes of the last search.
  std::vector<std::uint32_t> reached_by;
  /// The node that could not be filled, where complete_allocation failed.
  std::uint32_t failed_node = 0;
};

/// Marks a node that the search did not reach, and the node where it began.
inline constexpr std::uint32_t kUnreached = 0xFFFFFFFFu;
inline constexpr std::uint32_t kSearchRoot = 0xFFFFFFFEu;

/// Makes the flows x (one a link) satisfy every limit of the network, up to rounding: flows are cut to the upper
/// limits, then every node below its lower limit is filled along shortest augmenting paths of the residual network
/// (Edmonds and Karp, doi:10.1145/321694.321699), which never breaks a limit that holds.
///
/// Returns 0, or the volume that the first unfillable node still lacks: then, and only then, no flow at all satisfies
/// the limits. O(links) a path; serial and a pure function of x.
double complete_allocation(const AllocationNetwork& network, std::span<double> x, CompletionWork& work);

}  // namespace millrace
