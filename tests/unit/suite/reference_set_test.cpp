#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <numbers>
#include <string>
#include <vector>

#include "engine/indicator/nondominated_subset.hpp"
#include "problems/suite/catalogue.hpp"
#include "problems/suite/record_pieces.hpp"
#include "problems/suite/reference_set.hpp"
#include "problems/suite/simplex_lattice.hpp"
#include "tests/unit/suite/maf_front_equation.hpp"

using namespace millrace;
using Catch::Matchers::Contains;

namespace {

std::vector<double> row_of(const Columns& points, std::size_t i) {
  std::vector<double> row;
  for (std::size_t k = 0; k < points.columns(); ++k) row.push_back(points(i, k));
  return row;
}

struct Range {
  double least = std::numeric_limits<double>::infinity();
  double greatest = -std::numeric_limits<double>::infinity();
};

Range range_of(const Columns& points, std::size_t k) {
  const auto column = points.column(k);
  return {*std::min_element(column.begin(), column.end()), *std::max_element(column.begin(), column.end())};
}

}  // namespace

TEST_CASE("no point of a reference set dominates another, and the count is about the one asked for", "[suite]") {
  for (const SuiteEntry& entry : suite_entries())
    for (const std::size_t m : {2, 3, 5, 10}) {
      if (!has_reference_set(entry.name) || m < entry.least_objectives) continue;
      if (!entry.scalable_objectives && m != entry.default_objectives) continue;
      INFO(entry.name << " with " << m << " objectives");
      const Columns points = reference_set(entry.name, m, 600);
      REQUIRE(points.columns() == m);
      CHECK(nondominated_subset(points).size() == points.rows());
      if (entry.name == "zdt5") continue;
      CHECK(points.rows() >= 300);
      CHECK(points.rows() <= 2400);
      const Columns again = reference_set(entry.name, m, 600);
      for (std::size_t k = 0; k < m; ++k)
        CHECK(std::memcmp(again.column_data(k), points.column_data(k), points.rows() * sizeof(double)) == 0);
    }
}

TEST_CASE("reference sets of the MaF problems lie on their fronts", "[suite][maf]") {
  for (int number = 1; number <= 15; ++number)
    for (const std::size_t m : {2, 3, 5, 8, 15}) {
      const std::string name = "maf" + std::to_string(number);
      if (m < suite_entry(name).least_objectives || number == 8) continue;
      INFO(name << " with " << m << " objectives");
      const Columns points = reference_set(name, m, 500);
      double worst = 0.0;
      for (std::size_t i = 0; i < points.rows(); ++i) {
        const std::vector<double> f = row_of(points, i);
        if ((number == 10 || number == 11) && *std::min_element(f.begin(), f.end()) < 1e-3) continue;
        worst = std::max(worst, maf_front_error(number, f));
      }
      CHECK(worst < 1e-9);
    }
}

TEST_CASE("reference sets of WFG1 and 2 are those of MaF10 and 11, of DTLZ7 that of MaF7", "[suite]") {
  for (const auto& [name, maf] :
       {std::pair{"wfg1", "maf10"}, {"wfg2", "maf11"}, {"dtlz7", "maf7"}, {"dtlz5", "maf6"}}) {
    const Columns a = reference_set(name, 3, 200), b = reference_set(maf, 3, 200);
    REQUIRE(a.rows() == b.rows());
    for (std::size_t k = 0; k < 3; ++k) CHECK(std::equal(a.column(k).begin(), a.column(k).end(), b.column(k).begin()));
  }
}

TEST_CASE("ideal and nadir of the reference sets are those of the fronts", "[suite]") {
  const auto check = [](const char* name, std::size_t m, std::vector<double> ideal, std::vector<double> nadir,
                        double margin = 1e-9) {
    INFO(name);
    const Columns points = reference_set(name, m, 1000);
    for (std::size_t k = 0; k < m; ++k) {
      CHECK(range_of(points, k).least == Approx(ideal[k]).margin(margin));
      CHECK(range_of(points, k).greatest == Approx(nadir[k]).margin(margin));
    }
  };
  const std::vector<double> zeros(5, 0.0), ones(5, 1.0);
  check("maf1", 5, zeros, ones);
  check("maf3", 5, zeros, ones);
  check("maf4", 5, zeros, {2.0, 4.0, 8.0, 16.0, 32.0});
  check("maf5", 5, zeros, {32.0, 16.0, 8.0, 4.0, 2.0});
  check("maf6", 5, zeros, {std::sqrt(0.125), std::sqrt(0.125), 0.5, std::sqrt(0.5), 1.0});
  const double c = std::cos(std::numbers::pi / 8.0), s = std::sin(std::numbers::pi / 8.0);
  check("maf2", 3, {s * s, s * s, s}, {c * c, c * c, c}, 0.02);
  check("maf8", 4, std::vector<double>(4, 0.0), std::vector<double>(4, 2.0), 0.1);  // the grid is that coarse
  check("maf9", 4, std::vector<double>(4, 0.0), std::vector<double>(4, std::sqrt(2.0)), 0.1);
  check("maf10", 3, {0.0, 0.0, 0.0}, {2.0, 4.0, 6.0}, 1e-4);
  check("maf12", 5, zeros, {2.0, 4.0, 6.0, 8.0, 10.0});
  check("maf13", 5, zeros, ones, 0.15);  // f4 and f5 are least inside the sphere
  check("maf14", 5, zeros, ones);
  check("maf15", 5, zeros, ones);
  check("wfg3", 3, {0.0, 0.0, 0.0}, {1.0, 2.0, 6.0});
  check("dtlz7", 3, {0.0, 0.0, 2.614009}, {0.859401, 0.859401, 6.0}, 1e-5);
  check("zdt3", 2, {0.0, -0.773369}, {0.851833, 1.0}, 1e-5);
  check("zdt5", 2, {1.0, 10.0 / 31.0}, {31.0, 10.0});
  check("zdt6", 2, {0.2807753191, 0.0}, {1.0, 0.9211652}, 1e-6);
}

TEST_CASE("record pieces are the published intervals of DTLZ7 and ZDT3", "[suite]") {
  const auto sheets = record_pieces([](double x) { return x * (1.0 + std::sin(3.0 * std::numbers::pi * x)); });
  REQUIRE(sheets.size() == 2);
  CHECK(sheets[0].from == 0.0);
  CHECK(sheets[0].to == Approx(0.251412).margin(1e-6));
  CHECK(sheets[1].from == Approx(0.631627).margin(1e-6));
  CHECK(sheets[1].to == Approx(0.859401).margin(1e-6));
  const auto zdt3 = record_pieces([](double x) { return std::sqrt(x) + x * std::sin(10.0 * std::numbers::pi * x); });
  const double from[] = {0.0, 0.1822287280, 0.4093136748, 0.6183967944, 0.8233317983};
  const double to[] = {0.0830015349, 0.2577623634, 0.4538821041, 0.6525117038, 0.8518328654};
  REQUIRE(zdt3.size() == 5);
  for (std::size_t i = 0; i < 5; ++i) {
    CHECK(zdt3[i].from == Approx(from[i]).margin(1e-7));
    CHECK(zdt3[i].to == Approx(to[i]).margin(1e-7));
  }
  CHECK(at_share(zdt3, 0.0) == 0.0);
  CHECK(at_share(zdt3, 1.0) == Approx(zdt3[4].to));
  const auto whole = record_pieces([](double x) { return x; });
  REQUIRE(whole.size() == 1);
  CHECK(whole[0].to == 1.0);
  CHECK(at_share(whole, 0.25) == 0.25);
}

TEST_CASE("simplex lattices are the largest that fit", "[suite]") {
  CHECK(simplex_lattice(1, 10).rows() == 1);
  CHECK(simplex_lattice(2, 100).rows() == 100);
  CHECK(simplex_lattice(3, 91).rows() == 91);
  CHECK(simplex_lattice(3, 104).rows() == 91);
  CHECK(simplex_lattice(5, 126).rows() == 126);
  CHECK(simplex_lattice(10, 275).rows() == 275);     // 220 and 55 inside
  CHECK(simplex_lattice(15, 10000).rows() == 6120);  // 3060 twice
  CHECK(simplex_lattice(7, 2).rows() == 7);
  for (const std::size_t m : {2, 3, 5, 10}) {
    const Columns lattice = simplex_lattice(m, 400);
    CHECK(nondominated_subset(lattice).size() == lattice.rows());  // no two alike
    for (std::size_t i = 0; i < lattice.rows(); ++i) {
      const std::vector<double> w = row_of(lattice, i);
      CHECK(objective_sum(w, [](double v, std::size_t) { return v; }) == Approx(1.0).epsilon(1e-14));
      CHECK(*std::min_element(w.begin(), w.end()) >= 0.0);
    }
  }
}

TEST_CASE("reference sets that are not known are refused", "[suite]") {
  CHECK_FALSE(has_reference_set("water"));
  CHECK_FALSE(has_reference_set("re61"));
  CHECK(has_reference_set("MaF13"));
  CHECK_THROWS_AS(has_reference_set("maf16"), std::invalid_argument);
  CHECK_THROWS_WITH(reference_set("water", 5, 100), Contains("the true front of water is not known"));
  CHECK_THROWS_WITH(reference_set("maf8", 2, 100), "maf8 needs at least 3 objectives, not 2");
  CHECK_THROWS_WITH(reference_set("zdt1", 3, 100), "zdt1 has 2 objectives, not 3");
  CHECK_THROWS_AS(reference_set("dtlz2", 3, 1), std::invalid_argument);
}
