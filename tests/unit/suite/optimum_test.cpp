#include <catch2/catch.hpp>

#include <cmath>
#include <numbers>
#include <numeric>
#include <string>
#include <vector>

#include "problems/suite/catalogue.hpp"
#include "problems/suite/wfg.hpp"
#include "tests/unit/suite/evaluate_rows.hpp"

using namespace millrace;

namespace {

constexpr double kPi = std::numbers::pi;

/// Random position variables, distance variables at `optimum`.
Population dtlz_optima(const AnyProblem& problem, double optimum) {
  Population pool = random_rows(problem, 70, 5);
  for (Slot i = 0; i < pool.size(); ++i)
    for (std::size_t j = pool.f.columns() - 1; j < pool.x.variables(); ++j) pool.x.row(i)[j] = optimum;
  evaluate_rows(problem, pool);
  return pool;
}

template <class Function>
double sum_over(const Population& pool, Slot i, Function&& function) {
  double sum = 0.0;
  for (std::size_t k = 0; k < pool.f.columns(); ++k) sum += function(pool.f(i, k), k);
  return sum;
}

double square(double f, std::size_t) { return f * f; }

double b_param_exponent(double u) {
  const double a = 0.98 / 49.98;
  return 0.02 + 49.98 * (a - (1.0 - 2.0 * u) * std::fabs(std::floor(0.5 - u) + a));
}

/// Distance shares y that the paper's equations for the Pareto set give to random position shares.
void set_wfg_optimum(int number, std::size_t positions, std::vector<double>& y) {
  for (std::size_t j = positions; j < y.size(); ++j) y[j] = 0.35;
  if (number == 8)
    for (std::size_t j = positions; j < y.size(); ++j)
      y[j] = std::pow(0.35, 1.0 / b_param_exponent(std::accumulate(y.begin(), y.begin() + static_cast<long>(j), 0.0) /
                                                   static_cast<double>(j)));
  if (number == 9)
    for (std::size_t j = y.size() - 1; j-- > positions;) {
      const double later = std::accumulate(y.begin() + static_cast<long>(j) + 1, y.end(), 0.0);
      y[j] = std::pow(0.35, 1.0 / b_param_exponent(later / static_cast<double>(y.size() - 1 - j)));
    }
}

Population wfg_optima(int number, std::size_t objectives) {
  const AnyProblem problem = make_suite_problem("wfg" + std::to_string(number), objectives);
  const Bounds& bounds = problem.spec().bounds;
  const std::size_t positions = Wfg::default_positions(objectives);
  Population pool = random_rows(problem, 70, 11);
  std::vector<double> y(bounds.variables());
  for (Slot i = 0; i < pool.size(); ++i) {
    const auto z = pool.x.row(i);
    for (std::size_t j = 0; j < y.size(); ++j) y[j] = z[j] / bounds.upper(j);
    set_wfg_optimum(number, positions, y);
    for (std::size_t j = positions; j < y.size(); ++j) z[j] = y[j] * bounds.upper(j);
  }
  evaluate_rows(problem, pool);
  return pool;
}

}  // namespace

TEST_CASE("optimal solutions of the DTLZ problems lie on the true front", "[suite]") {
  for (std::size_t objectives = 2; objectives <= 15; ++objectives) {
    INFO(objectives << " objectives");
    for (const char* name : {"dtlz1", "c1-dtlz1"}) {
      const Population pool = dtlz_optima(make_suite_problem(name, objectives), 0.5);
      for (Slot i = 0; i < pool.size(); ++i) {
        CHECK(sum_over(pool, i, [](double f, std::size_t) { return f; }) == Approx(0.5).epsilon(1e-12));
        if (pool.g.columns() > 0) CHECK(pool.g(i, 0) <= 0.0);
      }
    }
    for (const char* name : {"dtlz2", "dtlz3", "dtlz4", "dtlz5", "c1-dtlz3"}) {
      const Population pool = dtlz_optima(make_suite_problem(name, objectives), 0.5);
      for (Slot i = 0; i < pool.size(); ++i) {
        CHECK(sum_over(pool, i, square) == Approx(1.0).epsilon(1e-12));
        if (pool.g.columns() > 0) CHECK(pool.g(i, 0) <= 0.0);
      }
    }
    const Population dtlz6 = dtlz_optima(make_suite_problem("dtlz6", objectives), 0.0);
    for (Slot i = 0; i < dtlz6.size(); ++i) {
      CHECK(sum_over(dtlz6, i, square) == Approx(1.0).epsilon(1e-12));
      if (objectives >= 3) CHECK(dtlz6.f(i, 0) == Approx(dtlz6.f(i, 1)).epsilon(1e-12));
    }
    const Population convex = dtlz_optima(make_suite_problem("convex-dtlz2", objectives), 0.5);
    for (Slot i = 0; i < convex.size(); ++i)
      CHECK(sum_over(convex, i, [&](double f, std::size_t k) { return k + 1 < objectives ? std::sqrt(f) : f; }) ==
            Approx(1.0).epsilon(1e-12));
    const Population dtlz7 = dtlz_optima(make_suite_problem("dtlz7", objectives), 0.0);
    for (Slot i = 0; i < dtlz7.size(); ++i) {
      double h = static_cast<double>(objectives);
      for (std::size_t k = 0; k + 1 < objectives; ++k)
        h -= dtlz7.f(i, k) / 2.0 * (1.0 + std::sin(3.0 * kPi * dtlz7.f(i, k)));
      CHECK(dtlz7.f(i, objectives - 1) == Approx(2.0 * h).epsilon(1e-12));
    }
  }
}

TEST_CASE("optimal solutions of the WFG problems lie on the true front", "[suite]") {
  for (std::size_t objectives = 2; objectives <= 15; ++objectives) {
    for (int number = 3; number <= 9; ++number) {
      INFO("wfg" << number << " with " << objectives << " objectives");
      const Population pool = wfg_optima(number, objectives);
      for (Slot i = 0; i < pool.size(); ++i) {
        const double radius = sum_over(pool, i, [&](double f, std::size_t k) {
          const double h = f / (2.0 * static_cast<double>(k + 1));
          return number == 3 ? h : h * h;
        });
        CHECK(radius == Approx(1.0).epsilon(1e-10));
      }
    }
  }
  const Population disconnected = wfg_optima(2, 2);
  for (Slot i = 0; i < disconnected.size(); ++i) {
    const double x1 = 2.0 / kPi * std::acos(1.0 - disconnected.f(i, 0) / 2.0);
    CHECK(disconnected.f(i, 1) / 4.0 == Approx(1.0 - x1 * std::pow(std::cos(5.0 * kPi * x1), 2.0)).margin(1e-7));
  }
}

// WFG1 takes the 50th root of what rounding leaves of the distance, and no double z_3 has z_3 / 6 = 0.35. With l = 1
// the only distance variable is z_2, where z_2 / 4 = 0.35 is exact.
TEST_CASE("optimal solutions of WFG1 lie on the true front", "[suite]") {
  const AnyProblem problem = Wfg("wfg1", 1, 2, 1, 1);
  Population pool = random_rows(problem, 70, 13);
  for (Slot i = 0; i < pool.size(); ++i) {
    pool.x.row(i)[0] = 2.0 * std::pow(pool.x.row(i)[0] / 2.0, 50.0);  // undoes the bias towards 1
    pool.x.row(i)[1] = 4.0 * 0.35;
  }
  evaluate_rows(problem, pool);
  for (Slot i = 0; i < pool.size(); ++i) {
    const double x1 = 2.0 / kPi * std::acos(1.0 - pool.f(i, 0) / 2.0);
    CHECK(pool.f(i, 1) / 4.0 == Approx(1.0 - x1 - std::cos(10.0 * kPi * x1 + kPi / 2.0) / (10.0 * kPi)).margin(1e-7));
  }
}

TEST_CASE("optimal solutions of the ZDT problems lie on the true front", "[suite]") {
  for (const int number : {1, 2, 3, 4, 6}) {
    const AnyProblem problem = make_suite_problem("zdt" + std::to_string(number));
    Population pool = random_rows(problem, 70, 3);
    for (Slot i = 0; i < pool.size(); ++i)
      for (std::size_t j = 1; j < pool.x.variables(); ++j) pool.x.row(i)[j] = 0.0;
    evaluate_rows(problem, pool);
    for (Slot i = 0; i < pool.size(); ++i) {
      const double f1 = pool.f(i, 0);
      double expected = number == 2 || number == 6 ? 1.0 - f1 * f1 : 1.0 - std::sqrt(f1);
      if (number == 3) expected -= f1 * std::sin(10.0 * kPi * f1);
      CHECK(pool.f(i, 1) == Approx(expected).margin(1e-12));
    }
  }
}

// The sixth and seventh limits are printed in several readings; with the first one satisfied, none of them can bind.
TEST_CASE("the first limit of the water problem implies the sixth and seventh in every reading", "[suite]") {
  const AnyProblem problem = make_suite_problem("water");
  Population pool = random_rows(problem, 5000, 9);
  evaluate_rows(problem, pool);
  std::size_t first_satisfied = 0;
  for (Slot i = 0; i < pool.size(); ++i) {
    if (pool.g(i, 0) > 0.0) continue;
    ++first_satisfied;
    const double product = pool.x.row(i)[0] * pool.x.row(i)[1];
    const double overflow = pool.x.row(i)[2];
    CHECK(pool.g(i, 5) < 0.0);
    CHECK(pool.g(i, 6) < 0.0);
    CHECK(0.417 / product + 1721.26 * overflow - 136.54 < 2000.0);
    CHECK(0.164 / product + 631.13 * overflow - 54.48 < 550.0);
  }
  CHECK(first_satisfied > 1000);
}
