#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/data/population.hpp"
#include "tests/reference/dominance.hpp"

namespace millrace::reference {

inline bool finite_and_feasible(const Population& pool, Slot i) {
  for (std::size_t k = 0; k < pool.f.columns(); ++k)
    if (!std::isfinite(pool.f(i, k))) return false;
  return pool.violation[i] == 0.0;
}

/// What an unbounded archive must hold once all of `pool` was shown in the order of the slots, ascending.
inline std::vector<Slot> nondominated_members(const Population& pool) {
  std::vector<Slot> members;
  for (Slot b = 0; b < pool.size(); ++b) {
    bool kept = finite_and_feasible(pool, b);
    for (Slot a = 0; a < pool.size(); ++a) {
      if (!finite_and_feasible(pool, a)) continue;
      bool equal = a < b;
      for (std::size_t k = 0; k < pool.f.columns(); ++k) equal = equal && pool.f(a, k) == pool.f(b, k);
      kept = kept && !equal && !dominates(pool.f, a, b);
    }
    if (kept) members.push_back(b);
  }
  return members;
}

/// The epsilon-box archive, a comparison of two individuals at a time.
class BoxArchive {
 public:
  BoxArchive(const Population& pool, std::vector<double> epsilons) : pool_(pool), epsilons_(std::move(epsilons)) {}

  void show(Slot b) {
    if (!finite_and_feasible(pool_, b)) return;
    for (Slot& a : members_) {
      if (box_relation(a, b) == Relation::better) return;
      if (box_relation(a, b) != Relation::equal) continue;
      if (dominates(pool_.f, b, a) || (!dominates(pool_.f, a, b) && distance(b) < distance(a))) a = b;
      return;
    }
    std::erase_if(members_, [&](Slot a) { return box_relation(b, a) == Relation::better; });
    members_.push_back(b);
    ++progress_;
  }

  /// Ascending.
  std::vector<Slot> members() const {
    std::vector<Slot> sorted = members_;
    std::sort(sorted.begin(), sorted.end());
    return sorted;
  }
  std::uint64_t progress() const { return progress_; }

 private:
  enum class Relation { better, equal, other };

  double box(Slot i, std::size_t k) const { return std::floor(pool_.f(i, k) / epsilons_[k]); }
  Relation box_relation(Slot a, Slot b) const {
    bool nowhere_worse = true;
    bool equal = true;
    for (std::size_t k = 0; k < epsilons_.size(); ++k) {
      nowhere_worse = nowhere_worse && box(a, k) <= box(b, k);
      equal = equal && box(a, k) == box(b, k);
    }
    return equal ? Relation::equal : nowhere_worse ? Relation::better : Relation::other;
  }
  double distance(Slot i) const {
    double sum = 0.0;
    for (std::size_t k = 0; k < epsilons_.size(); ++k) sum += std::pow(pool_.f(i, k) / epsilons_[k] - box(i, k), 2.0);
    return sum;
  }

  const Population& pool_;
  std::vector<double> epsilons_;
  std::vector<Slot> members_;
  std::uint64_t progress_ = 0;
};

}  // namespace millrace::reference
