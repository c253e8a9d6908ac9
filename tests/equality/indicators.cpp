#include <algorithm>
#include <cmath>

#include "engine/algorithm/hypervolume_reduction.hpp"
#include "engine/indicator/distance.hpp"
#include "engine/indicator/epsilon.hpp"
#include "engine/indicator/hypervolume.hpp"
#include "engine/indicator/r2.hpp"
#include "engine/indicator/spacing.hpp"
#include "tests/equality/comparison.hpp"
#include "tests/equality/sets.hpp"
#include "tests/reference/distance_indicators.hpp"
#include "tests/reference/hypervolume.hpp"
#include "tests/reference/hypervolume_reduction.hpp"

using namespace millrace;
using namespace millrace::testing;

namespace {

using Values = std::vector<double>;

bool all_near(const Values& a, const Values& b, double share, double scale = 0.0) {
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [&](double x, double y) { return nearly(x, y, share, scale); });
}

Columns without(const Columns& points, std::size_t row) {
  Columns rest(points.rows() - 1, points.columns());
  for (std::size_t k = 0; k < points.columns(); ++k)
    for (std::size_t i = 0; i < rest.rows(); ++i) rest(i, k) = points(i < row ? i : i + 1, k);
  return rest;
}

/// Points and a corner that cuts through some of them.
struct Box {
  Columns points;
  Values corner;
  Values expected;
  double volume = 1.0;
};
Box draw_box(RowDraws& draws, std::size_t n, std::size_t m) {
  Box box{mixed_points(draws, n, m), {}, {}, 1.0};
  double highest = 0.0;
  for (std::size_t k = 0; k < m; ++k)
    for (const double value : box.points.column(k)) highest = std::max(highest, value);
  box.corner.assign(m, highest > 1.0 ? 3.0 : draws.below(4) == 0 ? 0.8 : 1.1);
  for (const double side : box.corner) box.volume *= side;
  return box;
}

struct Volume {
  using Input = Box;
  Input draw(RowDraws& draws) const {
    const std::size_t n = draws.below(40) == 0 ? 12 : draws.below(9);
    Box box = draw_box(draws, n, 1 + draws.below(8));
    box.expected = {reference::hypervolume_by_subsets(box.points, box.corner)};
    return box;
  }
  Input draw_large(RowDraws& draws) const {
    const std::size_t m = 4 + draws.below(4);
    return {sphere_points(draws, m <= 5 ? 400 : 90, m), Values(m, 1.1), {}, 1.0};
  }
  Values run(const Input& box, Workers& workers) const { return {hypervolume(box.points, box.corner, workers)}; }
  bool agrees(const Input& box, const Values& answer, bool) const {
    return std::abs(answer[0] - box.expected[0]) <= 1e-13 * box.volume;
  }
};

struct Contributions {
  using Input = Box;
  Input draw(RowDraws& draws) const {
    Box box = draw_box(draws, draws.below(8), 1 + draws.below(8));
    const double all = reference::hypervolume_by_subsets(box.points, box.corner);
    for (std::size_t i = 0; i < box.points.rows(); ++i)
      box.expected.push_back(all - reference::hypervolume_by_subsets(without(box.points, i), box.corner));
    return box;
  }
  Input draw_large(RowDraws& draws) const {
    const std::size_t m = 3 + draws.below(4);
    return {sphere_points(draws, m <= 5 ? 300 : 90, m), Values(m, 1.1), {}, 1.0};
  }
  Values run(const Input& box, Workers& workers) const {
    return hypervolume_contributions(box.points, box.corner, workers);
  }
  bool agrees(const Input& box, const Values& answer, bool) const {
    return answer.size() == box.expected.size() &&
           std::equal(answer.begin(), answer.end(), box.expected.begin(),
                      [&](double a, double b) { return std::abs(a - b) <= std::max(1e-11 * b, 2e-13 * box.volume); });
  }
};

struct Sampling {
  struct Input {
    Box box;
    std::uint64_t samples, seed;
  };
  /// Samples one after the other, with the words that the vectorised version uses.
  Input draw(RowDraws& draws) const {
    Input input{draw_box(draws, draws.below(10), 1 + draws.below(5)), 1 + draws.below(60), draws.next_u64()};
    const Columns& points = input.box.points;
    const std::size_t m = points.columns();
    std::vector<std::size_t> inside;
    for (std::size_t i = 0; i < points.rows(); ++i)
      if (reference::inside_box(points, input.box.corner, i)) inside.push_back(i);
    Values lowest = input.box.corner;
    double volume = inside.empty() ? 0.0 : 1.0;
    for (std::size_t k = 0; k < m; ++k) {
      for (const std::size_t i : inside) lowest[k] = std::min(lowest[k], points(i, k));
      if (!inside.empty()) volume *= input.box.corner[k] - lowest[k];
    }
    Values words;
    RowDraws row({input.seed, 0, Stage::indicator}, 0);
    for (std::size_t w = 0; w < 512 * (m - 1) + input.samples; ++w) words.push_back(row.next_double());
    double hits = 0.0;
    for (std::size_t s = 0; s < input.samples; ++s)
      hits += std::any_of(inside.begin(), inside.end(), [&](std::size_t i) {
        bool dominated = true;
        for (std::size_t k = 0; k < m; ++k)
          dominated = dominated && words[512 * k + s] >= (points(i, k) - lowest[k]) / (input.box.corner[k] - lowest[k]);
        return dominated;
      });
    input.box.expected = {volume * (hits / static_cast<double>(input.samples))};
    return input;
  }
  Input draw_large(RowDraws& draws) const {
    const std::size_t m = 8 + draws.below(6);
    return {{sphere_points(draws, 100, m), Values(m, 1.1), {}, 1.0}, 100'000, draws.next_u64()};
  }
  Values run(const Input& input, Workers& workers) const {
    return {estimate_hypervolume(input.box.points, input.box.corner, input.samples, input.seed, workers).value};
  }
  bool agrees(const Input& input, const Values& answer, bool) const {
    return all_near(answer, input.box.expected, 1e-14);
  }
};

/// Which points go, when the least contributor goes again and again.
struct Reduction {
  struct Input {
    Columns points;
    std::size_t count;
    std::vector<std::uint32_t> expected;
  };
  /// On a sphere or a mirrored one, every objective stretched from 0 to 1.
  static Columns stretched(RowDraws& draws, std::size_t n, std::size_t m) {
    Columns points = sphere_points(draws, n, m);
    const bool mirrored = draws.below(2) == 0;
    for (std::size_t k = 0; k < m; ++k) {
      const auto column = points.column(k);
      const double low = *std::min_element(column.begin(), column.end());
      const double high = *std::max_element(column.begin(), column.end());
      for (double& value : column) value = mirrored ? (high - value) / (high - low) : (value - low) / (high - low);
    }
    return points;
  }
  Input draw(RowDraws& draws) const {
    // Equal contributions may go in either order.
    for (;;) {
      const std::size_t m = 2 + draws.below(4), n = 3 + draws.below(7);
      Input input{stretched(draws, n, m), 1 + draws.below(static_cast<std::uint32_t>(n - 1)), {}};
      double closest = kInfinity;
      for (const std::size_t i : reference::least_contributors(input.points, input.count, &closest))
        input.expected.push_back(static_cast<std::uint32_t>(i));
      if (closest > 1e-12) return input;
    }
  }
  Input draw_large(RowDraws& draws) const { return {stretched(draws, 250, 3 + draws.below(3)), 40, {}}; }
  std::vector<std::uint32_t> run(const Input& input, Workers& workers) const {
    HypervolumeReduction reduction(input.points.columns(), input.points.rows(), workers.threads());
    const auto gone = reduction.choose(input.points, first_slots(input.points.rows()), input.count, workers);
    return {gone.begin(), gone.end()};
  }
  bool agrees(const Input& input, const std::vector<std::uint32_t>& answer, bool) const {
    return answer == input.expected;
  }
};

/// A front, a reference set of as many objectives, weights and an ideal point.
struct Pair {
  Columns front, set;
  Values expected;
};

struct Distances {
  using Input = Pair;
  Input draw(RowDraws& draws) const {
    const std::size_t m = 1 + draws.below(8);
    Pair pair{mixed_points(draws, 1 + draws.below(30), m), mixed_points(draws, 1 + draws.below(30), m), {}};
    pair.expected = {reference::igd(pair.front, pair.set), reference::igd_plus(pair.front, pair.set),
                     reference::gd(pair.front, pair.set), reference::gd_plus(pair.front, pair.set)};
    return pair;
  }
  Input draw_large(RowDraws& draws) const {
    const std::size_t m = 2 + draws.below(8);
    return {sphere_points(draws, 600, m), sphere_points(draws, 4000, m), {}};
  }
  Values run(const Input& pair, Workers& workers) const {
    return {igd(pair.front, pair.set, workers), igd_plus(pair.front, pair.set, workers),
            gd(pair.front, pair.set, workers), gd_plus(pair.front, pair.set, workers)};
  }
  bool agrees(const Input& pair, const Values& answer, bool) const { return all_near(answer, pair.expected, 1e-13); }
};

/// Both epsilons, R2 for the set as weights, and spacing of the front.
struct OtherIndicators {
  using Input = Pair;
  Input draw(RowDraws& draws) const {
    const std::size_t m = 1 + draws.below(8);
    Pair pair{mixed_points(draws, 1 + draws.below(30), m), mixed_points(draws, 1 + draws.below(30), m), {}};
    for (auto* points : {&pair.front, &pair.set})
      for (std::size_t k = 0; k < m; ++k)
        for (double& value : points->column(k)) value += 0.125;
    pair.expected = {reference::epsilon(pair.front, pair.set, [](double f, double r) { return f - r; }),
                     reference::epsilon(pair.front, pair.set, [](double f, double r) { return f / r; }),
                     reference::r2(pair.front, pair.set, Values(m, 0.1)), reference::spacing(pair.front)};
    return pair;
  }
  Input draw_large(RowDraws& draws) const {
    const std::size_t m = 2 + draws.below(8);
    Pair pair{sphere_points(draws, 1500, m), sphere_points(draws, 1500, m), {}};
    for (auto* points : {&pair.front, &pair.set})
      for (std::size_t k = 0; k < m; ++k)
        for (double& value : points->column(k)) value += 0.125;
    return pair;
  }
  Values run(const Input& pair, Workers& workers) const {
    return {additive_epsilon(pair.front, pair.set), multiplicative_epsilon(pair.front, pair.set),
            r2(pair.front, pair.set, Values(pair.set.columns(), 0.1), workers), spacing(pair.front, workers)};
  }
  bool agrees(const Input& pair, const Values& answer, bool) const {
    // Epsilons are differences and ratios of the data: exact.
    return answer[0] == pair.expected[0] && answer[1] == pair.expected[1] &&
           all_near(answer, pair.expected, 1e-12, 1e-3);
  }
};

}  // namespace

TEST_CASE("hypervolume") {
  compare({.kernel = "hypervolume, 1 to 8 objectives",
           .reference = "inclusion and exclusion",
           .equality = "1e-13 of the box",
           .seed = 61},
          Volume{});
}

TEST_CASE("hypervolume contributions") {
  compare({.kernel = "hypervolume contributions, 1 to 8 objectives",
           .reference = "inclusion and exclusion, with and without",
           .equality = "1e-11, 2e-13 of the box",
           .seed = 62},
          Contributions{});
}

TEST_CASE("sampled hypervolume") {
  compare({.kernel = "sampled hypervolume", .reference = "a sample after the other", .equality = "1e-14", .seed = 63},
          Sampling{});
}

TEST_CASE("reduction by hypervolume") {
  compare({.kernel = "reduction of SMS-EMOA", .reference = "all contributions again for every point", .seed = 64},
          Reduction{});
}

TEST_CASE("distance indicators") {
  compare({.kernel = "IGD, IGD+, GD, GD+", .reference = "every pair", .equality = "1e-13", .seed = 65}, Distances{});
}

TEST_CASE("epsilon, R2 and spacing") {
  compare({.kernel = "additive and multiplicative epsilon, R2, spacing",
           .reference = "every pair",
           .equality = "epsilons exact, 1e-12",
           .seed = 66},
          OtherIndicators{});
}
