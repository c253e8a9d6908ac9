#pragma once

#include <vector>

#include "operators/mating.hpp"
#include "operators/parent_space.hpp"
#include "tests/reference/parent_space.hpp"
#include "tests/unit/operators/rows.hpp"

namespace millrace::test {

inline constexpr StreamKey kGroupKey{31, 4, Stage::crossover};

/// Rows of `groups` groups of parents, then of their children, made by a crossover of many parents.
template <class Options, class Cross>
DecisionRows made_by(Cross&& cross, const Options& options, const Bounds& bounds, DecisionRows x, std::size_t groups) {
  const auto parents = slots(0, options.parents * groups);
  const auto children = slots(options.parents * groups, options.children * groups);
  cross(options, bounds, Mating{x, parents, children}, kGroupKey, GroupRange{0, groups});
  return x;
}

/// Parents of group q in widths of the bounds.
inline std::vector<reference::Vector> scaled_parents(const DecisionRows& x, const Bounds& bounds, std::size_t parents,
                                                     std::size_t q) {
  std::vector<reference::Vector> rows;
  for (std::size_t k = 0; k < parents; ++k) rows.push_back(reference::scaled(x.row_data(parents * q + k), bounds));
  return rows;
}

/// A wide box around what `random_rows` makes of a narrow one, so that no child is clipped.
inline Bounds roomy_bounds(std::size_t d) {
  Bounds bounds(d);
  for (std::size_t j = 0; j < d; ++j) bounds.set(j, -1000.0 * (1.0 + static_cast<double>(j)), 1000.0);
  return bounds;
}

inline DecisionRows central_rows(const Bounds& bounds, std::size_t parents, std::size_t rows) {
  DecisionRows x = random_rows(bounds, parents, rows);
  for (std::size_t i = 0; i < parents; ++i)
    for (double& value : x.row(i)) value *= 0.001;
  return x;
}

/// What every crossover must keep: children inside the bounds, parents untouched, equal parents give themselves, the
/// same bits whatever the instruction set, and groups that do not depend on how they were cut into ranges.
template <class Options, class Cross>
bool keeps_the_contract(Cross&& cross, const Options& options) {
  bool kept = true;
  for (const std::size_t d : kSizes) {
    const std::size_t groups = d == 1000 ? 4 : 40;
    const std::size_t p = options.parents * groups;
    const std::size_t c = options.children * groups;
    const Bounds bounds = uneven_bounds(d);
    const DecisionRows before = random_rows(bounds, p, p + c);
    const DecisionRows x = made_by(cross, options, bounds, before, groups);
    for (std::size_t i = p; i < p + c; ++i) kept = kept && inside(bounds, x, i);
    kept = kept && std::equal(x.row_data(0), x.row_data(p), before.row_data(0));
    for (const std::string& target : simd_targets()) {
      const TargetGuard guard(target);
      kept = kept && all_values(made_by(cross, options, bounds, before, groups)) == all_values(x);
    }
    DecisionRows cut = before;
    const auto parents = slots(0, p);
    const auto children = slots(p, c);
    cross(options, bounds, Mating{cut, parents, children}, kGroupKey, GroupRange{groups / 2, groups});
    cross(options, bounds, Mating{cut, parents, children}, kGroupKey, GroupRange{0, groups / 2});
    kept = kept && all_values(cut) == all_values(x);
    // The last child of the last group has no slot.
    DecisionRows short_of_one = before;
    cross(options, bounds, Mating{short_of_one, parents, std::span(children).first(c - 1)}, kGroupKey,
          GroupRange{0, groups});
    kept = kept && std::equal(short_of_one.row_data(0), short_of_one.row_data(p + c - 1), x.row_data(0));
    DecisionRows equal = before;
    for (std::size_t i = 0; i < p; ++i) std::copy_n(before.row_data(0), before.stride(), equal.row_data(i));
    equal = made_by(cross, options, bounds, equal, groups);
    for (std::size_t i = p; i < p + c; ++i) kept = kept && std::ranges::equal(equal.row(i), before.row(0));
  }
  return kept;
}

}  // namespace millrace::test
