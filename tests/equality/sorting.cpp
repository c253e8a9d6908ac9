#include <algorithm>
#include <memory>

#include "engine/algorithm/theta_dea.hpp"
#include "engine/indicator/nondominated_subset.hpp"
#include "engine/select/crowding.hpp"
#include "engine/select/nondominated_sort.hpp"
#include "tests/equality/comparison.hpp"
#include "tests/equality/sets.hpp"
#include "tests/reference/crowding.hpp"
#include "tests/reference/nondominated_sort.hpp"
#include "tests/reference/theta_dominance.hpp"

using namespace millrace;
using namespace millrace::testing;

namespace {

using Words = std::vector<std::uint32_t>;

/// Sizes of the fronts, then their members in order.
Words as_words(const Fronts& fronts) {
  Words words(fronts.begin.begin(), fronts.begin.end());
  words.insert(words.end(), fronts.order.begin(), fronts.order.end());
  return words;
}

Words as_words(const std::vector<std::vector<Slot>>& fronts) {
  Words words{0}, order;
  for (const auto& front : fronts) {
    order.insert(order.end(), front.begin(), front.end());
    words.push_back(static_cast<std::uint32_t>(order.size()));
  }
  words.insert(words.end(), order.begin(), order.end());
  return words;
}

/// Constraint domination, or plain domination of the objectives.
struct Sorting {
  struct Input {
    Population pool;
    std::vector<Slot> members;
    std::size_t stop_at;
    Words expected;
  };
  explicit Sorting(bool constrained_in, NondominatedSorter::Limits limits = {})
      : constrained(constrained_in), sorter(std::make_shared<NondominatedSorter>(limits)) {}

  bool constrained;
  std::shared_ptr<NondominatedSorter> sorter;

  Input draw(RowDraws& draws) const {
    const std::size_t n = draws.below(draws.below(10) == 0 ? 65 : 25);
    Input input{awkward_population(draws, n, 1 + draws.below(8)), awkward_members(draws, n), n, {}};
    if (draws.below(2) == 0) input.stop_at = draws.below(static_cast<std::uint32_t>(n + 2));
    input.expected = as_words(reference::nondominated_fronts(input.members, input.stop_at, [&](Slot a, Slot b) {
      return constrained ? reference::dominates_constrained(input.pool, a, b)
                         : reference::dominates(input.pool.f, a, b);
    }));
    return input;
  }
  Input draw_large(RowDraws& draws) const {
    const std::size_t n = 6000 + draws.below(8000), m = 2 + draws.below(7);
    Input input{Population(n, {1, m, 0}), awkward_members(draws, n), n, {}};
    input.pool.f = sphere_points(draws, n, m, 1 + draws.below(12));
    for (std::size_t i = 0; i < n && constrained; ++i) input.pool.violation[i] = draws.below(3) == 0 ? 1.0 : 0.0;
    return input;
  }
  Words run(const Input& input, Workers& workers) const {
    return as_words(constrained ? sorter->sort(input.pool, input.members, input.stop_at, workers)
                                : sorter->sort_objectives(input.pool.f, input.members, input.stop_at, workers));
  }
  bool agrees(const Input& input, const Words& answer, bool) const { return answer == input.expected; }
};

struct Subset {
  struct Input {
    Columns points;
    Words expected;
  };
  Input draw(RowDraws& draws) const {
    const std::size_t n = draws.below(31);
    Input input{awkward_population(draws, n, 1 + draws.below(6)).f, {}};
    for (Slot b = 0; b < n; ++b) {
      bool kept = true;
      for (Slot a = 0; a < n; ++a) {
        const bool equal_before = a < b && row_of(input.points, a) == row_of(input.points, b);
        kept = kept && !equal_before && !reference::dominates(input.points, a, b);
      }
      if (kept) input.expected.push_back(b);
    }
    return input;
  }
  Words run(const Input& input, Workers&) const { return nondominated_subset(input.points); }
  bool agrees(const Input& input, const Words& answer, bool) const { return answer == input.expected; }
};

struct Crowding {
  struct Input {
    Columns f;
    std::vector<Slot> front;
    std::vector<double> expected;
  };
  std::shared_ptr<CrowdingDistance> crowding = std::make_shared<CrowdingDistance>();

  Input draw(RowDraws& draws) const {
    const std::size_t n = draws.below(31), m = 1 + draws.below(6);
    Input input{Columns(n, m), {}, {}};
    for (std::size_t k = 0; k < m; ++k) {
      const std::uint32_t kind = draws.below(5);
      for (double& value : input.f.column(k)) value = awkward_value(draws, kind == 2 ? 5 : kind);
    }
    input.front = awkward_members(draws, n);
    input.expected = reference::crowding_distance(input.f, input.front);
    return input;
  }
  std::vector<double> run(const Input& input, Workers&) const {
    std::vector<double> distance(input.front.size(), -1.0);
    crowding->compute(input.f, input.front, distance);
    return distance;
  }
  bool agrees(const Input& input, const std::vector<double>& answer, bool) const {
    return std::ranges::equal(answer, input.expected, [](double a, double b) { return nearly(a, b, 1e-13, 1.0); });
  }
};

struct Theta {
  struct Input {
    std::vector<std::uint32_t> cluster;
    std::vector<double> value;
    std::size_t clusters, stop_at;
    std::vector<std::vector<std::uint32_t>> expected;
  };
  std::shared_ptr<ThetaSorter> sorter = std::make_shared<ThetaSorter>();

  Input draw(RowDraws& draws) const {
    Input input{{}, {}, 1 + draws.below(12), 0, {}};
    const std::size_t n = draws.below(31);
    const std::uint32_t kind = draws.below(6);
    for (std::size_t i = 0; i < n; ++i) {
      input.cluster.push_back(draws.below(static_cast<std::uint32_t>(input.clusters)));
      input.value.push_back(awkward_value(draws, kind));
    }
    input.stop_at = draws.below(static_cast<std::uint32_t>(n + 1));
    input.expected = reference::theta_fronts(input.cluster, input.value);
    return input;
  }
  Words run(const Input& input, Workers&) const {
    return as_words(sorter->sort(input.cluster, input.value, input.clusters, input.stop_at));
  }
  /// The fronts up to the one that reaches the stop, each in any order.
  bool agrees(const Input& input, Words answer, bool) const {
    std::vector<std::vector<Slot>> fronts;
    std::size_t members = 0;
    for (std::size_t r = 0; r < input.expected.size() && members < input.stop_at; ++r) {
      fronts.push_back(input.expected[r]);
      members += fronts.back().size();
    }
    auto begin = answer.begin() + static_cast<std::ptrdiff_t>(fronts.size() + 1);
    for (const auto& front : fronts) {
      if (answer.end() - begin < static_cast<std::ptrdiff_t>(front.size())) return false;
      std::sort(begin, begin + static_cast<std::ptrdiff_t>(front.size()));
      begin += static_cast<std::ptrdiff_t>(front.size());
    }
    return answer == as_words(fronts);
  }
};

}  // namespace

TEST_CASE("non-dominated sorting with constraint domination") {
  compare({.kernel = "non-dominated sorting, constraint domination, stop at N", .reference = "fronts by definition"},
          Sorting(true));
}

TEST_CASE("non-dominated sorting of objectives") {
  compare({.kernel = "non-dominated sorting of objectives", .reference = "fronts by definition", .seed = 2},
          Sorting(false));
}

TEST_CASE("non-dominated sorting of few points in a tree") {
  compare({.kernel = "non-dominated sorting in a tree in Z-order", .reference = "fronts by definition", .seed = 6},
          Sorting(true, {.most_pairs = 0}));
}

TEST_CASE("non-dominated sorting of few points in a k-d tree") {
  compare({.kernel = "non-dominated sorting in a k-d tree", .reference = "fronts by definition", .seed = 7},
          Sorting(true, {.most_pairs = 0, .fewest_to_split = 0}));
}

TEST_CASE("the non-dominated subset") {
  compare({.kernel = "non-dominated subset", .reference = "every pair compared", .seed = 3}, Subset{});
}

TEST_CASE("crowding distance") {
  compare({.kernel = "crowding distance", .reference = "a search for each neighbour", .equality = "1e-13", .seed = 4},
          Crowding{});
}

TEST_CASE("sorting by theta-dominance") {
  compare({.kernel = "sorting by theta-dominance", .reference = "fronts by definition", .seed = 5}, Theta{});
}
