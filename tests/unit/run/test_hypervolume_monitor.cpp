#include <catch2/catch.hpp>

#include <array>
#include <vector>

#include "engine/run/hypervolume_monitor.hpp"
#include "tests/unit/run/small_problem.hpp"

using namespace millrace;
using testing::population_of;
using testing::SmallProblem;

namespace {

/// A population whose share of the unit box is `share` (one individual on the diagonal).
Population with_share(double share) {
  const double side = std::sqrt(share) * kReferencePoint;
  const std::array<std::array<double, 2>, 1> values = {{{kReferencePoint - side, kReferencePoint - side}}};
  return population_of<2>(values);
}

void observe(HypervolumeMonitor& monitor, const Population& pool, std::uint64_t generation) {
  Workers workers(1);
  const std::vector<Slot> survivors = {0};
  monitor.observe(pool, survivors, generation, workers);
}

}  // namespace

TEST_CASE("a gain above the tolerance restarts the count, a smaller one and a loss do not") {
  const SmallProblem problem;
  HypervolumeMonitor monitor(problem.spec(), 0.1);
  observe(monitor, with_share(0.30), 1);
  CHECK(monitor.current() == Approx(0.30));
  CHECK(monitor.generations_without_gain(1) == 0);
  observe(monitor, with_share(0.32), 2);
  CHECK(monitor.best() == Approx(0.32));
  CHECK(monitor.generations_without_gain(2) == 1);
  observe(monitor, with_share(0.20), 3);
  CHECK(monitor.current() == Approx(0.20));
  CHECK(monitor.best() == Approx(0.32));
  CHECK(monitor.generations_without_gain(3) == 2);
  observe(monitor, with_share(0.40), 4);
  CHECK(monitor.generations_without_gain(4) == 0);
  CHECK(monitor.generations_without_gain(9) == 5);
}

TEST_CASE("small gains add up to one") {
  const SmallProblem problem;
  HypervolumeMonitor monitor(problem.spec(), 0.1);
  observe(monitor, with_share(0.30), 1);
  observe(monitor, with_share(0.32), 2);
  CHECK(monitor.generations_without_gain(2) == 1);
  observe(monitor, with_share(0.34), 3);
  CHECK(monitor.generations_without_gain(3) == 0);
}

TEST_CASE("infeasible survivors have no share; a falling violation is a gain until one is feasible") {
  const SmallProblem problem;
  HypervolumeMonitor monitor(problem.spec(), 0.1);
  Population pool = with_share(0.5);
  pool.violation[0] = 1.0;
  observe(monitor, pool, 1);
  CHECK(monitor.current() == 0.0);
  CHECK(monitor.generations_without_gain(1) == 0);
  pool.violation[0] = 0.95;
  observe(monitor, pool, 2);
  CHECK(monitor.generations_without_gain(2) == 1);
  pool.violation[0] = 0.8;
  observe(monitor, pool, 3);
  CHECK(monitor.generations_without_gain(3) == 0);
  pool.violation[0] = 0.0;
  observe(monitor, pool, 4);
  CHECK(monitor.current() == Approx(0.5));
  CHECK(monitor.generations_without_gain(4) == 0);
}

TEST_CASE("a problem without a box is measured in that of its first feasible front, also after a load") {
  SmallProblem problem;
  problem.problem_spec.reference_ideal.clear();
  problem.problem_spec.reference_nadir.clear();
  HypervolumeMonitor monitor(problem.spec(), 0.01);
  Population nobody = with_share(0.5);
  nobody.violation[0] = kFailedViolation;
  observe(monitor, nobody, 1);
  const std::array<std::array<double, 2>, 1> first = {{{3.0, 3.0}}};  // box from (3, 3) to (4, 4)
  observe(monitor, population_of<2>(first), 2);
  CHECK(monitor.current() == Approx(1.0));
  const std::array<std::array<double, 2>, 1> later = {{{3.5, 3.5}}};

  std::vector<std::byte> bytes;
  StateWriter writer(bytes);
  monitor.save(writer);
  HypervolumeMonitor loaded(problem.spec(), 0.01);
  StateReader reader(bytes);
  loaded.load(reader);
  CHECK(reader.at_end());
  CHECK(loaded.current() == monitor.current());
  CHECK(loaded.best() == monitor.best());
  for (HypervolumeMonitor* each : {&monitor, &loaded}) {
    observe(*each, population_of<2>(later), 7);
    CHECK(each->current() == Approx(0.36 / 1.21));
    CHECK(each->generations_without_gain(7) == 5);
  }
}
