#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <vector>

#include "engine/algorithm/nsga3.hpp"
#include "engine/algorithm/theta_dea.hpp"
#include "engine/problem/evaluator.hpp"
#include "engine/random/philox.hpp"
#include "problems/suite/catalogue.hpp"
#include "tests/reference/theta_dominance.hpp"

using namespace millrace;

namespace {

void check_against_definition(const std::vector<std::uint32_t>& cluster, const std::vector<double>& value,
                              std::size_t clusters, ThetaSorter& sorter) {
  const auto expected = reference::theta_fronts(cluster, value);
  for (const std::size_t stop_at : {std::size_t{0}, std::size_t{1}, cluster.size() / 2, cluster.size()}) {
    const Fronts& fronts = sorter.sort(cluster, value, clusters, stop_at);
    std::size_t members = 0;
    for (std::size_t r = 0; r < fronts.count(); ++r) {
      CHECK(members < stop_at);
      std::vector<std::uint32_t> front(fronts.front(r).begin(), fronts.front(r).end());
      std::sort(front.begin(), front.end());
      REQUIRE(r < expected.size());
      CHECK(front == expected[r]);
      members += front.size();
    }
    CHECK(members >= std::min(stop_at, cluster.size()));
  }
}

}  // namespace

TEST_CASE("theta-fronts are those of the definition, equal values and infinities included") {
  ThetaSorter sorter;
  check_against_definition({}, {}, 3, sorter);
  check_against_definition({2}, {1.0}, 3, sorter);
  check_against_definition({0, 0, 0, 1}, {1.0, 1.0, 1.0, 1.0}, 2, sorter);
  const double infinity = std::numeric_limits<double>::infinity();
  check_against_definition({0, 1, 0, 1, 0}, {infinity, 0.0, infinity, infinity, -1.0}, 2, sorter);
  for (std::uint32_t seed = 1; seed <= 40; ++seed) {
    RowDraws draws({seed, 0, Stage::problem}, 0);
    const std::uint32_t clusters = 1 + draws.below(20);
    std::vector<std::uint32_t> cluster(draws.below(90));
    std::vector<double> value(cluster.size());
    for (std::size_t i = 0; i < cluster.size(); ++i) {
      cluster[i] = draws.below(clusters);
      value[i] = seed % 2 == 0 ? draws.below(4) : draws.next_double();
    }
    check_against_definition(cluster, value, clusters, sorter);
  }
}

TEST_CASE("theta-DEA comes closer to the front of DTLZ2 than NSGA-III in the same generations") {
  Workers workers(1);
  const AnyProblem problem = make_suite_problem("dtlz2", 5);
  const auto mean_distance = [&](auto& algorithm) {
    Evaluator evaluator(problem, workers);
    for (int generation = 0; generation < 60; ++generation) {
      const Batch batch = algorithm.ask();
      evaluator.evaluate(batch.pool, batch.slots);
      algorithm.tell();
    }
    double sum = 0.0;
    for (const Slot i : algorithm.survivors()) {
      double squares = 0.0;
      for (std::size_t k = 0; k < 5; ++k) squares += algorithm.pool().f(i, k) * algorithm.pool().f(i, k);
      sum += std::sqrt(squares) - 1.0;
    }
    return sum / static_cast<double>(algorithm.survivors().size());
  };
  ThetaDea theta_dea({problem.spec(), 1, workers}, {.population = 72});
  Nsga3 nsga3({problem.spec(), 1, workers}, {.population = 72});
  CHECK(mean_distance(theta_dea) < mean_distance(nsga3));
}

TEST_CASE("theta-DEA: options out of range are refused") {
  CHECK(ThetaDeaOptions{}.error().empty());
  CHECK_FALSE(ThetaDeaOptions{.population = 3}.error().empty());
  CHECK_FALSE(ThetaDeaOptions{.theta = -1.0}.error().empty());
  CHECK_FALSE(ThetaDeaOptions{.theta = std::nan("")}.error().empty());
}
