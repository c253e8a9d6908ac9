#include "engine/exact/front_extent.hpp"

#include <algorithm>
#include <cmath>

#include "engine/exact/varying_objectives.hpp"

namespace millrace {
namespace {

// Room above the largest values, so that every corner of the front lies inside the box.
constexpr double kRoom = 0.01;

}  // namespace

FrontExtent front_extent(const LinearForm& form, const PayoffTable& payoff, const UpperImageOptions& options,
                         Workers& workers) {
  FrontExtent extent{payoff.ideal, payoff.nadir, payoff.worst};
  std::vector<std::size_t> varying;
  std::vector<double> lower;
  std::vector<double> upper;
  for (std::size_t k = 0; k < payoff.ideal.size(); ++k) {
    const double range = payoff.worst[k] - payoff.ideal[k];
    if (range == 0.0) continue;
    if (std::isinf(range)) return extent;
    varying.push_back(k);
    lower.push_back(payoff.ideal[k]);
    upper.push_back(payoff.worst[k] + kRoom * range);
  }
  if (varying.empty()) {
    extent.nadir_exact = true;
    extent.corners = Columns(1, payoff.ideal.size());
    for (std::size_t k = 0; k < payoff.ideal.size(); ++k) extent.corners(0, k) = payoff.ideal[k];
    return extent;
  }
  UpperImageOptions corners_only = options;
  corners_only.volume = false;
  const UpperImage image = upper_image(with_objectives(form, varying), lower, upper, corners_only, workers);
  extent.nadir_exact = image.complete;
  if (!image.complete) return extent;
  extent.corners = Columns(image.corners.rows(), payoff.ideal.size());
  for (std::size_t k = 0; k < payoff.ideal.size(); ++k) std::ranges::fill(extent.corners.column(k), payoff.ideal[k]);
  for (std::size_t v = 0; v < varying.size(); ++v) {
    std::ranges::copy(image.corners.column(v), extent.corners.column(varying[v]).begin());
    extent.nadir[varying[v]] = std::ranges::max(image.corners.column(v));
  }
  extent.nadir_bound = extent.nadir;
  return extent;
}

}  // namespace millrace
