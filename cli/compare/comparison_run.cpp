#include "cli/compare/comparison_run.hpp"

#include <algorithm>
#include <chrono>
#include <limits>
#include <mutex>
#include <numeric>

#include "engine/algorithm/catalogue.hpp"
#include "engine/indicator/distance.hpp"
#include "engine/run/loop.hpp"

namespace millrace::cli {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
/// A variable within this share of its range from a bound counts as on it.
constexpr double kOnBound = 1e-3;

/// Where each objective of the true front begins, and one over its range.
struct Scale {
  explicit Scale(const Columns& front) : least(front.columns()), inverse(front.columns()) {
    for (std::size_t k = 0; k < front.columns(); ++k) {
      const double* column = front.column_data(k);
      const auto [low, high] = std::minmax_element(column, column + front.rows());
      least[k] = *low;
      inverse[k] = *high > *low ? 1.0 / (*high - *low) : 1.0;
    }
  }

  Columns apply(const Columns& points) const {
    Columns scaled(points.rows(), points.columns());
    for (std::size_t k = 0; k < points.columns(); ++k)
      for (std::size_t i = 0; i < points.rows(); ++i) scaled(i, k) = (points(i, k) - least[k]) * inverse[k];
    return scaled;
  }

  std::vector<double> least;
  std::vector<double> inverse;
};

double distance_to_exact_front(const Columns& f, const ComparedMeasure& measure, Workers& workers) {
  const Scale scale(measure.reference_set);
  return igd_plus(scale.apply(f), scale.apply(measure.reference_set), workers);
}

/// Share of a front whose variable `j` is not at its lower bound.
double share_off_bound(const Population& front, const Bounds& bounds, std::size_t j) {
  const double limit = bounds.lower(j) + kOnBound * (bounds.upper(j) - bounds.lower(j));
  std::size_t off = 0;
  for (Slot i = 0; i < front.size(); ++i) off += front.x.row_data(i)[j] > limit;
  return static_cast<double>(off) / static_cast<double>(front.size());
}

ComparedRun measured_run(const ComparedProblem& problem, const std::string& algorithm_name, std::uint64_t evaluations,
                         std::uint64_t seed) {
  RunRequest typed;
  typed.problem = problem.name;
  typed.algorithm = algorithm_name;
  typed.population = static_cast<long long>(problem.population);
  typed.evaluations = static_cast<long long>(evaluations);
  typed.seed = seed;
  // What a case recommends for its own generations is not the budget here.
  RecommendedSettings recommended = problem.recommended;
  recommended.generations.reset();
  const RunSettings settings = resolve(typed, recommended);
  Workers workers(1);
  Evaluator evaluator(problem.member.problem, workers);
  const ProblemSpec& spec = evaluator.problem().spec();
  const auto start = std::chrono::steady_clock::now();
  AnyAlgorithm algorithm = find_algorithm(algorithm_name)->make({spec, seed, workers}, settings.method);
  HypervolumeMonitor monitor(spec, 0.0);
  Progress progress;
  run({algorithm, evaluator, workers, monitor, {}}, {.budget = settings.budget}, progress);

  ComparedRun result{.value = kInfinity};
  result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  const Population front = final_front(algorithm.pool(), algorithm.survivors());
  result.front = front.size();
  result.feasible = front.size() > 0 && front.feasible(0);
  if (!result.feasible) return result;
  result.value = problem.measure.by_hypervolume() ? 1.0 - normalised_hypervolume(front.f, problem.measure.box, workers)
                                                  : distance_to_exact_front(front.f, problem.measure, workers);
  if (const auto j = problem.measure.variable_at_lower_bound)
    result.off_exact_set = share_off_bound(front, spec.bounds, *j);
  return result;
}

struct Job {
  std::size_t cell, algorithm, seed;
};

}  // namespace

std::vector<double> ComparedRuns::values(std::size_t algorithm) const {
  std::vector<double> values;
  for (const ComparedRun& run : runs[algorithm]) values.push_back(run.value);
  return values;
}

double ComparedRuns::median(std::size_t algorithm) const {
  if (runs[algorithm].empty()) return kInfinity;
  std::vector<double> sorted = values(algorithm);
  std::sort(sorted.begin(), sorted.end());
  return std::midpoint(sorted[(sorted.size() - 1) / 2], sorted[sorted.size() / 2]);
}

std::vector<ComparedRuns> compare_algorithms(const std::vector<ComparedProblem>& problems,
                                             const ComparisonRequest& request,
                                             const std::function<void(const ComparedRuns&)>& after) {
  std::vector<ComparedRuns> cells;
  std::vector<Job> jobs;
  for (const std::uint64_t evaluations : request.evaluations)
    for (const ComparedProblem& problem : problems) {
      cells.push_back({&problem, evaluations, {}});
      for (std::size_t a = 0; a < request.algorithms.size(); ++a) {
        const bool possible =
            problem.member.problem.spec().objectives.size() <= find_algorithm(request.algorithms[a])->most_objectives;
        cells.back().runs.emplace_back(possible ? request.seeds : 0);
        for (std::size_t s = 0; possible && s < request.seeds; ++s) jobs.push_back({cells.size() - 1, a, s});
      }
    }
  std::vector<std::size_t> missing(cells.size(), 0);
  for (const Job& job : jobs) ++missing[job.cell];
  std::mutex mutex;
  Workers workers(request.threads);
  workers.for_blocks(jobs.size(), 1, [&](std::size_t begin, std::size_t end) {
    for (std::size_t j = begin; j < end; ++j) {
      ComparedRuns& cell = cells[jobs[j].cell];
      cell.runs[jobs[j].algorithm][jobs[j].seed] = measured_run(*cell.problem, request.algorithms[jobs[j].algorithm],
                                                                cell.evaluations, request.first_seed + jobs[j].seed);
      const std::lock_guard lock(mutex);
      if (--missing[jobs[j].cell] == 0) after(cell);
    }
  });
  return cells;
}

}  // namespace millrace::cli
