#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/data/columns.hpp"
#include "engine/parallel/workers.hpp"

namespace millrace {

/// Volume that `points` (n x m, minimised) dominate below `reference` (m values), exact but for rounding.
///
/// Any n and m >= 1; n = 0 gives 0. Dominated points, duplicates and points that are not strictly better than the
/// reference in every objective add nothing, nor does a point with an infinity or a NaN. The value is the same bits
/// for any number of threads and any instruction set.
/// Throws std::invalid_argument where `reference` does not have m finite values.
///
/// m = 1, 2, 3: sweeps, O(n log n). m = 4: a sweep that keeps a front of three objectives and adds what each point has
/// to itself, as in Guerreiro and Fonseca, doi:10.1109/TEVC.2017.2729550; about O(n^2 / 8) with eight lanes.
/// m >= 5: the recursion of While, Bradstreet and Barone, doi:10.1109/TEVC.2010.2077298, exponential in m, parallel
/// over points. Differs from the papers: what a point has to itself is first cut to the box where no single other point
/// covers it, points are clamped and filtered a vector at a time, and nothing is sorted again below the outermost set.
double hypervolume(const Columns& points, std::span<const double> reference, Workers& workers);

/// What the hypervolume loses without each point: n values, 0 for dominated, duplicated and outside points.
///
/// Input as for hypervolume(). A value is worked out inside the box that no other point covers alone, so it keeps its
/// relative precision where it is small. n times the cost of the hypervolume of what reaches into such a box; O(n^2)
/// for m <= 3. Parallel over points.
std::vector<double> hypervolume_contributions(const Columns& points, std::span<const double> reference,
                                              Workers& workers);

/// Hypervolume by sampling.
struct HypervolumeEstimate {
  double value = 0.0;
  double standard_error = 0.0;  ///< Of `value`; its 5-fold is exceeded about once in a million estimates.
  std::uint64_t samples = 0;
};

/// Estimates hypervolume() from `samples` >= 1 uniform points of the box between the best value of each objective and
/// the reference: share of dominated samples times volume of the box. Input as for hypervolume().
///
/// Sample s is addressed by (seed, s), so the estimate is the same bits for any number of threads. The error takes the
/// share as (hits + 1) / (samples + 2): it is never 0 by luck. O(samples n m), less where few points cover much.
HypervolumeEstimate estimate_hypervolume(const Columns& points, std::span<const double> reference,
                                         std::uint64_t samples, std::uint64_t seed, Workers& workers);

/// About how long hypervolume() of n points spread over a front of m objectives takes on one thread:
/// 150 ns n^(1.5 + 0.35 (m - 5)) for m >= 4, measured on points of a sphere; 0 for m <= 3, where it never matters.
double expected_hypervolume_seconds(std::size_t n, std::size_t m);

/// Whether that is less than ten seconds. Where it says no, use estimate_hypervolume().
bool exact_hypervolume_is_affordable(std::size_t n, std::size_t m);

}  // namespace millrace
