#include "engine/study/design.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <set>
#include <stdexcept>

#include "engine/random/sobol.hpp"

using namespace millrace;

namespace {

using Values = std::vector<double>;

Values row_of(const Columns& design, std::size_t row) {
  Values values;
  for (std::size_t k = 0; k < design.columns(); ++k) values.push_back(design(row, k));
  return values;
}

}  // namespace

TEST_CASE("a range maps shares to values, whole numbers and ratios included") {
  CHECK(value_at({2.0, 6.0}, 0.25) == 3.0);
  CHECK(value_at({2.0, 6.0}, 1.0) == 6.0);
  CHECK(value_at({1.0, 100.0, true}, 0.5) == Approx(10.0).epsilon(1e-14));
  CHECK(value_at({0.3, 0.3}, 0.7) == 0.3);
  CHECK(value_at({1.0, 100.0, true}, 1.0) == 100.0);
  std::vector<std::size_t> count(5, 0);
  for (int i = 0; i < 1000; ++i) ++count[static_cast<std::size_t>(value_at({0.0, 4.0, false, true}, i * 0.001))];
  for (const std::size_t c : count) CHECK(c == 200);
  CHECK(value_at({0.0, 4.0, false, true}, 1.0) == 4.0);
  // Equal shares of the logarithm of [1, 9): 1 gets ln 2 / ln 9.
  CHECK(value_at({1.0, 8.0, true, true}, std::log(2.0) / std::log(9.0) - 1e-9) == 1.0);
  CHECK(value_at({1.0, 8.0, true, true}, std::log(2.0) / std::log(9.0) + 1e-9) == 2.0);
  CHECK(value_at({1.0, 8.0, true, true}, 1.0) == 8.0);
}

TEST_CASE("values along a range end at its ends, and whole numbers come once") {
  CHECK(values_along({0.0, 1.0}, 3) == Values{0.0, 0.5, 1.0});
  CHECK(values_along({10.0, 1000.0, true}, 3)[1] == Approx(100.0).epsilon(1e-14));
  CHECK(values_along({1.0, 3.0, false, true}, 9) == Values{1.0, 2.0, 3.0});
  CHECK(values_along({50.0, 400.0, true, true}, 4) == Values{50.0, 100.0, 200.0, 400.0});
  CHECK(values_along({2.0, 4.0}, 1) == Values{3.0});
  CHECK(values_along({2.0, 2.0}, 4) == Values{2.0});
  CHECK(values_along({2.0, 4.0}, 0).empty());
}

TEST_CASE("an impossible range says why") {
  CHECK(ParameterRange{1.0, 2.0, true, true}.error().empty());
  CHECK(ParameterRange{2.0, 1.0}.error() == "a range goes up, not from 2 to 1");
  CHECK(ParameterRange{0.0, 1.0, true}.error() == "a logarithmic range starts above 0, not at 0");
  CHECK(ParameterRange{0.5, 1.0, false, true}.error() == "a range of whole numbers has whole ends, not 0.5 and 1");
  CHECK_FALSE(ParameterRange{std::nan(""), 1.0}.error().empty());
  CHECK_FALSE(ParameterRange{0.0, INFINITY}.error().empty());
  CHECK_THROWS_AS(value_at({2.0, 1.0}, 0.5), std::invalid_argument);
  CHECK_THROWS_AS(values_along({2.0, 1.0}, 2), std::invalid_argument);
}

TEST_CASE("a full grid has every combination once, the last factor fastest") {
  const std::size_t levels[] = {2, 3, 1, 4};
  const Columns grid = full_grid(levels);
  REQUIRE(grid.rows() == 24);
  CHECK(row_of(grid, 0) == Values{0, 0, 0, 0});
  CHECK(row_of(grid, 1) == Values{0, 0, 0, 1});
  CHECK(row_of(grid, 4) == Values{0, 1, 0, 0});
  CHECK(row_of(grid, 23) == Values{1, 2, 0, 3});
  std::set<Values> seen;
  for (std::size_t row = 0; row < 24; ++row) seen.insert(row_of(grid, row));
  CHECK(seen.size() == 24);
  CHECK(full_grid({}).rows() == 1);
  const std::size_t empty[] = {3, 0}, huge[] = {100000, 100000};
  CHECK_THROWS_AS(full_grid(empty), std::invalid_argument);
  CHECK_THROWS_AS(full_grid(huge), std::invalid_argument);
}

TEST_CASE("a Latin hypercube hits every slice of every factor once") {
  for (const std::size_t points : {0u, 1u, 2u, 37u}) {
    const Columns design = latin_hypercube(points, 5, 3);
    for (std::size_t k = 0; k < 5; ++k) {
      std::set<std::size_t> slices;
      for (const double v : design.column(k)) slices.insert(static_cast<std::size_t>(v * static_cast<double>(points)));
      CHECK(slices.size() == points);
    }
  }
  const Columns one = latin_hypercube(37, 5, 3), same = latin_hypercube(37, 5, 3), other = latin_hypercube(37, 5, 4);
  CHECK(row_of(one, 9) == row_of(same, 9));
  CHECK(row_of(one, 9) != row_of(other, 9));
  CHECK(row_of(one, 9)[0] != row_of(one, 9)[1]);
}

TEST_CASE("Saltelli's design mixes one factor at a time, and more base points keep the first") {
  for (const bool second_order : {false, true}) {
    const SaltelliShape shape{3, second_order};
    const Columns design = saltelli_design(8, shape, 5), longer = saltelli_design(16, shape, 5);
    REQUIRE(design.rows() == 8 * (second_order ? 8 : 5));
    for (std::size_t row = 0; row < design.rows(); ++row) CHECK(row_of(design, row) == row_of(longer, row));
    const Columns halves = shifted_sobol_points(8, 6, 5);
    for (std::size_t base = 0; base < 8; ++base)
      for (std::size_t k = 0; k < 3; ++k)
        for (std::size_t j = 0; j < 3; ++j) {
          const double a = halves(base, j), b = halves(base, 3 + j);
          CHECK(design(shape.row_a(base), j) == a);
          CHECK(design(shape.row_b(base), j) == b);
          CHECK(design(shape.row_ab(base, k), j) == (j == k ? b : a));
          if (second_order) CHECK(design(shape.row_ba(base, k), j) == (j == k ? a : b));
        }
  }
  CHECK(saltelli_design(0, {3, false}, 1).rows() == 0);
  CHECK(saltelli_design(4, {0, false}, 1).rows() == 8);
  CHECK_THROWS_AS(saltelli_design(1, {kSobolVariables, false}, 1), std::invalid_argument);
}

TEST_CASE("Morris's trajectories move every factor once by half the lattice") {
  for (const std::size_t levels : {2u, 4u, 6u}) {
    const Columns design = morris_design(50, 7, levels, 11), longer = morris_design(60, 7, levels, 11);
    REQUIRE(design.rows() == 400);
    const double step = static_cast<double>(levels) / 2.0 / static_cast<double>(levels - 1);
    std::set<std::size_t> first_moved;
    std::set<double> places;
    for (std::size_t row = 0; row < 400; ++row) {
      CHECK(row_of(design, row) == row_of(longer, row));
      for (const double v : row_of(design, row)) {
        CHECK(std::fabs(v * static_cast<double>(levels - 1) - std::round(v * static_cast<double>(levels - 1))) < 1e-12);
        places.insert(v);
      }
    }
    for (std::size_t t = 0; t < 50; ++t) {
      std::set<std::size_t> moved;
      for (std::size_t row = t * 8 + 1; row < (t + 1) * 8; ++row)
        for (std::size_t k = 0; k < 7; ++k)
          if (design(row, k) != design(row - 1, k)) {
            CHECK(std::fabs(design(row, k) - design(row - 1, k)) == Approx(step).epsilon(1e-14));
            if (row == t * 8 + 1) first_moved.insert(k);
            moved.insert(k);
          }
      CHECK(moved.size() == 7);
    }
    CHECK(first_moved.size() == 7);
    CHECK(places.size() == levels);
  }
  CHECK_THROWS_AS(morris_design(1, 2, 3, 1), std::invalid_argument);
  CHECK_THROWS_AS(morris_design(1, 2, 0, 1), std::invalid_argument);
  CHECK(morris_design(0, 2, 4, 1).rows() == 0);
}
