#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/data/columns.hpp"

namespace millrace {

/// One parameter of a study as a stretch of numbers.
struct ParameterRange {
  double from = 0.0;
  double to = 1.0;
  /// Equal shares of a design are equal ratios of the value, not equal differences; both ends are above 0.
  bool logarithmic = false;
  /// Only whole numbers, both ends included.
  bool whole = false;
  /// One sentence where the range is impossible, else empty.
  std::string error() const;
};

/// The value at share `unit` in [0, 1] of a range, at least `from` and at most `to`. Whole numbers have equal shares,
/// of the logarithm where the range is logarithmic. Throws std::invalid_argument with error().
double value_at(const ParameterRange& range, double unit);
/// `count` values from end to end, in equal steps (or ratios); whole numbers are rounded, and one that occurs again is
/// left out. One value is the middle of the range.
std::vector<double> values_along(const ParameterRange& range, std::size_t count);

/// All combinations of levels: row r has the index of each factor's level, the last factor changing fastest. No factor
/// gives one row without columns. Throws std::invalid_argument where a factor has no level or the rows exceed 10^8.
Columns full_grid(std::span<const std::size_t> levels);

/// Points of [0, 1)^factors of which every factor hits each of the `points` equal slices once. McKay, Beckman and
/// Conover 1979, doi:10.1080/00401706.1979.10489755. Another number of points is another design.
Columns latin_hypercube(std::size_t points, std::size_t factors, std::uint64_t seed);

// A Sobol sequence as a design is shifted_sobol_points of engine/random/sobol.hpp: more points keep the ones before.

/// Saltelli's design for Sobol indices: blocks of rows, one a base point, of A, B, A with factor k from B for every k
/// (A_B^k), and with `second_order` B with factor k from A (B_A^k).
struct SaltelliShape {
  std::size_t factors = 0;
  bool second_order = false;
  /// Rows of a block: factors + 2, or 2 factors + 2.
  std::size_t block() const { return (second_order ? 2 : 1) * factors + 2; }
  std::size_t row_a(std::size_t base) const { return base * block(); }
  std::size_t row_b(std::size_t base) const { return base * block() + 1; }
  std::size_t row_ab(std::size_t base, std::size_t k) const { return base * block() + 2 + k; }
  std::size_t row_ba(std::size_t base, std::size_t k) const { return base * block() + 2 + factors + k; }
};
/// The points, base_points * shape.block() rows of [0, 1)^factors: A and B are the halves of a shifted Sobol sequence of
/// twice the factors, so more base points keep the ones before; powers of two serve best. Saltelli 2002,
/// doi:10.1016/S0010-4655(02)00280-1. Throws std::invalid_argument above kSobolVariables / 2 factors.
Columns saltelli_design(std::size_t base_points, SaltelliShape shape, std::uint64_t seed);

/// Morris's design: trajectories of factors + 1 rows on the lattice of `levels` values i / (levels - 1) a factor. Each
/// starts at a random point, and each row differs from the one before in one factor, all of them in a random order, by
/// levels / 2 / (levels - 1) up or down. Morris 1991, doi:10.1080/00401706.1991.10484804. More trajectories keep the
/// ones before. Throws std::invalid_argument unless levels is even and at least 2.
Columns morris_design(std::size_t trajectories, std::size_t factors, std::size_t levels, std::uint64_t seed);

}  // namespace millrace
