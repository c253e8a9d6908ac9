#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/random/philox.hpp"

namespace millrace {

struct BootstrapOptions {
  double confidence = 0.95;
  std::size_t resamples = 2000;
  std::uint64_t seed = 1;
  /// One sentence where an option is impossible, else empty.
  std::string error() const;
};

struct ConfidenceInterval {
  double lower = 0.0;
  double upper = 0.0;
};

/// The interval between the quantiles (1 -+ confidence) / 2 of the resampled statistics. Throws as quantile.
ConfidenceInterval percentile_interval(std::span<const double> statistics, double confidence);

/// Throws std::invalid_argument for impossible options, and a sample that is empty or has a NaN.
void check_bootstrap(std::span<const double> values, const BootstrapOptions& options);

/// Percentile bootstrap (Efron 1979, DOI 10.1214/aos/1176344552) of a statistic of one sample: `statistic` takes a span
/// of as many values as the sample has, drawn from it with replacement. Draw i of resample r is an address of the
/// random numbers, so the interval depends on the sample in its order, the options and nothing else.
/// O(resamples (n + cost of the statistic)). Throws as check_bootstrap.
template <class Statistic>
ConfidenceInterval bootstrap_interval(std::span<const double> values, Statistic&& statistic,
                                      const BootstrapOptions& options = {}) {
  check_bootstrap(values, options);
  std::vector<double> resample(values.size()), statistics;
  for (std::size_t r = 0; r < options.resamples; ++r) {
    RowDraws draws({options.seed, 0, Stage::bootstrap}, static_cast<std::uint32_t>(r));
    for (double& value : resample) value = values[draws.below(static_cast<std::uint32_t>(values.size()))];
    statistics.push_back(statistic(std::span<const double>(resample)));
  }
  return percentile_interval(statistics, options.confidence);
}

/// The same for the median.
ConfidenceInterval median_interval(std::span<const double> values, const BootstrapOptions& options = {});

}  // namespace millrace
