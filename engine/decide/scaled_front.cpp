#include "engine/decide/scaled_front.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

namespace millrace {
namespace {

/// In units of the box: sums and products of so large values are still finite.
constexpr double kFarthest = 1e100;

void check_values(const Columns& f) {
  if (f.rows() == 0 || f.columns() == 0)
    throw std::invalid_argument(
        fmt::format("a choice needs at least one solution and one objective, not {} and {}", f.rows(), f.columns()));
  for (std::size_t k = 0; k < f.columns(); ++k)
    for (std::size_t i = 0; i < f.rows(); ++i)
      if (!std::isfinite(f(i, k)))
        throw std::invalid_argument(
            fmt::format("objective {} of solution {} is not finite; leave failed solutions out", k + 1, i + 1));
}

void check_box(const ObjectiveBox& box, std::size_t objectives) {
  if (box.ideal.size() != objectives || box.nadir.size() != objectives)
    throw std::invalid_argument(fmt::format("the box has {} ideal and {} nadir values for {} objectives",
                                            box.ideal.size(), box.nadir.size(), objectives));
  for (std::size_t k = 0; k < objectives; ++k)
    if (!std::isfinite(box.ideal[k]) || !std::isfinite(box.nadir[k]) || !(box.ideal[k] < box.nadir[k]))
      throw std::invalid_argument(fmt::format("objective {}: the ideal ({}) of the box must be below its nadir ({})",
                                              k + 1, box.ideal[k], box.nadir[k]));
}

ObjectiveBox box_of(const Columns& f) {
  ObjectiveBox box;
  for (std::size_t k = 0; k < f.columns(); ++k) {
    const auto [lowest, highest] = std::minmax_element(f.column(k).begin(), f.column(k).end());
    box.ideal.push_back(*lowest);
    box.nadir.push_back(*highest);
  }
  return box;
}

}  // namespace

ScaledFront::ScaledFront(const Columns& f, ObjectiveBox box)
    : box_(std::move(box)), y_(f.rows(), f.columns()), best_(f.columns(), 0.0), worst_(f.columns(), 1.0) {
  check_values(f);
  if (box_.ideal.empty() && box_.nadir.empty()) box_ = box_of(f);
  else check_box(box_, f.columns());
  for (std::size_t k = 0; k < f.columns(); ++k) {
    if (!(box_.ideal[k] < box_.nadir[k])) continue;
    for (std::size_t i = 0; i < f.rows(); ++i) y_(i, k) = scaled(k, f(i, k));
    const auto [lowest, highest] = std::minmax_element(y_.column(k).begin(), y_.column(k).end());
    if (!(std::max(-*lowest, *highest) < kFarthest))
      throw std::invalid_argument(fmt::format("objective {}: the front lies too far outside the box", k + 1));
    best_[k] = std::min(0.0, *lowest);
    worst_[k] = std::max(1.0, *highest);
    if (*lowest < *highest) varying_.push_back(k);
  }
}

double ScaledFront::scaled(std::size_t k, double value) const {
  const double range = box_.nadir[k] - box_.ideal[k];
  const double offset = value - box_.ideal[k];
  if (std::isfinite(range) && std::isfinite(offset)) return offset / range;
  // Halves, since the difference of two huge values of different sign overflows.
  return (0.5 * value - 0.5 * box_.ideal[k]) / (0.5 * box_.nadir[k] - 0.5 * box_.ideal[k]);
}

Slot first_greatest(std::span<const double> scores) {
  return static_cast<Slot>(std::max_element(scores.begin(), scores.end()) - scores.begin());
}

Slot first_least(std::span<const double> scores) {
  return static_cast<Slot>(std::min_element(scores.begin(), scores.end()) - scores.begin());
}

}  // namespace millrace
