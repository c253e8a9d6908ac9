#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <map>
#include <span>
#include <vector>

#include "engine/data/population.hpp"
#include "engine/select/reference_directions.hpp"

namespace millrace::reference {

/// Reference vector guided selection of Cheng, Jin, Olhofer and Sendhoff (2016), algorithm 2 and its variant for
/// constraints, word for word: the survivors among `members`, ascending. `share` is (t / t_max)^alpha.
inline std::vector<Slot> angle_penalised_survivors(const Population& pool, std::span<const Slot> members,
                                                   std::span<const double> ideal, std::span<const double> scale,
                                                   const ReferenceDirections& directions, double share) {
  const std::size_t m = pool.f.columns();
  const auto cosine = [m](std::span<const double> a, std::span<const double> b) {
    double dot = 0.0, aa = 0.0, bb = 0.0;
    for (std::size_t k = 0; k < m; ++k) {
      dot += a[k] * b[k];
      aa += a[k] * a[k];
      bb += b[k] * b[k];
    }
    return aa > 0.0 ? std::min(1.0, dot / std::sqrt(aa * bb)) : 0.0;
  };
  std::vector<std::vector<double>> vectors(directions.count(), std::vector<double>(m));
  for (std::size_t j = 0; j < vectors.size(); ++j)
    for (std::size_t k = 0; k < m; ++k) vectors[j][k] = directions.weights()(j, k);

  struct Best {
    Slot slot;
    double violation, distance;
  };
  std::map<std::size_t, Best> best;
  std::vector<double> point(m);
  for (const Slot i : members) {
    double norm = 0.0;
    for (std::size_t k = 0; k < m; ++k) {
      point[k] = (pool.f(i, k) - ideal[k]) / scale[k];
      norm += point[k] * point[k];
    }
    std::size_t nearest = 0;
    for (std::size_t j = 1; j < vectors.size(); ++j)
      if (cosine(point, vectors[j]) > cosine(point, vectors[nearest])) nearest = j;
    double smallest = vectors.size() == 1 ? 1.0 : std::numeric_limits<double>::infinity();
    for (std::size_t j = 0; j < vectors.size(); ++j)
      if (j != nearest) smallest = std::min(smallest, std::acos(cosine(vectors[nearest], vectors[j])));
    const double angle = norm > 0.0 ? std::acos(cosine(point, vectors[nearest])) : 0.0;
    const double penalty = static_cast<double>(m) * share * angle / smallest;
    const Best here = {i, pool.violation[i], (1.0 + penalty) * std::sqrt(norm)};
    const auto [at, inserted] = best.try_emplace(nearest, here);
    const Best& there = at->second;
    const bool both_feasible = here.violation == 0.0 && there.violation == 0.0;
    if (!inserted && (both_feasible ? here.distance < there.distance : here.violation < there.violation))
      at->second = here;
  }
  std::vector<Slot> survivors;
  for (const auto& [vector, winner] : best) survivors.push_back(winner.slot);
  std::sort(survivors.begin(), survivors.end());
  return survivors;
}

}  // namespace millrace::reference
