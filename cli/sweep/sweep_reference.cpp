#include "cli/sweep/sweep_reference.hpp"

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <utility>

#include "engine/exact/front_extent.hpp"
#include "engine/exact/payoff.hpp"
#include "engine/exact/reference_front.hpp"
#include "engine/indicator/nondominated_subset.hpp"
#include "problems/suite/catalogue.hpp"
#include "problems/suite/reference_set.hpp"

namespace millrace::cli {
namespace {

/// Points of a front to reach.
constexpr std::size_t kFrontPoints = 1000;

/// An objective without a range still needs a side.
void take_box(const ReferenceBox& box, const char* source, StoredReference& reference) {
  reference.source = box.empty() ? "none" : source;
  reference.ideal = box.ideal;
  reference.nadir = box.nadir;
  for (std::size_t k = 0; k < box.ideal.size(); ++k)
    if (!(reference.nadir[k] > reference.ideal[k])) reference.nadir[k] = reference.ideal[k] + 1.0;
}

/// What is still to be found out.
struct Wanted {
  bool box;
  bool front;
  bool any() const { return box || front; }
};

/// From the linear program; false where the problem is none, or it has no solution.
bool from_program(const AnyProblem& problem, Wanted& wanted, StoredReference& reference, Workers& workers) {
  const std::optional<LinearForm> form = problem.linear_form();
  if (!form) return false;
  try {
    const PayoffTable payoff = payoff_table(*form);
    const FrontExtent extent = front_extent(*form, payoff, {.volume = false}, workers);
    if (wanted.box) take_box({extent.ideal, extent.nadir, true}, "exact", reference);
    if (wanted.front)
      reference.front = reference_front(*form, payoff, extent.nadir, {.size = kFrontPoints}, workers).objectives;
  } catch (const std::runtime_error&) {
    return false;
  }
  wanted = {false, false};
  return true;
}

/// From a benchmark whose front is known; false for every other problem.
bool from_known_front(const PlannedProblem& problem, Wanted& wanted, StoredReference& reference) {
  const std::string& name = problem.request.problem;
  const auto entries = suite_entries();
  const bool is_benchmark =
      std::any_of(entries.begin(), entries.end(), [&](const SuiteEntry& entry) { return entry.name == name; });
  if (!is_benchmark || !has_reference_set(name)) return false;
  const Columns front = reference_set(name, problem.member.problem.spec().objectives.size(), kFrontPoints);
  if (wanted.box) take_box(ReferenceBox::of({}, front), "front", reference);
  if (wanted.front) reference.front = front;
  wanted = {false, false};
  return true;
}

Columns nondominated_rows(const Columns& points) {
  const std::vector<Slot> kept = nondominated_subset(points);
  Columns front(kept.size(), points.columns());
  for (std::size_t i = 0; i < kept.size(); ++i)
    for (std::size_t k = 0; k < points.columns(); ++k) front(i, k) = points(kept[i], k);
  return front;
}

Columns joined(const std::vector<StoredRun>& runs) {
  std::size_t rows = 0, columns = 0;
  for (const StoredRun& run : runs) {
    rows += run.objectives.rows();
    columns = std::max(columns, run.objectives.columns());
  }
  Columns all(rows, columns);
  std::size_t row = 0;
  for (const StoredRun& run : runs)
    for (std::size_t i = 0; i < run.objectives.rows(); ++i, ++row)
      for (std::size_t k = 0; k < columns; ++k) all(row, k) = run.objectives(i, k);
  return all;
}

/// The first seed of settings that are spread over the plan of a problem, unmeasured.
void from_runs(const SweepPlan& plan, std::size_t problem, Wanted wanted, StoredReference& reference,
               Workers& workers) {
  SweepPlan unmeasured = plan;
  unmeasured.file.trace_points = 0;
  unmeasured.file.igd_plus = unmeasured.file.epsilon_progress = unmeasured.file.keep_decisions = false;
  const std::size_t settings = plan.file.algorithms.size() * plan.points();
  const std::size_t count = std::min(settings, kReferenceRuns);
  std::vector<StoredRun> runs(count);
  workers.for_blocks(count, 1, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      Workers own(1);
      const std::size_t setting = problem * settings + i * settings / count;
      if (auto run = make_run(unmeasured, {}, {setting, plan.file.seeds.front(), {}}, {}, own, nullptr))
        runs[i] = std::move(*run);
    }
  });
  const Columns front = nondominated_rows(joined(runs));
  if (wanted.box) take_box(ReferenceBox::of({}, front), "runs", reference);
  if (wanted.front) reference.front = front;
}

std::vector<StoredObjective> objectives_of(const ProblemSpec& spec) {
  std::vector<StoredObjective> objectives;
  for (const ObjectiveSpec& o : spec.objectives) objectives.push_back({o.name, o.unit, o.sense == Sense::maximise});
  return objectives;
}

}  // namespace

StoredProblem stored_problem(const SweepPlan& plan, std::size_t problem, const Store* store, Workers& workers) {
  const PlannedProblem& planned = plan.problems[problem];
  const ProblemSpec& spec = planned.member.problem.spec();
  StoredProblem result{planned.digest,      planned.name, planned.member.scenario,
                       objectives_of(spec), {},           {"none", {}, {}, {}}};
  for (std::size_t j = 0; j < spec.bounds.variables(); ++j) result.variables.push_back(spec.variable_name(j));
  if (store != nullptr)
    if (std::optional<StoredProblem> known = store->problem(planned.digest))
      result.reference = std::move(known->reference);
  Wanted wanted{result.reference.ideal.empty(), plan.file.igd_plus && result.reference.front.rows() == 0};
  if (wanted.box && !spec.reference_ideal.empty()) {
    take_box(ReferenceBox::of(spec, {}), "case", result.reference);
    wanted.box = false;
  }
  if (wanted.any() && !from_known_front(planned, wanted, result.reference) &&
      !from_program(planned.member.whole_problem(), wanted, result.reference, workers))
    from_runs(plan, problem, wanted, result.reference, workers);
  return result;
}

}  // namespace millrace::cli
