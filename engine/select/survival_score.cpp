#include "engine/select/survival_score.hpp"

#include <algorithm>
#include <limits>

namespace millrace {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
/// Objectives are cut here, so that no power of them overflows.
constexpr double kFarthest = 1e10;
/// Members closer to the ideal point than this count as this close.
constexpr double kClosest = 1e-12;

}  // namespace

void SurvivalScore::compute(const Columns& f, std::span<const Slot> members, std::size_t front, std::size_t most,
                            std::span<const double> ideal, std::span<const double> range) {
  normalise(f, members, ideal, range);
  taken_.clear();
  find_corners(front);
  find_exponent();
  project_to_manifold(points_, exponent_);
  for (std::size_t i = 0; i < members.size(); ++i) score_[i] = 1.0 / std::max(points_.length[i], kClosest);
  // From here on only the first front counts.
  points_.count = front;
  std::fill_n(worth_.begin(), front, 0.0);
  std::fill_n(limit_.begin(), front, kInfinity);
  const std::size_t corners = taken_.size();
  for (std::size_t t = 0; t < corners; ++t) take(taken_[t]);
  while (taken_.size() < std::min(front, most)) {
    const auto best = static_cast<std::uint32_t>(position_of_greatest(worth_.data(), front));
    score_[best] = worth_[best];
    taken_.push_back(best);
    take(best);
  }
  for (std::size_t i = 0; i < front; ++i)
    if (worth_[i] != -kInfinity) score_[i] = -kInfinity;
  for (std::size_t t = 0; t < corners; ++t) score_[taken_[t]] = kInfinity;
}

void SurvivalScore::normalise(const Columns& f, std::span<const Slot> members, std::span<const double> ideal,
                              std::span<const double> range) {
  points_.shape(ideal.size(), members.size());
  squared_.assign(members.size(), 0.0);
  for (std::size_t k = 0; k < ideal.size(); ++k) {
    const double* column = f.column_data(k);
    double* y = points_.column(k);
    for (std::size_t i = 0; i < members.size(); ++i) {
      y[i] = std::clamp((column[members[i]] - ideal[k]) / range[k], 0.0, kFarthest);
      squared_[i] += y[i] * y[i];
    }
  }
  score_.resize(members.size());
  nearest_.assign(members.size(), kInfinity);
  second_.assign(members.size(), kInfinity);
  limit_.assign(points_.stride, -kInfinity);
  worth_.assign(points_.stride, -kInfinity);
  found_.resize(points_.stride);
  distance_.resize(points_.stride);
}

/// Of each axis the member of the first front nearest to it, none twice.
void SurvivalScore::find_corners(std::size_t front) {
  is_corner_.assign(front, 0);
  for (std::size_t k = 0; k < points_.m && taken_.size() < front; ++k) {
    const double* y = points_.column(k);
    std::size_t corner = front;
    double least = kInfinity;
    for (std::size_t i = 0; i < front; ++i) {
      const double off_axis = squared_[i] - y[i] * y[i];
      if (is_corner_[i] || !(off_axis < least)) continue;
      least = off_axis;
      corner = i;
    }
    is_corner_[corner] = 1;
    taken_.push_back(static_cast<std::uint32_t>(corner));
  }
}

/// That of the manifold through the member nearest to the ideal point, corners aside.
void SurvivalScore::find_exponent() {
  std::size_t centre = is_corner_.size();
  for (std::size_t i = 0; i < is_corner_.size(); ++i)
    if (!is_corner_[i] && (centre == is_corner_.size() || squared_[i] < squared_[centre])) centre = i;
  exponent_ = 1.0;
  if (centre == is_corner_.size()) return;
  central_.resize(points_.m);
  for (std::size_t k = 0; k < points_.m; ++k) central_[k] = points_.column(k)[centre];
  exponent_ = manifold_exponent(central_);
}

/// `member` is taken: the others may have come closer to those taken.
void SurvivalScore::take(std::uint32_t member) {
  worth_[member] = -kInfinity;
  limit_[member] = -kInfinity;
  const std::size_t count = find_within(points_, member, limit_.data(), found_.data());
  measure_geodesics(points_, exponent_, member, {found_.data(), count}, distance_.data());
  for (std::size_t c = 0; c < count; ++c) {
    const std::uint32_t i = found_[c];
    if (!(distance_[c] < second_[i])) continue;
    second_[i] = std::max(nearest_[i], distance_[c]);
    nearest_[i] = std::min(nearest_[i], distance_[c]);
    limit_[i] = second_[i] * second_[i];
    // One objective has one corner: with nothing else taken there is one distance.
    const double sum = nearest_[i] + (second_[i] == kInfinity ? 0.0 : second_[i]);
    worth_[i] = sum / std::max(points_.length[i], kClosest);
  }
}

}  // namespace millrace
