#include "cli/run/evaluated_designs.hpp"

#include <algorithm>
#include <numeric>

#include "engine/problem/evaluator.hpp"

namespace millrace::cli {

Population evaluated(const AnyProblem& problem, const DecisionRows& decisions, Workers& workers) {
  Population pool(decisions.rows(), problem.spec().shape());
  for (Slot i = 0; i < decisions.rows(); ++i) std::ranges::copy(decisions.row(i), pool.x.row(i).begin());
  Evaluator evaluator(problem, workers);
  evaluator.evaluate(pool, all_slots(pool));
  return pool;
}

std::vector<Slot> all_slots(const Population& population) {
  std::vector<Slot> all(population.size());
  std::iota(all.begin(), all.end(), Slot{0});
  return all;
}

}  // namespace millrace::cli
