#pragma once

#include <cstddef>

#include "engine/data/columns.hpp"
#include "engine/data/population.hpp"

namespace millrace::reference {

/// Row a is nowhere worse than row b and somewhere better.
inline bool dominates(const Columns& f, Slot a, Slot b) {
  bool better = false;
  for (std::size_t k = 0; k < f.columns(); ++k) {
    if (f(a, k) > f(b, k)) return false;
    if (f(a, k) < f(b, k)) better = true;
  }
  return better;
}

/// Deb's constrained domination.
inline bool dominates_constrained(const Population& pool, Slot a, Slot b) {
  if (pool.violation[a] == 0.0 && pool.violation[b] == 0.0) return dominates(pool.f, a, b);
  return pool.violation[a] < pool.violation[b];
}

}  // namespace millrace::reference
