#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include "engine/data/columns.hpp"
#include "engine/indicator/hypervolume.hpp"

namespace millrace::reference {

/// Rows that go one after the other from points in [0, 1]: every time all contributions below (2, ..., 2) are worked
/// out, and the least goes. `closest`: the least difference, over all steps, of the two least of them.
inline std::vector<std::size_t> least_contributors(const Columns& points, std::size_t count,
                                                   double* closest = nullptr) {
  Workers workers(1);
  const std::vector<double> corner(points.columns(), 2.0);
  std::vector<std::size_t> left(points.rows());
  for (std::size_t i = 0; i < left.size(); ++i) left[i] = i;
  std::vector<std::size_t> gone;
  while (gone.size() < count) {
    Columns rest(left.size(), points.columns());
    for (std::size_t i = 0; i < left.size(); ++i)
      for (std::size_t k = 0; k < points.columns(); ++k) rest(i, k) = points(left[i], k);
    const std::vector<double> volumes = hypervolume_contributions(rest, corner, workers);
    std::size_t least = 0;
    for (std::size_t i = 1; i < left.size(); ++i)
      if (volumes[i] < volumes[least]) least = i;
    for (std::size_t i = 0; closest != nullptr && i < left.size(); ++i)
      if (i != least) *closest = std::min(*closest, volumes[i] - volumes[least]);
    gone.push_back(left[least]);
    left.erase(left.begin() + static_cast<std::ptrdiff_t>(least));
  }
  return gone;
}

}  // namespace millrace::reference
