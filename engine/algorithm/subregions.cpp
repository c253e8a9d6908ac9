#include "engine/algorithm/subregions.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "engine/archive/dominance_scan.hpp"

namespace millrace {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

}  // namespace

Subregions::Subregions(std::size_t members, std::size_t subregions, std::size_t objectives)
    : members_(members + 1), violation_(members + 1), f_(members + 1, objectives), dominators_(members + 1),
      front_(members + 1), crowd_(subregions), total_value_(subregions) {
  for (auto* list : {&weaker_, &stronger_, &dominated_}) list->reserve(members + 1);
  for (auto* list : {&places_, &last_}) list->reserve(members + 1);
}

void Subregions::begin(const Population& pool, std::span<const Located> members) {
  count_ = members.size();
  place_of_slot_.resize(pool.size());
  std::fill(crowd_.begin(), crowd_.end(), 0u);
  for (std::size_t p = 0; p < count_; ++p) put(pool, p, members[p]);
  for (std::size_t p = 0; p < count_; ++p) {
    relate(p);
    dominators_[p] = static_cast<std::uint32_t>(stronger_.size());
  }
}

Slot Subregions::exchange(const Population& pool, const Located& newcomer, Workers& workers) {
  put(pool, count_, newcomer);
  relate(count_);
  dominators_[count_] = static_cast<std::uint32_t>(stronger_.size());
  for (const Slot p : weaker_) ++dominators_[p];
  ++count_;
  const std::size_t place = choose(pool, workers);
  const Slot gone = members_[place].slot;
  remove(place);
  return gone;
}

/// What failed is beyond everything.
void Subregions::put(const Population& pool, std::size_t place, const Located& member) {
  members_[place] = member;
  violation_[place] = pool.violation[member.slot];
  const bool failed = pool.failed(member.slot);
  if (failed || std::isnan(member.value)) members_[place].value = kInfinity;
  for (std::size_t k = 0; k < f_.columns(); ++k) f_(place, k) = failed ? kInfinity : pool.f(member.slot, k);
  ++crowd_[member.subregion];
}

/// Finds whom the member at a place dominates, and who dominates it. Equals do neither.
void Subregions::relate(std::size_t place) {
  weaker_.clear();
  stronger_.clear();
  append_at_least(f_, count_, {f_, place}, weaker_);
  append_at_most(f_, count_, {f_, place}, stronger_);
  const auto equals = [&](Slot p) {
    for (std::size_t k = 0; k < f_.columns(); ++k)
      if (f_(p, k) != f_(place, k)) return false;
    return true;
  };
  std::erase_if(weaker_, equals);
  std::erase_if(stronger_, equals);
}

/// The newcomer's place becomes free: who stands there moves.
void Subregions::remove(std::size_t place) {
  relate(place);
  for (const Slot p : weaker_) --dominators_[p];
  --crowd_[members_[place].subregion];
  --count_;
  if (place == count_) return;
  members_[place] = members_[count_];
  violation_[place] = violation_[count_];
  dominators_[place] = dominators_[count_];
  for (std::size_t k = 0; k < f_.columns(); ++k) f_(place, k) = f_(count_, k);
}

/// Place of the one who goes.
std::size_t Subregions::choose(const Population& pool, Workers& workers) {
  if (std::any_of(violation_.begin(), violation_.begin() + static_cast<std::ptrdiff_t>(count_),
                  [](double violation) { return violation > 0.0; }))
    return most_violating();
  rank(pool, workers);
  return last_.empty() ? worst_of_most_crowded() : of_last_front();
}

std::size_t Subregions::most_violating() const {
  std::size_t worst = count_;
  for (const bool alone : {false, true}) {
    for (std::size_t p = 0; p < count_; ++p) {
      if (violation_[p] == 0.0 || (!alone && crowd_[members_[p].subregion] == 1)) continue;
      if (worst == count_ || violation_[p] >= violation_[worst]) worst = p;
    }
    if (worst != count_) break;
  }
  return worst;
}

/// front_ of every place, and the places of the last front; none where there is only one.
void Subregions::rank(const Population& pool, Workers& workers) {
  dominated_.clear();
  last_.clear();
  for (std::size_t p = 0; p < count_; ++p) {
    front_[p] = 0;
    if (dominators_[p] == 0) continue;
    dominated_.push_back(members_[p].slot);
    place_of_slot_[members_[p].slot] = static_cast<std::uint32_t>(p);
  }
  if (dominated_.empty()) return;
  // Fronts among the dominated are those of all, less the first.
  const Fronts& fronts = sorter_.sort_objectives(pool.f, dominated_, dominated_.size(), workers);
  for (std::uint32_t r = 0; r < fronts.count(); ++r)
    for (const Slot i : fronts.front(r)) front_[place_of_slot_[i]] = r + 1;
  for (const Slot i : fronts.front(fronts.count() - 1)) last_.push_back(place_of_slot_[i]);
  std::sort(last_.begin(), last_.end());
}

/// Algorithm 4, lines 7 to 22.
std::size_t Subregions::of_last_front() {
  const std::uint32_t subregion = last_.size() == 1 ? members_[last_.front()].subregion : most_crowded(last_);
  if (crowd_[subregion] == 1) return worst_of_most_crowded();
  if (last_.size() == 1) return last_.front();
  std::size_t worst = count_;
  for (std::size_t p = 0; p < count_; ++p)
    if (members_[p].subregion == subregion && (worst == count_ || members_[p].value >= members_[worst].value))
      worst = p;
  return worst;
}

/// Algorithm 5: of the worst front in the most crowded subregion the one with the largest value.
std::size_t Subregions::worst_of_most_crowded() {
  places_.resize(count_);
  std::iota(places_.begin(), places_.end(), 0u);
  const std::uint32_t subregion = most_crowded(places_);
  std::size_t worst = count_;
  for (std::size_t p = 0; p < count_; ++p) {
    if (members_[p].subregion != subregion) continue;
    const bool later = worst == count_ || front_[p] > front_[worst];
    if (later || (front_[p] == front_[worst] && members_[p].value >= members_[worst].value)) worst = p;
  }
  return worst;
}

/// Of the subregions of `places` the one with most members, among equals the one with the largest sum of values.
std::uint32_t Subregions::most_crowded(std::span<const std::uint32_t> places) {
  std::uint32_t most = 0;
  for (const std::uint32_t p : places) most = std::max(most, crowd_[members_[p].subregion]);
  std::fill(total_value_.begin(), total_value_.end(), 0.0);
  for (std::size_t p = 0; p < count_; ++p) total_value_[members_[p].subregion] += members_[p].value;
  std::uint32_t chosen = members_[places.front()].subregion;
  for (const std::uint32_t p : places) {
    const std::uint32_t c = members_[p].subregion;
    if (crowd_[c] == most && (crowd_[chosen] != most || total_value_[c] > total_value_[chosen])) chosen = c;
  }
  return chosen;
}

}  // namespace millrace
