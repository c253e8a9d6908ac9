#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "engine/exact/front_volume.hpp"
#include "engine/exact/payoff.hpp"
#include "engine/exact/upper_image.hpp"
#include "engine/parallel/workers.hpp"
#include "engine/problem/linear_form.hpp"

namespace millrace {

struct FrontShareOptions {
  /// The reference point, in units of the box: 0 at the ideal, 1 at the nadir.
  double reference_point = 1.1;
  /// Corners are enumerated for up to this many objectives that vary; above, and where there are more corners than
  /// corners.most_corners, the volume is estimated.
  std::size_t most_objectives = 6;
  UpperImageOptions corners;
  FrontVolumeOptions estimate;
  std::string error() const;
};

/// Hypervolume of the whole front as a share of the box between an ideal point and the reference point.
struct FrontShare {
  double value = 0.0;
  /// False where it is estimated, with this standard error.
  bool exact = true;
  double standard_error = 0.0;
  /// Corners of the front inside the box, where the value is exact.
  std::size_t corners = 0;
};

/// The volume of upper_image where that is within reach, otherwise that of estimate_front_volume. Objectives of one value
/// are set aside: all solutions have the same share of theirs. What is better than `ideal` counts as equal to it.
/// Same bits for any number of threads. Throws std::invalid_argument with options.error() and as the two do.
FrontShare front_share(const LinearForm& form, const PayoffTable& payoff, std::span<const double> ideal,
                       std::span<const double> nadir, const FrontShareOptions& options, Workers& workers);

}  // namespace millrace
