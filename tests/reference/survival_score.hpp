#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

#include "engine/data/columns.hpp"

namespace millrace::reference {

/// Length of row `i` of normalised points in the norm with exponent p.
inline double length_of(const Columns& y, std::size_t i, double p) {
  double sum = 0.0;
  for (std::size_t k = 0; k < y.columns(); ++k) sum += std::pow(y(i, k), p);
  return std::pow(sum, 1.0 / p);
}

/// Distance of two points along the manifold with exponent p, by way of the projected middle of their projections.
inline double geodesic(const Columns& y, std::size_t i, std::size_t j, double p) {
  const double length_i = length_of(y, i, p);
  const double length_j = length_of(y, j, p);
  Columns middle(1, y.columns());
  for (std::size_t k = 0; k < y.columns(); ++k) middle(0, k) = 0.5 * (y(i, k) / length_i + y(j, k) / length_j);
  const double length = p > 0.95 && p < 1.05 ? 1.0 : length_of(middle, 0, p);
  double from = 0.0;
  double to = 0.0;
  for (std::size_t k = 0; k < y.columns(); ++k) {
    from += std::pow(y(i, k) / length_i - middle(0, k) / length, 2.0);
    to += std::pow(y(j, k) / length_j - middle(0, k) / length, 2.0);
  }
  return std::sqrt(from) + std::sqrt(to);
}

/// The order in which AGE-MOEA-II takes the rest of a front after `taken`: every distance measured, every time the two
/// smallest to those taken summed and divided by the length. O(n^3 m).
inline std::vector<std::size_t> survival_order(const Columns& y, double p, std::vector<std::size_t> taken) {
  while (taken.size() < y.rows()) {
    std::size_t best = y.rows();
    double most = -1.0;
    for (std::size_t i = 0; i < y.rows(); ++i) {
      if (std::find(taken.begin(), taken.end(), i) != taken.end()) continue;
      std::vector<double> distances;
      for (const std::size_t t : taken) distances.push_back(geodesic(y, i, t, p));
      std::sort(distances.begin(), distances.end());
      const double worth = (distances[0] + (distances.size() > 1 ? distances[1] : 0.0)) / length_of(y, i, p);
      if (worth <= most) continue;
      most = worth;
      best = i;
    }
    taken.push_back(best);
  }
  return taken;
}

/// Of each axis the row nearest to it, none twice.
inline std::vector<std::size_t> corners_of_front(const Columns& y) {
  std::vector<std::size_t> corners;
  for (std::size_t axis = 0; axis < y.columns() && corners.size() < y.rows(); ++axis) {
    std::size_t corner = y.rows();
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < y.rows(); ++i) {
      double off_axis = 0.0;
      for (std::size_t k = 0; k < y.columns(); ++k) off_axis += k == axis ? 0.0 : y(i, k) * y(i, k);
      if (off_axis >= least || std::find(corners.begin(), corners.end(), i) != corners.end()) continue;
      least = off_axis;
      corner = i;
    }
    corners.push_back(corner);
  }
  return corners;
}

/// Exponent from 0.7 to 20 of the manifold through the row nearest to the origin, corners aside, whose objectives are
/// all below 1: halving the interval.
inline double exponent_of_front(const Columns& y, const std::vector<std::size_t>& corners) {
  std::size_t centre = y.rows();
  for (std::size_t i = 0; i < y.rows(); ++i)
    if (std::find(corners.begin(), corners.end(), i) == corners.end() &&
        (centre == y.rows() || length_of(y, i, 2.0) < length_of(y, centre, 2.0)))
      centre = i;
  if (centre == y.rows()) return 1.0;
  double low = 0.7, high = 20.0;
  for (int half = 0; half < 100; ++half) {
    const double middle = 0.5 * (low + high);
    (length_of(y, centre, middle) > 1.0 ? low : high) = middle;
  }
  return low;
}

}  // namespace millrace::reference
