#include <catch2/catch.hpp>

#include <limits>
#include <vector>

#include "engine/algorithm/state.hpp"
#include "engine/archive/epsilon_archive.hpp"
#include "tests/reference/archive.hpp"
#include "tests/unit/archive/shown.hpp"

using namespace millrace;
using namespace millrace::testing;

namespace {

std::vector<std::byte> saved(const EpsilonArchive& archive) {
  std::vector<std::byte> bytes;
  StateWriter writer(bytes);
  archive.save(writer);
  return bytes;
}

/// One individual of two objectives and one variable.
void put(Population& pool, Slot i, double f0, double f1, double violation) {
  pool.f(i, 0) = f0;
  pool.f(i, 1) = f1;
  pool.violation[i] = violation;
  pool.x.row(i)[0] = i;
}

}  // namespace

TEST_CASE("the epsilon archive holds what comparing two at a time gives, however it is shown") {
  Workers workers(2);
  for (const std::size_t n : {1, 2, 63, 64, 65, 400})
    for (const std::size_t m : {1, 2, 3, 6})
      for (const Cloud cloud : {Cloud::uniform, Cloud::front, Cloud::coarse, Cloud::constant})
        for (const double odd : {0.0, 0.5})
          for (const double epsilon : {1e-4, 0.07, 0.25, 10.0})
            for (const std::size_t batch : {std::size_t{1}, std::size_t{17}, n + 1}) {
              CAPTURE(n, m, static_cast<int>(cloud), odd, epsilon, batch);
              const Population pool = shown(n, m, cloud, odd, n + m);
              std::vector<double> epsilons(m, epsilon);
              epsilons[m - 1] *= 1.5;
              reference::BoxArchive expected(pool, epsilons);
              for (const Slot i : all_slots(pool)) expected.show(i);
              if (expected.members().empty()) continue;
              EpsilonArchive archive(pool.shape(), {.epsilons = epsilons});
              // Steps of the violation before the first feasible individual count as well.
              std::uint64_t before = 0;
              show_in_batches(all_slots(pool), batch, [&](auto slots) {
                archive.insert(pool, slots, workers);
                if (!archive.population().feasible(0)) before = archive.progress();
              });
              CHECK(numbers(archive) == expected.members());
              CHECK(archive.progress() - before == expected.progress());
            }
}

TEST_CASE("while nothing is feasible the epsilon archive holds the least violated, the first of equals") {
  Workers workers;
  Population pool(6, {1, 2, 1});
  const double infinity = std::numeric_limits<double>::infinity();
  put(pool, 0, infinity, infinity, kFailedViolation);
  put(pool, 1, infinity, 0.0, 0.0);
  put(pool, 2, 5.0, 5.0, 2.0);
  put(pool, 3, 1.0, 1.0, 2.0);
  put(pool, 4, 9.0, 9.0, 1.0);
  put(pool, 5, 99.0, 99.0, 0.0);
  const std::vector<Slot> expected = {0, 0, 2, 2, 4, 5};
  EpsilonArchive archive(pool.shape(), {});
  for (const Slot i : all_slots(pool)) {
    archive.insert(pool, std::span(&i, 1), workers);
    CHECK(numbers(archive) == std::vector<Slot>{expected[i]});
  }
  CHECK(archive.progress() == 3);
  EpsilonArchive at_once(pool.shape(), {});
  at_once.insert(pool, all_slots(pool), workers);
  CHECK(numbers(at_once) == std::vector<Slot>{5});
}

TEST_CASE("one objective: the best is kept to the last bit, though its box holds others") {
  Workers workers;
  Population pool(3, {1, 1, 0});
  pool.f(0, 0) = 1e9;
  pool.f(1, 0) = std::nextafter(1e9, 2e9);
  pool.f(2, 0) = std::nextafter(1e9, 0.0);
  for (Slot i = 0; i < 3; ++i) pool.x.row(i)[0] = i;
  EpsilonArchive archive(pool.shape(), {.epsilons = {3.0}});
  archive.insert(pool, all_slots(pool), workers);
  CHECK(numbers(archive) == std::vector<Slot>{2});
}

TEST_CASE("labels stay with their individuals") {
  Workers workers;
  const Population pool = shown(500, 3, Cloud::front, 0.2, 3);
  const std::vector<Slot> slots = all_slots(pool);
  EpsilonArchive archive(pool.shape(), {.target = 40});
  show_in_batches(slots, 50, [&](auto batch) {
    archive.insert(pool, batch, workers, std::vector<std::uint32_t>(batch.begin(), batch.end()));
  });
  REQUIRE(archive.labels().size() == archive.members().size());
  for (const Slot i : archive.members())
    CHECK(static_cast<double>(archive.labels()[i]) == archive.population().x.row(i)[0]);
}

TEST_CASE("an epsilon archive that is saved and loaded goes on alike, for any number of threads") {
  const Population pool = shown(4000, 4, Cloud::front, 0.2, 9);
  const std::vector<Slot> slots = all_slots(pool);
  for (const std::vector<double>& epsilons : {std::vector<double>{}, std::vector<double>(4, 0.02)}) {
    Workers one(1), seven(7);
    EpsilonArchive straight(pool.shape(), {.epsilons = epsilons});
    straight.insert(pool, std::span(slots).first(2000), one);
    EpsilonArchive loaded(pool.shape(), {.epsilons = epsilons});
    const std::vector<std::byte> bytes = saved(straight);
    StateReader reader(bytes);
    loaded.load(reader);
    CHECK(reader.at_end());
    straight.insert(pool, std::span(slots).last(2000), one);
    loaded.insert(pool, std::span(slots).last(2000), seven);
    CHECK((saved(straight) == saved(loaded)));
  }
}
