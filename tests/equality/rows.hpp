#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/data/bounds.hpp"
#include "engine/data/decision_rows.hpp"
#include "engine/data/population.hpp"
#include "engine/random/philox.hpp"
#include "operators/mating.hpp"

namespace millrace::testing {

/// Boxes of very different size, some variables fixed; with `kinds`, variables of every kind.
inline Bounds mixed_bounds(RowDraws& draws, std::size_t d, bool kinds) {
  Bounds bounds(d);
  for (std::size_t j = 0; j < d; ++j) {
    const auto kind = kinds ? static_cast<VariableKind>(draws.below(4)) : VariableKind::real;
    bounds.set_kind(j, kind);
    const bool fixed = draws.below(8) == 0;
    const double lower = static_cast<double>(draws.below(200)) - 100.0;
    if (kind == VariableKind::real) {
      const double width = std::array{1.0, 3.5, 1e-3, 1e6}[draws.below(4)];
      bounds.set(j, lower, lower + (fixed ? 0.0 : width));
    } else if (kind == VariableKind::binary) {
      bounds.set(j, 0.0, fixed ? 0.0 : 1.0);
    } else {
      bounds.set(j, lower, lower + (fixed ? 0.0 : static_cast<double>(1 + draws.below(draws.below(2) == 0 ? 5 : 400))));
    }
  }
  return bounds;
}

/// A value of variable j: anywhere, or on a bound, or that of another row, or close to it.
inline double mixed_value(RowDraws& draws, const Bounds& bounds, std::size_t j, const double* other) {
  const std::uint32_t special = draws.below(12);
  const double lower = bounds.lower(j), upper = bounds.upper(j);
  double value = lower + draws.next_double() * (upper - lower);
  if (special == 0) value = lower;
  if (special == 1) value = upper;
  if (special == 2 && other != nullptr) value = other[j];
  if (special == 3 && other != nullptr) value = 0.999 * other[j] + 0.001 * value;
  if (bounds.kind(j) != VariableKind::real) value = std::round(value);
  return std::clamp(value, lower, upper);
}

/// Parents of some groups in the first rows, then the rows of their children. The last group may lack its last child.
struct Groups {
  Groups(RowDraws& draws, std::size_t groups, std::size_t of_parents, std::size_t of_children, std::size_t d,
         bool kinds)
      : parents_each(of_parents), children_each(of_children), count(groups), bounds(mixed_bounds(draws, d, kinds)),
        x(groups * (of_parents + of_children), d), key{draws.next_u64(), draws.below(1000), Stage::crossover} {
    const std::size_t parents = groups * parents_each;
    for (std::size_t i = 0; i < parents; ++i) {
      const double* other = i > 0 ? x.row_data(i - 1) : nullptr;
      for (std::size_t j = 0; j < d; ++j) x.row_data(i)[j] = mixed_value(draws, bounds, j, other);
      parent_slots.push_back(static_cast<Slot>(i));
    }
    const std::size_t missing = children_each > 1 && draws.below(4) == 0 ? 1 : 0;
    for (std::size_t i = 0; i + missing < groups * children_each; ++i)
      child_slots.push_back(static_cast<Slot>(parents + i));
  }

  const double* parent(std::size_t group, std::size_t k) const { return x.row_data(group * parents_each + k); }
  std::vector<const double*> parents_of(std::size_t group) const {
    std::vector<const double*> rows;
    for (std::size_t k = 0; k < parents_each; ++k) rows.push_back(parent(group, k));
    return rows;
  }
  /// Size of variable j, which rounding errors are relative to.
  double size(std::size_t j) const { return std::max(std::abs(bounds.lower(j)), std::abs(bounds.upper(j))); }

  std::size_t parents_each, children_each, count;
  Bounds bounds;
  DecisionRows x;
  std::vector<Slot> parent_slots, child_slots;
  StreamKey key;
};

/// The values of these rows, without their padding.
inline std::vector<double> values_of(const DecisionRows& x, const std::vector<Slot>& rows) {
  std::vector<double> values;
  for (const Slot i : rows) values.insert(values.end(), x.row(i).begin(), x.row(i).end());
  return values;
}

}  // namespace millrace::testing
