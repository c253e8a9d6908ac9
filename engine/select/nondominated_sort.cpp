#include "engine/select/nondominated_sort.hpp"

#include <algorithm>
#include <bit>

#include "engine/select/dominance_tree.hpp"
#include "engine/select/objective_ordinals.hpp"
#include "engine/select/objective_ranks.hpp"
#include "engine/select/pair_sorter.hpp"

namespace millrace {
namespace {

constexpr std::uint32_t kUnranked = PairSorter::kUnranked;
/// Searches that are worth a task of 100 us: with many objectives a search compares all blocks, with few it takes
/// about 50 ns.
std::size_t search_grain(std::size_t points, std::size_t objectives) {
  const std::size_t nanoseconds = objectives <= 6 ? 50 : std::max<std::size_t>(50, points / 32 * objectives / 2);
  return std::max<std::size_t>(1, 100'000 / nanoseconds);
}

/// Front of every point in two objectives: in lexicographic order a point belongs to the first front whose smallest
/// second objective so far is greater. O(n log n).
class PlaneSorter {
 public:
  /// At most 2^21 points: three ranks share a word.
  static constexpr std::size_t kMostPoints = std::size_t{1} << 21;

  void sort(const ObjectiveRanks& ranks, std::span<std::uint32_t> front_of_point) {
    const std::size_t n = ranks.points();
    order_.resize(n);
    for (std::size_t i = 0; i < n; ++i)
      order_[i] = std::uint64_t{ranks.column(0)[i]} << 42 | std::uint64_t{ranks.column(1)[i]} << 21 | i;
    sort_words(order_);
    smallest_.clear();
    for (std::size_t i = 0; i < n; ++i) {
      const std::size_t point = order_[i] & (kMostPoints - 1);
      const bool repeats = i > 0 && order_[i] >> 21 == order_[i - 1] >> 21;
      front_of_point[point] = repeats ? front_of_point[order_[i - 1] & (kMostPoints - 1)]
                                      : join(static_cast<std::uint32_t>(order_[i] >> 21 & (kMostPoints - 1)));
    }
  }

 private:
  std::uint32_t join(std::uint32_t second) {
    const auto at = std::upper_bound(smallest_.begin(), smallest_.end(), second);
    const auto front = static_cast<std::uint32_t>(at - smallest_.begin());
    if (at == smallest_.end()) smallest_.push_back(second);
    else *at = second;
    return front;
  }

  std::vector<std::uint64_t> order_;
  std::vector<std::uint32_t> smallest_;
};

/// Front of every point in any number of objectives. Peels front after front off a tree. A point that is dominated
/// waits at the dominating point that was found and is looked at again only when that one leaves.
class PeelSorter {
 public:
  explicit PeelSorter(std::size_t fewest_to_split) : tree_(fewest_to_split) {}

  void sort(const ObjectiveOrdinals& ordinals, std::size_t stop_at, Workers& workers,
            std::span<std::uint32_t> front_of_point) {
    tree_.build(ordinals, workers);
    grain_ = search_grain(ordinals.points(), ordinals.objectives());
    const std::size_t entries = tree_.size();
    copies_.assign(entries, 0);
    for (const std::uint32_t e : tree_.entry_of_point()) ++copies_[e];
    front_of_entry_.assign(entries, kUnranked);
    waiting_.assign(entries, DominanceTree::kNone);
    next_.resize(entries);
    found_.resize(entries);
    candidates_.resize(entries);
    for (std::uint32_t e = 0; e < entries; ++e) candidates_[e] = e;

    std::size_t ranked = 0;
    for (std::uint32_t front = 0; ranked < stop_at && !candidates_.empty(); ++front) {
      split_candidates(workers);
      for (const std::uint32_t e : front_) {
        front_of_entry_[e] = front;
        ranked += copies_[e];
      }
      if (ranked < stop_at) release_waiting(workers);
    }
    for (std::size_t i = 0; i < front_of_point.size(); ++i)
      front_of_point[i] = front_of_entry_[tree_.entry_of_point()[i]];
  }

 private:
  /// The candidates that nothing dominates become the front, the others wait.
  void split_candidates(Workers& workers) {
    // A second task that is not full costs more than it saves.
    const std::size_t grain = candidates_.size() < 2 * grain_ ? candidates_.size() : grain_;
    workers.for_blocks(candidates_.size(), grain, [&](std::size_t begin, std::size_t end) {
      tree_.find_dominators(std::span(candidates_).subspan(begin, end - begin), found_.data() + begin);
    });
    front_.clear();
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
      const std::uint32_t e = candidates_[i];
      if (found_[i] == DominanceTree::kNone) {
        front_.push_back(e);
      } else {
        next_[e] = waiting_[found_[i]];
        waiting_[found_[i]] = e;
      }
    }
  }

  /// The front leaves the tree; those who waited at it are the next candidates.
  void release_waiting(Workers& workers) {
    candidates_.clear();
    for (const std::uint32_t e : front_)
      for (std::uint32_t w = waiting_[e]; w != DominanceTree::kNone; w = next_[w]) candidates_.push_back(w);
    if (!candidates_.empty()) tree_.remove(front_, workers);
  }

  DominanceTree tree_;
  std::size_t grain_ = 1;
  std::vector<std::uint32_t> copies_;
  std::vector<std::uint32_t> front_of_entry_;
  std::vector<std::uint32_t> candidates_;
  std::vector<std::uint32_t> found_;
  std::vector<std::uint32_t> front_;
  /// First entry that waits at each entry, and the next in its list.
  std::vector<std::uint32_t> waiting_;
  std::vector<std::uint32_t> next_;
};

}  // namespace

struct NondominatedSorter::Memory {
  explicit Memory(Limits limits)
      : most_pairs(std::min(limits.most_pairs, PairSorter::kMostPoints)), peel(limits.fewest_to_split) {}

  void start(std::span<const Slot> slots);
  void append_feasible(const Columns& f, std::size_t stop_at, Workers& workers);
  void append_infeasible(const Population& pool, std::size_t stop_at);

  std::size_t most_pairs;
  Fronts fronts;
  std::vector<Slot> members;
  std::vector<Slot> feasible;
  std::vector<Slot> infeasible;
  std::vector<std::uint32_t> front_of_point;
  ObjectiveRanks ranks;
  ObjectiveOrdinals ordinals;
  PlaneSorter plane;
  PairSorter pairs;
  PeelSorter peel;
};

NondominatedSorter::NondominatedSorter(Limits limits) : memory_(std::make_unique<Memory>(limits)) {}
NondominatedSorter::~NondominatedSorter() = default;
NondominatedSorter::NondominatedSorter(NondominatedSorter&&) noexcept = default;
NondominatedSorter& NondominatedSorter::operator=(NondominatedSorter&&) noexcept = default;

const Fronts& NondominatedSorter::sort(const Population& pool, std::span<const Slot> members, std::size_t stop_at,
                                       Workers& workers) {
  Memory& memory = *memory_;
  memory.start(members);
  for (const Slot i : memory.members) (pool.feasible(i) ? memory.feasible : memory.infeasible).push_back(i);
  memory.append_feasible(pool.f, stop_at, workers);
  memory.append_infeasible(pool, stop_at);
  return memory.fronts;
}

const Fronts& NondominatedSorter::sort_objectives(const Columns& f, std::span<const Slot> members, std::size_t stop_at,
                                                  Workers& workers) {
  Memory& memory = *memory_;
  memory.start(members);
  memory.feasible.swap(memory.members);
  memory.append_feasible(f, stop_at, workers);
  return memory.fronts;
}

void NondominatedSorter::Memory::start(std::span<const Slot> slots) {
  members.assign(slots.begin(), slots.end());
  if (!std::is_sorted(members.begin(), members.end())) sort_words(members);
  feasible.clear();
  infeasible.clear();
  fronts.order.clear();
  fronts.begin.assign(1, 0);
}

void NondominatedSorter::Memory::append_feasible(const Columns& f, std::size_t stop_at, Workers& workers) {
  if (feasible.empty() || stop_at == 0) return;
  front_of_point.resize(feasible.size());
  if (f.columns() > 2 || (f.columns() == 2 && feasible.size() > PlaneSorter::kMostPoints)) {
    const bool few = feasible.size() <= most_pairs;
    ordinals.compute(f, feasible, few ? PairSorter::kFewestClasses : DominanceTree::kFewestClasses, workers);
    if (few) pairs.sort(ordinals, stop_at, front_of_point);
    else peel.sort(ordinals, stop_at, workers, front_of_point);
  } else {
    ranks.compute(f, feasible, workers);
    if (f.columns() == 1) std::copy_n(ranks.column(0), feasible.size(), front_of_point.begin());
    else plane.sort(ranks, front_of_point);
  }

  // Counting sort by front; the points ascend by slot and so does every front.
  auto& begin = fronts.begin;
  for (const std::uint32_t front : front_of_point) {
    if (front == kUnranked) continue;
    if (front + 2 > begin.size()) begin.resize(front + 2, 0);
    ++begin[front + 1];
  }
  std::size_t last = 1;
  for (; last < begin.size(); ++last) {
    begin[last] += begin[last - 1];
    if (begin[last] >= stop_at) break;
  }
  begin.resize(std::min(last + 1, begin.size()));
  fronts.order.resize(begin.back());
  const auto count = static_cast<std::uint32_t>(fronts.count());
  for (std::size_t i = 0; i < feasible.size(); ++i)
    if (front_of_point[i] < count) fronts.order[begin[front_of_point[i]]++] = feasible[i];
  // Filling moved every beginning to its end, which is where the next front begins.
  for (std::size_t r = count; r > 0; --r) begin[r] = begin[r - 1];
  begin[0] = 0;
}

void NondominatedSorter::Memory::append_infeasible(const Population& pool, std::size_t stop_at) {
  const auto& violation = pool.violation;
  std::sort(infeasible.begin(), infeasible.end(),
            [&](Slot a, Slot b) { return violation[a] != violation[b] ? violation[a] < violation[b] : a < b; });
  for (std::size_t i = 0; i < infeasible.size() && fronts.order.size() < stop_at;) {
    const double front_violation = violation[infeasible[i]];
    for (; i < infeasible.size() && violation[infeasible[i]] == front_violation; ++i)
      fronts.order.push_back(infeasible[i]);
    fronts.begin.push_back(static_cast<std::uint32_t>(fronts.order.size()));
  }
}

}  // namespace millrace
