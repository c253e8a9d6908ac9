#include "engine/exact/front_share.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <vector>

#include "engine/exact/varying_objectives.hpp"

namespace millrace {
namespace {

/// The part of a box in which the front has volume, in the units of the form.
struct VaryingBox {
  std::vector<std::size_t> objectives;
  std::vector<double> lower;
  std::vector<double> upper;
  /// Of the box, what the objectives of one value leave to the others; 0 where one of them lies beyond the reference.
  double factor = 1.0;
};

VaryingBox varying_box(const PayoffTable& payoff, std::span<const double> ideal, std::span<const double> nadir,
                       double reference_point) {
  VaryingBox box;
  const std::vector<double> range = payoff.range();
  for (std::size_t k = 0; k < range.size(); ++k) {
    const double upper = ideal[k] + reference_point * (nadir[k] - ideal[k]);
    if (range[k] == 0.0) {
      const double place = std::clamp((payoff.ideal[k] - ideal[k]) / (upper - ideal[k]), 0.0, 1.0);
      box.factor *= 1.0 - place;
      continue;
    }
    box.objectives.push_back(k);
    box.lower.push_back(ideal[k]);
    box.upper.push_back(upper);
  }
  return box;
}

double volume_of(const VaryingBox& box) {
  double volume = 1.0;
  for (std::size_t k = 0; k < box.lower.size(); ++k) volume *= box.upper[k] - box.lower[k];
  return volume;
}

}  // namespace

std::string FrontShareOptions::error() const {
  if (!(reference_point > 0.0) || std::isinf(reference_point)) return "the reference point must be positive";
  if (const std::string wrong = corners.error(); !wrong.empty()) return wrong;
  return estimate.error();
}

FrontShare front_share(const LinearForm& form, const PayoffTable& payoff, std::span<const double> ideal,
                       std::span<const double> nadir, const FrontShareOptions& options, Workers& workers) {
  if (const std::string error = options.error(); !error.empty()) throw std::invalid_argument(error);
  const VaryingBox box = varying_box(payoff, ideal, nadir, options.reference_point);
  if (box.objectives.empty()) return {.value = box.factor};
  const LinearForm varying = with_objectives(form, box.objectives);
  const double scale = box.factor / volume_of(box);
  if (box.objectives.size() <= options.most_objectives) {
    const UpperImage image = upper_image(varying, box.lower, box.upper, options.corners, workers);
    if (image.complete) return {.value = scale * image.volume, .corners = image.corners.rows()};
  }
  const FrontVolume volume = estimate_front_volume(varying, box.lower, box.upper, options.estimate, workers);
  return {.value = scale * volume.value, .exact = false, .standard_error = scale * volume.standard_error};
}

}  // namespace millrace
