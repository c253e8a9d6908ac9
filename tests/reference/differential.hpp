#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/data/bounds.hpp"
#include "engine/random/philox.hpp"
#include "operators/differential.hpp"

namespace millrace::reference {

struct DifferentialChild {
  std::vector<double> value;
  /// Mutants that rounding may put on either side of a bound.
  std::vector<bool> on_edge;
};

/// The child of one group by the definition, a variable after the other, with the words that the vectorised operator
/// uses. `parent(k)` is the row of target, r1, r2 or r3.
template <class Parent>
DifferentialChild differential(const DifferentialOptions& options, const Bounds& bounds, Parent&& parent, StreamKey key,
                               std::uint32_t group) {
  const std::size_t d = bounds.variables();
  const double* target = parent(0);
  const double* r1 = parent(1);
  const double* r2 = parent(2);
  const double* r3 = parent(3);
  const double where = unit_double(philox_block(key, kGroupRow, group / 2)[group % 2]);
  const std::size_t forced = static_cast<std::size_t>(where * static_cast<double>(d));
  const bool binomial = options.scheme == DifferentialOptions::Scheme::rand_1_bin;
  RowDraws draws(key, group);
  DifferentialChild child{{target, target + d}, std::vector<bool>(d, false)};
  for (std::size_t j = 0; j < d; ++j) {
    const double u = static_cast<double>(draws.next_u64() >> 12) * 0x1p-52 + 0x1p-53;
    if (binomial && u >= options.cr && j != forced) continue;
    const double base = binomial ? r1[j] : target[j] + options.k * (r1[j] - target[j]);
    const double inner = binomial ? r1[j] : target[j];
    const double share = binomial && (j != forced || options.cr == 1.0) ? u / options.cr : u;
    double mutant = base + options.f * (r2[j] - r3[j]);
    const double size = std::abs(bounds.lower(j)) + std::abs(bounds.upper(j));
    for (const double bound : {bounds.lower(j), bounds.upper(j)}) {
      child.on_edge[j] = child.on_edge[j] || (mutant != bound && std::abs(mutant - bound) <= 1e-14 * size);
      const bool left = bound == bounds.lower(j) ? mutant < bound : mutant > bound;
      if (left)
        mutant = options.outside == DifferentialOptions::Outside::clip ? bound : bound + share * (inner - bound);
    }
    child.value[j] = mutant;
  }
  return child;
}

}  // namespace millrace::reference
