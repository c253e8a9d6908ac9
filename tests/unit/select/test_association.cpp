#include "engine/select/association.hpp"

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <limits>
#include <numeric>
#include <string>

#include "engine/data/simd_target.hpp"
#include "engine/random/philox.hpp"
#include "engine/select/lattice_association.hpp"
#include "tests/reference/association.hpp"

using namespace millrace;

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

bool fuses(const std::string& target) { return target.starts_with("AVX2") || target.starts_with("AVX3"); }

ReferenceDirections draw_directions(RowDraws& draws, std::size_t m, std::size_t most) {
  std::size_t divisions = 1 + draws.below(30);
  while (das_dennis_count(m, divisions) > most) --divisions;
  if (draws.below(3) > 0) return das_dennis(m, divisions);
  Columns weights(1 + draws.below(80), m);
  for (std::size_t i = 0; i < weights.rows(); ++i) {
    double sum = 0.0;
    for (std::size_t k = 0; k < m; ++k) sum += weights(i, k) = 0.01 + draws.next_double();
    for (std::size_t k = 0; k < m; ++k) weights(i, k) /= sum;
  }
  return ReferenceDirections(std::move(weights));
}

/// Points anywhere, on lattice points and between them (ties), on faces, at the origin, at infinity, beyond the ideal.
Columns draw_points(RowDraws& draws, std::size_t n, std::size_t m) {
  Columns f(n, m);
  for (std::size_t i = 0; i < n; ++i) {
    const std::uint32_t kind = draws.below(8);
    for (std::size_t k = 0; k < m; ++k) {
      if (kind < 3) f(i, k) = draws.next_double();
      else if (kind < 5) f(i, k) = 0.5 * draws.below(kind == 3 ? 5 : 25);
      else if (kind == 5) f(i, k) = draws.below(2) == 0 ? 0.0 : draws.next_double();
      else if (kind == 6) f(i, k) = std::array{0.0, 1.0, -1.0, 1e-300, 1e300, kInfinity, -kInfinity}[draws.below(7)];
      else f(i, k) = 1.0 + 1e-9 * draws.next_double();
    }
  }
  return f;
}

std::size_t differences(const Association& association, const reference::Nearest& expected) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < expected.direction.size(); ++i) {
    count += association.nearest()[i] != expected.direction[i];
    const double tolerance = 1e-14 * (expected.distance[i] + expected.along[i]);
    count += !(std::abs(association.distance()[i] - expected.distance[i]) <= tolerance);
  }
  return count + (association.nearest().size() != expected.direction.size());
}

}  // namespace

TEST_CASE("association finds the direction that comparing all finds, on every SIMD target") {
  Workers one(1), two(2), seven(7);
  Workers* workers[] = {&one, &two, &seven};
  Association association;
  for (const auto& target : simd_targets()) {
    use_simd_target(target);
    std::size_t wrong = 0;
    for (std::uint32_t set = 0; set < 2500; ++set) {
      RowDraws draws({21, 0, Stage::sample}, set);
      const std::size_t m = 1 + draws.below(8);
      const auto directions = draw_directions(draws, m, draws.below(20) == 0 ? 2500 : 150);
      for (int c = 0; c < 10; ++c) {
        const std::size_t n = draws.below(draws.below(8) == 0 ? 65 : 9);
        const Columns f = draw_points(draws, n, m);
        std::vector<Slot> members(n);
        for (auto& slot : members) slot = draws.below(static_cast<std::uint32_t>(n));
        const std::vector<double> ideal(m, draws.below(2) == 0 ? 0.0 : 0.25);
        const std::vector<double> range(m, draws.below(2) == 0 ? 1.0 : 3.0);
        association.compute(f, members, ideal, range, directions, *workers[set % 3]);
        wrong +=
            differences(association, reference::associate(f, members, ideal, range, directions, fuses(target))) != 0;
      }
    }
    INFO(target);
    CHECK(wrong == 0);
  }
  use_simd_target("");
}

TEST_CASE("association on lattices of the sizes in use, all threads the same") {
  Workers one(1), two(2), seven(7);
  Association association;
  struct Lattice {
    std::size_t m, h, points;
  };
  for (const auto& [m, h, points] :
       {Lattice{2, 99, 700}, Lattice{3, 43, 2100}, Lattice{4, 12, 2100}, Lattice{5, 10, 2100}, Lattice{6, 6, 700},
        Lattice{7, 5, 700}, Lattice{8, 4, 700}, Lattice{10, 3, 300}}) {
    RowDraws draws({22, 0, Stage::sample}, static_cast<std::uint32_t>(m));
    const auto directions = das_dennis(m, h);
    const Columns f = draw_points(draws, points, m);
    std::vector<Slot> members(points);
    std::iota(members.begin(), members.end(), Slot{0});
    const std::vector<double> ideal(m, 0.0), range(m, 1.0);
    const auto expected = reference::associate(f, members, ideal, range, directions, fuses(simd_target()));
    for (Workers* workers : {&one, &two, &seven}) {
      association.compute(f, members, ideal, range, directions, *workers);
      INFO(m << " objectives, " << h << " divisions, " << workers->threads() << " threads");
      CHECK(differences(association, expected) == 0);
    }
  }
}

TEST_CASE("what the lattice decides is what comparing all decides, and that is nearly everything") {
  for (const auto& target : simd_targets()) {
    use_simd_target(target);
    std::size_t wrong = 0, undecided = 0, random_points = 0;
    for (std::uint32_t c = 0; c < 140; ++c) {
      RowDraws draws({23, 0, Stage::sample}, c);
      const std::size_t m = 2 + c % 7, h = 1 + draws.below(m < 4 ? 30 : m < 6 ? 7 : 4);
      const auto directions = das_dennis(m, h);
      PointBlock block;
      block.shape(m);
      block.count = PointBlock::kMost;
      const bool awkward = draws.below(2) == 0;
      const Columns f = draw_points(draws, block.count, m);
      for (std::size_t k = 0; k < m; ++k)
        for (std::size_t i = 0; i < block.count; ++i)
          block.y[k * PointBlock::kMost + i] = awkward ? std::min(std::max(f(i, k), 0.0), 1e60) : draws.next_double();
      PointBlock expected = block;
      search_directions(directions.units(), expected);
      LatticePoints points;
      points.shape(m);
      LatticeAssociation lattice;
      lattice.prepare(m, h, true);
      const std::size_t open = lattice.associate(block, points);
      if (!awkward && m <= 5 && h >= 6) {
        undecided += open;
        random_points += block.count;
      }
      for (std::size_t i = 0; i < block.count; ++i)
        wrong += block.nearest[i] >= 0 && block.nearest[i] != expected.nearest[i];
    }
    INFO(target);
    CHECK(wrong == 0);
    CHECK(undecided * 50 < random_points);
  }
  use_simd_target("");
}
