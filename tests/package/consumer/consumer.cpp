// Evaluates a two-objective problem of its own with the installed millrace.
#include <cstdio>
#include <numeric>
#include <vector>

#include <engine/data/population.hpp>
#include <engine/data/simd_target.hpp>
#include <engine/parallel/workers.hpp>
#include <engine/problem/evaluator.hpp>
#include <engine/problem/problem.hpp>

namespace {

/// Schaffer's first problem: x^2 and (x - 2)^2.
class Schaffer {
 public:
  Schaffer() {
    spec_.name = "schaffer";
    spec_.bounds = millrace::Bounds(1, -10.0, 10.0);
    spec_.objectives.resize(2);
    spec_.objectives[0].name = "from_zero";
    spec_.objectives[1].name = "from_two";
    spec_.data_digest = "1";
  }
  const millrace::ProblemSpec& spec() const { return spec_; }
  void evaluate(const millrace::Tile& tile, millrace::Outcome& outcome, millrace::Scratch&) const {
    const double* x = tile.column(0);
    for (std::size_t lane = 0; lane < millrace::kLanes; ++lane) {
      outcome.objective(0)[lane] = x[lane] * x[lane];
      outcome.objective(1)[lane] = (x[lane] - 2.0) * (x[lane] - 2.0);
    }
  }

 private:
  millrace::ProblemSpec spec_;
};

}  // namespace

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
