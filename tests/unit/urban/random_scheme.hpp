#pragma once

#include <cstdint>
#include <vector>

#include "engine/random/philox.hpp"
#include "problems/urban/allocation_network.hpp"
#include "problems/urban/complete_allocation.hpp"
#include "problems/urban/generate_city.hpp"
#include "tests/unit/urban/lanes.hpp"

namespace millrace {

/// Random volumes, moved to a feasible allocation where `feasible`.
inline std::vector<double> random_scheme(const UrbanCase& urban, std::size_t t, std::uint32_t number, bool feasible) {
  const AllocationNetwork network(urban, t);
  RowDraws draws({31, 0, Stage::sample}, number);
  std::vector<double> x = random_flows(network, draws, 0.2);
  CompletionWork work;
  if (feasible) complete_allocation(network, x, work);
  return x;
}

/// A small synthetic city of one scenario whose data are pushed about, so that about half have no feasible allocation:
/// some links limited, some sources unconventional, demands and use rates too high.
inline UrbanCase troubled_city(std::uint64_t seed) {
  UrbanCase city =
      generate_city({.sources = 1 + seed % 5, .users = 1 + seed % 6, .periods = 1, .seed = seed, .links_per_user = 2});
  RowDraws draws({seed, 0, Stage::problem}, 7u << 20);
  for (UrbanSource& source : city.sources) {
    source.available[0] *= 0.6 + 0.8 * draws.next_double();
    source.use_rate[0] = draws.below(3) == 0 ? draws.next_double() : 0.0;
    source.unconventional = draws.below(3) == 0;
    if (draws.below(12) == 0) source.available[0] = 0.0;
  }
  for (UrbanUser& user : city.users)
    if (draws.below(8) == 0) user.demand[0] = 0.0;
  for (UrbanLink& link : city.links)
    if (draws.below(3) == 0) link.capacity = {city.users[link.user].demand[0] * draws.next_double()};
  return city;
}

}  // namespace millrace
