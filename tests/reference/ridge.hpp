#pragma once

#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

namespace millrace::reference {

/// Solves a x = b by Gaussian elimination with row exchanges; `a` row-major.
inline std::vector<double> solve_dense(std::vector<double> a, std::vector<double> b) {
  const std::size_t n = b.size();
  for (std::size_t k = 0; k < n; ++k) {
    std::size_t pivot = k;
    for (std::size_t i = k + 1; i < n; ++i)
      if (std::abs(a[i * n + k]) > std::abs(a[pivot * n + k])) pivot = i;
    for (std::size_t j = 0; j < n; ++j) std::swap(a[k * n + j], a[pivot * n + j]);
    std::swap(b[k], b[pivot]);
    for (std::size_t i = k + 1; i < n; ++i) {
      const double factor = a[i * n + k] / a[k * n + k];
      for (std::size_t j = k; j < n; ++j) a[i * n + j] -= factor * a[k * n + j];
      b[i] -= factor * b[k];
    }
  }
  for (std::size_t k = n; k-- > 0;) {
    for (std::size_t j = k + 1; j < n; ++j) b[k] -= a[k * n + j] * b[j];
    b[k] /= a[k * n + k];
  }
  return b;
}

/// Weights that minimise sum (y - w x)^2 + penalty * sum of w^2 but the first, over feature rows x except row `without`.
inline std::vector<double> ridge_weights(const std::vector<std::vector<double>>& x, const std::vector<double>& y,
                                         double penalty, std::size_t without) {
  const std::size_t p = x.front().size();
  std::vector<double> normal(p * p, 0.0);
  std::vector<double> right(p, 0.0);
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (i == without) continue;
    for (std::size_t a = 0; a < p; ++a) {
      right[a] += x[i][a] * y[i];
      for (std::size_t b = 0; b < p; ++b) normal[a * p + b] += x[i][a] * x[i][b];
    }
  }
  for (std::size_t a = 1; a < p; ++a) normal[a * p + a] += penalty;
  return solve_dense(normal, right);
}

/// Root mean square error of each row as predicted by a fit to all others: one fit a row.
inline double leave_one_out_by_refitting(const std::vector<std::vector<double>>& x, const std::vector<double>& y,
                                         double penalty) {
  double squares = 0.0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const std::vector<double> weights = ridge_weights(x, y, penalty, i);
    double predicted = 0.0;
    for (std::size_t a = 0; a < weights.size(); ++a) predicted += weights[a] * x[i][a];
    squares += (y[i] - predicted) * (y[i] - predicted);
  }
  return std::sqrt(squares / static_cast<double>(x.size()));
}

}  // namespace millrace::reference
