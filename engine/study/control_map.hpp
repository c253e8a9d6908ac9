#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace millrace {

/// Values of one parameter, put into bins.
struct ParameterBins {
  /// From the least to the greatest of bin b: lower[b] to upper[b], the upper end belonging to the last bin only.
  std::vector<double> lower;
  std::vector<double> upper;
  /// Bin of every value.
  std::vector<std::size_t> bin_of;
  std::size_t count() const { return lower.size(); }
};

/// A bin for every value that occurs where there are no more than `most`; else `most` bins of equal width, or equal
/// ratio where `logarithmic`. No value gives no bin. Throws std::invalid_argument where a value is not finite, is not
/// above 0 on a logarithmic axis, or `most` is 0.
ParameterBins bins_of(std::span<const double> values, std::size_t most, bool logarithmic);

/// Where in the plane of two parameters runs reach a threshold: the control map of Hadka and Reed 2012,
/// doi:10.1162/EVCO_a_00053.
struct ControlMap {
  std::size_t columns = 0;
  std::size_t rows = 0;
  /// Runs of the cell of bin x of the columns and y of the rows, and those that reach the threshold: [y * columns + x].
  std::vector<std::size_t> runs;
  std::vector<std::size_t> reached;
  /// Share of the runs that reach it; NaN where there is no run.
  double share(std::size_t x, std::size_t y) const;
};

/// A run reaches the threshold where its value is at least so great (or at most, where less is better); NaN, a run that
/// failed, does not. Throws std::invalid_argument where there is not one value a bin pair.
ControlMap control_map(const ParameterBins& x, const ParameterBins& y, std::span<const double> values, double threshold,
                       bool greater_is_better);

}  // namespace millrace
