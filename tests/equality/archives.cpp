#include <algorithm>
#include <memory>

#include "engine/archive/epsilon_archive.hpp"
#include "engine/archive/nondominated_archive.hpp"
#include "tests/equality/comparison.hpp"
#include "tests/equality/sets.hpp"
#include "tests/reference/archive.hpp"
#include "tests/unit/archive/shown.hpp"

using namespace millrace;
using namespace millrace::testing;

namespace {

using Words = std::vector<std::uint32_t>;

/// Individuals and how many are shown at a time.
struct Shown {
  std::shared_ptr<const Population> pool;
  std::size_t batch;
  std::vector<double> epsilons;
  Words expected;
};

Shown draw_shown(RowDraws& draws, std::size_t n, std::size_t m) {
  const double odd = draws.below(2) == 0 ? 0.0 : 0.5;
  const auto cloud = static_cast<Cloud>(draws.below(4));
  return {std::make_shared<Population>(shown(n, m, cloud, odd, draws.next_u64())),
          1 + draws.below(static_cast<std::uint32_t>(n + 1)),
          {},
          {}};
}

struct Nondominated {
  using Input = Shown;
  Input draw(RowDraws& draws) const {
    Shown input = draw_shown(draws, draws.below(31), 1 + draws.below(6));
    input.expected = reference::nondominated_members(*input.pool);
    return input;
  }
  Input draw_large(RowDraws& draws) const { return draw_shown(draws, 4000, 2 + draws.below(4)); }
  Words run(const Input& input, Workers& workers) const {
    NondominatedArchive archive(input.pool->shape());
    show_in_batches(all_slots(*input.pool), input.batch,
                    [&](auto slots) { archive.insert(*input.pool, slots, workers); });
    return numbers(archive);
  }
  bool agrees(const Input& input, const Words& answer, bool) const { return answer == input.expected; }
};

struct Epsilon {
  using Input = Shown;
  static void draw_epsilons(RowDraws& draws, Shown& input) {
    input.epsilons.assign(input.pool->f.columns(), std::array{1e-4, 0.07, 0.25, 10.0}[draws.below(4)]);
    input.epsilons.back() *= 1.5;
  }
  /// Members in ascending order, then the progress. Sets without a feasible individual are another rule's.
  Input draw(RowDraws& draws) const {
    for (;;) {
      Shown input = draw_shown(draws, 1 + draws.below(30), 1 + draws.below(6));
      draw_epsilons(draws, input);
      reference::BoxArchive expected(*input.pool, input.epsilons);
      for (const Slot i : all_slots(*input.pool)) expected.show(i);
      if (expected.members().empty()) continue;
      input.expected = expected.members();
      input.expected.push_back(static_cast<std::uint32_t>(expected.progress()));
      return input;
    }
  }
  Input draw_large(RowDraws& draws) const {
    Shown input = draw_shown(draws, 4000, 2 + draws.below(4));
    input.epsilons.assign(input.pool->f.columns(), 0.03);
    return input;
  }
  Words run(const Input& input, Workers& workers) const {
    EpsilonArchive archive(input.pool->shape(), {.epsilons = input.epsilons});
    // One at a time before the first feasible individual: steps of the violation are progress of another kind.
    const std::vector<Slot> slots = all_slots(*input.pool);
    std::uint64_t before = 0;
    std::size_t first = 0;
    while (first < slots.size() && !reference::finite_and_feasible(*input.pool, slots[first])) ++first;
    archive.insert(*input.pool, std::span(slots).first(first), workers);
    before = archive.progress();
    const std::vector<Slot> rest(slots.begin() + static_cast<std::ptrdiff_t>(first), slots.end());
    show_in_batches(rest, input.batch, [&](auto batch) { archive.insert(*input.pool, batch, workers); });
    Words answer = numbers(archive);
    answer.push_back(static_cast<std::uint32_t>(archive.progress() - before));
    return answer;
  }
  bool agrees(const Input& input, const Words& answer, bool) const { return answer == input.expected; }
};

}  // namespace

TEST_CASE("the unbounded archive") {
  compare({.kernel = "unbounded archive", .reference = "every pair compared", .seed = 71}, Nondominated{});
}

TEST_CASE("the epsilon archive") {
  compare({.kernel = "epsilon archive and its progress", .reference = "two individuals at a time", .seed = 72},
          Epsilon{});
}
