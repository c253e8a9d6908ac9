#include "problems/park/resimulation.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include "engine/problem/evaluator.hpp"
#include "problems/park/park_problem.hpp"
#include "problems/park/seasonal_problem.hpp"

namespace millrace {
namespace {

constexpr std::size_t kTimesTheSweeps = 10;
/// Changes of this size are the rounding of a sweep.
constexpr double kRounding = 1e-15;

}  // namespace

Resimulation resimulate(const ParkCase& park, ParkOptions options, bool seasons, const Population& designs,
                        Workers& workers) {
  options.sweeps *= kTimesTheSweeps;
  options.rest = kRounding;
  const AnyProblem problem =
      seasons ? AnyProblem(SeasonalParkProblem(park, options)) : AnyProblem(ParkProblem(park, options));
  Population again(designs.size(), problem.spec().shape());
  for (Slot i = 0; i < designs.size(); ++i) std::ranges::copy(designs.x.row(i), again.x.row(i).begin());
  std::vector<Slot> all(designs.size());
  std::iota(all.begin(), all.end(), Slot{0});
  Evaluator(problem, workers).evaluate(again, all);
  Resimulation result{.designs = designs.size()};
  for (Slot i = 0; i < designs.size(); ++i) {
    double moved = 0.0;
    for (std::size_t m = 0; m < designs.f.columns(); ++m) {
      const double share = std::abs(again.f(i, m) - designs.f(i, m)) / std::max(1.0, std::abs(designs.f(i, m)));
      moved = std::max(moved, std::isfinite(share) ? share : std::numeric_limits<double>::infinity());
    }
    result.moved += moved > kKept;
    if (moved > result.worst) {
      result.worst = moved;
      result.worst_design = i;
    }
  }
  return result;
}

}  // namespace millrace
