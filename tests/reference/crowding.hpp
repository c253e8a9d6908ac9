#pragma once

#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <vector>

#include "engine/data/columns.hpp"
#include "engine/data/population.hpp"

namespace millrace::reference {

/// Crowding distance by looking for each point's neighbours among all, (value, slot) being the order. Finite values.
inline std::vector<double> crowding_distance(const Columns& f, std::span<const Slot> front) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  std::vector<double> distance(front.size(), 0.0);
  for (std::size_t k = 0; k < f.columns(); ++k) {
    double lowest = kInfinity, highest = -kInfinity;
    for (const Slot i : front) {
      lowest = std::min(lowest, f(i, k));
      highest = std::max(highest, f(i, k));
    }
    if (front.empty() || lowest == highest) continue;
    for (std::size_t a = 0; a < front.size(); ++a) {
      double below = -kInfinity, above = kInfinity;
      for (const Slot b : front) {
        const bool precedes = f(b, k) < f(front[a], k) || (f(b, k) == f(front[a], k) && b < front[a]);
        if (precedes) below = std::max(below, f(b, k));
        if (!precedes && b != front[a]) above = std::min(above, f(b, k));
      }
      distance[a] += (above - below) / (highest - lowest);
    }
  }
  return distance;
}

}  // namespace millrace::reference
