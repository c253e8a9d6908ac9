#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "engine/data/columns.hpp"
#include "engine/parallel/workers.hpp"
#include "engine/problem/linear_form.hpp"

namespace millrace {

struct UpperImageOptions {
  /// A corner is settled where all objectives could get worse by at most this share of the box and be attained.
  double tolerance = 1e-7;
  /// Beyond this many corners the work stops, and what is known so far is an outer bound.
  std::size_t most_corners = 2000;
  /// Whether to measure the volume: it can take longer than all the rest.
  bool volume = true;
  std::string error() const;
};

/// What the feasible set attains or is better than, within a box: a polytope of as many dimensions as objectives.
struct UpperImage {
  /// All corners are settled. Otherwise there were too many of them, and what follows is empty or 0.
  bool complete = false;
  /// Efficient extreme points: the corners of the front strictly inside the box, in the units of the form. A linear
  /// function of the objectives, and each objective alone, is largest over the front at one of them.
  Columns corners;
  /// Volume inside the box: the hypervolume of the whole front with the upper corner as reference. Too large by at most
  /// `excess`. 0 where it was not asked for.
  double volume = 0.0;
  double excess = 0.0;
  std::size_t cuts = 0;
  std::size_t programs = 0;
};

/// The upper image by outer approximation: the corners of a polytope that contains it are projected to it, and each that
/// is not attained gives a supporting hyperplane that cuts it off, until all are. Benson, doi:10.1023/A:1008215702611,
/// with the scalarisation of Hamel, Loehne and Rudloff, doi:10.1007/s10898-013-0098-2.
/// Differs from the papers: all open corners are projected before any is cut off, so that they can be solved in parallel.
///
/// The box lower <= f <= upper must have lower < upper; with an objective that is constant, leave that out of the form.
/// Meant for up to five objectives and some hundred columns that matter. Same bits for any number of threads.
/// Throws std::invalid_argument with options.error() or for a box that is empty; as FrontProjector otherwise.
UpperImage upper_image(const LinearForm& form, std::span<const double> lower, std::span<const double> upper,
                       const UpperImageOptions& options, Workers& workers);

}  // namespace millrace
