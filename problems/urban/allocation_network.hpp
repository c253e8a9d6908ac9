#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "problems/urban/urban_case.hpp"

namespace millrace {

/// One scenario of a case as a bipartite network: nodes are the sources (0 ...) and then the users, the flow of link l
/// is variable x[l], and every node limits the sum of its links: least[p] <= sum <= most[p],
/// 0 <= x[l] <= link_upper[l].
struct AllocationNetwork {
  AllocationNetwork(const UrbanCase& urban, std::size_t scenario);

  std::size_t nodes() const { return most.size(); }
  std::size_t links() const { return link_upper.size(); }
  std::span<const std::uint32_t> links_of(std::size_t node) const {
    return {node_links.data() + node_first[node], node_first[node + 1] - node_first[node]};
  }
  /// The node at the other end of a link of `node`.
  std::uint32_t other_end(std::uint32_t link, std::uint32_t node) const {
    return link_source[link] + link_user[link] - node;
  }

  std::size_t sources = 0;
  /// Node at either end of a link.
  std::vector<std::uint32_t> link_source;
  std::vector<std::uint32_t> link_user;
  /// min(available, upper demand, capacity), which the node limits imply anyway.
  std::vector<double> link_upper;
  std::vector<double> least;
  std::vector<double> most;
  /// Links of node p are node_links[node_first[p]] up to node_links[node_first[p + 1]], in rising order.
  std::vector<std::uint32_t> node_first;
  std::vector<std::uint32_t> node_links;
};

}  // namespace millrace
