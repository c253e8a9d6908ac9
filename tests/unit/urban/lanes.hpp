#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <vector>

#include "engine/data/tile.hpp"
#include "engine/problem/violation.hpp"
#include "engine/random/philox.hpp"
#include "problems/urban/urban_problem.hpp"
#include "tests/reference/urban.hpp"

namespace millrace {

/// A tile of one vector a lane; `make` gets the lane.
template <class Make>
Tile tile_of(std::size_t variables, Make make, std::size_t count = kLanes) {
  DecisionRows rows(count, variables);
  std::vector<Slot> slots;
  for (Slot lane = 0; lane < count; ++lane) {
    const std::vector<double> x = make(lane);
    std::copy(x.begin(), x.end(), rows.row(lane).begin());
    slots.push_back(lane);
  }
  Tile tile(variables);
  tile.gather(rows, slots);
  return tile;
}

inline std::vector<double> lane_of(const Tile& tile, std::size_t lane) {
  std::vector<double> x(tile.variables());
  for (std::size_t l = 0; l < x.size(); ++l) x[l] = tile.column(l)[lane];
  return x;
}

inline std::vector<double> random_flows(const AllocationNetwork& network, RowDraws& draws,
                                        double share_of_zeros = 0.0) {
  std::vector<double> x(network.links());
  for (std::size_t l = 0; l < x.size(); ++l)
    x[l] = draws.next_double() < share_of_zeros ? 0.0 : network.link_upper[l] * draws.next_double();
  return x;
}

inline Tile random_tile(const AllocationNetwork& network, std::uint32_t number, double share_of_zeros = 0.0) {
  return tile_of(network.links(), [&](Slot lane) {
    RowDraws draws({21, number, Stage::sample}, lane);
    return random_flows(network, draws, share_of_zeros);
  });
}

/// Lanes without any violation, out of 64.
inline std::size_t feasible_lanes(const UrbanProblem& problem, const Tile& tile) {
  Scratch scratch;
  Outcome outcome(problem.spec().objectives.size(), problem.spec().constraints.size());
  problem.evaluate(tile, outcome, scratch);
  std::array<double, kLanes> violation;
  total_violation(problem.spec().constraints, outcome, violation);
  return static_cast<std::size_t>(std::count(violation.begin(), violation.end(), 0.0));
}

inline std::vector<reference::SumLimit> sum_limits(const AllocationNetwork& network) {
  std::vector<reference::SumLimit> limits;
  for (std::size_t p = 0; p < network.nodes(); ++p) {
    const auto links = network.links_of(p);
    limits.push_back({{links.begin(), links.end()}, network.least[p], network.most[p]});
  }
  return limits;
}

inline double distance(const std::vector<double>& a, const std::vector<double>& b) {
  double sum = 0.0;
  for (std::size_t l = 0; l < a.size(); ++l) sum += (a[l] - b[l]) * (a[l] - b[l]);
  return std::sqrt(sum);
}

}  // namespace millrace
