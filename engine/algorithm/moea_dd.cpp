#include "engine/algorithm/moea_dd.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

#include "engine/algorithm/first_sample.hpp"
#include "engine/algorithm/mating_pool.hpp"

namespace millrace {
namespace {

MoeaDdOptions checked(MoeaDdOptions options) {
  if (const std::string error = options.error(); !error.empty()) throw std::invalid_argument(error);
  return options;
}

}  // namespace

std::string MoeaDdOptions::error() const {
  if (population < 4) return fmt::format("population must be at least 4, not {}", population);
  if (!(theta >= 0.0 && std::isfinite(theta))) return fmt::format("theta must be at least 0, not {}", theta);
  if (neighbourhood < 2) return fmt::format("neighbourhood must be at least 2, not {}", neighbourhood);
  if (!(delta >= 0.0 && delta <= 1.0)) return fmt::format("delta must lie between 0 and 1, not {}", delta);
  return variation.error();
}

MoeaDd::MoeaDd(Setup setup, MoeaDdOptions options)
    : setup_(setup), options_(checked(std::move(options))),
      directions_(subproblem_directions(setup.spec.objectives.size(), options_.population)),
      neighbourhood_(directions_, options_.neighbourhood, setup.workers),
      variation_(options_.variation, setup.spec.bounds, setup.seed), pool_(2 * directions_.count(), setup.spec.shape()),
      box_(setup.spec.objectives.size(), options_.normalise),
      subregions_(directions_.count(), directions_.count(), setup.spec.objectives.size()), free_(directions_.count()),
      by_subregion_(directions_.count()), begin_(directions_.count() + 1), subregion_(pool_.size()),
      value_(pool_.size()), is_member_(pool_.size()) {
  std::iota(free_.begin(), free_.end(), Slot{0});
  members_.reserve(free_.size());
  candidates_.reserve(free_.size());
  located_.reserve(free_.size());
  all_.reserve(pool_.size());
}

/// Algorithm 1, lines 3 to 5: mating and variation for all subregions that have their turn.
Batch MoeaDd::ask() {
  if (generation_ == 0) {
    first_sample(setup_, options_.sampling, pool_, free_);
  } else {
    mate();
    lap(setup_.profile, ProfileStage::mating);
    variation_.apply(pool_.x, parents_, batch(), generation_, setup_.workers);
  }
  lap(setup_.profile, ProfileStage::variation);
  return {pool_, batch()};
}

/// Algorithm 1, lines 6 to 8: the children come one after the other, and for each of them somebody goes.
void MoeaDd::tell() {
  box_.update(pool_, batch());
  lap(setup_.profile, ProfileStage::normalisation);
  locate();
  lap(setup_.profile, ProfileStage::association);
  if (generation_ == 0) members_.assign(free_.begin(), free_.end());
  else exchange();
  settle();
  ++generation_;
  lap(setup_.profile, ProfileStage::survival);
}

std::span<const Slot> MoeaDd::batch() const { return free_; }

/// A pair makes two children, so every other subregion has its turn.
void MoeaDd::mate() {
  const std::size_t n = directions_.count();
  const std::size_t turns = variation_.children_per_group();
  const StreamKey key{setup_.seed, generation_, Stage::pair};
  parents_.clear();
  for (std::uint32_t group = 0; group * turns < n; ++group) {
    RowDraws draws(key, group);
    const auto home = static_cast<std::uint32_t>(std::min(group * turns + generation_ % turns, n - 1));
    gather_neighbours(home, draws.next_double() >= options_.delta);
    const std::size_t begin = parents_.size();
    while (parents_.size() < begin + variation_.parents_per_group()) parents_.push_back(draw_parent(draws, begin));
  }
}

/// The members of neighbouring subregions; the whole population where they are fewer than two.
void MoeaDd::gather_neighbours(std::uint32_t home, bool whole) {
  candidates_.clear();
  for (std::size_t t = 0; !whole && t < neighbourhood_.size(); ++t) {
    const std::uint32_t c = neighbourhood_.of(home)[t];
    candidates_.insert(candidates_.end(), by_subregion_.begin() + begin_[c], by_subregion_.begin() + begin_[c + 1]);
  }
  if (candidates_.size() < 2) candidates_.assign(members_.begin(), members_.end());
}

/// By a tournament of violations; another than the group has, where a few tries find one.
Slot MoeaDd::draw_parent(RowDraws& draws, std::size_t group_begin) const {
  const auto count = static_cast<std::uint32_t>(candidates_.size());
  Slot parent = 0;
  for (int tries = 0; tries < 5; ++tries) {
    parent = candidates_[draws.below(count)];
    if (!pool_.feasible(parent)) {
      const Slot other = candidates_[draws.below(count)];
      if (prefer_less_violation(pool_, other, parent) == Preference::first) parent = other;
    }
    const auto group = std::span(parents_).subspan(group_begin);
    if (std::find(group.begin(), group.end(), parent) == group.end()) break;
  }
  return parent;
}

/// Subregion and value of everybody, members and children, in today's box.
void MoeaDd::locate() {
  all_.assign(members_.begin(), members_.end());
  all_.insert(all_.end(), batch().begin(), batch().end());
  association_.compute(pool_.f, all_, box_.ideal(), box_.scale(), directions_, setup_.workers);
  const double theta = options_.normalise ? box_.penalty(options_.theta) : options_.theta;
  for (std::size_t i = 0; i < all_.size(); ++i) {
    const std::uint32_t c = association_.nearest()[i];
    double along = 0.0;
    for (std::size_t k = 0; k < pool_.f.columns(); ++k)
      along += std::max(0.0, (pool_.f(all_[i], k) - box_.ideal()[k]) / box_.scale()[k]) * directions_.units()(c, k);
    subregion_[all_[i]] = c;
    value_[all_[i]] = along + theta * association_.distance()[i];
  }
}

void MoeaDd::exchange() {
  const auto located = [&](Slot i) { return Located{i, subregion_[i], value_[i]}; };
  located_.clear();
  for (const Slot i : members_) located_.push_back(located(i));
  subregions_.begin(pool_, located_);
  for (const Slot child : batch()) subregions_.exchange(pool_, located(child), setup_.workers);
  members_.clear();
  for (const Located& member : subregions_.members()) members_.push_back(member.slot);
}

/// Who is no member leaves its slot to a child; members are listed by subregion for mating.
void MoeaDd::settle() {
  std::fill(is_member_.begin(), is_member_.end(), std::uint8_t{0});
  for (const Slot i : members_) is_member_[i] = 1;
  free_.clear();
  for (Slot i = 0; i < is_member_.size(); ++i)
    if (is_member_[i] == 0 && free_.size() < directions_.count()) free_.push_back(i);
  std::fill(begin_.begin(), begin_.end(), 0u);
  for (const Slot i : members_) ++begin_[subregion_[i] + 1];
  std::partial_sum(begin_.begin(), begin_.end(), begin_.begin());
  next_ = begin_;
  for (const Slot i : members_) by_subregion_[next_[subregion_[i]]++] = i;
}

void MoeaDd::save(StateWriter& writer) const {
  writer.put(generation_);
  writer.put_span(std::span<const Slot>(members_));
  writer.put_individuals(pool_, members_);
  for (const Slot i : members_) writer.put(subregion_[i]);
  box_.save(writer);
}

void MoeaDd::load(StateReader& reader) {
  generation_ = reader.get<std::uint32_t>();
  members_.resize(directions_.count());
  reader.get_span(std::span<Slot>(members_));
  if (std::any_of(members_.begin(), members_.end(), [&](Slot i) { return i >= pool_.size(); }))
    throw StateMismatch("a saved individual lies outside the population");
  reader.get_individuals(pool_, members_);
  for (const Slot i : members_) {
    subregion_[i] = reader.get<std::uint32_t>();
    if (subregion_[i] >= directions_.count()) throw StateMismatch("a saved individual lies outside every subregion");
  }
  box_.load(reader);
  settle();
}

}  // namespace millrace
