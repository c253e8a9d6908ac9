#pragma once

#include <cmath>
#include <numbers>
#include <string>
#include <vector>

#include "problems/dispatch/simulation.hpp"

namespace millrace {

/// The fixed schedules of golden.csv and trace.csv, 24 hours of three controls.
inline std::vector<double> fixed_schedule(const std::string& name) {
  std::vector<double> x;
  for (int t = 0; t < 24; ++t) {
    const double turn = 2.0 * std::numbers::pi / 24.0;
    if (name == "RB") x.insert(x.end(), {0.6, 0.2, 0.0});
    if (name == "PPO") x.insert(x.end(), {1.0, 1.0, 1.0});
    if (name == "RB_psi1") x.insert(x.end(), {0.6, 0.2, 1.0});
    if (name == "G1") x.insert(x.end(), {0.6, 0.45, 1.0});
    if (name == "G2") x.insert(x.end(), {1.0, 0.2, 1.0});
    if (name == "BAU") x.insert(x.end(), {0.0, 0.2, 0.0});
    if (name == "WAVE")
      x.insert(x.end(),
               {0.5 + 0.4 * std::sin(turn * t), 0.5 + 0.3 * std::cos(turn * t), 0.5 + 0.45 * std::sin(turn * (t + 3))});
  }
  return x;
}

/// Lane 0 holds `x`, the other lanes too.
inline AlignedVector<double> as_lanes(const std::vector<double>& x) {
  AlignedVector<double> lanes(x.size() * kLanes);
  for (std::size_t j = 0; j < x.size(); ++j) std::fill_n(lanes.data() + j * kLanes, kLanes, x[j]);
  return lanes;
}

}  // namespace millrace
