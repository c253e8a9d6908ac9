#include <algorithm>
#include <memory>

#include "engine/algorithm/mating_pool.hpp"
#include "engine/algorithm/merit.hpp"
#include "engine/select/niching.hpp"
#include "engine/select/survival_score.hpp"
#include "tests/equality/comparison.hpp"
#include "tests/equality/sets.hpp"
#include "tests/reference/mating.hpp"
#include "tests/reference/niching.hpp"
#include "tests/reference/survival_score.hpp"

using namespace millrace;
using namespace millrace::testing;

namespace {

using Words = std::vector<std::uint32_t>;

/// Every member taken must be one that Algorithm 4 may take there.
struct NichePreserving {
  struct Input {
    std::shared_ptr<Association> association;
    std::vector<Slot> members;
    std::size_t chosen, remaining;
    std::uint32_t number;
  };
  std::shared_ptr<Niching> niching = std::make_shared<Niching>();

  Input draw(RowDraws& draws) const {
    const std::size_t n = draws.below(31), m = 2 + draws.below(3);
    const ReferenceDirections directions = mixed_directions(draws, m, 20);
    // Whole numbers: several members of a niche at the same distance.
    const Columns f = mixed_points(draws, n, m);
    Input input{std::make_shared<Association>(), first_slots(n), draws.below(static_cast<std::uint32_t>(n + 1)), 0,
                draws.below(1'000'000)};
    Workers one(1);
    const std::vector<double> ideal(m, 0.0), range(m, 1.0);
    input.association->compute(f, input.members, ideal, range, directions, one);
    input.remaining = draws.below(static_cast<std::uint32_t>(n - input.chosen + 1));
    for (Slot& slot : input.members) slot += 1000;  // slots are not positions
    return input;
  }
  Words run(const Input& input, Workers&) const {
    Words survivors;
    niching->select(*input.association, input.members, input.chosen, input.remaining, {9, input.number, Stage::niche},
                    survivors);
    return survivors;
  }
  bool agrees(const Input& input, const Words& answer, bool) const {
    std::vector<std::size_t> positions;
    for (const Slot slot : answer) positions.push_back(slot - 1000);
    return positions.size() == input.remaining &&
           reference::niching_may_take(input.association->nearest(), input.association->distance(),
                                       input.association->directions(), input.chosen, positions);
  }
};

enum class Pool { tournaments, permutation, differential };

struct Mating {
  struct Input {
    std::vector<Slot> parents;
    std::vector<std::uint32_t> rank;
    std::vector<double> merit;
    std::size_t count;
    StreamKey key;
    Words expected;
  };
  Pool kind;
  std::shared_ptr<MatingPool> pool = std::make_shared<MatingPool>();

  Input draw(RowDraws& draws) const {
    const std::size_t n = 1 + draws.below(30);
    Input input{awkward_members(draws, n), {}, {}, draws.below(70), {5, draws.below(1'000'000), Stage::pair}, {}};
    for (std::size_t i = 0; i < n; ++i) {
      input.rank.push_back(draws.below(3));
      input.merit.push_back(draws.below(3) == 0 ? kInfinity : static_cast<double>(draws.below(3)));
    }
    if (kind == Pool::tournaments)
      input.expected = reference::tournaments(input.parents, input.count, input.key, [&](Slot a, Slot b) {
        return input.rank[a] != input.rank[b] ? static_cast<int>(input.rank[b]) - static_cast<int>(input.rank[a])
                                              : (input.merit[a] > input.merit[b]) - (input.merit[a] < input.merit[b]);
      });
    if (kind == Pool::permutation) input.expected = reference::permutation(input.parents, input.count, input.key);
    if (kind == Pool::differential) input.expected = reference::differential_parents(input.parents, input.key);
    return input;
  }
  Words run(const Input& input, Workers&) const {
    std::span<const Slot> chosen;
    if (kind == Pool::tournaments)
      chosen = pool->tournaments(input.parents, input.count, input.key,
                                 [&](Slot a, Slot b) { return prefer_rank_then_merit(input.rank, input.merit, a, b); });
    if (kind == Pool::permutation) chosen = pool->permutation(input.parents, input.count, input.key);
    if (kind == Pool::differential) chosen = pool->differential(input.parents, input.parents, input.key);
    return {chosen.begin(), chosen.end()};
  }
  bool agrees(const Input& input, const Words& answer, bool) const { return answer == input.expected; }
};

struct Scoring {
  struct Input {
    Columns y;
    std::size_t most;
    double exponent;
    std::vector<std::size_t> order;
  };
  std::shared_ptr<SurvivalScore> score = std::make_shared<SurvivalScore>();

  /// Near a manifold with an exponent from 0.75 to 4.
  Input draw(RowDraws& draws) const {
    const std::size_t m = 2 + draws.below(4), n = m + 1 + draws.below(6);
    const double p = 0.75 + 3.25 * draws.next_double() * draws.next_double();
    Input input{Columns(n, m), 1 + draws.below(static_cast<std::uint32_t>(n)), 0.0, {}};
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t k = 0; k < m; ++k) input.y(i, k) = 0.01 + draws.next_double();
      const double length = reference::length_of(input.y, i, p) * (1.001 + 0.1 * draws.next_double());
      for (std::size_t k = 0; k < m; ++k) input.y(i, k) /= length;
    }
    const auto corners = reference::corners_of_front(input.y);
    input.exponent = reference::exponent_of_front(input.y, corners);
    input.order = reference::survival_order(input.y, input.exponent, corners);
    return input;
  }
  /// Those taken in order, then the scores and the exponent.
  std::vector<double> run(const Input& input, Workers&) const {
    const std::vector<double> ideal(input.y.columns(), 0.0), range(input.y.columns(), 1.0);
    score->compute(input.y, first_slots(input.y.rows()), input.y.rows(), input.most, ideal, range);
    std::vector<double> answer(score->taken().begin(), score->taken().end());
    answer.insert(answer.end(), score->score().begin(), score->score().end());
    answer.push_back(score->exponent());
    return answer;
  }
  bool agrees(const Input& input, const std::vector<double>& answer, bool) const {
    const std::size_t n = input.y.rows(), m = input.y.columns(), taken = std::max(m, input.most);
    if (answer.size() != taken + n + 1) return false;
    return nearly(answer.back(), input.exponent, 1e-9) &&
           std::equal(answer.begin(), answer.begin() + static_cast<std::ptrdiff_t>(taken), input.order.begin());
  }
};

}  // namespace

TEST_CASE("niching") {
  compare({.kernel = "niching", .reference = "Algorithm 4, every step checked to be one it allows", .seed = 21},
          NichePreserving{});
}

TEST_CASE("binary tournaments") {
  compare({.kernel = "binary tournaments by front and merit", .reference = "shuffle and meet, written out", .seed = 22},
          Mating{.kind = Pool::tournaments});
}

TEST_CASE("parents without a tournament") {
  compare({.kernel = "parents without a tournament", .reference = "shuffles written out", .seed = 23},
          Mating{.kind = Pool::permutation});
}

TEST_CASE("parents of differential evolution") {
  compare({.kernel = "parents of differential evolution", .reference = "draws until distinct", .seed = 24},
          Mating{.kind = Pool::differential});
}

TEST_CASE("the survival score") {
  compare({.kernel = "survival score of AGE-MOEA-II",
           .reference = "every distance measured, every step",
           .equality = "order exact; exponent 1e-9",
           .seed = 25},
          Scoring{});
}
