#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/statistics/bootstrap.hpp"
#include "engine/study/design.hpp"

namespace millrace {

/// A share of the variance with its bootstrap interval; estimates may fall outside of [0, 1] by their error.
struct VarianceShare {
  double value = 0.0;
  ConfidenceInterval interval;
  double width() const { return interval.upper - interval.lower; }
};

/// Estimators of the first index: the numerator V_k of V_k / V from f(A), f(B) and f(A_B^k).
enum class FirstEstimator {
  /// mean f(B) (f(A_B^k) - f(A)), values centred: Saltelli et al. 2010, doi:10.1016/j.cpc.2009.09.018, table 2 (b).
  saltelli_2010,
  /// mean (f(B) - f(A))^2 / 2 less mean (f(B) - f(A_B^k))^2 / 2: Jansen 1999, doi:10.1016/S0010-4655(98)00154-4.
  /// Differs from the paper: the first term, whose expectation is V, also stands for V below the line, so that a factor
  /// without influence has 0 exactly.
  jansen_1999
};
std::string_view name_of(FirstEstimator estimator);

struct VarianceIndexOptions {
  FirstEstimator first = FirstEstimator::jansen_1999;
  /// Whole base points are drawn again, which keeps the correlation of their rows.
  BootstrapOptions bootstrap;
  /// An interval of a first or total index that is wider means nothing yet.
  double widest_interval = 0.2;
  std::string error() const;
};

struct VarianceIndices {
  /// Base points whose rows are all finite, of those given.
  std::size_t base_points = 0;
  std::size_t dropped = 0;
  double mean = 0.0;
  double variance = 0.0;
  /// One a factor; empty where the values do not vary.
  std::vector<VarianceShare> first;
  std::vector<VarianceShare> total;
  /// Of factors j < k: entry j (2 factors - j - 1) / 2 + k - j - 1; empty without second order.
  std::vector<VarianceShare> second;
  /// The widest interval of a first or total index, and the factor it belongs to.
  double widest = 0.0;
  std::size_t widest_factor = 0;
  /// No interval is wider than options.widest_interval, and there is something to share.
  bool meaningful = false;
  /// How many base points would make the widest interval narrow enough: it shrinks with their square root.
  std::size_t enough_base_points = 0;
};

/// Sobol indices of values at the rows of saltelli_design, in its order. Total indices by Jansen's estimator, mean
/// (f(A) - f(A_B^k))^2 / 2 over V (Saltelli et al. 2010, table 2 (f)); second ones by Saltelli 2002,
/// doi:10.1016/S0010-4655(02)00280-1, mean f(B_A^j) f(A_B^k) less mean f(A) f(B) and both first indices. V is the
/// variance of all f(A) and f(B). A base point with a value that is not finite is dropped whole.
/// O(resamples base_points block). Throws std::invalid_argument for impossible options or where the number of values is
/// no multiple of the block.
VarianceIndices variance_indices(std::span<const double> values, SaltelliShape shape,
                                 const VarianceIndexOptions& options = {});

/// First and total index of one factor by Jansen's estimators.
struct SharePair {
  double first = 0.0;
  double total = 0.0;
  /// Standard errors from the spread of the terms of both means; for the total index V is taken as exact.
  double first_error = 0.0;
  double total_error = 0.0;
};
/// From f(A), f(B) and f(A_B^k) of the same length, at least 2; for callers with many outputs and no time to resample.
/// `variance` is V, above 0.
SharePair jansen_shares(std::span<const double> a, std::span<const double> b, std::span<const double> ab,
                        double variance);

}  // namespace millrace
