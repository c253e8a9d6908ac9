#include <algorithm>
#include <optional>

#include <Random123/philox.h>

#include "operators/polynomial_mutation.hpp"
#include "operators/uniform_mutation.hpp"
#include "operators/variation.hpp"
#include "tests/equality/comparison.hpp"
#include "tests/equality/rows.hpp"
#include "tests/reference/differential.hpp"
#include "tests/reference/discrete_variation.hpp"
#include "tests/reference/polynomial_mutation.hpp"
#include "tests/reference/sbx.hpp"

using namespace millrace;
using namespace millrace::testing;

namespace {

/// Words of a stream, against the library of Philox's authors.
struct Philox {
  struct Input {
    StreamKey key;
    std::uint32_t row, block;
    std::size_t count;
    std::vector<std::uint64_t> expected;
  };
  Input draw(RowDraws& draws) const {
    Input input{{draws.next_u64(), draws.below(1u << 31), static_cast<Stage>(draws.below(14))},
                static_cast<std::uint32_t>(draws.next_u64()),
                static_cast<std::uint32_t>(draws.next_u64()),
                draws.below(40),
                {}};
    for (std::uint32_t block = input.block; input.expected.size() < input.count; ++block) {
      const philox4x32_ctr_t counter{
          {block, input.row, input.key.generation, static_cast<std::uint32_t>(input.key.stage)}};
      const philox4x32_key_t key{
          {static_cast<std::uint32_t>(input.key.seed), static_cast<std::uint32_t>(input.key.seed >> 32)}};
      const philox4x32_ctr_t r = philox4x32_R(10, counter, key);
      input.expected.push_back(r.v[0] | std::uint64_t{r.v[1]} << 32);
      input.expected.push_back(r.v[2] | std::uint64_t{r.v[3]} << 32);
    }
    input.expected.resize(input.count);
    return input;
  }
  std::vector<std::uint64_t> run(const Input& input, Workers&) const {
    std::vector<std::uint64_t> words(input.count);
    fill_u64(input.key, input.row, input.block, words);
    return words;
  }
  bool agrees(const Input& input, const std::vector<std::uint64_t>& answer, bool) const {
    return answer == input.expected;
  }
};

enum class Mutation { polynomial, uniform, discrete };

struct Mutating {
  struct Input {
    Groups groups;
    std::optional<double> probability;
    double eta;
    std::uint32_t first_row;
    std::vector<double> expected;
  };
  Mutation kind;
  double tolerance;

  Input draw(RowDraws& draws) const {
    const std::size_t d = 1 + draws.below(draws.below(16) == 0 ? 60 : 12);
    Input input{Groups(draws, 1 + draws.below(6), 1, 0, d, kind != Mutation::polynomial), {}, 0.0, 0, {}};
    if (draws.below(2) == 0) input.probability = std::array{0.0, 0.2, 0.7, 1.0}[draws.below(4)];
    input.eta = std::array{0.0, 20.0, 300.0}[draws.below(3)];
    input.first_row = draws.below(1000);
    const Groups& groups = input.groups;
    for (std::uint32_t i = 0; i < groups.count; ++i) {
      std::vector<double> row(groups.x.row(i).begin(), groups.x.row(i).end());
      const std::uint32_t number = input.first_row + i;
      if (kind == Mutation::polynomial)
        reference::polynomial_mutation({input.probability, input.eta}, groups.bounds, row.data(), groups.key, number);
      if (kind == Mutation::uniform)
        reference::uniform_mutation({input.probability}, groups.bounds, row, groups.key, number);
      if (kind == Mutation::discrete)
        reference::discrete_mutation({input.probability, input.eta}, groups.bounds, row, groups.key, number);
      input.expected.insert(input.expected.end(), row.begin(), row.end());
    }
    return input;
  }
  std::vector<double> run(const Input& input, Workers&) const {
    const Groups& groups = input.groups;
    const auto& slots = groups.parent_slots;
    DecisionRows x = groups.x;
    if (kind == Mutation::polynomial)
      polynomial_mutation({input.probability, input.eta}, groups.bounds, x, slots, groups.key, input.first_row);
    if (kind == Mutation::uniform)
      uniform_mutation({input.probability}, groups.bounds, x, slots, groups.key, input.first_row);
    if (kind == Mutation::discrete)
      discrete_mutation({input.probability, input.eta}, groups.bounds, x, slots, groups.key, input.first_row);
    return values_of(x, slots);
  }
  bool agrees(const Input& input, const std::vector<double>& answer, bool) const {
    for (std::size_t i = 0; i < answer.size(); ++i) {
      const std::size_t j = i % input.groups.bounds.variables();
      if (!(std::abs(answer[i] - input.expected[i]) <= tolerance * input.groups.size(j))) return false;
    }
    return answer.size() == input.expected.size();
  }
};

/// A whole generation of variables of every kind: crossover, levels, mutation, each child with its own rows of draws.
struct Varying {
  struct Input {
    VariationOptions options;
    Groups groups;
    std::uint32_t generation;
    std::vector<double> expected;
  };

  static VariationOptions draw_options(RowDraws& draws) {
    VariationOptions options;
    options.crossover =
        draws.below(2) == 0 ? VariationOptions::Crossover::sbx : VariationOptions::Crossover::differential;
    options.sbx.probability = draws.below(2) == 0 ? 1.0 : 0.7;
    options.differential.scheme =
        draws.below(2) == 0 ? DifferentialOptions::Scheme::rand_1_bin : DifferentialOptions::Scheme::current_to_rand_1;
    options.differential.cr = draws.below(2) == 0 ? 0.4 : 1.0;
    options.mutation.probability = std::array{0.1, 0.5}[draws.below(2)];
    return options;
  }
  static Input draw_groups(RowDraws& draws, std::size_t groups, std::size_t d) {
    const VariationOptions options = draw_options(draws);
    const bool differential = options.crossover == VariationOptions::Crossover::differential;
    return {options, Groups(draws, groups, differential ? 4 : 2, differential ? 1 : 2, d, true), draws.below(500), {}};
  }
  /// What a group's children are before mutation; false where rounding decides on a level or a bound.
  static bool cross(const Input& input, std::uint32_t q, std::vector<std::vector<double>>& children) {
    const Groups& groups = input.groups;
    const StreamKey key{groups.key.seed, input.generation, Stage::crossover};
    const auto parents = groups.parents_of(q);
    if (parents.size() == 4) {
      auto child = reference::differential(
          input.options.differential, groups.bounds, [&](std::size_t k) { return parents[k]; }, key, q);
      reference::differ_levels(input.options.differential, groups.bounds, parents, child.value, key, q);
      children.push_back(child.value);
      return std::find(child.on_edge.begin(), child.on_edge.end(), true) == child.on_edge.end();
    }
    auto pair = reference::sbx(input.options.sbx, groups.bounds, parents[0], parents[1], key, q);
    const DiscreteCrossover crossover{.parents = 2, .children = 2, .probability = input.options.sbx.probability};
    std::size_t c = 0;
    for (auto* child : {&pair.first, &pair.second}) {
      reference::scan_levels(crossover, groups.bounds, parents, *child, c++, key, q);
      children.push_back(*child);
    }
    return true;
  }
  Input draw(RowDraws& draws) const {
    for (;;) {
      Input input = draw_groups(draws, 1 + draws.below(4), 1 + draws.below(12));
      const StreamKey key{input.groups.key.seed, input.generation, Stage::mutate};
      const Bounds reals = bounds_of_reals(input.groups.bounds);
      std::vector<std::vector<double>> children;
      bool decided = true;
      for (std::uint32_t q = 0; q < input.groups.count; ++q) decided = cross(input, q, children) && decided;
      if (!decided) continue;
      children.resize(input.groups.child_slots.size());
      for (std::uint32_t i = 0; i < children.size(); ++i) {
        reference::polynomial_mutation(input.options.mutation, reals, children[i].data(), key, i);
        reference::discrete_mutation(input.options.mutation, input.groups.bounds, children[i], key, i);
        input.expected.insert(input.expected.end(), children[i].begin(), children[i].end());
      }
      return input;
    }
  }
  Input draw_large(RowDraws& draws) const { return draw_groups(draws, 3000, 20 + draws.below(30)); }

  std::vector<double> run(const Input& input, Workers& workers) const {
    const Groups& groups = input.groups;
    DecisionRows x = groups.x;
    const Variation variation(input.options, groups.bounds, groups.key.seed);
    variation.apply(x, groups.parent_slots, groups.child_slots, input.generation, workers);
    return values_of(x, groups.child_slots);
  }
  bool agrees(const Input& input, const std::vector<double>& answer, bool) const {
    for (std::size_t i = 0; i < answer.size(); ++i) {
      const std::size_t j = i % input.groups.bounds.variables();
      if (!(std::abs(answer[i] - input.expected[i]) <= 1e-12 * input.groups.size(j))) return false;
    }
    return answer.size() == input.expected.size();
  }
};

}  // namespace

TEST_CASE("words of Philox") {
  compare({.kernel = "random words (Philox4x32-10)", .reference = "Random123", .seed = 41}, Philox{});
}

TEST_CASE("polynomial mutation") {
  compare({.kernel = "polynomial mutation", .reference = "the textbook formula", .equality = "1e-12", .seed = 42},
          Mutating{.kind = Mutation::polynomial, .tolerance = 1e-12});
}

TEST_CASE("uniform mutation") {
  compare({.kernel = "uniform mutation", .reference = "the definition", .equality = "1e-14", .seed = 43},
          Mutating{.kind = Mutation::uniform, .tolerance = 1e-14});
}

TEST_CASE("mutation of integers, grades and bits") {
  compare({.kernel = "mutation of integer, ordinal and binary variables",
           .reference = "masses of the distribution added up",
           .seed = 44},
          Mutating{.kind = Mutation::discrete, .tolerance = 0.0});
}

TEST_CASE("variation of a generation") {
  compare({.kernel = "variation of a generation, every kind of variable",
           .reference = "its slow parts in their order",
           .equality = "1e-12",
           .seed = 45},
          Varying{});
}
