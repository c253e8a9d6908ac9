#include "engine/select/niching.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <numeric>
#include <set>

#include "tests/reference/niching.hpp"

using namespace millrace;

namespace {

/// Members in two objectives and their association with the points of a lattice.
struct Scene {
  Scene(std::size_t n, std::size_t divisions, std::uint32_t seed) : directions(das_dennis(2, divisions)), members(n) {
    RowDraws draws({41, 0, Stage::sample}, seed);
    Columns f(n, 2);
    for (std::size_t i = 0; i < n; ++i) {
      // Crowded towards one end, so that niches differ.
      const double t = draws.next_double() * draws.next_double();
      f(i, 0) = t;
      f(i, 1) = 1.0 - t + 0.1 * draws.next_double();
      members[i] = static_cast<Slot>(i);
    }
    Workers workers(1);
    association.compute(f, members, std::vector{0.0, 0.0}, std::vector{1.0, 1.0}, directions, workers);
    for (auto& slot : members) slot += 1000;  // slots are not positions
  }

  ReferenceDirections directions;
  std::vector<Slot> members;
  Association association;
};

}  // namespace

TEST_CASE("niching takes as many different members of the last front as asked, and the same ones every time") {
  for (std::uint32_t c = 0; c < 2000; ++c) {
    RowDraws draws({42, 0, Stage::sample}, c);
    const std::size_t n = draws.below(60), chosen = draws.below(static_cast<std::uint32_t>(n + 1));
    const std::size_t remaining = draws.below(static_cast<std::uint32_t>(n - chosen + 1));
    const Scene scene(n, 1 + draws.below(12), c);
    Niching niching;
    std::vector<Slot> survivors{7};
    niching.select(scene.association, scene.members, chosen, remaining, {c, 3, Stage::niche}, survivors);
    REQUIRE(survivors.size() == remaining + 1);
    CHECK(survivors.front() == 7);
    const std::set<Slot> different(survivors.begin() + 1, survivors.end());
    CHECK(different.size() == remaining);
    CHECK((different.empty() || (*different.begin() >= 1000 + chosen && *different.rbegin() < 1000 + n)));
    std::vector<Slot> again{7};
    niching.select(scene.association, scene.members, chosen, remaining, {c, 3, Stage::niche}, again);
    CHECK(again == survivors);
  }
}

TEST_CASE("niching fills the niches as evenly as the paper's algorithm") {
  std::mt19937_64 random(1);
  for (std::uint32_t c = 0; c < 500; ++c) {
    const Scene scene(40, 7, c);
    const std::size_t chosen = c % 20, remaining = 1 + c % 15;
    std::vector<Slot> survivors;
    Niching{}.select(scene.association, scene.members, chosen, remaining, {c, 0, Stage::niche}, survivors);
    const auto expected = reference::niching(scene.association.nearest(), scene.association.distance(),
                                             scene.association.directions(), chosen, remaining, random);
    // Which directions get a member is random, how many of each niche size there are is not.
    const auto sizes = [&](auto&& positions) {
      std::vector<std::size_t> count(scene.association.directions(), 0);
      for (std::size_t i = 0; i < chosen; ++i) ++count[scene.association.nearest()[i]];
      for (const std::size_t i : positions) ++count[scene.association.nearest()[i]];
      std::sort(count.begin(), count.end());
      return count;
    };
    std::vector<std::size_t> positions;
    for (const Slot slot : survivors) positions.push_back(slot - 1000);
    CHECK(sizes(positions) == sizes(expected));
  }
}

TEST_CASE("niching draws from the distribution of the paper's algorithm") {
  // Share of 20,000 runs in which each member is taken, against the literal algorithm in as many runs. A difference of
  // two such shares has a standard deviation of at most 0.005; 5.5 of them for about 150 comparisons: false alarm in
  // fewer than 1 of 100,000 random choices of seeds (and the seeds are fixed).
  constexpr int kRuns = 20000;
  std::mt19937_64 random(2);
  for (std::uint32_t c = 0; c < 5; ++c) {
    const std::size_t n = 30, chosen = 4 * c, remaining = 3 + c;
    const Scene scene(n, 5, 100 + c);
    std::vector<int> fast(n, 0), slow(n, 0);
    Niching niching;
    std::vector<Slot> survivors;
    for (std::uint32_t run = 0; run < kRuns; ++run) {
      survivors.clear();
      niching.select(scene.association, scene.members, chosen, remaining, {9, run, Stage::niche}, survivors);
      for (const Slot slot : survivors) ++fast[slot - 1000];
      for (const std::size_t i : reference::niching(scene.association.nearest(), scene.association.distance(),
                                                    scene.association.directions(), chosen, remaining, random))
        ++slow[i];
    }
    for (std::size_t i = 0; i < n; ++i) {
      INFO("scene " << c << ", member " << i);
      CHECK(std::abs(fast[i] - slow[i]) < 5.5 * 0.005 * kRuns);
    }
  }
}
