#include <catch2/catch.hpp>

#include <cmath>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "problems/suite/catalogue.hpp"
#include "problems/suite/dtlz.hpp"
#include "problems/suite/wfg.hpp"
#include "tests/reference/suite_dtlz.hpp"
#include "tests/unit/suite/evaluate_rows.hpp"

using namespace millrace;

namespace {

struct Golden {
  std::string problem;
  std::vector<double> x, f, g;
};

std::vector<double> numbers(const std::string& text) {
  std::istringstream in(text);
  std::vector<double> values;
  for (double value; in >> value;) values.push_back(value);
  return values;
}

std::vector<Golden> read_golden(const std::string& file) {
  std::ifstream in(MILLRACE_SOURCE_DIR "/tests/unit/suite/golden_" + file + ".csv");
  REQUIRE(in.good());
  std::vector<Golden> cases;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with('#')) continue;
    std::istringstream fields(line);
    std::string name, x, f, g;
    std::getline(fields, name, ';');
    std::getline(fields, x, ';');
    std::getline(fields, f, ';');
    std::getline(fields, g, ';');
    cases.push_back({name, numbers(x), numbers(f), numbers(g)});
  }
  return cases;
}

/// Size of every objective: 1, or the factor of a scaled objective, because the printed formula has 6e-17 there for
/// cos(pi / 2). MaF problems subtract from a distance of up to 1e4: with their factors divided out, all objectives have
/// the size of the largest.
std::vector<double> sizes_of(const Golden& golden) {
  const std::string& name = golden.problem;
  const std::size_t m = golden.f.size();
  const double base = name.starts_with("scaled") ? dtlz_scale_base(name.back() - '0', m)
                      : name == "maf4"           ? 2.0
                      : name == "maf5"           ? 0.5
                                                 : 1.0;
  std::vector<double> sizes;
  double largest = 1.0;
  for (std::size_t k = 0; k < m; ++k) {
    sizes.push_back(std::pow(base, static_cast<double>(k)));
    if (name.starts_with("maf")) largest = std::max(largest, golden.f[k] / sizes[k]);
  }
  for (double& size : sizes) size *= largest;
  return sizes;
}

/// Largest |a - b| / max(size, |b|) over the values of a case.
double error_of(const Golden& golden, const Population& pool) {
  double worst = 0.0;
  const auto compare = [&](double value, double expected, double size) {
    const double error = std::fabs(value - expected) / std::max(size, std::fabs(expected));
    worst = error <= worst ? worst : error;  // NaN becomes the worst
  };
  const std::vector<double> sizes = sizes_of(golden);
  for (std::size_t k = 0; k < golden.f.size(); ++k) compare(pool.f(0, k), golden.f[k], sizes[k]);
  for (std::size_t c = 0; c < golden.g.size(); ++c) compare(pool.g(0, c), golden.g[c], 1.0);
  return worst;
}

enum class Corner { lower, upper };

void check_corner(const AnyProblem& problem, Corner corner, const std::vector<double>& f,
                  const std::vector<double>& g = {}) {
  INFO(problem.spec().name);
  Population pool(1, problem.spec().shape());
  const Bounds& bounds = problem.spec().bounds;
  for (std::size_t j = 0; j < bounds.variables(); ++j)
    pool.x.row(0)[j] = corner == Corner::lower ? bounds.lower(j) : bounds.upper(j);
  evaluate_rows(problem, pool);
  for (std::size_t k = 0; k < f.size(); ++k) CHECK(pool.f(0, k) == Approx(f[k]).margin(1e-6));
  for (std::size_t c = 0; c < g.size(); ++c) CHECK(pool.g(0, c) == Approx(g[c]).margin(1e-6));
}

}  // namespace

TEST_CASE("values agree with the golden vectors to 1e-12", "[suite]") {
  const std::string file = GENERATE("dtlz", "constrained_dtlz", "wfg", "maf", "zdt", "water", "pagmo");
  const std::vector<Golden> cases = read_golden(file);
  REQUIRE(cases.size() >= 50);
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const Golden& golden = cases[i];
    INFO(file << " vector " << i + 1 << ": " << golden.problem << " with " << golden.f.size() << " objectives");
    const AnyProblem problem = make_suite_problem(golden.problem, golden.f.size(), golden.x.size());
    REQUIRE(problem.spec().constraints.size() == golden.g.size());
    Population pool(1, problem.spec().shape());
    std::copy(golden.x.begin(), golden.x.end(), pool.x.row(0).begin());
    evaluate_rows(problem, pool);
    CHECK(error_of(golden, pool) < 1e-12);
  }
}

TEST_CASE("every problem of the suite has golden vectors", "[suite]") {
  std::map<std::string, std::size_t> met;
  for (const char* file : {"dtlz", "constrained_dtlz", "wfg", "maf", "zdt", "water"})
    for (const Golden& golden : read_golden(file)) ++met[golden.problem];
  for (const SuiteEntry& entry : suite_entries()) {
    INFO(entry.name);
    CHECK(met[std::string(entry.name)] >= 10);
  }
}

TEST_CASE("DTLZ1 to 4 agree with the C library's functions to 1e-12", "[suite]") {
  for (int number = 1; number <= 4; ++number)
    for (std::size_t objectives = 2; objectives <= 15; ++objectives) {
      const AnyProblem problem = make_suite_problem("dtlz" + std::to_string(number), objectives);
      Population pool = random_rows(problem, 300, objectives);
      evaluate_rows(problem, pool);
      double worst = 0.0;
      for (Slot i = 0; i < pool.size(); ++i) {
        const std::vector<double> expected = reference::dtlz(number, pool.x.row(i), objectives);
        for (std::size_t k = 0; k < objectives; ++k)
          worst = std::max(worst, std::fabs(pool.f(i, k) - expected[k]) / std::max(1.0, std::fabs(expected[k])));
      }
      CHECK(worst < 1e-12);
    }
}

// Values that the unit tests of MOEA Framework publish for the corners of the box (k = 1, l = 10 in WFG). Its
// constraints have the opposite sign.
TEST_CASE("values at the bounds agree with those published by MOEA Framework", "[suite]") {
  struct Published {
    int number;
    std::vector<double> at_lower, at_upper;
  };
  const Published wfg[] = {{1, {1.0, 5.0}, {3.0, 1.0}},
                           {2, {0.666667, 4.666667}, {2.666667, 0.666667}},
                           {3, {0.666667, 4.666667}, {2.666667, 0.666667}},
                           {4, {3.0, 1.0}, {3.0, 1.0}},
                           {5, {0.206918, 4.037669}, {0.206918, 4.037669}},
                           {6, {0.181818, 4.181818}, {2.181818, 0.181818}},
                           {7, {1.0, 5.0}, {3.0, 1.0}},
                           {8, {1.0, 5.0}, {3.0, 1.0}},
                           {9, {0.338736, 4.169488}, {0.338736, 4.169488}}};
  for (const Published& row : wfg) {
    const AnyProblem problem = Wfg("wfg" + std::to_string(row.number), row.number, 2, 1, 10);
    check_corner(problem, Corner::lower, row.at_lower);
    check_corner(problem, Corner::upper, row.at_upper);
  }
  check_corner(make_suite_problem("dtlz6", 3, 10), Corner::lower, {0.707106, 0.707106, 0.0});
  check_corner(make_suite_problem("dtlz6", 3, 10), Corner::upper, {0.0, 0.0, 9.0});
  const AnyProblem c1_dtlz1 = make_suite_problem("c1-dtlz1", 3, 12);
  check_corner(c1_dtlz1, Corner::lower, {0.0, 0.0, 125.5}, {208.16666667});
  check_corner(c1_dtlz1, Corner::upper, {125.5, 0.0, 0.0}, {250.0});
  // MOEA Framework reads the misprinted constraint of C3-DTLZ1 differently (see constrained_dtlz.hpp).
  check_corner(make_suite_problem("c3-dtlz1", 3, 12), Corner::upper, {125.5, 0.0, 0.0});
  const AnyProblem c3_dtlz4 = make_suite_problem("c3-dtlz4", 3, 7);
  check_corner(c3_dtlz4, Corner::lower, {2.25, 0.0, 0.0}, {-0.265625, -4.0625, -4.0625});
  check_corner(c3_dtlz4, Corner::upper, {0.0, 0.0, 2.25}, {-4.0625, -4.0625, -0.265625});
}
