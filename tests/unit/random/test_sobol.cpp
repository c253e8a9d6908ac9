#include <catch2/catch.hpp>

#include <cmath>
#include <set>
#include <stdexcept>
#include <utility>

#include "engine/random/sobol.hpp"

using namespace millrace;

TEST_CASE("sobol points are the published ones before the shift") {
  // Points 1 to 4 of the first five variables, times 8: the sequence of Bratley and Fox in natural order.
  const auto v = sobol_directions(5);
  const std::uint32_t expected[4][5] = {{4, 4, 4, 4, 4}, {2, 6, 6, 6, 2}, {6, 2, 2, 2, 6}, {1, 5, 3, 1, 1}};
  for (std::uint32_t i = 1; i <= 4; ++i)
    for (std::size_t j = 0; j < 5; ++j) {
      std::uint32_t point = 0;
      for (std::size_t k = 0; k < 3; ++k)
        if (i >> k & 1u) point ^= v[k * 5 + j];
      INFO("point " << i << " variable " << j);
      CHECK(point >> 29 == expected[i - 1][j]);
    }
}

TEST_CASE("the first 32 sobol variables hold property A by the determinant over GF(2)") {
  constexpr std::size_t kVariables = 32;
  const auto v = sobol_directions(kVariables);
  for (std::size_t d = 1; d <= kVariables; ++d) {
    std::vector<std::uint32_t> rows(d, 0);
    for (std::size_t j = 0; j < d; ++j)
      for (std::size_t k = 0; k < d; ++k) rows[j] |= (v[k * kVariables + j] >> 31) << k;
    bool regular = true;
    for (std::size_t k = 0; k < d && regular; ++k) {
      std::size_t pivot = k;
      while (pivot < d && !(rows[pivot] >> k & 1u)) ++pivot;
      regular = pivot < d;
      if (!regular) break;
      std::swap(rows[k], rows[pivot]);
      for (std::size_t j = k + 1; j < d; ++j)
        if (rows[j] >> k & 1u) rows[j] ^= rows[k];
    }
    INFO("variables " << d);
    CHECK(regular);
  }
}

TEST_CASE("sobol points are the digits of the directions, and more of them keep the first") {
  const Columns points = sobol_points(8, 5, 1);
  const double expected[4][5] = {{4, 4, 4, 4, 4}, {2, 6, 6, 6, 2}, {6, 2, 2, 2, 6}, {1, 5, 3, 1, 1}};
  for (std::size_t i = 0; i < 4; ++i)
    for (std::size_t j = 0; j < 5; ++j) CHECK(std::floor(8.0 * points(i, j)) == expected[i][j]);
  const Columns more = sobol_points(300, 5, 0);
  for (std::size_t i = 0; i < 8; ++i)
    for (std::size_t j = 0; j < 5; ++j) CHECK(more(i + 1, j) == points(i, j));
  CHECK(more(0, 0) == 0.0);
  CHECK(sobol_points(0, 3, 0).rows() == 0);
  CHECK(sobol_points(3, 0, 0).columns() == 0);
  CHECK_THROWS_AS(sobol_points(1, kSobolVariables + 1, 0), std::invalid_argument);
  CHECK_THROWS_AS(sobol_points(2, 1, (std::size_t{1} << 32) - 1), std::invalid_argument);
}

TEST_CASE("a digital shift keeps one sobol point in every slice, and depends on the seed") {
  const Columns points = shifted_sobol_points(256, 40, 7);
  const Columns longer = shifted_sobol_points(300, 40, 7);
  const Columns other = shifted_sobol_points(256, 40, 8);
  for (std::size_t j = 0; j < 40; ++j) {
    std::set<std::size_t> slices;
    for (const double value : points.column(j)) slices.insert(static_cast<std::size_t>(value * 256));
    CHECK(slices.size() == 256);
    CHECK(points(255, j) == longer(255, j));
    CHECK(points(0, j) != other(0, j));
  }
}
