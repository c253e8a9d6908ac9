#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <random>
#include <span>
#include <vector>

namespace millrace::reference {

/// Algorithm 4 of Deb and Jain 2014 word for word: the positions that it takes from the last front, in order.
/// nearest, distance: of all members, of which the first `chosen` survive already.
inline std::vector<std::size_t> niching(std::span<const std::uint32_t> nearest, std::span<const double> distance,
                                        std::size_t directions, std::size_t chosen, std::size_t remaining,
                                        std::mt19937_64& random) {
  std::vector<std::size_t> niche_count(directions, 0);
  for (std::size_t i = 0; i < chosen; ++i) ++niche_count[nearest[i]];
  std::vector<bool> excluded(directions, false);
  std::vector<bool> taken(nearest.size(), false);
  std::vector<std::size_t> result;
  const auto pick = [&](const std::vector<std::size_t>& from) { return from[random() % from.size()]; };
  while (result.size() < remaining) {
    std::size_t fewest = nearest.size() + 1;
    for (std::size_t j = 0; j < directions; ++j)
      if (!excluded[j]) fewest = std::min(fewest, niche_count[j]);
    std::vector<std::size_t> candidates;
    for (std::size_t j = 0; j < directions; ++j)
      if (!excluded[j] && niche_count[j] == fewest) candidates.push_back(j);
    if (candidates.empty()) break;
    const std::size_t j = pick(candidates);
    std::vector<std::size_t> members;
    for (std::size_t i = chosen; i < nearest.size(); ++i)
      if (!taken[i] && nearest[i] == j) members.push_back(i);
    if (members.empty()) {
      excluded[j] = true;
      continue;
    }
    std::size_t winner = members[0];
    for (const std::size_t i : members)
      if (distance[i] < distance[winner]) winner = i;
    if (niche_count[j] > 0) winner = pick(members);
    ++niche_count[j];
    taken[winner] = true;
    result.push_back(winner);
  }
  return result;
}

/// Whether `positions` are members of the last front that Algorithm 4 may take in that order: each from a direction with
/// the fewest survivors among those with members left, and its nearest one where that has none yet.
inline bool niching_may_take(std::span<const std::uint32_t> nearest, std::span<const double> distance,
                             std::size_t directions, std::size_t chosen, std::span<const std::size_t> positions) {
  std::vector<std::size_t> niche_count(directions, 0);
  std::vector<bool> taken(nearest.size(), false);
  for (std::size_t i = 0; i < chosen; ++i) {
    ++niche_count[nearest[i]];
    taken[i] = true;
  }
  for (const std::size_t position : positions) {
    if (position >= nearest.size() || taken[position]) return false;
    const std::uint32_t own = nearest[position];
    for (std::size_t i = 0; i < nearest.size(); ++i) {
      if (taken[i]) continue;
      if (niche_count[nearest[i]] < niche_count[own]) return false;
      if (nearest[i] == own && niche_count[own] == 0 && distance[i] < distance[position]) return false;
    }
    ++niche_count[own];
    taken[position] = true;
  }
  return true;
}

}  // namespace millrace::reference
