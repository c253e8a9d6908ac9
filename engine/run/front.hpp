#pragma once

#include <span>
#include <vector>

#include "engine/data/population.hpp"
#include "engine/parallel/workers.hpp"
#include "engine/problem/spec.hpp"

namespace millrace {

/// The result of a run: the feasible, mutually non-dominated, distinct individuals of the last population, ordered by
/// their objectives (first objective first). Where none is feasible, those of least violation instead.
Population final_front(const Population& pool, std::span<const Slot> survivors);

/// Box in which objectives are measured: 0 at the ideal, 1 at the nadir, both minimised.
struct ReferenceBox {
  std::vector<double> ideal;
  std::vector<double> nadir;
  /// True where the problem knows its box; false where it was taken from a front.
  bool known = false;

  bool empty() const { return ideal.empty(); }
  /// The problem's own box, or that of the finite points of `front` (ranges of zero become one).
  static ReferenceBox of(const ProblemSpec& spec, const Columns& front);
};

/// Where the reference point of every normalised hypervolume lies, in units of the box.
inline constexpr double kReferencePoint = 1.1;

/// Of an estimated hypervolume: its standard error is below 0.002 of the box of the front.
inline constexpr std::uint64_t kHypervolumeSamples = 100'000;

/// How much work a hypervolume may be.
struct HypervolumeEffort {
  /// Exact where it should take no longer (expected_hypervolume_seconds), otherwise estimated ...
  double exact_seconds = 10.0;
  /// ... from this many samples of a fixed seed.
  std::uint64_t samples = kHypervolumeSamples;
};

/// Hypervolume of the normalised points against the reference point (1.1, ..., 1.1), as a share of the whole 1.1^m.
/// By default exact where exact_hypervolume_is_affordable().
double normalised_hypervolume(const Columns& f, const ReferenceBox& box, Workers& workers,
                              const HypervolumeEffort& effort = {});

/// The individual of a front nearest to the ideal corner of the box: the smallest largest normalised objective, ties to
/// the smaller sum (Tchebycheff with equal weights). `front` must not be empty.
Slot balanced_scheme(const Population& front, const ReferenceBox& box);

}  // namespace millrace
