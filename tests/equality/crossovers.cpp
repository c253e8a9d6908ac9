#include <algorithm>
#include <cmath>
#include <limits>

#include "operators/differential.hpp"
#include "operators/discrete_variation.hpp"
#include "operators/sbx.hpp"
#include "operators/uniform_crossover.hpp"
#include "tests/equality/comparison.hpp"
#include "tests/equality/rows.hpp"
#include "tests/reference/differential.hpp"
#include "tests/reference/discrete_variation.hpp"
#include "tests/reference/many_parents.hpp"
#include "tests/reference/sbx.hpp"

using namespace millrace;
using namespace millrace::testing;

namespace {

using Rows = std::vector<std::vector<double>>;
constexpr double kAnything = std::numeric_limits<double>::quiet_NaN();

/// A crossover of real variables, of the kind `Operator`: its options drawn, `apply` the fast one, `children` what the
/// slow one makes of a group, a value that may be anything (inside the bounds) being NaN.
template <class Operator>
struct Crossing {
  struct Input {
    Operator op;
    Groups groups;
    std::vector<double> expected;
  };
  double tolerance;

  Input draw(RowDraws& draws) const {
    for (;;) {
      const Operator op(draws);
      const std::size_t d = 1 + draws.below(draws.below(16) == 0 ? 40 : 10);
      Input input{op, Groups(draws, 1 + draws.below(4), op.parents(), op.made(), d, false), {}};
      if (!op.well_posed(input.groups)) continue;
      for (std::uint32_t q = 0; q < input.groups.count; ++q)
        for (const auto& child : op.children(input.groups, q))
          input.expected.insert(input.expected.end(), child.begin(), child.end());
      input.expected.resize(input.groups.child_slots.size() * d);
      return input;
    }
  }
  std::vector<double> run(const Input& input, Workers&) const {
    DecisionRows x = input.groups.x;
    const Groups& groups = input.groups;
    input.op.apply(groups.bounds, Mating{x, groups.parent_slots, groups.child_slots}, groups.key, {0, groups.count});
    return values_of(x, groups.child_slots);
  }
  bool agrees(const Input& input, const std::vector<double>& answer, bool) const {
    const Bounds& bounds = input.groups.bounds;
    if (answer.size() != input.expected.size()) return false;
    for (std::size_t i = 0; i < answer.size(); ++i) {
      const std::size_t j = i % bounds.variables();
      if (!(answer[i] >= bounds.lower(j) && answer[i] <= bounds.upper(j))) return false;
      if (std::abs(answer[i] - input.expected[i]) > tolerance * input.groups.size(j)) return false;
    }
    return true;
  }
};

struct Sbx {
  explicit Sbx(RowDraws& draws) {
    options.probability = std::array{1.0, 0.6, 0.0, 1.0}[draws.below(4)];
    options.eta = std::array{0.0, 2.0, 15.0, 30.0, 500.0}[draws.below(5)];
    options.variable_probability = std::array{0.5, 1.0, 0.25}[draws.below(3)];
  }
  std::size_t parents() const { return 2; }
  std::size_t made() const { return 2; }
  bool well_posed(const Groups&) const { return true; }
  Rows children(const Groups& groups, std::uint32_t q) const {
    auto pair = reference::sbx(options, groups.bounds, groups.parent(q, 0), groups.parent(q, 1), groups.key, q);
    return {pair.first, pair.second};
  }
  void apply(const Bounds& bounds, const Mating& mating, StreamKey key, GroupRange range) const {
    sbx(options, bounds, mating, key, range);
  }
  SbxOptions options;
};

struct Uniform {
  explicit Uniform(RowDraws& draws) { options.probability = std::array{1.0, 0.6, 0.0}[draws.below(3)]; }
  std::size_t parents() const { return 2; }
  std::size_t made() const { return 2; }
  bool well_posed(const Groups&) const { return true; }
  Rows children(const Groups& groups, std::uint32_t q) const {
    auto pair = reference::uniform_crossover(options, groups.bounds.variables(), groups.parent(q, 0),
                                             groups.parent(q, 1), groups.key, q);
    return {pair.first, pair.second};
  }
  void apply(const Bounds&, const Mating& mating, StreamKey key, GroupRange range) const {
    uniform_crossover(options, mating, key, range);
  }
  UniformCrossoverOptions options;
};

struct Differential {
  explicit Differential(RowDraws& draws) {
    using Scheme = DifferentialOptions::Scheme;
    using Outside = DifferentialOptions::Outside;
    options.scheme = draws.below(2) == 0 ? Scheme::rand_1_bin : Scheme::current_to_rand_1;
    options.outside = draws.below(2) == 0 ? Outside::bounce_back : Outside::clip;
    options.f = std::array{0.5, 0.8, 1.7}[draws.below(3)];
    options.cr = std::array{0.0, 0.3, 1.0}[draws.below(3)];
  }
  std::size_t parents() const { return 4; }
  std::size_t made() const { return 1; }
  bool well_posed(const Groups&) const { return true; }
  Rows children(const Groups& groups, std::uint32_t q) const {
    auto child = reference::differential(
        options, groups.bounds, [&](std::size_t k) { return groups.parent(q, k); }, groups.key, q);
    for (std::size_t j = 0; j < child.value.size(); ++j)
      if (child.on_edge[j]) child.value[j] = kAnything;
    return {child.value};
  }
  void apply(const Bounds& bounds, const Mating& mating, StreamKey key, GroupRange range) const {
    differential(options, bounds, mating, key, range);
  }
  DifferentialOptions options;
};

/// Crossovers in the space of many parents: children in widths of the bounds become values inside them.
struct ManyParents {
  static std::vector<reference::Vector> scaled(const Groups& groups, std::uint32_t q) {
    std::vector<reference::Vector> rows;
    for (const double* row : groups.parents_of(q)) rows.push_back(reference::scaled(row, groups.bounds));
    return rows;
  }
  static reference::Vector placed(reference::Vector child, const Bounds& bounds) {
    for (std::size_t j = 0; j < child.size(); ++j) {
      const double width = bounds.upper(j) - bounds.lower(j);
      child[j] = width > 0.0 ? std::clamp(child[j] * width, bounds.lower(j), bounds.upper(j)) : bounds.lower(j);
    }
    return child;
  }
  /// Whether the space of every group is known to enough digits: rounding decides on what parents span that are all
  /// equal or nearly in line.
  static bool well_posed(const Groups& groups, std::size_t centred, bool any_first) {
    for (std::uint32_t q = 0; q < groups.count; ++q) {
      auto rows = scaled(groups, q);
      for (std::size_t first = 0; first < (any_first ? rows.size() : 1); ++first) {
        std::swap(rows[0], rows[first]);
        const auto deviations = reference::deviations(rows, centred);
        if (reference::least_addition(deviations) < 1e-2) return false;
        for (const auto& deviation : deviations)
          if (reference::dot(deviation, deviation) < 1e-6) return false;
        std::swap(rows[0], rows[first]);
      }
    }
    return true;
  }
};

struct Pcx {
  explicit Pcx(RowDraws& draws)
      : options{.parents = 2 + draws.below(4), .children = 1 + draws.below(2), .zeta = 0.2, .eta = 0.3} {}
  std::size_t parents() const { return options.parents; }
  std::size_t made() const { return options.children; }
  bool well_posed(const Groups& groups) const { return ManyParents::well_posed(groups, options.parents, true); }
  Rows children(const Groups& groups, std::uint32_t q) const {
    RowDraws draws(groups.key, q);
    Rows rows;
    for (std::size_t c = 0; c < options.children; ++c)
      rows.push_back(
          ManyParents::placed(reference::pcx_child(options, ManyParents::scaled(groups, q), draws), groups.bounds));
    return rows;
  }
  void apply(const Bounds& bounds, const Mating& mating, StreamKey key, GroupRange range) const {
    pcx(options, bounds, mating, key, range);
  }
  PcxOptions options;
};

struct Spx {
  explicit Spx(RowDraws& draws)
      : options{.parents = 2 + draws.below(5),
                .children = 1 + draws.below(2),
                .expansion = draws.below(2) == 0 ? 0.5 : 3.0} {}
  std::size_t parents() const { return options.parents; }
  std::size_t made() const { return options.children; }
  bool well_posed(const Groups&) const { return true; }
  Rows children(const Groups& groups, std::uint32_t q) const {
    RowDraws draws(groups.key, q);
    Rows rows;
    for (std::size_t c = 0; c < options.children; ++c)
      rows.push_back(
          ManyParents::placed(reference::spx_child(options, ManyParents::scaled(groups, q), draws), groups.bounds));
    return rows;
  }
  void apply(const Bounds& bounds, const Mating& mating, StreamKey key, GroupRange range) const {
    spx(options, bounds, mating, key, range);
  }
  SpxOptions options;
};

struct Undx {
  explicit Undx(RowDraws& draws) : options{.parents = 3 + draws.below(3), .children = 1 + draws.below(2)} {}
  std::size_t parents() const { return options.parents; }
  std::size_t made() const { return options.children; }
  bool well_posed(const Groups& groups) const { return ManyParents::well_posed(groups, options.parents - 1, false); }
  Rows children(const Groups& groups, std::uint32_t q) const {
    RowDraws draws(groups.key, q);
    std::vector<bool> movable;
    for (std::size_t j = 0; j < groups.bounds.variables(); ++j)
      movable.push_back(groups.bounds.lower(j) < groups.bounds.upper(j));
    Rows rows;
    for (std::size_t c = 0; c < options.children; ++c)
      rows.push_back(ManyParents::placed(reference::undx_child(options, ManyParents::scaled(groups, q), movable, draws),
                                         groups.bounds));
    return rows;
  }
  void apply(const Bounds& bounds, const Mating& mating, StreamKey key, GroupRange range) const {
    undx(options, bounds, mating, key, range);
  }
  UndxOptions options;
};

}  // namespace

TEST_CASE("simulated binary crossover") {
  compare({.kernel = "SBX", .reference = "the textbook formula", .equality = "1e-12", .seed = 31},
          Crossing<Sbx>{.tolerance = 1e-12});
}

TEST_CASE("uniform crossover") {
  compare({.kernel = "uniform crossover", .reference = "a coin a variable", .seed = 32},
          Crossing<Uniform>{.tolerance = 0.0});
}

TEST_CASE("differential evolution") {
  compare({.kernel = "differential evolution", .reference = "the definition", .equality = "1e-12", .seed = 33},
          Crossing<Differential>{.tolerance = 1e-12});
}

TEST_CASE("parent-centric crossover") {
  compare({.kernel = "PCX", .reference = "the paper, every vector written out", .equality = "1e-5", .seed = 34},
          Crossing<Pcx>{.tolerance = 1e-5});
}

TEST_CASE("simplex crossover") {
  compare({.kernel = "SPX", .reference = "the recurrence of the paper", .equality = "1e-10", .seed = 35},
          Crossing<Spx>{.tolerance = 1e-10});
}

TEST_CASE("unimodal normal distribution crossover") {
  compare({.kernel = "UNDX", .reference = "the paper, every vector written out", .equality = "1e-5", .seed = 36},
          Crossing<Undx>{.tolerance = 1e-5});
}
