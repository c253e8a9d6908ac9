#include <algorithm>
#include <cmath>

#include "engine/select/corner_ranges.hpp"
#include "engine/select/nondominated_sort.hpp"
#include "engine/select/normaliser.hpp"
#include "tests/equality/comparison.hpp"
#include "tests/equality/sets.hpp"
#include "tests/reference/adaptive_ranges.hpp"

using namespace millrace;
using namespace millrace::testing;

namespace {

/// A few generations of points that come closer to a front, in units of very different size.
struct Generations {
  struct Generation {
    Population pool;
    std::vector<Slot> candidates, first_front;
  };
  std::size_t objectives;
  std::vector<Generation> all;
};

/// Near the front of a sphere or far from it, some near the axes, some equal; with `awkward`, infinities, whole numbers
/// and constant objectives as well. `points` a generation; 0: a few, now and then none.
Generations draw_generations(RowDraws& draws, bool awkward, std::size_t points = 0) {
  Generations generations{1 + draws.below(6), {}};
  const std::size_t m = generations.objectives;
  const std::uint32_t kind = awkward ? draws.below(4) : 0;
  const double distance = draws.below(2) == 0 ? 20.0 : 1.0;
  NondominatedSorter sorter;
  Workers one(1);
  for (std::size_t g = 0; g < 3; ++g) {
    const std::size_t n = points > 0 ? points : draws.below(12) == 0 ? 0 : 1 + draws.below(24);
    Generations::Generation generation{Population(n, {1, m, 0}), first_slots(n), {}};
    Columns& f = generation.pool.f;
    f = sphere_points(draws, n, m, 5);
    for (std::size_t i = 0; i < n; ++i) {
      const std::uint32_t axis = draws.below(3) == 0 ? draws.below(static_cast<std::uint32_t>(m)) : 99;
      for (std::size_t k = 0; k < m; ++k) {
        double y = f(i, k) * (g == 0 ? distance : 1.0);
        if (axis != 99 && axis != k) y *= 1e-4;
        if (kind == 1) y = static_cast<double>(draws.below(4));
        if (kind == 2 && draws.below(20) == 0) y = draws.below(2) == 0 ? kInfinity : -kInfinity;
        if (kind == 3 && k == 0) y = 2.0;
        f(i, k) = static_cast<double>(k) - 3.0 + std::pow(10.0, static_cast<double>(k % 3)) * y;
      }
      if (i > 0 && draws.below(8) == 0)
        for (std::size_t k = 0; k < m; ++k) f(i, k) = f(draws.below(static_cast<std::uint32_t>(i)), k);
    }
    const Fronts& fronts = sorter.sort_objectives(f, generation.candidates, n, one);
    if (n > 0) generation.first_front.assign(fronts.front(0).begin(), fronts.front(0).end());
    generations.all.push_back(std::move(generation));
  }
  return generations;
}

/// `answer` and `expected` hold a number of values a generation; after the first `compared` nothing is known.
bool all_near(const std::vector<double>& answer, const std::vector<double>& expected, double share) {
  return std::equal(expected.begin(), expected.end(), answer.begin(),
                    [&](double e, double a) { return nearly(a, e, share); });
}

struct Normalising {
  struct Input {
    Generations generations;
    /// Ideal and range after each generation, as long as rounding does not decide.
    std::vector<double> expected;
  };
  Input draw(RowDraws& draws) const {
    Input input{draw_generations(draws, true), {}};
    reference::SlowNormaliser slow(input.generations.objectives);
    for (const auto& generation : input.generations.all) {
      slow.update(generation.pool.f, generation.candidates, generation.first_front);
      if (!slow.well_posed) break;
      input.expected.insert(input.expected.end(), slow.ideal.begin(), slow.ideal.end());
      input.expected.insert(input.expected.end(), slow.range.begin(), slow.range.end());
    }
    return input;
  }
  Input draw_large(RowDraws& draws) const { return {draw_generations(draws, true, 5000 + draws.below(9000)), {}}; }
  std::vector<double> run(const Input& input, Workers& workers) const {
    Normaliser normaliser(input.generations.objectives);
    std::vector<double> answer;
    for (const auto& generation : input.generations.all) {
      normaliser.update(generation.pool, generation.candidates, generation.first_front, workers);
      answer.insert(answer.end(), normaliser.ideal().begin(), normaliser.ideal().end());
      answer.insert(answer.end(), normaliser.range().begin(), normaliser.range().end());
    }
    return answer;
  }
  bool agrees(const Input& input, const std::vector<double>& answer, bool) const {
    // Whatever rounding decides, a range is finite and above 0.
    const bool legal = std::all_of(answer.begin(), answer.end(), [](double value) { return std::isfinite(value); });
    return legal && all_near(answer, input.expected, 1e-8);
  }
};

struct Corners {
  struct Input {
    Generations generations;
    std::vector<double> expected;
  };
  Input draw(RowDraws& draws) const {
    Input input{draw_generations(draws, false), {}};
    reference::SlowCornerRanges slow(input.generations.objectives);
    for (const auto& generation : input.generations.all) {
      slow.update(generation.pool.f, generation.candidates);
      input.expected.insert(input.expected.end(), slow.ideal.begin(), slow.ideal.end());
      input.expected.insert(input.expected.end(), slow.range.begin(), slow.range.end());
      input.expected.push_back(slow.settled ? 1.0 : 0.0);
    }
    return input;
  }
  std::vector<double> run(const Input& input, Workers&) const {
    CornerRanges ranges(input.generations.objectives);
    std::vector<double> answer;
    for (const auto& generation : input.generations.all) {
      ranges.update(generation.pool, generation.candidates);
      answer.insert(answer.end(), ranges.ideal().begin(), ranges.ideal().end());
      answer.insert(answer.end(), ranges.range().begin(), ranges.range().end());
      answer.push_back(ranges.settled() ? 1.0 : 0.0);
    }
    return answer;
  }
  bool agrees(const Input& input, const std::vector<double>& answer, bool) const {
    return answer.size() == input.expected.size() && all_near(answer, input.expected, 1e-9);
  }
};

}  // namespace

TEST_CASE("adaptive normalisation") {
  compare({.kernel = "normalisation of NSGA-III, three generations",
           .reference = "everything seen kept, plane in long double",
           .equality = "1e-8",
           .seed = 51},
          Normalising{});
}

TEST_CASE("ranges from corners") {
  compare({.kernel = "ranges from corners, three generations",
           .reference = "everything seen kept",
           .equality = "1e-9",
           .seed = 52},
          Corners{});
}
