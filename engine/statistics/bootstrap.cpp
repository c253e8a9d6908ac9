#include "engine/statistics/bootstrap.hpp"

#include <fmt/format.h>

#include <limits>
#include <stdexcept>

#include "engine/statistics/ranks.hpp"

namespace millrace {

std::string BootstrapOptions::error() const {
  if (!(confidence > 0.0 && confidence < 1.0))
    return fmt::format("the confidence must be between 0 and 1, not {}", confidence);
  if (resamples == 0 || resamples > std::numeric_limits<std::uint32_t>::max())
    return fmt::format("the number of resamples must be 1 to {}, not {}", std::numeric_limits<std::uint32_t>::max(),
                       resamples);
  return {};
}

ConfidenceInterval percentile_interval(std::span<const double> statistics, double confidence) {
  const double tail = 0.5 * (1.0 - confidence);
  return {quantile(statistics, tail), quantile(statistics, 1.0 - tail)};
}

void check_bootstrap(std::span<const double> values, const BootstrapOptions& options) {
  if (const std::string error = options.error(); !error.empty()) throw std::invalid_argument(error);
  check_sample("the sample", values);
  if (values.size() > std::numeric_limits<std::uint32_t>::max())
    throw std::invalid_argument("the sample is too large to be resampled");
}

ConfidenceInterval median_interval(std::span<const double> values, const BootstrapOptions& options) {
  return bootstrap_interval(
      values, [](std::span<const double> resample) { return quantile(resample, 0.5); }, options);
}

}  // namespace millrace
