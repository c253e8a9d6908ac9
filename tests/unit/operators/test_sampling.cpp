#include <catch2/catch.hpp>

#include <cmath>
#include <set>
#include <vector>

#include "engine/random/sobol.hpp"
#include "operators/sampling.hpp"
#include "tests/unit/operators/rows.hpp"
#include "tests/unit/random/goodness_of_fit.hpp"

using namespace millrace;
using namespace millrace::test;

namespace {

constexpr SamplingMethod kMethods[] = {SamplingMethod::uniform, SamplingMethod::latin_hypercube, SamplingMethod::sobol};

Population sampled(SamplingMethod method, const Bounds& bounds, std::size_t points, std::uint64_t seed = 9,
                   std::size_t threads = 1) {
  Population pool(points + 3, {bounds.variables(), 1, 0});
  Workers workers(threads);
  sample(method, pool, slots(3, points), bounds, seed, workers);
  return pool;
}

std::vector<double> column(const Population& pool, std::size_t j) {
  std::vector<double> values;
  for (std::size_t i = 3; i < pool.size(); ++i) values.push_back(pool.x.row_data(i)[j]);
  return values;
}

}  // namespace

TEST_CASE("samples stay inside the bounds, in their slots, and are the same for any number of threads") {
  for (const SamplingMethod method : kMethods) {
    for (const std::size_t d : kSizes) {
      const Bounds bounds = uneven_bounds(d);
      const std::size_t points = d == 1000 ? 130 : 1003;
      const Population pool = sampled(method, bounds, points);
      for (std::size_t i = 3; i < pool.size(); ++i) REQUIRE(inside(bounds, pool.x, i));
      for (std::size_t i = 0; i < 3; ++i)
        for (const double value : pool.x.row(i)) REQUIRE(value == 0.0);
      CHECK(all_values(sampled(method, bounds, points, 9, 7).x) == all_values(pool.x));
      if (d > 7) CHECK(all_values(sampled(method, bounds, points, 10).x) != all_values(pool.x));
    }
  }
}

TEST_CASE("no point and one point can be sampled") {
  for (const SamplingMethod method : kMethods)
    for (const std::size_t points : {0u, 1u}) CHECK(inside(Bounds(5), sampled(method, Bounds(5), points).x, points));
}

TEST_CASE("each variable of a uniform or single point sample is uniform, false alarm one in a million a case") {
  const Population pool = sampled(SamplingMethod::uniform, Bounds(3), 20000);
  for (std::size_t j = 0; j < 3; ++j) CHECK(kolmogorov_uniform(column(pool, j)) < kKolmogorovLimit);
  // One point, many seeds: what the shift, the jitter and the permutation give on their own.
  for (const SamplingMethod method : kMethods) {
    std::vector<double> values;
    for (std::uint64_t seed = 0; seed < 3000; ++seed)
      values.push_back(column(sampled(method, Bounds(2), 5, seed), 1)[3]);
    CHECK(kolmogorov_uniform(values) < kKolmogorovLimit);
  }
}

TEST_CASE("a latin hypercube hits every slice of every variable once") {
  for (const std::size_t points : {1u, 2u, 37u, 1000u}) {
    const Population pool = sampled(SamplingMethod::latin_hypercube, Bounds(130), points);
    for (std::size_t j = 0; j < 130; ++j) {
      std::set<std::size_t> slices;
      for (const double value : column(pool, j)) slices.insert(static_cast<std::size_t>(value * points));
      REQUIRE(slices.size() == points);
    }
  }
}

TEST_CASE("latin hypercube variables are independent, false alarm one in a million") {
  const Population pool = sampled(SamplingMethod::latin_hypercube, Bounds(2), 40000);
  std::vector<double> cells(64, 0.0);
  const auto x = column(pool, 0), y = column(pool, 1);
  for (std::size_t i = 0; i < x.size(); ++i)
    ++cells[static_cast<std::size_t>(x[i] * 8) * 8 + static_cast<std::size_t>(y[i] * 8)];
  CHECK(chi_square(cells, std::vector<double>(64, 40000.0 / 64)) < chi_square_limit(49));
}

TEST_CASE("each sobol variable hits every slice of a power of two once, also the last variable") {
  const std::size_t d = kSobolVariables;
  const Population pool = sampled(SamplingMethod::sobol, Bounds(d), 256);
  for (std::size_t j = 0; j < d; ++j) {
    std::set<std::size_t> slices;
    for (const double value : column(pool, j)) slices.insert(static_cast<std::size_t>(value * 256));
    REQUIRE(slices.size() == 256);
  }
}

TEST_CASE("the first 2^d sobol points fall one into each half-cube (property A)") {
  for (const std::size_t d : {1u, 2u, 5u, 10u, 14u}) {
    const std::size_t points = std::size_t{1} << d;
    const Population pool = sampled(SamplingMethod::sobol, Bounds(d), points);
    std::set<std::size_t> cubes;
    for (std::size_t i = 3; i < pool.size(); ++i) {
      std::size_t cube = 0;
      for (std::size_t j = 0; j < d; ++j) cube = 2 * cube + (pool.x.row_data(i)[j] >= 0.5);
      cubes.insert(cube);
    }
    CHECK(cubes.size() == points);
  }
}

TEST_CASE("a sobol sample integrates better than random ones") {
  // Mean of prod (1 + (x_j - 1/2)) over 8 variables is 1: the error of 4096 random points is about 0.015.
  const Population pool = sampled(SamplingMethod::sobol, Bounds(8), 4096);
  double sum = 0.0;
  for (std::size_t i = 3; i < pool.size(); ++i) {
    double product = 1.0;
    for (const double value : pool.x.row(i)) product *= 0.5 + value;
    sum += product;
  }
  CHECK(std::abs(sum / 4096 - 1.0) < 0.002);
}

TEST_CASE("sobol refuses more variables than it has") {
  CHECK(sampling_error(SamplingMethod::sobol, kSobolVariables).empty());
  CHECK(sampling_error(SamplingMethod::uniform, 100000).empty());
  CHECK(sampling_error(SamplingMethod::sobol, 1112) ==
        "sobol sampling serves up to 1111 variables, but the problem has 1112: use latin_hypercube");
  CHECK_THROWS_AS(sampled(SamplingMethod::sobol, Bounds(1112), 2), std::invalid_argument);
}
