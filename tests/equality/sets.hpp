#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numeric>
#include <utility>
#include <vector>

#include "engine/data/population.hpp"
#include "engine/random/philox.hpp"
#include "engine/select/reference_directions.hpp"

namespace millrace::testing {

inline constexpr double kInfinity = std::numeric_limits<double>::infinity();

inline std::vector<Slot> first_slots(std::size_t n) {
  std::vector<Slot> slots(n);
  std::iota(slots.begin(), slots.end(), Slot{0});
  return slots;
}

inline std::vector<double> row_of(const Columns& columns, std::size_t i) {
  std::vector<double> values(columns.columns());
  for (std::size_t k = 0; k < values.size(); ++k) values[k] = columns(i, k);
  return values;
}

/// One of several ways to be awkward: few values (ties and repeats), infinities, zeros of both signs, near-equal values
/// that only the lowest bits tell apart, a constant, plain random.
inline double awkward_value(RowDraws& draws, std::uint32_t kind) {
  switch (kind) {
    case 0: return static_cast<double>(draws.below(2));
    case 1: return static_cast<double>(draws.below(6)) - 3.0;
    case 2: return std::array{-kInfinity, -0.0, 0.0, 1.0, kInfinity}[draws.below(5)];
    case 3: return 1.0 + 0x1p-52 * static_cast<double>(draws.below(8));
    case 4: return 7.0;
    default: return draws.next_double() - 0.5;
  }
}

inline double awkward_violation(RowDraws& draws, std::uint32_t kind) {
  switch (kind) {
    case 0: return draws.below(3) == 0 ? static_cast<double>(1 + draws.below(3)) : 0.0;
    case 1: return draws.below(4) == 0 ? kFailedViolation : static_cast<double>(draws.below(2));
    case 2: return kFailedViolation;
    default: return 0.0;
  }
}

/// Every objective of a kind of its own; violations in half of the sets; an eighth are copies of earlier individuals.
inline Population awkward_population(RowDraws& draws, std::size_t n, std::size_t m) {
  Population pool(n, {1, m, 0});
  for (std::size_t k = 0; k < m; ++k) {
    const std::uint32_t kind = draws.below(8);
    for (std::size_t i = 0; i < n; ++i) pool.f(i, k) = awkward_value(draws, kind);
  }
  const std::uint32_t kind = draws.below(6);
  for (std::size_t i = 0; i < n; ++i) {
    pool.violation[i] = awkward_violation(draws, kind);
    if (i > 0 && draws.below(8) == 0)
      copy_individual(pool, draws.below(static_cast<std::uint32_t>(i)), pool, static_cast<Slot>(i));
  }
  return pool;
}

/// All n slots, or a random share of them in random order.
inline std::vector<Slot> awkward_members(RowDraws& draws, std::size_t n) {
  auto slots = first_slots(n);
  if (draws.below(2) == 0) {
    shuffle<Slot>(slots, draws);
    slots.resize(slots.size() - draws.below(static_cast<std::uint32_t>(n / 2 + 1)));
  }
  return slots;
}

/// On the positive part of a sphere with one of `shells` radii: about as many fronts.
inline Columns sphere_points(RowDraws& draws, std::size_t n, std::size_t m, std::uint32_t shells = 1) {
  Columns f(n, m);
  for (std::size_t i = 0; i < n; ++i) {
    double squares = 0.0;
    for (std::size_t k = 0; k < m; ++k) {
      f(i, k) = -std::log(1.0 - draws.next_double());
      squares += f(i, k) * f(i, k);
    }
    const double radius = 1.0 + 0.1 * static_cast<double>(draws.below(shells));
    for (std::size_t k = 0; k < m; ++k) f(i, k) *= radius / std::sqrt(squares);
  }
  return f;
}

/// Uniform in the unit cube, whole numbers below 4 (ties, repeats, dominated points), or on the sphere.
inline Columns mixed_points(RowDraws& draws, std::size_t n, std::size_t m) {
  const std::uint32_t kind = draws.below(3);
  if (kind == 0) return sphere_points(draws, n, m);
  Columns f(n, m);
  for (std::size_t k = 0; k < m; ++k)
    for (double& value : f.column(k)) value = kind == 1 ? draws.next_double() : static_cast<double>(draws.below(4));
  return f;
}

/// A lattice, or up to `most` directions anywhere.
inline ReferenceDirections mixed_directions(RowDraws& draws, std::size_t m, std::uint32_t most) {
  std::size_t divisions = 1 + draws.below(30);
  while (das_dennis_count(m, divisions) > most) --divisions;
  if (divisions > 0 && draws.below(2) == 0) return das_dennis(m, divisions);
  Columns weights(1 + draws.below(most), m);
  for (std::size_t i = 0; i < weights.rows(); ++i) {
    double sum = 0.0;
    for (std::size_t k = 0; k < m; ++k) sum += weights(i, k) = 0.01 + draws.next_double();
    for (std::size_t k = 0; k < m; ++k) weights(i, k) /= sum;
  }
  return ReferenceDirections(std::move(weights));
}

}  // namespace millrace::testing
