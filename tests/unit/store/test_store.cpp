#include <catch2/catch.hpp>

#include <cmath>

#include "tests/faults/scratch_folder.hpp"
#include "tests/unit/store/sample_runs.hpp"

using namespace millrace;
using namespace millrace::testing;

TEST_CASE("what is put into a store comes back bit for bit, from another opening of the file") {
  const ScratchFolder folder;
  const StoredRun run = sample_run(7);
  {
    Store store(folder / "s.db", Store::Mode::write);
    store.put(sample_problem());
    store.put(std::span(&run, 1));
  }
  const Store store(folder / "s.db", Store::Mode::read);
  CHECK(store.run_count() == 1);
  const StoredRun found = store.find("run-7", {.traces = true, .fronts = true}).value();
  CHECK(found.problem == "problem-a");
  CHECK(found.algorithm == "nsga3");
  CHECK(found.seed == 7);
  CHECK(found.status == RunStatus::finished);
  CHECK(found.settings == run.settings);
  CHECK(found.options == run.options);
  CHECK(found.machine == run.machine);
  CHECK(found.evaluations == 20'000);
  CHECK(found.failed_evaluations == 3);
  CHECK(found.trace_points == 2);
  CHECK(found.seconds == 0.012);
  CHECK(found.indicator("hypervolume") == 0.1);
  CHECK(std::isnan(found.indicator("igd_plus")));
  CHECK(std::isnan(found.indicator("unknown")));
  CHECK(found.trace.names == run.trace.names);
  CHECK(found.trace.rows() == 2);
  CHECK(found.trace.at(0, 1) == 0.1);
  CHECK(std::isnan(found.trace.at(1, 1)));
  REQUIRE(found.objectives.rows() == 3);
  CHECK(found.objectives(2, 0) == 2.0 / 3.0);
  CHECK(found.objectives(1, 1) == -3.5);
  CHECK(found.decisions.row(2)[0] == 0.1 * 2.0);
  CHECK(std::signbit(found.decisions.row(2)[1]));
  CHECK_FALSE(store.find("run-8"));
  // Only what is asked for is read.
  CHECK(store.find("run-7")->objectives.rows() == 0);
  CHECK(store.find("run-7")->trace.rows() == 0);
}

TEST_CASE("a problem keeps its first reference; only a missing box and a missing front are added") {
  const ScratchFolder folder;
  Store store(folder / "s.db", Store::Mode::write);
  StoredProblem problem = sample_problem();
  problem.reference = {"none", {}, {}, {}};
  store.put(problem);
  problem.reference = {"runs", {0.0, 0.0}, {2.0, 4.0}, {}};
  store.put(problem);
  problem.reference = {"exact", {9.0, 9.0}, {10.0, 10.0}, Columns(2, 2)};
  problem.reference.front(1, 0) = 0.25;
  store.put(problem);
  problem.reference.front(1, 0) = 0.75;
  store.put(problem);
  const StoredProblem kept = store.problem("problem-a").value();
  CHECK(kept.reference.source == "runs");
  CHECK(kept.reference.nadir == std::vector{2.0, 4.0});
  REQUIRE(kept.reference.front.rows() == 2);
  CHECK(kept.reference.front(1, 0) == 0.25);
  REQUIRE(kept.objectives.size() == 2);
  CHECK(kept.objectives[0].unit == "m³");
  CHECK(kept.objectives[1].maximised);
  CHECK(kept.variables == std::vector<std::string>{"x1", "x2"});
  CHECK(store.problems().size() == 1);
  CHECK_FALSE(store.problem("other"));
}

TEST_CASE("runs come in the order of their digests, however they were put, and a run put again replaces itself") {
  const ScratchFolder folder;
  Store store(folder / "s.db", Store::Mode::write);
  store.put(sample_problem());
  std::vector<StoredRun> runs = {sample_run(3), sample_run(1), sample_run(2)};
  store.put(runs);
  const std::string before = all_of(store);
  store.put(std::span(runs).first(1));
  CHECK(all_of(store) == before);
  CHECK(store.run_count() == 3);

  StoredRun failed = sample_run(2);
  failed.status = RunStatus::failed;
  failed.reason = "it threw";
  failed.indicators.clear();
  failed.trace = {};
  failed.front_size = 0;
  failed.trace_points = 0;
  store.put(std::span(&failed, 1));
  const auto extents = store.extents();
  REQUIRE(extents.size() == 3);
  CHECK(extents.at("run-2").status == RunStatus::failed);
  CHECK(extents.at("run-2").indicators.empty());
  CHECK_FALSE(extents.at("run-2").decisions);
  CHECK(extents.at("run-1").decisions);
  CHECK(extents.at("run-1").trace_points == 2);
  CHECK(extents.at("run-1").indicators == std::vector<std::string>{"hypervolume", "igd_plus"});
  // Nothing of the run that it replaced is left.
  CHECK(store.find("run-2", {.traces = true, .fronts = true})->trace.rows() == 0);
}

TEST_CASE("runs of an empty front, without decisions, without settings") {
  const ScratchFolder folder;
  Store store(folder / "s.db", Store::Mode::write);
  store.put(sample_problem());
  StoredRun run = sample_run(1);
  run.settings.clear();
  run.indicators.clear();
  run.trace = {};
  run.front_size = 0;
  run.objectives = Columns(0, 2);
  run.decisions = {};
  store.put(std::span(&run, 1));
  store.put(std::span<const StoredRun>());
  const StoredRun found = store.find("run-1", {.traces = true, .fronts = true}).value();
  CHECK(found.objectives.rows() == 0);
  CHECK(found.settings.empty());
}

TEST_CASE("a run of a problem that the store does not know is refused, and nothing of its batch is kept") {
  const ScratchFolder folder;
  Store store(folder / "s.db", Store::Mode::write);
  store.put(sample_problem());
  const std::vector<StoredRun> runs = {sample_run(1), sample_run(2, "unknown")};
  CHECK_THROWS_AS(store.put(runs), StoreError);
  CHECK(store.run_count() == 0);
  store.put(std::span(runs).first(1));
  CHECK(store.run_count() == 1);
}
