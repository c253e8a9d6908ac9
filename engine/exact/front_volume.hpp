#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "engine/parallel/workers.hpp"
#include "engine/problem/linear_form.hpp"

namespace millrace {

struct FrontVolumeOptions {
  /// Sampling ends once the standard error is this share of the box, or after `most_samples`.
  double standard_error = 5e-4;
  std::uint64_t most_samples = std::uint64_t{1} << 22;
  /// Lines that are projected before sampling begins.
  std::size_t pilot_lines = 1000;
  std::uint64_t seed = 1;
  std::string error() const;
};

/// Hypervolume of the whole front within a box, estimated.
struct FrontVolume {
  double value = 0.0;
  double standard_error = 0.0;
  /// Hypervolume of the points that the pilot lines met: the value cannot be less. 0 where that is too slow to compute.
  double lower_bound = 0.0;
  std::uint64_t samples = 0;
  std::size_t programs = 0;
};

/// For fronts of more objectives or corners than upper_image can take. The pilot's points are measured exactly; samples
/// of the box estimate what the front has besides. A sample is inside where a known point of the front dominates it,
/// outside where a known supporting hyperplane (dual_bound) forbids it, and otherwise one linear program decides it and
/// leaves both a point and a hyperplane behind, so that programs become rare.
///
/// The box lower < f < upper as in upper_image; `lower` must be at or below the ideal point for the value to be the
/// hypervolume with reference `upper`. Same bits for any number of threads. The error takes the share of hits as
/// (hits + 1) / (samples + 2). Throws std::invalid_argument with options.error() or for a box that is empty, and as
/// FrontProjector does.
FrontVolume estimate_front_volume(const LinearForm& form, std::span<const double> lower, std::span<const double> upper,
                                  const FrontVolumeOptions& options, Workers& workers);

}  // namespace millrace
