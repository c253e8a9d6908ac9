#include <catch2/catch.hpp>

#include <optional>
#include <vector>

#include "engine/run/checkpoint.hpp"
#include "engine/run/front.hpp"
#include "engine/run/result_files.hpp"
#include "engine/run/run_archive.hpp"
#include "tests/determinism/whole_run.hpp"
#include "tests/faults/scratch_folder.hpp"
#include "tests/unit/run/small_problem.hpp"

using namespace millrace;
using namespace millrace::testing;

namespace {

using Kind = ArchiveOptions::Kind;

/// A run with an archive beside it.
struct ArchivedRun {
  explicit ArchivedRun(const ArchiveOptions& options, std::size_t threads = 1)
      : whole(SmallProblem(), *find_algorithm("nsga2"), {.method = {.population = 20}, .threads = threads}),
        archive(whole.spec().shape(), options, whole.workers) {}

  Run parts(std::span<Observer* const> observers = {}) {
    Run parts = whole.parts(observers);
    parts.archive = &archive;
    return parts;
  }
  StopReason run(const Budget& budget, std::span<Observer* const> observers = {}) {
    return millrace::run(parts(observers), {.budget = budget}, whole.progress);
  }
  std::string csv() const { return front_csv(whole.spec(), final_front(archive.population(), archive.members())); }

  WholeRun whole;
  RunArchive archive;
};

/// Everything that is evaluated, kept the simple way.
struct Collector : Observer {
  void after_generation(const Observation& observation) override {
    const Population& pool = observation.algorithm.pool();
    // Parents and children both lie in the pool after the survival.
    for (Slot i = 0; i < pool.size(); ++i)
      if (observation.progress.generation > 1 || i < pool.size() / 2) rows.push_back({pool.f(i, 0), pool.f(i, 1)});
  }
  std::vector<std::array<double, 2>> rows;
};

bool dominates(const std::array<double, 2>& a, const std::array<double, 2>& b) {
  return a[0] <= b[0] && a[1] <= b[1] && a != b;
}

}  // namespace

TEST_CASE("the archive of a run holds what nobody ever evaluated dominates") {
  ArchivedRun archived({.kind = Kind::nondominated});
  Collector collector;
  Observer* const observers[] = {&collector};
  archived.run({.generations = 12}, observers);
  std::vector<std::array<double, 2>> best;
  for (const auto& row : collector.rows)
    if (std::none_of(collector.rows.begin(), collector.rows.end(), [&](const auto& o) { return dominates(o, row); }))
      best.push_back(row);
  std::sort(best.begin(), best.end());
  best.erase(std::unique(best.begin(), best.end()), best.end());
  std::vector<std::array<double, 2>> kept;
  for (const Slot i : archived.archive.members())
    kept.push_back({archived.archive.population().f(i, 0), archived.archive.population().f(i, 1)});
  std::sort(kept.begin(), kept.end());
  CHECK(kept == best);
  CHECK(kept.size() > 20);
}

TEST_CASE("a resumed run ends with the same archive, whatever its size, and for any number of threads") {
  const ScratchFolder folder;
  for (const ArchiveOptions& options :
       {ArchiveOptions{.kind = Kind::nondominated}, ArchiveOptions{.kind = Kind::epsilon, .epsilons = {0.05}},
        ArchiveOptions{.kind = Kind::epsilon, .epsilons = {0.05, 0.1}, .progress = true},
        ArchiveOptions{.kind = Kind::epsilon},
        ArchiveOptions{.kind = Kind::nondominated, .epsilons = {0.1}, .progress = true}}) {
    ArchivedRun straight(options);
    straight.run({.generations = 40});
    CheckpointFile file(folder / "c", "run");
    CheckpointObserver checkpoint(file);
    Observer* const observers[] = {&checkpoint};
    // The archive grows between the copies, so that the file has to.
    for (const std::uint64_t until : {1u, 2u, 9u, 30u}) {
      ArchivedRun part(options, until % 3 + 1);
      CHECK(load_checkpoint(file, part.parts(), part.whole.progress) == (until > 1));
      part.run({.generations = until}, observers);
    }
    ArchivedRun resumed(options);
    REQUIRE(load_checkpoint(file, resumed.parts(), resumed.whole.progress));
    CHECK(resumed.whole.progress.generation == 30);
    resumed.run({.generations = 40});
    CHECK(resumed.csv() == straight.csv());
    CHECK(resumed.whole.state() == straight.whole.state());
    CHECK(resumed.archive.generations_without_progress(40) == straight.archive.generations_without_progress(40));
    file.remove();
  }
}

TEST_CASE("a run stops after so many generations without epsilon-progress, and so does a resumed one") {
  const ScratchFolder folder;
  const ArchiveOptions options{.epsilons = {0.1}, .progress = true};
  const Budget budget = {.generations = 5000, .epsilon_stagnation = 7};
  ArchivedRun straight(options);
  REQUIRE(straight.run(budget) == StopReason::epsilon_stagnation);
  const std::uint64_t end = straight.whole.progress.generation;
  CHECK(straight.archive.generations_without_progress(end) == 7);
  CHECK(end > 10);
  CHECK(end < 1000);
  CheckpointFile file(folder / "c", "run");
  CheckpointObserver checkpoint(file);
  Observer* const observers[] = {&checkpoint};
  Budget shorter = budget;
  shorter.generations = end - 3;
  ArchivedRun(options).run(shorter, observers);
  ArchivedRun resumed(options);
  REQUIRE(load_checkpoint(file, resumed.parts(), resumed.whole.progress));
  CHECK(resumed.run(budget) == StopReason::epsilon_stagnation);
  CHECK(resumed.whole.progress.generation == end);
  CHECK(resumed.whole.state() == straight.whole.state());
}

TEST_CASE("epsilons that do not fit are refused with a sentence") {
  CHECK(ArchiveOptions{.kind = Kind::epsilon}.error(3).empty());
  CHECK(ArchiveOptions{.kind = Kind::epsilon, .epsilons = {0.1}}.error(3).empty());
  CHECK_FALSE(ArchiveOptions{.kind = Kind::epsilon, .epsilons = {0.1, 0.1}}.error(3).empty());
  CHECK_FALSE(ArchiveOptions{.kind = Kind::epsilon, .epsilons = {0.0}}.error(3).empty());
  Workers workers(1);
  CHECK_THROWS_AS(RunArchive({1, 2, 0}, ArchiveOptions{.kind = Kind::epsilon, .epsilons = {1, 2, 3}}, workers),
                  std::invalid_argument);
}
