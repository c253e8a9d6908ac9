#include "engine/study/control_map.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace millrace {
namespace {

void check_axis(std::span<const double> values, std::size_t most, bool logarithmic) {
  if (most == 0) throw std::invalid_argument("a parameter needs at least one bin");
  for (const double value : values) {
    if (!std::isfinite(value)) throw std::invalid_argument("a value that is not finite has no bin");
    if (logarithmic && value <= 0.0)
      throw std::invalid_argument(fmt::format("{} has no bin on a logarithmic axis", value));
  }
}

}  // namespace

ParameterBins bins_of(std::span<const double> values, std::size_t most, bool logarithmic) {
  check_axis(values, most, logarithmic);
  ParameterBins bins;
  std::vector<double> distinct(values.begin(), values.end());
  std::sort(distinct.begin(), distinct.end());
  distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
  if (distinct.size() <= most) {
    bins.lower = bins.upper = distinct;
    for (const double value : values)
      bins.bin_of.push_back(
          static_cast<std::size_t>(std::lower_bound(distinct.begin(), distinct.end(), value) - distinct.begin()));
    return bins;
  }
  const double from = distinct.front(), to = distinct.back();
  for (std::size_t b = 0; b < most; ++b) {
    const double share = static_cast<double>(b) / static_cast<double>(most);
    bins.lower.push_back(logarithmic ? from * std::exp(share * std::log(to / from)) : from + share * (to - from));
  }
  bins.upper.assign(bins.lower.begin() + 1, bins.lower.end());
  bins.upper.push_back(to);
  for (const double value : values)
    bins.bin_of.push_back(static_cast<std::size_t>(std::upper_bound(bins.lower.begin() + 1, bins.lower.end(), value) -
                                                   bins.lower.begin() - 1));
  return bins;
}

double ControlMap::share(std::size_t x, std::size_t y) const {
  const std::size_t cell = y * columns + x;
  return runs[cell] == 0 ? std::numeric_limits<double>::quiet_NaN()
                         : static_cast<double>(reached[cell]) / static_cast<double>(runs[cell]);
}

ControlMap control_map(const ParameterBins& x, const ParameterBins& y, std::span<const double> values, double threshold,
                       bool greater_is_better) {
  if (x.bin_of.size() != values.size() || y.bin_of.size() != values.size())
    throw std::invalid_argument(
        fmt::format("{} values of runs in {} and {} bins", values.size(), x.bin_of.size(), y.bin_of.size()));
  ControlMap map{.columns = x.count(), .rows = y.count()};
  map.runs.assign(map.columns * map.rows, 0);
  map.reached.assign(map.columns * map.rows, 0);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::size_t cell = y.bin_of[i] * map.columns + x.bin_of[i];
    ++map.runs[cell];
    if (greater_is_better ? values[i] >= threshold : values[i] <= threshold) ++map.reached[cell];
  }
  return map;
}

}  // namespace millrace
