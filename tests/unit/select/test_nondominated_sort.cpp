#include "engine/select/nondominated_sort.hpp"

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <numeric>

#include "engine/data/simd_target.hpp"
#include "engine/random/philox.hpp"
#include "tests/reference/nondominated_sort.hpp"

using namespace millrace;

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

std::vector<std::vector<Slot>> as_lists(const Fronts& fronts) {
  std::vector<std::vector<Slot>> lists;
  for (std::size_t r = 0; r < fronts.count(); ++r) lists.emplace_back(fronts.front(r).begin(), fronts.front(r).end());
  return lists;
}

std::vector<Slot> all_slots(std::size_t n) {
  std::vector<Slot> slots(n);
  std::iota(slots.begin(), slots.end(), Slot{0});
  return slots;
}

/// One of several ways to be awkward: few values (ties and repeats), infinities, zeros of both signs, near-equal values
/// that only the lowest bits tell apart, plain random.
double draw_value(RowDraws& draws, std::uint32_t kind) {
  switch (kind) {
    case 0: return static_cast<double>(draws.below(2));
    case 1: return static_cast<double>(draws.below(6)) - 3.0;
    case 2: return std::array{-kInfinity, -0.0, 0.0, 1.0, kInfinity}[draws.below(5)];
    case 3: return 1.0 + 0x1p-52 * static_cast<double>(draws.below(8));
    case 4: return 7.0;
    default: return draws.next_double() - 0.5;
  }
}

double draw_violation(RowDraws& draws, std::uint32_t kind) {
  switch (kind) {
    case 0: return draws.below(3) == 0 ? static_cast<double>(1 + draws.below(3)) : 0.0;
    case 1: return draws.below(4) == 0 ? kFailedViolation : static_cast<double>(draws.below(2));
    case 2: return kFailedViolation;
    default: return 0.0;
  }
}

Population draw_population(RowDraws& draws, std::size_t n, std::size_t m) {
  Population pool(n, {1, m, 0});
  for (std::size_t k = 0; k < m; ++k) {
    const std::uint32_t kind = draws.below(8);
    for (std::size_t i = 0; i < n; ++i) pool.f(i, k) = draw_value(draws, kind);
  }
  const std::uint32_t kind = draws.below(8);
  for (std::size_t i = 0; i < n; ++i) {
    pool.violation[i] = draw_violation(draws, kind);
    if (i > 0 && draws.below(8) == 0)
      copy_individual(pool, draws.below(static_cast<std::uint32_t>(i)), pool, static_cast<Slot>(i));
  }
  return pool;
}

/// A random share of the slots in random order.
std::vector<Slot> draw_members(RowDraws& draws, std::size_t n) {
  auto slots = all_slots(n);
  if (draws.below(2) == 0) {
    shuffle<Slot>(slots, draws);
    slots.resize(slots.size() - draws.below(static_cast<std::uint32_t>(n / 2 + 1)));
  }
  return slots;
}

/// Points of a sphere's positive part, `shells` radii: about as many fronts.
Columns draw_shells(std::size_t n, std::size_t m, std::uint32_t shells, std::uint64_t seed) {
  RowDraws draws({seed, 0, Stage::sample}, 0);
  Columns f(n, m);
  for (std::size_t i = 0; i < n; ++i) {
    double squares = 0.0;
    for (std::size_t k = 0; k < m; ++k) {
      f(i, k) = -std::log(1.0 - draws.next_double());
      squares += f(i, k) * f(i, k);
    }
    const double radius = 1.0 + 0.1 * static_cast<double>(draws.below(shells));
    for (std::size_t k = 0; k < m; ++k) f(i, k) *= radius / std::sqrt(squares);
  }
  return f;
}

/// Whether the front of every `step`-th point is one more than the last front with a point that dominates it.
bool fronts_are_consistent(const Columns& f, const Fronts& fronts, std::size_t step) {
  std::vector<std::size_t> front_of(f.rows());
  for (std::size_t r = 0; r < fronts.count(); ++r)
    for (const Slot i : fronts.front(r)) front_of[i] = r;
  for (std::size_t b = 0; b < f.rows(); b += step) {
    std::size_t expected = 0;
    for (std::size_t a = 0; a < f.rows(); ++a)
      if (front_of[a] >= expected && reference::dominates(f, static_cast<Slot>(a), static_cast<Slot>(b)))
        expected = front_of[a] + 1;
    if (expected != front_of[b]) return false;
  }
  return true;
}

}  // namespace

TEST_CASE("non-dominated sorting equals the definition on awkward small sets, on every SIMD target") {
  Workers one(1), two(2), seven(7);
  Workers* workers[] = {&one, &two, &seven};
  // By all pairs, in a tree in Z-order, in a k-d tree.
  NondominatedSorter sorters[] = {NondominatedSorter(), NondominatedSorter({.most_pairs = 0}),
                                  NondominatedSorter({.most_pairs = 0, .fewest_to_split = 0})};
  for (const auto& target : simd_targets()) {
    use_simd_target(target);
    std::size_t wrong = 0;
    for (std::uint32_t c = 0; c < 26000; ++c) {
      RowDraws draws({11, 0, Stage::sample}, c);
      const std::size_t n = draws.below(65);
      const Population pool = draw_population(draws, n, 1 + draws.below(8));
      const auto members = draw_members(draws, n);
      const std::size_t stop_at = draws.below(2) == 0 ? n : draws.below(static_cast<std::uint32_t>(n + 2));
      const auto expected = reference::nondominated_fronts(
          members, stop_at, [&](Slot a, Slot b) { return reference::dominates_constrained(pool, a, b); });
      for (NondominatedSorter& sorter : sorters)
        wrong += as_lists(sorter.sort(pool, members, stop_at, *workers[c % 3])) != expected;
    }
    INFO(target);
    CHECK(wrong == 0);
  }
  use_simd_target("");
}

TEST_CASE("non-dominated sorting equals the definition where the tree has levels and removals") {
  Workers one(1), two(2), seven(7);
  NondominatedSorter in_z_order, in_kd_order({.fewest_to_split = 0});
  for (const auto& target : simd_targets()) {
    use_simd_target(target);
    for (const std::size_t m : {2, 3, 4, 5, 6, 7, 10, 70}) {
      const std::size_t n = 1100 + m;
      RowDraws draws({12, 0, Stage::sample}, static_cast<std::uint32_t>(m));
      const Population pool = draw_population(draws, n, m);
      const auto members = draw_members(draws, n);
      const auto expected = reference::nondominated_fronts(
          members, n, [&](Slot a, Slot b) { return reference::dominates_constrained(pool, a, b); });
      for (Workers* workers : {&one, &two, &seven}) {
        INFO(target << ", " << m << " objectives, " << workers->threads() << " threads");
        CHECK(as_lists(in_z_order.sort(pool, members, n, *workers)) == expected);
        CHECK(as_lists(in_kd_order.sort(pool, members, n, *workers)) == expected);
      }
    }
  }
  use_simd_target("");
}

TEST_CASE("non-dominated sorting equals the definition up to the most points that are compared pair by pair") {
  Workers workers(1);
  NondominatedSorter sorter({.most_pairs = 100000});
  for (const auto& target : simd_targets()) {
    use_simd_target(target);
    for (const std::size_t n : {63, 64, 65, 127, 129, 500, 511, 512, 513})
      for (const std::size_t m : {3, 4, 5, 6, 7, 10}) {
        RowDraws draws({13, 0, Stage::sample}, static_cast<std::uint32_t>(n * 16 + m));
        const Population pool = draw_population(draws, n, m);
        const auto members = draw_members(draws, n);
        const auto expected = reference::nondominated_fronts(
            members, n / 2, [&](Slot a, Slot b) { return reference::dominates_constrained(pool, a, b); });
        INFO(target << ", " << n << " x " << m);
        CHECK(as_lists(sorter.sort(pool, members, n / 2, workers)) == expected);
      }
  }
  use_simd_target("");
}

TEST_CASE("a chain gives a front a point and equal points one front") {
  Workers workers(1);
  NondominatedSorter sorter;
  const std::size_t n = 5000;
  Columns chain(n, 4), equal(n, 4);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t k = 0; k < 4; ++k) chain(i, k) = static_cast<double>((i * 37) % n);
  const Fronts& fronts = sorter.sort_objectives(chain, all_slots(n), n, workers);
  REQUIRE(fronts.count() == n);
  bool ascending = true;
  for (std::size_t r = 0; r < n; ++r) ascending = ascending && chain(fronts.order[r], 0) == static_cast<double>(r);
  CHECK(ascending);
  CHECK(sorter.sort_objectives(equal, all_slots(n), 1, workers).begin == std::vector<std::uint32_t>{0, n});
}

TEST_CASE("large sets: threads and targets agree, and sampled points stand one front behind those that dominate them") {
  Workers one(1), seven(7);
  NondominatedSorter sorter;
  // 70,000 different values an objective do not fit 16 bits: hits have to be verified.
  struct Large {
    std::size_t n, m;
    std::uint32_t shells;
  };
  for (const auto& [n, m, shells] :
       {Large{70000, 3, 40}, Large{70000, 5, 3}, Large{20000, 4, 10}, Large{20000, 2, 30}}) {
    const Columns f = draw_shells(n, m, shells, 5);
    const auto members = all_slots(n);
    const Fronts expected = sorter.sort_objectives(f, members, n, one);
    CHECK(fronts_are_consistent(f, expected, n / 100));
    for (const auto& target : simd_targets()) {
      if (target != simd_targets().front() && target != "AVX2") continue;
      use_simd_target(target);
      const Fronts& again = sorter.sort_objectives(f, members, n, seven);
      INFO(target << ", " << n << " x " << m);
      CHECK((again.order == expected.order && again.begin == expected.begin));
    }
    use_simd_target("");
    const Fronts& half = sorter.sort_objectives(f, members, n / 2, seven);
    CHECK(half.order.size() >= n / 2);
    CHECK(half.begin[half.count() - 1] < n / 2);
    CHECK(std::equal(half.order.begin(), half.order.end(), expected.order.begin()));
  }
}
