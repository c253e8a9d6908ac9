#include "cli/fidelity/fidelity_run.hpp"

#include <algorithm>
#include <limits>
#include <mutex>
#include <numeric>
#include <string>

#include "cli/compare/water_box.hpp"
#include "engine/algorithm/catalogue.hpp"
#include "engine/algorithm/nsga3.hpp"
#include "engine/indicator/distance.hpp"
#include "engine/run/front.hpp"
#include "engine/run/loop.hpp"
#include "problems/suite/catalogue.hpp"
#include "problems/suite/reference_set.hpp"
#include "problems/suite/true_front.hpp"

namespace millrace::cli {
namespace {

constexpr std::size_t kSpherePoints = 20000;
constexpr std::uint64_t kSphereSeed = 1;
constexpr std::size_t kZdtPoints = 1000;
constexpr std::size_t kFrontPoints = 10000;

bool is_asked_for(const FidelityRequest& request, const FidelityRow& row) {
  return row.objectives <= request.most_objectives &&
         (request.problems.empty() ||
          std::find(request.problems.begin(), request.problems.end(), row.problem) != request.problems.end());
}

std::vector<FidelityResult> rows_asked_for(const FidelityRequest& request) {
  std::vector<FidelityResult> results;
  for (const FidelitySection& section : fidelity_sections())
    for (const FidelityRow& row : section.rows)
      if (is_asked_for(request, row)) results.push_back({&section, &row, std::vector<FidelityValue>(request.seeds)});
  return results;
}

/// Every run of every row, those of the dearest rows first, so that no thread is left with a long one at the end.
struct Job {
  std::size_t result;
  std::size_t seed;
};

std::vector<Job> jobs_of(const std::vector<FidelityResult>& results) {
  std::vector<std::size_t> order(results.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const auto cost = [&](std::size_t r) { return results[r].row->population * results[r].row->generations; };
    return cost(a) > cost(b);
  });
  std::vector<Job> jobs;
  for (const std::size_t r : order)
    for (std::size_t s = 0; s < results[r].runs.size(); ++s) jobs.push_back({r, s});
  return jobs;
}

}  // namespace

Spread FidelityResult::spread() const {
  std::vector<double> values;
  for (const FidelityValue& run : runs) values.push_back(run.value);
  std::sort(values.begin(), values.end());
  if (section->measurement == Measurement::hypervolume_of_box) std::reverse(values.begin(), values.end());
  const std::size_t n = values.size();
  return {values.front(), std::midpoint(values[(n - 1) / 2], values[n / 2]), values.back()};
}

double FidelityResult::mean_feasible() const {
  double sum = 0.0;
  for (const FidelityValue& run : runs) sum += run.feasible;
  return sum / static_cast<double>(runs.size());
}

std::optional<double> FidelityResult::ratio() const {
  if (row->published) return spread().median / row->published->median;
  if (row->published_value) return spread().median / *row->published_value;
  return std::nullopt;
}

std::optional<bool> FidelityResult::passes() const {
  if (!row->bar) return std::nullopt;
  return spread().median <= *row->bar;
}

Columns reference_set_of(const FidelitySection& section, const FidelityRow& row) {
  switch (section.measurement) {
    case Measurement::igd_on_reference_lines:
      return front_along_directions(row.problem, nsga3_directions(row.objectives, row.population).weights());
    case Measurement::igd_to_sphere: return sphere_points(row.objectives, kSpherePoints, kSphereSeed);
    case Measurement::igd_to_zdt_front: return reference_set(row.problem, row.objectives, kZdtPoints);
    case Measurement::igd_to_front: return reference_set(row.problem, row.objectives, kFrontPoints);
    case Measurement::hypervolume_of_box: break;
  }
  return {};
}

FidelityValue measure_run(const FidelitySection& section, const FidelityRow& row, const Columns& reference_set,
                          std::uint64_t seed) {
  Workers workers(1);
  Evaluator evaluator(make_suite_problem(row.problem, row.objectives), workers);
  const ProblemSpec& spec = evaluator.problem().spec();
  AlgorithmSettings settings{.population = row.population};
  settings.planned_generations = row.generations;
  settings.own.normalise = section.normalise;
  settings.variation.sbx = {.probability = section.crossover_probability, .eta = section.crossover_eta};
  settings.excursion = {.share = section.excursion, .generations = row.generations};
  AnyAlgorithm algorithm = find_algorithm(algorithm_of(section, row))->make({spec, seed, workers}, settings);
  HypervolumeMonitor monitor(spec, 0.0);
  Progress progress;
  run({algorithm, evaluator, workers, monitor, {}}, {.budget = {.generations = row.generations}}, progress);

  const Population& pool = algorithm.pool();
  const auto survivors = algorithm.survivors();
  const auto feasible = std::count_if(survivors.begin(), survivors.end(), [&](Slot i) { return pool.feasible(i); });
  FidelityValue result{.feasible = static_cast<double>(feasible) / static_cast<double>(survivors.size())};
  const bool maximised = section.measurement == Measurement::hypervolume_of_box;
  if (feasible == 0) {
    result.value = maximised ? 0.0 : std::numeric_limits<double>::infinity();
    return result;
  }
  const Population front = final_front(pool, survivors);
  result.value =
      maximised ? normalised_hypervolume(front.f, box_of_water(), workers) : igd(front.f, reference_set, workers);
  return result;
}

std::vector<FidelityResult> measure_fidelity(const FidelityRequest& request,
                                             const std::function<void(const FidelityResult&)>& after_row) {
  std::vector<FidelityResult> results = rows_asked_for(request);
  std::vector<Columns> reference_sets;
  for (const FidelityResult& result : results) reference_sets.push_back(reference_set_of(*result.section, *result.row));
  std::vector<std::size_t> missing(results.size(), request.seeds);
  const std::vector<Job> jobs = jobs_of(results);
  std::mutex mutex;
  Workers workers(request.threads);
  workers.for_blocks(jobs.size(), 1, [&](std::size_t begin, std::size_t end) {
    for (std::size_t j = begin; j < end; ++j) {
      FidelityResult& result = results[jobs[j].result];
      result.runs[jobs[j].seed] =
          measure_run(*result.section, *result.row, reference_sets[jobs[j].result], jobs[j].seed + 1);
      const std::lock_guard lock(mutex);
      if (--missing[jobs[j].result] == 0) after_row(result);
    }
  });
  return results;
}

}  // namespace millrace::cli
