#include "problems/suite/dtlz_front.hpp"

#include <cmath>
#include <numbers>
#include <vector>

#include "engine/random/philox.hpp"
#include "problems/suite/record_pieces.hpp"

namespace millrace {
namespace {

constexpr std::uint64_t kSheetSeed = 1;

/// What an objective of DTLZ7 takes off the last one.
double lowering(double f) { return f * (1.0 + std::sin(3.0 * std::numbers::pi * f)); }

/// Points an axis of the smallest grid of at least `count` points; 0 where it has more than four times as many.
std::size_t grid_size(std::size_t axes, std::size_t count) {
  const auto points = [&](std::size_t size) { return std::pow(static_cast<double>(size), static_cast<double>(axes)); };
  std::size_t size = 2;
  while (points(size) < static_cast<double>(count)) ++size;
  return points(size) > 4.0 * static_cast<double>(count) ? 0 : size;
}

}  // namespace

Columns degenerate_curve(std::size_t objectives, std::size_t count) {
  Columns points(count, objectives);
  for (std::size_t i = 0; i < count; ++i) {
    const double share = count > 1 ? static_cast<double>(i) / static_cast<double>(count - 1) : 0.5;
    const double radius = std::hypot(share, 1.0 - share);
    double rest = share / radius;
    points(i, objectives - 1) = (1.0 - share) / radius;
    for (std::size_t k = objectives - 1; k-- > 0;) {
      if (k > 0) rest *= std::numbers::sqrt2 / 2.0;
      points(i, k) = rest;
    }
  }
  return points;
}

Columns disconnected_sheets(std::size_t objectives, std::size_t count) {
  const std::vector<Piece> pieces = record_pieces(lowering);
  const std::size_t axes = objectives - 1;
  const std::size_t size = grid_size(axes, count);
  const std::size_t rows =
      size == 0
          ? count
          : static_cast<std::size_t>(std::llround(std::pow(static_cast<double>(size), static_cast<double>(axes))));
  Columns points(rows, objectives);
  for (std::size_t i = 0; i < rows; ++i) {
    RowDraws draws({kSheetSeed, 0, Stage::problem}, static_cast<std::uint32_t>(i));
    double lowered = 0.0;
    std::size_t cell = i;
    for (std::size_t k = 0; k < axes; ++k) {
      const double share =
          size == 0 ? draws.next_double() : static_cast<double>(cell % size) / static_cast<double>(size - 1);
      if (size > 0) cell /= size;
      points(i, k) = at_share(pieces, share);
      lowered += lowering(points(i, k));
    }
    points(i, axes) = 2.0 * static_cast<double>(objectives) - lowered;
  }
  return points;
}

}  // namespace millrace
