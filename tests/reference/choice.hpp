#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

#include "engine/data/columns.hpp"

namespace millrace::reference {

inline double lowest(const Columns& f, std::size_t k) {
  double value = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < f.rows(); ++i) value = std::min(value, f(i, k));
  return value;
}

inline double highest(const Columns& f, std::size_t k) {
  double value = -std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < f.rows(); ++i) value = std::max(value, f(i, k));
  return value;
}

/// Share of the front's own range of objective k, 0 for a constant one.
inline double share(const Columns& f, std::size_t i, std::size_t k) {
  const double range = highest(f, k) - lowest(f, k);
  return range > 0.0 ? (f(i, k) - lowest(f, k)) / range : 0.0;
}

/// Closeness of TOPSIS of every row, straight from its definition; a constant objective has no say.
inline std::vector<double> closeness(const Columns& f, const std::vector<double>& weights) {
  std::vector<double> result;
  for (std::size_t i = 0; i < f.rows(); ++i) {
    double best = 0.0, worst = 0.0;
    for (std::size_t k = 0; k < f.columns(); ++k) {
      if (lowest(f, k) == highest(f, k)) continue;
      best += std::pow(weights[k] * share(f, i, k), 2.0);
      worst += std::pow(weights[k] * (1.0 - share(f, i, k)), 2.0);
    }
    result.push_back(best + worst > 0.0 ? std::sqrt(worst) / (std::sqrt(best) + std::sqrt(worst)) : 1.0);
  }
  return result;
}

/// Sum of (a - mean a) (b - mean b) over the rows.
inline double comoment(const Columns& f, std::size_t a, std::size_t b) {
  double mean_a = 0.0, mean_b = 0.0, sum = 0.0;
  for (std::size_t i = 0; i < f.rows(); ++i) mean_a += share(f, i, a), mean_b += share(f, i, b);
  const auto n = static_cast<double>(f.rows());
  for (std::size_t i = 0; i < f.rows(); ++i) sum += (share(f, i, a) - mean_a / n) * (share(f, i, b) - mean_b / n);
  return sum;
}

/// Weights of CRITIC, one objective after the other; needs two that vary and conflict.
inline std::vector<double> critic(const Columns& f) {
  std::vector<double> weights(f.columns(), 0.0);
  double total = 0.0;
  for (std::size_t k = 0; k < f.columns(); ++k) {
    for (std::size_t l = 0; l < f.columns(); ++l) {
      const double variances = comoment(f, k, k) * comoment(f, l, l);
      if (variances > 0.0) weights[k] += 1.0 - comoment(f, k, l) / std::sqrt(variances);
    }
    weights[k] *= std::sqrt(comoment(f, k, k));
    total += weights[k];
  }
  for (double& weight : weights) weight /= total;
  return weights;
}

/// The least, over all other rows, of what it loses over what it gains against row `i`, in shares of the ranges.
inline double least_exchange(const Columns& f, std::size_t i) {
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t j = 0; j < f.rows(); ++j) {
    double loss = 0.0, gain = 0.0;
    for (std::size_t k = 0; k < f.columns(); ++k) {
      loss += std::max(0.0, share(f, j, k) - share(f, i, k));
      gain += std::max(0.0, share(f, i, k) - share(f, j, k));
    }
    if (gain > 0.0) least = std::min(least, loss / gain);
  }
  return least;
}

/// Distance of row i from the straight line through the best solutions of two objectives, positive on the ideal's side.
inline double below_line(const Columns& f, std::size_t i) {
  std::size_t left = 0, right = 0;
  for (std::size_t j = 0; j < f.rows(); ++j) {
    if (share(f, j, 0) < share(f, left, 0)) left = j;
    if (share(f, j, 1) < share(f, right, 1)) right = j;
  }
  const double along_x = share(f, right, 0) - share(f, left, 0);
  const double along_y = share(f, right, 1) - share(f, left, 1);
  const double cross = along_x * (share(f, i, 1) - share(f, left, 1)) - along_y * (share(f, i, 0) - share(f, left, 0));
  return -cross / std::sqrt(along_x * along_x + along_y * along_y);
}

}  // namespace millrace::reference
