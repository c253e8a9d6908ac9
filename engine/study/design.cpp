#include "engine/study/design.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

#include "engine/random/philox.hpp"
#include "engine/random/sobol.hpp"

namespace millrace {
namespace {

// The streams of designs, told apart by the generation of their keys.
constexpr std::uint32_t kSlices = 0x51;
constexpr std::uint32_t kPlaceInSlice = 0x52;
constexpr std::uint32_t kTrajectory = 0x53;

constexpr std::size_t kMostRows = 100'000'000;

void check(const ParameterRange& range) {
  if (const std::string error = range.error(); !error.empty()) throw std::invalid_argument(error);
}

/// The point of the range at a share that may be 1.
double stretch(double from, double to, bool logarithmic, double unit) {
  return logarithmic ? from * std::exp(unit * std::log(to / from)) : from + unit * (to - from);
}

}  // namespace

std::string ParameterRange::error() const {
  if (!std::isfinite(from) || !std::isfinite(to)) return "the ends of a range must be numbers";
  if (from > to) return fmt::format("a range goes up, not from {} to {}", from, to);
  if (logarithmic && from <= 0.0) return fmt::format("a logarithmic range starts above 0, not at {}", from);
  if (whole && (from != std::floor(from) || to != std::floor(to)))
    return fmt::format("a range of whole numbers has whole ends, not {} and {}", from, to);
  return {};
}

double value_at(const ParameterRange& range, double unit) {
  check(range);
  if (range.whole)
    return std::clamp(std::floor(stretch(range.from, range.to + 1.0, range.logarithmic, unit)), range.from, range.to);
  return std::clamp(stretch(range.from, range.to, range.logarithmic, unit), range.from, range.to);
}

std::vector<double> values_along(const ParameterRange& range, std::size_t count) {
  check(range);
  std::vector<double> values;
  for (std::size_t i = 0; i < count; ++i) {
    const double unit = count == 1 ? 0.5 : static_cast<double>(i) / static_cast<double>(count - 1);
    const double place = stretch(range.from, range.to, range.logarithmic, unit);
    const double value = std::clamp(range.whole ? std::round(place) : place, range.from, range.to);
    if (values.empty() || value != values.back()) values.push_back(value);
  }
  return values;
}

Columns full_grid(std::span<const std::size_t> levels) {
  std::size_t rows = 1;
  for (const std::size_t count : levels) {
    if (count == 0) throw std::invalid_argument("a factor of a grid has no level");
    if (rows > kMostRows / count) throw std::invalid_argument(fmt::format("a grid has at most {} points", kMostRows));
    rows *= count;
  }
  Columns grid(rows, levels.size());
  std::size_t repeats = 1;
  for (std::size_t k = levels.size(); k-- > 0; repeats *= levels[k])
    for (std::size_t row = 0; row < rows; ++row) grid(row, k) = static_cast<double>(row / repeats % levels[k]);
  return grid;
}

Columns latin_hypercube(std::size_t points, std::size_t factors, std::uint64_t seed) {
  Columns design(points, factors);
  std::vector<std::uint32_t> slices(points);
  for (std::size_t k = 0; k < factors; ++k) {
    std::iota(slices.begin(), slices.end(), 0u);
    RowDraws order({seed, kSlices, Stage::sample}, static_cast<std::uint32_t>(k));
    shuffle(std::span(slices), order);
    RowDraws place({seed, kPlaceInSlice, Stage::sample}, static_cast<std::uint32_t>(k));
    for (std::size_t i = 0; i < points; ++i)
      design(i, k) = (slices[i] + place.next_double()) / static_cast<double>(points);
  }
  return design;
}

Columns saltelli_design(std::size_t base_points, SaltelliShape shape, std::uint64_t seed) {
  const Columns pairs = shifted_sobol_points(base_points, 2 * shape.factors, seed);
  Columns design(base_points * shape.block(), shape.factors);
  for (std::size_t base = 0; base < base_points; ++base)
    for (std::size_t j = 0; j < shape.factors; ++j) {
      const double a = pairs(base, j), b = pairs(base, shape.factors + j);
      design(shape.row_a(base), j) = a;
      design(shape.row_b(base), j) = b;
      for (std::size_t k = 0; k < shape.factors; ++k) {
        design(shape.row_ab(base, k), j) = j == k ? b : a;
        if (shape.second_order) design(shape.row_ba(base, k), j) = j == k ? a : b;
      }
    }
  return design;
}

Columns morris_design(std::size_t trajectories, std::size_t factors, std::size_t levels, std::uint64_t seed) {
  if (levels < 2 || levels % 2 != 0)
    throw std::invalid_argument(fmt::format("Morris's lattice has an even number of levels, not {}", levels));
  const std::size_t step = levels / 2;
  Columns design(trajectories * (factors + 1), factors);
  std::vector<std::uint32_t> order(factors);
  std::vector<std::size_t> place(factors);
  for (std::size_t t = 0; t < trajectories; ++t) {
    RowDraws draws({seed, kTrajectory, Stage::sample}, static_cast<std::uint32_t>(t));
    std::iota(order.begin(), order.end(), 0u);
    shuffle(std::span(order), draws);
    for (std::size_t& index : place) index = draws.below(static_cast<std::uint32_t>(levels));
    for (std::size_t row = 0; row <= factors; ++row) {
      if (row > 0) {
        // Exactly one of the two directions stays on the lattice.
        std::size_t& moved = place[order[row - 1]];
        moved = moved < step ? moved + step : moved - step;
      }
      for (std::size_t k = 0; k < factors; ++k)
        design(t * (factors + 1) + row, k) = static_cast<double>(place[k]) / static_cast<double>(levels - 1);
    }
  }
  return design;
}

}  // namespace millrace
