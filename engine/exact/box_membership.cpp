#include "engine/exact/box_membership.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

namespace millrace {
namespace {

constexpr double kSame = 1e-9;

}  // namespace

void BoxMembership::add_point(std::span<const double> u) {
  if (dominating(u) == points()) points_.insert(points_.end(), u.begin(), u.end());
}

void BoxMembership::add_halfspace(std::span<const double> normal, double offset) {
  const double size = std::accumulate(normal.begin(), normal.end(), 0.0);
  if (!(size > 0.0) || !std::isfinite(offset)) return;
  for (std::size_t h = 0; h < halfspaces(); ++h) {
    bool same = std::abs(offsets_[h] - offset / size) <= kSame;
    for (std::size_t k = 0; k < m_ && same; ++k) same = std::abs(normals_[h * m_ + k] - normal[k] / size) <= kSame;
    if (same) return;
  }
  for (const double value : normal) normals_.push_back(value / size);
  offsets_.push_back(offset / size);
}

std::size_t BoxMembership::dominating(std::span<const double> u) const {
  std::size_t i = 0;
  for (; i < points(); ++i)
    if (std::equal(u.begin(), u.end(), points_.data() + i * m_, std::greater_equal<>())) break;
  return i;
}

bool BoxMembership::excluded(std::span<const double> u) const {
  for (std::size_t h = 0; h < halfspaces(); ++h)
    if (std::inner_product(u.begin(), u.end(), normals_.data() + h * m_, 0.0) < offsets_[h]) return true;
  return false;
}

Columns BoxMembership::point_columns() const {
  Columns columns(points(), m_);
  for (std::size_t i = 0; i < points(); ++i)
    for (std::size_t k = 0; k < m_; ++k) columns(i, k) = points_[i * m_ + k];
  return columns;
}

}  // namespace millrace
