#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <vector>

#include "problems/urban/urban_case.hpp"

namespace millrace::reference {

/// Most that may pass from source i to user j by capacity, availability and upper demand; 0 where there is no link.
inline double link_limit(const UrbanCase& urban, std::size_t t, std::size_t i, std::size_t j) {
  for (const UrbanLink& link : urban.links)
    if (link.source == i && link.user == j) {
      const double upper =
          std::min(urban.sources[i].available[t], urban.users[j].demand_upper[t] * urban.users[j].demand[t]);
      return link.capacity.empty() ? upper : std::min(upper, link.capacity[t]);
    }
  return 0.0;
}

/// By how much the users' lower demands exceed what can reach them, at worst over all sets of users; 0 where no set is
/// short. Every set is tried (Gale 1957, doi:10.2140/pjm.1957.7.1073). O(2^users sources users links).
inline double worst_user_deficit(const UrbanCase& urban, std::size_t t) {
  double worst = 0.0;
  for (std::uint32_t set = 1; set < (1u << urban.users.size()); ++set) {
    double need = 0.0;
    double reach = 0.0;
    for (std::size_t j = 0; j < urban.users.size(); ++j)
      if (set >> j & 1u) need += urban.users[j].demand_lower[t] * urban.users[j].demand[t];
    for (std::size_t i = 0; i < urban.sources.size(); ++i) {
      double links = 0.0;
      for (std::size_t j = 0; j < urban.users.size(); ++j)
        if (set >> j & 1u) links += link_limit(urban, t, i, j);
      reach += std::min(urban.sources[i].available[t], links);
    }
    worst = std::max(worst, need - reach);
  }
  return worst;
}

/// The same of the sources' use rates against what the users may take. O(2^sources sources users links).
inline double worst_source_excess(const UrbanCase& urban, std::size_t t) {
  double worst = 0.0;
  for (std::uint32_t set = 1; set < (1u << urban.sources.size()); ++set) {
    double must = 0.0;
    double room = 0.0;
    for (std::size_t i = 0; i < urban.sources.size(); ++i)
      if (set >> i & 1u) must += urban.sources[i].use_rate[t] * urban.sources[i].available[t];
    for (std::size_t j = 0; j < urban.users.size(); ++j) {
      double links = 0.0;
      for (std::size_t i = 0; i < urban.sources.size(); ++i)
        if (set >> i & 1u) links += link_limit(urban, t, i, j);
      room += std::min(urban.users[j].demand_upper[t] * urban.users[j].demand[t], links);
    }
    worst = std::max(worst, must - room);
  }
  return worst;
}

/// Most that conventional sources can deliver to a set of users, none above its demand: the smallest cut of all
/// subsets.
inline double conventional_rank(const UrbanCase& urban, std::size_t t, std::uint32_t set) {
  double least = -1.0;
  for (std::uint32_t cut = 0; cut < (1u << urban.users.size()); ++cut) {
    if ((cut & ~set) != 0) continue;
    double volume = 0.0;
    for (std::size_t j = 0; j < urban.users.size(); ++j)
      if ((set & ~cut) >> j & 1u) volume += std::min(1.0, urban.users[j].demand_upper[t]) * urban.users[j].demand[t];
    for (std::size_t i = 0; i < urban.sources.size(); ++i) {
      if (urban.sources[i].unconventional) continue;
      double links = 0.0;
      for (std::size_t j = 0; j < urban.users.size(); ++j)
        if (cut >> j & 1u) links += link_limit(urban, t, i, j);
      volume += std::min(urban.sources[i].available[t], links);
    }
    if (least < 0.0 || volume < least) least = volume;
  }
  return least;
}

/// Least weighted shortage without unconventional water, from the ranks of the sets of heaviest users.
inline double conventional_weighted_shortage(const UrbanCase& urban, std::size_t t) {
  std::vector<std::size_t> order(urban.users.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return urban.users[a].shortage_weight[t] > urban.users[b].shortage_weight[t];
  });
  double shortage = 0.0;
  double before = 0.0;
  std::uint32_t set = 0;
  for (const std::size_t j : order) {
    set |= 1u << j;
    const double rank = conventional_rank(urban, t, set);
    shortage += urban.users[j].shortage_weight[t] * (urban.users[j].demand[t] - (rank - before));
    before = rank;
  }
  return shortage;
}

}  // namespace millrace::reference
