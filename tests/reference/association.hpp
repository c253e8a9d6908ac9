#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/data/columns.hpp"
#include "engine/data/population.hpp"
#include "engine/select/reference_directions.hpp"

namespace millrace::reference {

struct Nearest {
  std::vector<std::uint32_t> direction;
  std::vector<double> distance;
  /// Length of the projection: with the distance, what rounding errors are relative to.
  std::vector<double> along;
};

/// Compares every member with every direction; `fused`: dot products as on a target with fused multiply-add.
inline Nearest associate(const Columns& f, std::span<const Slot> members, std::span<const double> ideal,
                         std::span<const double> range, const ReferenceDirections& directions, bool fused) {
  const std::size_t m = f.columns();
  Nearest result;
  std::vector<double> y(m);
  for (const Slot i : members) {
    for (std::size_t k = 0; k < m; ++k) {
      const double value = (f(i, k) - ideal[k]) * (1.0 / range[k]);
      y[k] = value > 0.0 ? std::min(value, 1e60) : 0.0;
    }
    double best = -1.0;
    std::uint32_t nearest = 0;
    for (std::uint32_t j = 0; j < directions.count(); ++j) {
      double dot = 0.0;
      for (std::size_t k = 0; k < m; ++k) {
        const double unit = directions.units()(j, k);
        dot = fused ? std::fma(y[k], unit, dot) : dot + y[k] * unit;
      }
      if (dot > best) {
        best = dot;
        nearest = j;
      }
    }
    double squares = 0.0;
    for (std::size_t k = 0; k < m; ++k) {
      const double residual = y[k] - best * directions.units()(nearest, k);
      squares += residual * residual;
    }
    result.direction.push_back(nearest);
    result.distance.push_back(std::sqrt(squares));
    result.along.push_back(best);
  }
  return result;
}

}  // namespace millrace::reference
