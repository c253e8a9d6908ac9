#include <catch2/catch.hpp>

#include <vector>

#include "engine/algorithm/cohorts.hpp"

using namespace millrace;

TEST_CASE("survival renames slots: parents and children always share the pool, ascending") {
  Cohorts cohorts(4, {2, 2, 0});
  CHECK(cohorts.parents().empty());
  CHECK(cohorts.members().size() == 4);
  const std::vector<Slot> first = {3, 1, 0, 2};
  cohorts.survive(first);
  CHECK(cohorts.generation() == 1);
  CHECK(cohorts.members().size() == 8);
  const std::vector<Slot> second = {7, 0, 5, 2};
  cohorts.survive(second);
  CHECK(std::vector<Slot>(cohorts.parents().begin(), cohorts.parents().end()) == std::vector<Slot>{0, 2, 5, 7});
  CHECK(std::vector<Slot>(cohorts.children().begin(), cohorts.children().end()) == std::vector<Slot>{1, 3, 4, 6});
}

TEST_CASE("saved cohorts come back with the same slots and values") {
  Cohorts cohorts(3, {2, 2, 1});
  for (Slot i = 0; i < 6; ++i) {
    cohorts.pool().x.row(i)[0] = i;
    cohorts.pool().f(i, 1) = 10.0 * i;
    cohorts.pool().g(i, 0) = -1.0 * i;
    cohorts.pool().violation[i] = 0.5 * i;
  }
  cohorts.survive(std::vector<Slot>{0, 1, 2});
  cohorts.survive(std::vector<Slot>{1, 4, 5});
  std::vector<std::byte> bytes;
  StateWriter writer(bytes);
  cohorts.save(writer);
  Cohorts loaded(3, {2, 2, 1});
  StateReader reader(bytes);
  loaded.load(reader);
  CHECK(reader.at_end());
  CHECK(loaded.generation() == 2);
  for (std::size_t k = 0; k < 3; ++k) {
    const Slot i = cohorts.parents()[k];
    CHECK(loaded.parents()[k] == i);
    CHECK(loaded.pool().x.row(i)[0] == i);
    CHECK(loaded.pool().f(i, 1) == 10.0 * i);
    CHECK(loaded.pool().g(i, 0) == -1.0 * i);
    CHECK(loaded.pool().violation[i] == 0.5 * i);
  }
  Cohorts larger(4, {2, 2, 1});
  StateReader again(bytes);
  CHECK_THROWS_AS(larger.load(again), StateMismatch);
  Cohorts other_shape(3, {2, 3, 1});
  StateReader third(bytes);
  CHECK_THROWS_AS(other_shape.load(third), StateMismatch);
}
