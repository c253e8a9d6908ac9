#include <catch2/catch.hpp>

#include <cmath>
#include <vector>

#include "engine/algorithm/age_moea2.hpp"
#include "engine/algorithm/nsga3.hpp"
#include "engine/indicator/hypervolume.hpp"
#include "engine/problem/evaluator.hpp"
#include "problems/suite/catalogue.hpp"

using namespace millrace;

namespace {

template <class A, class Options>
Columns front_after(const char* problem, std::size_t objectives, Options options, int generations) {
  Workers workers(1);
  Evaluator evaluator(make_suite_problem(problem, objectives), workers);
  A algorithm({evaluator.problem().spec(), 5, workers}, options);
  for (int g = 0; g < generations; ++g) {
    const Batch batch = algorithm.ask();
    evaluator.evaluate(batch.pool, batch.slots);
    algorithm.tell();
  }
  return extract(algorithm.pool(), algorithm.survivors()).f;
}

}  // namespace

TEST_CASE("AGE-MOEA-II reaches the sphere of DTLZ2 and spreads over it") {
  const Columns f = front_after<AgeMoea2>("dtlz2", 3, AgeMoea2Options{.population = 60}, 120);
  double largest[3] = {0.0, 0.0, 0.0};
  double off_sphere = 0.0;
  for (std::size_t i = 0; i < f.rows(); ++i) {
    off_sphere += std::sqrt(f(i, 0) * f(i, 0) + f(i, 1) * f(i, 1) + f(i, 2) * f(i, 2)) - 1.0;
    for (std::size_t k = 0; k < 3; ++k) largest[k] = std::max(largest[k], f(i, k));
  }
  CHECK(off_sphere / static_cast<double>(f.rows()) < 0.02);
  for (const double value : largest) CHECK(value > 0.95);
}

TEST_CASE("on a front that is a curve AGE-MOEA-II covers more than reference directions do") {
  Workers workers(1);
  const std::vector<double> corner(3, 1.1);
  const Columns own = front_after<AgeMoea2>("dtlz5", 3, AgeMoea2Options{.population = 60}, 100);
  const Columns directed = front_after<Nsga3>("dtlz5", 3, Nsga3Options{.population = 60}, 100);
  CHECK(hypervolume(own, corner, workers) > hypervolume(directed, corner, workers));
}
