#include <catch2/catch.hpp>

#include <cmath>
#include <stdexcept>
#include <vector>

#include "engine/archive/epsilon_archive.hpp"
#include "tests/reference/archive.hpp"
#include "tests/unit/archive/shown.hpp"

using namespace millrace;
using namespace millrace::testing;

TEST_CASE("epsilon options say what is wrong") {
  CHECK(EpsilonOptions{}.error(3).empty());
  CHECK(EpsilonOptions{.epsilons = {0.1, 0.2}}.error(2).empty());
  CHECK_FALSE(EpsilonOptions{.epsilons = {0.1}}.error(2).empty());
  for (const double bad : {0.0, -1.0, std::nan(""), HUGE_VAL})
    CHECK_FALSE(EpsilonOptions{.epsilons = {0.1, bad}}.error(2).empty());
  CHECK_FALSE(EpsilonOptions{.target = 3}.error(2).empty());
  CHECK_THROWS_AS(EpsilonArchive(Shape{1, 2, 0}, {.epsilons = {1.0}}), std::invalid_argument);
}

TEST_CASE("epsilons that choose themselves keep the archive near its target, whatever the units") {
  Workers workers;
  for (const std::size_t m : {2, 3, 5, 10}) {
    Population pool = shown(20'000, m, Cloud::front, 0.0, m);
    // A first population a thousand times as wide, and units far apart.
    for (Slot i = 0; i < 100; ++i)
      for (std::size_t k = 0; k < m; ++k) pool.f(i, k) = 1000.0 * (1.0 + pool.f(i, k));
    for (Slot i = 0; i < pool.size(); ++i) {
      pool.f(i, 0) *= 1e9;
      pool.f(i, m - 1) = pool.f(i, m - 1) * 1e-7 - 5.0;
    }
    EpsilonArchive archive(pool.shape(), {.target = 200});
    show_in_batches(all_slots(pool), 100, [&](auto slots) { archive.insert(pool, slots, workers); });
    CAPTURE(m);
    CHECK(archive.members().size() >= 100);
    CHECK(archive.members().size() <= 400);
    // What is left obeys the boxes in use.
    const std::vector<double> epsilons(archive.epsilons().begin(), archive.epsilons().end());
    reference::BoxArchive expected(archive.population(), epsilons);
    for (const Slot i : archive.members()) expected.show(i);
    CHECK(expected.members().size() == archive.members().size());
  }
}

TEST_CASE("epsilons that choose themselves come to rest where there is one member only") {
  Workers workers;
  for (const Cloud cloud : {Cloud::constant, Cloud::uniform}) {
    const std::size_t m = cloud == Cloud::constant ? 3 : 1;
    const Population pool = shown(50, m, cloud, 0.0, 1);
    EpsilonArchive archive(pool.shape(), {});
    std::vector<double> last;
    for (int batch = 0; batch < 400; ++batch) {
      last.assign(archive.epsilons().begin(), archive.epsilons().end());
      archive.insert(pool, all_slots(pool), workers);
    }
    CHECK(archive.members().size() == 1);
    CHECK(std::vector<double>(archive.epsilons().begin(), archive.epsilons().end()) == last);
    CHECK(last[0] > 0.0);
  }
}
