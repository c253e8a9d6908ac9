#include "problems/urban/allocation_network.hpp"

#include <algorithm>

namespace millrace {

AllocationNetwork::AllocationNetwork(const UrbanCase& urban, std::size_t scenario) : sources(urban.sources.size()) {
  for (const UrbanSource& source : urban.sources) {
    least.push_back(source.use_rate[scenario] * source.available[scenario]);
    most.push_back(source.available[scenario]);
  }
  for (const UrbanUser& user : urban.users) {
    least.push_back(user.demand_lower[scenario] * user.demand[scenario]);
    most.push_back(user.demand_upper[scenario] * user.demand[scenario]);
  }
  node_first.assign(nodes() + 1, 0);
  for (const UrbanLink& link : urban.links) {
    const std::size_t user = sources + link.user;
    double upper = std::min(most[link.source], most[user]);
    if (!link.capacity.empty()) upper = std::min(upper, link.capacity[scenario]);
    link_source.push_back(static_cast<std::uint32_t>(link.source));
    link_user.push_back(static_cast<std::uint32_t>(user));
    link_upper.push_back(upper);
    ++node_first[link.source + 1];
    ++node_first[user + 1];
  }
  for (std::size_t p = 0; p < nodes(); ++p) node_first[p + 1] += node_first[p];
  node_links.resize(2 * links());
  std::vector<std::uint32_t> next(node_first.begin(), node_first.end() - 1);
  for (std::uint32_t l = 0; l < links(); ++l) {
    node_links[next[link_source[l]]++] = l;
    node_links[next[link_user[l]]++] = l;
  }
}

}  // namespace millrace
