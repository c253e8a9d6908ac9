#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "problems/suite/catalogue.hpp"
#include "problems/suite/constrained_dtlz.hpp"
#include "problems/suite/true_front.hpp"

using namespace millrace;

namespace {

/// Random directions of the simplex, the corners first and the diagonal last.
Columns simplex_directions(std::size_t objectives, std::size_t count) {
  Columns directions(count, objectives);
  const Columns points = sphere_points(objectives, count, 3);
  for (std::size_t i = 0; i < count; ++i) {
    double sum = 0.0;
    for (std::size_t k = 0; k < objectives; ++k) sum += points(i, k);
    for (std::size_t k = 0; k < objectives; ++k) {
      directions(i, k) = points(i, k) / sum;
      if (i < objectives) directions(i, k) = i == k ? 1.0 : 0.0;
      if (i + 1 == count) directions(i, k) = 1.0 / static_cast<double>(objectives);
    }
  }
  return directions;
}

template <class Function>
double sum_of(const Columns& points, std::size_t i, Function&& function) {
  double sum = 0.0;
  for (std::size_t k = 0; k < points.columns(); ++k) sum += function(points(i, k), k);
  return sum;
}

/// Largest constraint value of one row of objectives.
double largest_constraint(DtlzConstraint constraint, const Columns& points, std::size_t i) {
  const bool one_each = constraint == DtlzConstraint::c3_dtlz1 || constraint == DtlzConstraint::c3_dtlz4;
  Outcome outcome(points.columns(), one_each ? points.columns() : 1);
  for (std::size_t k = 0; k < points.columns(); ++k) std::fill_n(outcome.objective(k), kLanes, points(i, k));
  constrain_dtlz(constraint, outcome);
  double largest = -std::numeric_limits<double>::infinity();
  for (std::size_t c = 0; c < outcome.constraints(); ++c) largest = std::max(largest, outcome.constraint(c)[0]);
  return largest;
}

}  // namespace

TEST_CASE("points along directions lie on the front and on their ray", "[suite]") {
  for (const std::size_t objectives : {2, 3, 5, 8, 10, 15}) {
    const Columns directions = simplex_directions(objectives, 150);
    for (const SuiteEntry& entry : suite_entries()) {
      const std::string name(entry.name);
      if (!has_front_along_directions(name) || name == "c2-dtlz2" || name == "convex-c2-dtlz2") continue;
      INFO(name << " with " << objectives << " objectives");
      const Columns front = front_along_directions(name, directions);
      REQUIRE(front.rows() == directions.rows());
      const bool scaled = name.starts_with("scaled") || name.starts_with("wfg");
      for (std::size_t i = 0; i < front.rows(); ++i) {
        const auto size = [&](std::size_t k) {
          if (name.starts_with("wfg")) return 2.0 * static_cast<double>(k + 1);
          if (!scaled) return 1.0;
          return std::pow(dtlz_scale_base(name.back() - '0', objectives), static_cast<double>(k));
        };
        const double total = sum_of(front, i, [&](double f, std::size_t k) { return f / size(k); });
        for (std::size_t k = 0; k < objectives; ++k)
          CHECK(front(i, k) / size(k) == Approx(total * directions(i, k)).margin(1e-12));
        if (name.ends_with("c3-dtlz1")) {
          CHECK(largest_constraint(DtlzConstraint::c3_dtlz1, front, i) == Approx(0.0).margin(1e-12));
          CHECK(total >= 0.5);
        } else if (name.ends_with("c3-dtlz4")) {
          CHECK(largest_constraint(DtlzConstraint::c3_dtlz4, front, i) == Approx(0.0).margin(1e-12));
          CHECK(sum_of(front, i, [](double f, std::size_t) { return f * f; }) >= 1.0);
        } else if (name.ends_with("dtlz1")) {
          CHECK(total == Approx(0.5));
        } else if (name == "convex-dtlz2") {
          CHECK(sum_of(front, i, [&](double f, std::size_t k) { return k + 1 < objectives ? std::sqrt(f) : f; }) ==
                Approx(1.0));
        } else {
          CHECK(sum_of(front, i, [&](double f, std::size_t k) { return f * f / size(k) / size(k); }) == Approx(1.0));
        }
        if (name == "c1-dtlz1") CHECK(largest_constraint(DtlzConstraint::c1_dtlz1, front, i) <= 0.0);
        if (name == "c1-dtlz3") CHECK(largest_constraint(DtlzConstraint::c1_dtlz3, front, i) <= 0.0);
      }
    }
  }
}

TEST_CASE("fronts with holes keep exactly the feasible directions", "[suite]") {
  for (const std::size_t objectives : {2, 3, 5, 8}) {
    const Columns directions = simplex_directions(objectives, 200);
    const auto check = [&](const char* name, const char* whole, DtlzConstraint constraint) {
      INFO(name << " with " << objectives << " objectives");
      const Columns all = front_along_directions(whole, directions);
      const Columns kept = front_along_directions(name, directions);
      std::size_t next = 0;
      for (std::size_t i = 0; i < all.rows(); ++i) {
        if (largest_constraint(constraint, all, i) > 0.0) continue;
        REQUIRE(next < kept.rows());
        for (std::size_t k = 0; k < objectives; ++k) CHECK(kept(next, k) == all(i, k));
        ++next;
      }
      CHECK(next == kept.rows());
      CHECK(next >= objectives);  // the corners at least
      CHECK(next < all.rows());
    };
    check("c2-dtlz2", "dtlz2", DtlzConstraint::c2_dtlz2);
    check("convex-c2-dtlz2", "convex-dtlz2", DtlzConstraint::convex_c2_dtlz2);
  }
}

TEST_CASE("fronts that are not known and impossible directions are refused", "[suite]") {
  CHECK_FALSE(has_front_along_directions("dtlz7"));
  CHECK(has_front_along_directions("DTLZ2"));
  CHECK_THROWS_AS(has_front_along_directions("nothing"), std::invalid_argument);
  CHECK_THROWS_WITH(front_along_directions("zdt1", Columns(1, 2)),
                    "the true front of zdt1 along directions is not known");
  CHECK_THROWS_AS(front_along_directions("dtlz2", Columns(1, 3)), std::invalid_argument);  // all zero
  CHECK_THROWS_AS(front_along_directions("dtlz2", Columns(0, 1)), std::invalid_argument);
  Columns negative(1, 2);
  negative(0, 0) = 1.5;
  negative(0, 1) = -0.5;
  CHECK_THROWS_AS(front_along_directions("dtlz2", negative), std::invalid_argument);
  negative(0, 1) = std::numeric_limits<double>::quiet_NaN();
  CHECK_THROWS_AS(front_along_directions("dtlz2", negative), std::invalid_argument);
  CHECK(front_along_directions("dtlz2", Columns(0, 3)).rows() == 0);
}

TEST_CASE("sphere_points are uniform on the positive part of the unit sphere", "[suite]") {
  for (const std::size_t m : {2, 3, 5, 15}) {
    const std::size_t count = 20000;
    const Columns points = sphere_points(m, count, 42);
    // Uniform on the sphere: every squared coordinate has mean 1 / m and variance 2 (m - 1) / (m^2 (m + 2)).
    const double size = static_cast<double>(m);
    const double deviation = std::sqrt(2.0 * (size - 1.0) / (size * size * (size + 2.0)) / static_cast<double>(count));
    for (std::size_t k = 0; k < m; ++k) {
      double mean = 0.0;
      for (std::size_t i = 0; i < count; ++i) mean += points(i, k) * points(i, k) / static_cast<double>(count);
      CHECK(std::fabs(mean - 1.0 / size) < 4.5 * deviation);
    }
    for (std::size_t i = 0; i < count; i += 97) {
      CHECK(sum_of(points, i, [](double f, std::size_t) { return f * f; }) == Approx(1.0).epsilon(1e-14));
      for (std::size_t k = 0; k < m; ++k) CHECK(points(i, k) >= 0.0);
    }
    const Columns fewer = sphere_points(m, 10, 42);
    const Columns other = sphere_points(m, 10, 43);
    CHECK(fewer(9, 0) == points(9, 0));
    CHECK(other(9, 0) != points(9, 0));
  }
  CHECK(sphere_points(3, 0, 1).rows() == 0);
}
