#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

#include "engine/data/columns.hpp"

namespace millrace::reference {

/// Mean over the rows of `from` of the least Euclidean length of part(f, t) over the rows t of `to`.
template <class Part>
double mean_nearest(const Columns& from, const Columns& to, Part part) {
  double sum = 0;
  for (std::size_t i = 0; i < from.rows(); ++i) {
    double least = HUGE_VAL;
    for (std::size_t j = 0; j < to.rows(); ++j) {
      double squares = 0;
      for (std::size_t k = 0; k < from.columns(); ++k) squares += std::pow(part(from(i, k), to(j, k)), 2);
      least = std::min(least, std::sqrt(squares));
    }
    sum += least;
  }
  return sum / static_cast<double>(from.rows());
}

inline double igd(const Columns& front, const Columns& set) {
  return mean_nearest(set, front, [](double r, double f) { return f - r; });
}
inline double igd_plus(const Columns& front, const Columns& set) {
  return mean_nearest(set, front, [](double r, double f) { return std::max(f - r, 0.0); });
}
inline double gd(const Columns& front, const Columns& set) {
  return mean_nearest(front, set, [](double f, double r) { return f - r; });
}
inline double gd_plus(const Columns& front, const Columns& set) {
  return mean_nearest(front, set, [](double f, double r) { return std::max(f - r, 0.0); });
}

/// max over r of min over f of max over k of excess(f_k, r_k).
template <class Excess>
double epsilon(const Columns& front, const Columns& set, Excess excess) {
  double largest = -HUGE_VAL;
  for (std::size_t j = 0; j < set.rows(); ++j) {
    double least = HUGE_VAL;
    for (std::size_t i = 0; i < front.rows(); ++i) {
      double worst = -HUGE_VAL;
      for (std::size_t k = 0; k < set.columns(); ++k) worst = std::max(worst, excess(front(i, k), set(j, k)));
      least = std::min(least, worst);
    }
    largest = std::max(largest, least);
  }
  return largest;
}

inline double spacing(const Columns& front) {
  const std::size_t n = front.rows();
  if (n < 3) return 0;
  std::vector<double> gaps(n, HUGE_VAL);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) {
      double gap = 0;
      for (std::size_t k = 0; k < front.columns(); ++k) gap += std::abs(front(i, k) - front(j, k));
      if (i != j) gaps[i] = std::min(gaps[i], gap);
    }
  double mean = 0, squares = 0;
  for (const double gap : gaps) mean += gap / static_cast<double>(n);
  for (const double gap : gaps) squares += (gap - mean) * (gap - mean);
  return std::sqrt(squares / static_cast<double>(n - 1));
}

inline double r2(const Columns& front, const Columns& weights, std::span<const double> ideal) {
  double sum = 0;
  for (std::size_t j = 0; j < weights.rows(); ++j) {
    double least = HUGE_VAL;
    for (std::size_t i = 0; i < front.rows(); ++i) {
      double worst = 0;
      for (std::size_t k = 0; k < front.columns(); ++k)
        worst = std::max(worst, weights(j, k) * std::abs(front(i, k) - ideal[k]));
      least = std::min(least, worst);
    }
    sum += least;
  }
  return sum / static_cast<double>(weights.rows());
}

}  // namespace millrace::reference
