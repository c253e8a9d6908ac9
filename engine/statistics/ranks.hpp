#pragma once

#include <span>
#include <vector>

namespace millrace {

/// Ranks of a sample (from 1, the least first), equal values sharing the mean of theirs.
struct Ranks {
  /// One a value, in their order.
  std::vector<double> values;
  /// Sum of t^3 - t over the groups of t equal values: what tie corrections subtract. 0 without ties.
  double ties = 0.0;
};

/// O(n log n). Infinities are ranked, NaN throws std::invalid_argument.
Ranks midranks(std::span<const double> values);

/// Throws std::invalid_argument where the sample has no value, or has a NaN. `what` names it: "the first sample".
void check_sample(const char* what, std::span<const double> values);

/// Quantile p in [0, 1] of a sample, interpolated between the order statistics about 1 + (n - 1) p: type 7 of Hyndman
/// and Fan (1996), DOI 10.1080/00031305.1996.10473566, the default of R and numpy. O(n log n). Throws as check_sample.
double quantile(std::span<const double> values, double p);

struct Quartiles {
  double lower = 0.0;
  double median = 0.0;
  double upper = 0.0;
};

/// Quantiles 1/4, 1/2 and 3/4. Throws as check_sample.
Quartiles quartiles(std::span<const double> values);

}  // namespace millrace
