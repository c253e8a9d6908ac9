#include "problems/suite/water.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "problems/suite/position.hpp"

namespace millrace {
namespace {

/// quotient / (x1 x2) + product x1 x2 + overflow x3 + offset <= limit.
struct Limit {
  double quotient, product, overflow, offset, limit;
};

constexpr Limit kLimits[] = {
    {0.00139, 0.0, 4.94, -0.08, 1.0},          {0.000306, 0.0, 1.082, -0.0986, 1.0},
    {12.307, 0.0, 49408.24, 4051.02, 50000.0}, {2.098, 0.0, 8046.33, -696.71, 16000.0},
    {2.138, 0.0, 7883.39, -705.04, 10000.0},   {0.0, 0.417, 1721.26, -136.54, 2000.0},
    {0.164, 0.0, 631.13, -54.48, 550.0},
};

}  // namespace

Water::Water(std::string name, WaterLimits limits) : limits_(limits) {
  Bounds bounds(3, 0.01, 0.10);
  bounds.set(0, 0.01, 0.45);
  spec_ = suite_spec(std::move(name), std::move(bounds), limits == WaterLimits::constraints ? 5 : 6);
  if (limits == WaterLimits::constraints)
    for (const Limit& row : kLimits) add_constraint(spec_, row.limit);
}

void Water::evaluate(const Tile& tile, Outcome& outcome, Scratch&) const {
  const double* x1 = tile.column(0);
  const double* x2 = tile.column(1);
  const double* x3 = tile.column(2);
  const double treatment = 305700.0 * 2289.0 / std::pow(0.06 * 2289.0, 0.65);
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    outcome.objective(0)[lane] = 106780.37 * (x2[lane] + x3[lane]) + 61704.67;
    outcome.objective(1)[lane] = 3000.0 * x1[lane];
    outcome.objective(2)[lane] = treatment * x2[lane];
    outcome.objective(3)[lane] = 250.0 * 2289.0 * std::exp(-39.75 * x2[lane] + 9.9 * x3[lane] + 2.74);
    outcome.objective(4)[lane] = 25.0 * (1.39 / (x1[lane] * x2[lane]) + 4940.0 * x3[lane] - 80.0);
  }
  const bool as_objective = limits_ == WaterLimits::sixth_objective;
  if (as_objective) std::fill_n(outcome.objective(5), kLanes, 0.0);
  for (std::size_t c = 0; c < std::size(kLimits); ++c) {
    const Limit& row = kLimits[c];
    double* result = as_objective ? outcome.objective(5) : outcome.constraint(c);
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      const double product = x1[lane] * x2[lane];
      const double g =
          row.quotient / product + row.product * product + row.overflow * x3[lane] + row.offset - row.limit;
      result[lane] = as_objective ? result[lane] + std::max(0.0, g) : g;
    }
  }
}

}  // namespace millrace
