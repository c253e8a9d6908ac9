#pragma once

#include <vector>

#include "engine/data/columns.hpp"
#include "engine/exact/payoff.hpp"
#include "engine/exact/upper_image.hpp"
#include "engine/parallel/workers.hpp"
#include "engine/problem/linear_form.hpp"

namespace millrace {

/// Where the front lies. Everything is minimised, in the units of the form.
struct FrontExtent {
  /// Least value of each objective: exact.
  std::vector<double> ideal;
  /// Largest value of each objective over the efficient set, the nadir: no less than this ...
  std::vector<double> nadir;
  /// ... and no more than this. Equal to `nadir` where the corners of the front are all known.
  std::vector<double> nadir_bound;
  bool nadir_exact = false;
  /// All efficient extreme points where nadir_exact, else empty.
  Columns corners;
};

/// The true nadir by enumerating the corners of the front (upper_image in a box that holds all of it), to
/// options.tolerance of that box. Finding it is NP-hard in general: where there are too many corners, or an objective has
/// no largest value, the payoff table gives the one bound and the whole feasible set the other.
///
/// Objectives of one value are set aside. Throws as payoff_table and upper_image do.
FrontExtent front_extent(const LinearForm& form, const PayoffTable& payoff, const UpperImageOptions& options,
                         Workers& workers);

}  // namespace millrace
