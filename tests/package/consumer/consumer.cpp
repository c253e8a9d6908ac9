// Evaluates a two-objective problem of its own with the installed millrace.
#include <cstdio>
#include <numeric>
#include <vector>

#include <engine/data/population.hpp>
#include <engine/data/simd_target.hpp>
#include <engine/parallel/workers.hpp>
#include <engine/problem/evaluator.hpp>

#include "schaffer.hpp"

int main() {
  const millrace::AnyProblem problem = Schaffer{};
  millrace::Workers workers(2);
  millrace::Evaluator evaluator(problem, workers);
  millrace::Population pool(100, problem.spec().shape());
  for (millrace::Slot i = 0; i < pool.size(); ++i) pool.x.row(i)[0] = 0.125 * i - 5.0;
  std::vector<millrace::Slot> slots(pool.size());
  std::iota(slots.begin(), slots.end(), millrace::Slot{0});
  evaluator.evaluate(pool, slots);

  for (millrace::Slot i = 0; i < pool.size(); ++i) {
    const double x = pool.x.row(i)[0];
    if (pool.f(i, 0) != x * x || pool.f(i, 1) != (x - 2.0) * (x - 2.0) || !pool.feasible(i)) {
      std::fprintf(stderr, "individual %u is wrong: f = (%g, %g)\n", i, pool.f(i, 0), pool.f(i, 1));
      return 1;
    }
  }
  return evaluator.count().evaluations == pool.size() && !millrace::simd_target().empty() ? 0 : 1;
}
