#include "engine/exact/neighbour_order.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace millrace {
namespace {

/// Cell of each value of a column, 0 to cells - 1.
std::vector<std::uint64_t> cells_of(std::span<const double> values, std::uint64_t cells) {
  const auto [least, most] = std::minmax_element(values.begin(), values.end());
  const double width = *most - *least;
  std::vector<std::uint64_t> cell(values.size(), 0);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!(width > 0.0)) continue;
    const double place = (values[i] - *least) / width * static_cast<double>(cells);
    cell[i] = std::min(cells - 1, static_cast<std::uint64_t>(place));
  }
  return cell;
}

}  // namespace

std::vector<std::uint32_t> neighbour_order(const Columns& points) {
  const std::size_t n = points.rows();
  std::vector<std::uint32_t> order(n);
  std::iota(order.begin(), order.end(), 0u);
  if (n < 3 || points.columns() == 0) return order;
  const double side = std::pow(static_cast<double>(n), 1.0 / static_cast<double>(points.columns()));
  const std::uint64_t cells = std::max<std::uint64_t>(2, static_cast<std::uint64_t>(std::lround(side)));
  // Digits of the key, turned round wherever the digits before sum to an odd number: the reflected Gray code.
  std::vector<std::uint64_t> key(n, 0);
  std::vector<std::uint64_t> sum(n, 0);
  for (std::size_t k = 0; k < points.columns(); ++k) {
    const std::vector<std::uint64_t> cell = cells_of(points.column(k), cells);
    for (std::size_t i = 0; i < n; ++i) {
      key[i] = key[i] * cells + (sum[i] % 2 == 0 ? cell[i] : cells - 1 - cell[i]);
      sum[i] += cell[i];
    }
  }
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return key[a] < key[b]; });
  return order;
}

}  // namespace millrace
