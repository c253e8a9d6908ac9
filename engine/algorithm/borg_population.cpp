#include "engine/algorithm/borg_population.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <utility>

#include "engine/archive/dominance_scan.hpp"

namespace millrace {

// One row of the standings more than members: that of the child at the door.
BorgPopulation::BorgPopulation(std::size_t work, std::size_t capacity, Shape shape)
    : work_(work), pool_(work + capacity, shape), places_(capacity), standing_(capacity + 1, shape.objectives + 1) {
  std::iota(places_.begin(), places_.end(), static_cast<Slot>(work));
  weaker_.reserve(capacity);
  stronger_.reserve(capacity);
}

void BorgPopulation::reserve(std::size_t members) {
  if (members <= places_.size()) return;
  BorgPopulation larger(work_, std::max(members, 2 * places_.size()), pool_.shape());
  for (const Slot i : places(count_)) larger.append(pool_, i);
  *this = std::move(larger);
}

void BorgPopulation::take_places(std::size_t count) {
  count_ = count;
  for (std::size_t i = 0; i < count; ++i) note(i, places_[i]);
}

void BorgPopulation::append(const Population& source, Slot from) {
  copy_individual(source, from, pool_, places_[count_]);
  note(count_, places_[count_]);
  ++count_;
}

void BorgPopulation::note(std::size_t row, Slot slot) {
  const bool feasible = pool_.feasible(slot);
  standing_(row, 0) = pool_.violation[slot];
  for (std::size_t k = 0; k < pool_.f.columns(); ++k)
    standing_(row, k + 1) = feasible ? pool_.f(slot, k) : std::numeric_limits<double>::infinity();
}

bool BorgPopulation::dominates(std::size_t a, std::size_t b) const {
  bool better = false;
  for (std::size_t k = 0; k < standing_.columns(); ++k) {
    if (standing_(a, k) > standing_(b, k)) return false;
    better = better || standing_(a, k) < standing_(b, k);
  }
  return better;
}

Slot BorgPopulation::tournament(std::size_t rounds, RowDraws& draws) const {
  const auto members = static_cast<std::uint32_t>(count_);
  std::size_t best = draws.below(members);
  for (std::size_t round = 1; round < rounds; ++round)
    if (const std::size_t other = draws.below(members); dominates(other, best)) best = other;
  return places_[best];
}

void BorgPopulation::offer(Slot child, RowDraws draws) {
  const std::size_t door = places_.size();
  note(door, child);
  weaker_.clear();
  append_at_least(standing_, count_, {standing_, door}, weaker_);
  // Equals are on both sides.
  const std::size_t not_better = weaker_.size();
  std::erase_if(weaker_, [&](Slot member) { return !dominates(door, member); });
  const std::size_t equals = not_better - weaker_.size();
  if (!weaker_.empty()) return replace(weaker_[draws.below(static_cast<std::uint32_t>(weaker_.size()))], child);
  stronger_.clear();
  append_at_most(standing_, count_, {standing_, door}, stronger_);
  if (stronger_.size() == equals) replace(draws.below(static_cast<std::uint32_t>(count_)), child);
}

void BorgPopulation::replace(std::size_t member, Slot child) {
  copy_individual(pool_, child, pool_, places_[member]);
  note(member, places_[member]);
}

void BorgPopulation::save(StateWriter& writer) const {
  writer.put(static_cast<std::uint64_t>(count_));
  writer.put_individuals(pool_, places(count_));
}

void BorgPopulation::load(StateReader& reader) {
  const auto count = reader.get<std::uint64_t>();
  if (count > std::numeric_limits<Slot>::max() / 2) throw StateMismatch("the saved population has another size");
  count_ = 0;
  reserve(count);
  reader.get_individuals(pool_, places(count));
  take_places(count);
}

}  // namespace millrace
