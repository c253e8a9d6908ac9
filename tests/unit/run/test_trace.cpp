#include <catch2/catch.hpp>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "engine/indicator/distance.hpp"
#include "engine/run/checkpoint.hpp"
#include "engine/run/trace.hpp"
#include "tests/determinism/whole_run.hpp"
#include "tests/faults/scratch_folder.hpp"
#include "tests/unit/run/small_problem.hpp"

using namespace millrace;
using namespace millrace::testing;

namespace {

/// A run of 20 individuals with its trace.
struct TracedRun {
  explicit TracedRun(const TraceOptions& options, const SmallProblem& problem = SmallProblem(), std::size_t threads = 1)
      : whole(problem, *find_algorithm("nsga2"), {.method = {.population = 20}, .threads = threads}),
        trace(whole.spec(), options, whole.workers) {}

  void run(std::uint64_t generations, Observer* checkpoint = nullptr) {
    std::vector<Observer*> observers = {&trace};
    if (checkpoint != nullptr) observers.push_back(checkpoint);
    whole.run_generations(generations, observers);
  }
  bool load(const CheckpointFile& file) {
    Observer* const observers[] = {&trace};
    return load_checkpoint(file, whole.parts(observers), whole.progress);
  }
  void finish() { trace.finish({whole.progress, whole.algorithm, whole.evaluator, whole.hypervolume}); }
  std::vector<std::uint64_t> recorded() const {
    std::vector<std::uint64_t> evaluations;
    for (const TracePoint& point : trace.points()) evaluations.push_back(point.evaluations);
    return evaluations;
  }
  /// What the last point should say, from the population as it is now.
  Columns front() const {
    std::vector<Slot> feasible;
    for (const Slot i : whole.algorithm.survivors())
      if (whole.algorithm.pool().feasible(i)) feasible.push_back(i);
    return extract(whole.algorithm.pool(), feasible).f;
  }

  WholeRun whole;
  Trace trace;
};

using Counts = std::vector<std::uint64_t>;

/// Points of the front from (0, 1) to (1, 0).
Columns true_front(std::size_t points) {
  Columns front(points, 2);
  for (std::size_t i = 0; i < points; ++i) {
    front(i, 0) = static_cast<double>(i) / static_cast<double>(points - 1);
    front(i, 1) = 1.0 - front(i, 0);
  }
  return front;
}

}  // namespace

TEST_CASE("a schedule spreads its points evenly and ends with the budget") {
  CHECK(trace_schedule(1000, 20) == Counts{100, 200, 300, 400, 500, 600, 700, 800, 900, 1000});
  CHECK(trace_schedule(10, 20, 3) == Counts{4, 7, 10});
  CHECK(trace_schedule(3, 20, 10) == Counts{1, 2, 3});
  CHECK(trace_schedule(7, 20, 1) == Counts{7});
  CHECK(trace_schedule(7, 20, 0) == Counts{7});
  const std::uint64_t huge = std::numeric_limits<std::uint64_t>::max();
  CHECK(trace_schedule(huge, 20, 2).back() == huge);
}

TEST_CASE("without a budget the population is doubled") {
  const Counts at = trace_schedule(0, 20);
  CHECK(at.front() == 20);
  for (std::size_t i = 1; i < at.size(); ++i) CHECK(at[i] == 2 * at[i - 1]);
  CHECK(at.size() > 50);
  CHECK(trace_schedule(0, 0).front() == 1);
}

TEST_CASE("a point is recorded by the first generation that reaches it, and the last one once") {
  TracedRun traced({.at = {0, 1, 20, 21, 90, 95, 100, 200}});
  traced.run(7);
  CHECK(traced.recorded() == Counts{20, 40, 100});
  traced.finish();
  CHECK(traced.recorded() == Counts{20, 40, 100, 140});
  traced.finish();
  CHECK(traced.recorded().size() == 4);
  CHECK(traced.trace.points().back().generation == 7);
  TracedRun whole({.at = {140}});
  whole.run(7);
  whole.finish();
  CHECK(whole.recorded() == Counts{140});
}

TEST_CASE("what is recorded is what the definitions give for the population") {
  TracedRun traced({.at = {100}, .reference_front = true_front(11), .exact_hypervolume = 0.7});
  traced.run(5);
  REQUIRE(traced.trace.points().size() == 1);
  const TracePoint& point = traced.trace.points().front();
  const Columns front = traced.front();
  const ReferenceBox box = {{0.0, 0.0}, {1.0, 1.0}, true};
  CHECK(point.hypervolume == normalised_hypervolume(front, box, traced.whole.workers));
  CHECK(point.hypervolume > 0.3);
  CHECK(point.exact_share == point.hypervolume / 0.7);
  CHECK(point.igd_plus == igd_plus(front, true_front(11), traced.whole.workers));
  CHECK(point.feasible_share == 1.0);
  CHECK(std::isnan(point.epsilon_progress));
  CHECK(point.seconds > 0.0);
}

TEST_CASE("another box measures in its own units, and distances too") {
  const ReferenceBox box = {{-1.0, -1.0}, {3.0, 1.0}, true};
  TracedRun traced({.at = {60}, .box = box, .reference_front = true_front(5)});
  traced.run(3);
  const TracePoint& point = traced.trace.points().at(0);
  const auto in_box = [&](Columns f) {
    for (std::size_t i = 0; i < f.rows(); ++i)
      for (std::size_t k = 0; k < 2; ++k) f(i, k) = (f(i, k) - box.ideal[k]) / (box.nadir[k] - box.ideal[k]);
    return f;
  };
  CHECK(point.hypervolume == normalised_hypervolume(traced.front(), box, traced.whole.workers));
  CHECK(point.igd_plus == igd_plus(in_box(traced.front()), in_box(true_front(5)), traced.whole.workers));
}

TEST_CASE("a problem without a box has distances in the box of the reference front and no hypervolume") {
  SmallProblem problem;
  problem.problem_spec.reference_ideal.clear();
  problem.problem_spec.reference_nadir.clear();
  TracedRun traced({.at = {40}, .reference_front = true_front(3)}, problem);
  traced.run(2);
  const TracePoint& point = traced.trace.points().at(0);
  CHECK(std::isnan(point.hypervolume));
  CHECK(std::isnan(point.exact_share));
  CHECK(point.igd_plus == igd_plus(traced.front(), true_front(3), traced.whole.workers));
  CHECK(trace_csv(traced.trace.points()).starts_with("evaluations,generation,feasible share,igd plus\n40,2,1,"));
}

TEST_CASE("while nothing is feasible the hypervolume is 0 and the distance infinite") {
  TracedRun traced({.at = {20}, .reference_front = true_front(3)}, SmallProblem(2.0));
  // Everything fails, which stops the run after its first generation.
  traced.run(1);
  const TracePoint& point = traced.trace.points().at(0);
  CHECK(point.feasible_share == 0.0);
  CHECK(point.hypervolume == 0.0);
  CHECK(std::isinf(point.igd_plus));
  CHECK(trace_csv(traced.trace.points()) ==
        "evaluations,generation,feasible share,hypervolume,igd plus\n20,1,0,0,inf\n");
}

TEST_CASE("epsilon-progress is recorded where the archive follows it") {
  for (const bool followed : {true, false}) {
    TracedRun traced({.at = {20, 100}});
    RunArchive archive(traced.whole.spec().shape(),
                       {.kind = ArchiveOptions::Kind::nondominated, .epsilons = {0.1}, .progress = followed},
                       traced.whole.workers);
    Observer* const observers[] = {&traced.trace};
    Run parts = traced.whole.parts(observers);
    parts.archive = &archive;
    run(parts, {.budget = {.generations = 5}}, traced.whole.progress);
    REQUIRE(traced.trace.points().size() == 2);
    if (followed) CHECK(traced.trace.points()[1].epsilon_progress == static_cast<double>(archive.progress()));
    if (followed) CHECK(traced.trace.points()[1].epsilon_progress > traced.trace.points()[0].epsilon_progress);
    else CHECK(std::isnan(traced.trace.points()[1].epsilon_progress));
  }
}

TEST_CASE("an interrupted run leaves the same trace as a straight one, whatever the threads") {
  const ScratchFolder folder;
  const TraceOptions options = {.at = trace_schedule(800, 20), .reference_front = true_front(11)};
  TracedRun straight(options);
  straight.run(40);
  straight.finish();
  CHECK(straight.recorded() == trace_schedule(800, 20));
  CheckpointFile file(folder / "c", "run");
  CheckpointObserver checkpoint(file);
  for (const std::uint64_t until : {1u, 4u, 5u, 39u, 40u}) {
    TracedRun part(options, SmallProblem(), until % 3 + 1);
    CHECK(part.load(file) == (until > 1));
    part.run(until, &checkpoint);
  }
  TracedRun resumed(options);
  REQUIRE(resumed.load(file));
  resumed.finish();
  CHECK(trace_csv(resumed.trace.points()) == trace_csv(straight.trace.points()));
  CHECK(resumed.trace.points().size() == 10);
}

TEST_CASE("watching does not change the run") {
  TracedRun traced({.at = trace_schedule(400, 20, 20)});
  TracedRun plain({});
  traced.run(20);
  plain.run(20);
  CHECK(traced.trace.points().size() == 20);
  CHECK(plain.trace.points().empty());
  CHECK((traced.whole.state() == plain.whole.state()));
}

TEST_CASE("a trace refuses what does not fit, with a sentence") {
  const SmallProblem problem;
  Workers workers(1);
  const auto refuses = [&](const TraceOptions& options) {
    CHECK_FALSE(options.error(2).empty());
    CHECK_THROWS_AS(Trace(problem.spec(), options, workers), std::invalid_argument);
  };
  CHECK(TraceOptions{}.error(2).empty());
  refuses({.at = {5, 4}});
  refuses({.box = {{0.0}, {1.0}, true}});
  refuses({.reference_front = Columns(3, 5)});
  refuses({.exact_hypervolume = 0.0});
}
