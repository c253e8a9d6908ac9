#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <span>
#include <vector>

#include "engine/data/population.hpp"
#include "engine/random/philox.hpp"

namespace millrace::testing {

enum class Cloud {
  uniform,
  /// On the simplex: nearly all mutually non-dominated.
  front,
  /// Multiples of 1/4: many equal values and equal points.
  coarse,
  constant
};

/// Individuals to show to an archive: variable 0 is their number. A share of them infeasible, failed or infinite.
inline Population shown(std::size_t n, std::size_t m, Cloud cloud, double odd, std::uint64_t seed) {
  Population pool(n, {3, m, 1});
  for (Slot i = 0; i < n; ++i) {
    RowDraws draws({seed, 0, Stage::problem}, i);
    double sum = 0.0;
    for (std::size_t k = 0; k < m; ++k) sum += pool.f(i, k) = draws.next_double() + 1e-9;
    for (std::size_t k = 0; k < m; ++k) {
      if (cloud == Cloud::front) pool.f(i, k) /= sum;
      if (cloud == Cloud::coarse) pool.f(i, k) = std::floor(4.0 * pool.f(i, k)) / 4.0 - 0.5;
      if (cloud == Cloud::constant) pool.f(i, k) = 3.0;
    }
    pool.x.row(i)[0] = static_cast<double>(i);
    const double kind = draws.next_double();
    if (kind < odd) pool.violation[i] = std::floor(4.0 * draws.next_double()) + 1.0;
    if (kind < odd / 2) pool.violation[i] = kFailedViolation;
    if (kind < odd / 4) pool.f(i, 0) = std::numeric_limits<double>::infinity();
    if (kind < odd / 8) pool.violation[i] = 0.0;
  }
  return pool;
}

inline std::vector<Slot> all_slots(const Population& pool) {
  std::vector<Slot> slots(pool.size());
  std::iota(slots.begin(), slots.end(), Slot{0});
  return slots;
}

/// Numbers of the members, ascending.
template <class Archive>
std::vector<Slot> numbers(const Archive& archive) {
  std::vector<Slot> all;
  for (const Slot i : archive.members()) all.push_back(static_cast<Slot>(archive.population().x.row(i)[0]));
  std::sort(all.begin(), all.end());
  return all;
}

/// Shows all of the pool, `batch` at a time.
template <class Show>
void show_in_batches(const std::vector<Slot>& slots, std::size_t batch, Show&& show) {
  for (std::size_t begin = 0; begin < slots.size(); begin += batch)
    show(std::span<const Slot>(slots).subspan(begin, std::min(batch, slots.size() - begin)));
}

}  // namespace millrace::testing
