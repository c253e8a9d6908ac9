#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/data/tile.hpp"
#include "engine/problem/problem.hpp"
#include "engine/problem/violation.hpp"
#include "engine/random/philox.hpp"
#include "problems/industrial/industrial_problem.hpp"
#include "problems/industrial/load_case.hpp"

namespace millrace::test {

/// Uniform in the box of a problem.
inline std::vector<double> random_decision(const Bounds& bounds, std::uint64_t seed, std::uint32_t row) {
  RowDraws draws({seed, 0, Stage::sample}, row);
  std::vector<double> x(bounds.variables());
  for (std::size_t j = 0; j < x.size(); ++j)
    x[j] = bounds.lower(j) + draws.next_double() * (bounds.upper(j) - bounds.lower(j));
  return x;
}

/// A tile of the decisions, one a lane.
inline Tile tile_of(const std::vector<std::vector<double>>& decisions) {
  DecisionRows rows(decisions.size(), decisions.front().size());
  std::vector<Slot> slots;
  for (std::size_t i = 0; i < decisions.size(); ++i) {
    std::copy(decisions[i].begin(), decisions[i].end(), rows.row_data(i));
    slots.push_back(static_cast<Slot>(i));
  }
  Tile tile(decisions.front().size());
  tile.gather(rows, slots);
  return tile;
}

inline std::vector<double> lane_of(const Tile& tile, std::size_t lane) {
  std::vector<double> x;
  for (std::size_t j = 0; j < tile.variables(); ++j) x.push_back(tile.column(j)[lane]);
  return x;
}

struct Evaluated {
  std::vector<double> objectives;
  /// Sum of the constraints' values, which is the sum of all breaches.
  double breach = 0.0;
};

inline std::vector<Evaluated> evaluate(const IndustrialProblem& problem, const Tile& tile) {
  const Shape shape = problem.spec().shape();
  Outcome outcome(shape.objectives, shape.constraints);
  Scratch scratch;
  problem.evaluate(tile, outcome, scratch);
  std::vector<Evaluated> all(tile.count());
  for (std::size_t lane = 0; lane < tile.count(); ++lane) {
    for (std::size_t k = 0; k < shape.objectives; ++k) all[lane].objectives.push_back(outcome.objective(k)[lane]);
    for (std::size_t c = 0; c < shape.constraints; ++c) all[lane].breach += outcome.constraint(c)[lane];
  }
  return all;
}

inline const IndustrialCase& henan() {
  static const IndustrialCase industrial = load_industrial_case("henan");
  return industrial;
}

}  // namespace millrace::test
