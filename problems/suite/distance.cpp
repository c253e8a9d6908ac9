#include "problems/suite/distance.hpp"

#include <algorithm>

#include "problems/suite/trigonometry.hpp"

namespace millrace {

void sphere_distance(const Tile& tile, std::size_t first, double* g) {
  std::fill_n(g, kLanes, 0.0);
  for (std::size_t j = first; j < tile.variables(); ++j) {
    const double* x = tile.column(j);
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      const double offset = x[lane] - 0.5;
      g[lane] += offset * offset;
    }
  }
}

void rastrigin_distance(const Tile& tile, std::size_t first, double* g) {
  alignas(kAlignment) double wave[kLanes];
  std::fill_n(g, kLanes, static_cast<double>(tile.variables() - first));
  for (std::size_t j = first; j < tile.variables(); ++j) {
    const double* x = tile.column(j);
    for (std::size_t lane = 0; lane < kLanes; ++lane) wave[lane] = 20.0 * (x[lane] - 0.5);
    cos_pi(wave, wave);
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      const double offset = x[lane] - 0.5;
      g[lane] += offset * offset - wave[lane];
    }
  }
  for (std::size_t lane = 0; lane < kLanes; ++lane) g[lane] *= 100.0;
}

}  // namespace millrace
