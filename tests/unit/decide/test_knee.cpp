#include "engine/decide/knee.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "engine/indicator/nondominated_subset.hpp"
#include "tests/reference/choice.hpp"
#include "tests/unit/decide/fronts.hpp"

using namespace millrace;

namespace {

Columns nondominated(const Columns& f) {
  const auto kept = nondominated_subset(f);
  Columns front(kept.size(), f.columns());
  for (std::size_t k = 0; k < f.columns(); ++k)
    for (std::size_t i = 0; i < kept.size(); ++i) front(i, k) = f(kept[i], k);
  return front;
}

}  // namespace

TEST_CASE("the knee of a bent front is at its bend", "[decide]") {
  const KneeChoice bent = knee(ScaledFront(points({{0, 10}, {1, 4}, {2, 1}, {6, 0.5}, {10, 0}})));
  CHECK(bent.chosen == 2);
  CHECK(bent.distance[2] == Approx(0.7 / std::sqrt(2.0)).margin(1e-15));
  CHECK(bent.distance[0] == 0.0);
  // To (1, 4): 0.3 lost for 0.1 gained; to (10, 0): 0.8 for 0.1; to (6, 0.5): 0.4 for 0.05; to (0, 10): 0.9 for 0.2.
  CHECK(bent.least_exchange == Approx(3.0));
  CHECK_FALSE(bent.none());
}

// By the Python script of test_weights.cpp.
TEST_CASE("the worked example has no knee", "[decide]") {
  const KneeChoice choice = knee(ScaledFront(five_schemes()));
  CHECK(choice.chosen == 4);
  CHECK(choice.none());
  CHECK(choice.distance[1] == Approx(-0.17131900002269285).margin(1e-14));
  CHECK(choice.least_exchange == Approx(1.3758620689655172));
}

TEST_CASE("for two objectives it is the distance from the line through the ends", "[decide]") {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    const Columns f = nondominated(scattered(60, 2, seed));
    if (f.rows() < 2) continue;
    const KneeChoice choice = knee(ScaledFront(f));
    for (std::size_t i = 0; i < f.rows(); ++i)
      CHECK(choice.distance[i] == Approx(reference::below_line(f, i)).margin(1e-13));
  }
}

TEST_CASE("no exchange with the knee pays, and no other solution has a dearer one", "[decide]") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed)
    for (const std::size_t m : {2, 3, 5, 10}) {
      const Columns f = nondominated(scattered(80, m, seed));
      const KneeChoice choice = knee(ScaledFront(f));
      CHECK(choice.least_exchange >= 1.0);
      if (f.rows() < 2) continue;
      CHECK(choice.least_exchange == Approx(reference::least_exchange(f, choice.chosen)).epsilon(1e-12));
      for (std::size_t i = 0; i < f.rows(); ++i)
        CHECK(reference::least_exchange(f, i) <= choice.least_exchange * (1.0 + 1e-12));
    }
}

TEST_CASE("the knee is dominated by none, where objectives share their best solution too", "[decide]") {
  const Columns shared = points({{0, 0, 9}, {3, 4, 0}, {2, 2, 3}, {2, 3, 3}});
  CHECK(knee(ScaledFront(shared)).chosen == 0);
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const Columns f = scattered(50, 4, seed);
    const Slot chosen = knee(ScaledFront(f)).chosen;
    for (std::size_t i = 0; i < 50; ++i) {
      bool no_worse = true, better = false;
      for (std::size_t k = 0; k < 4; ++k) {
        no_worse = no_worse && f(i, k) <= f(chosen, k);
        better = better || f(i, k) < f(chosen, k);
      }
      CHECK_FALSE((no_worse && better));
    }
  }
}

TEST_CASE("the knee depends neither on units nor on the order of rows", "[decide]") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const Columns f = scattered(40, 3, seed);
    const KneeChoice choice = knee(ScaledFront(f));
    const KneeChoice other = knee(ScaledFront(in_other_units(f)));
    const KneeChoice mixed = knee(ScaledFront(permuted(f)));
    for (std::size_t i = 0; i < 40; ++i) {
      CHECK(other.distance[i] == Approx(choice.distance[i]).margin(1e-12));
      CHECK(mixed.distance[moved(i, 40)] == choice.distance[i]);
    }
  }
  CHECK(knee(ScaledFront(points({{0, 1}, {0.25, 0.25}, {0.25, 0.25}, {1, 0}}))).chosen == 1);
}

TEST_CASE("a single solution has no exchange", "[decide]") {
  CHECK(std::isinf(knee(ScaledFront(points({{3, 4}}))).least_exchange));
  CHECK(knee(ScaledFront(points({{3}, {1}, {2}}))).chosen == 1);
}
