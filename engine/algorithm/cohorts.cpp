#include "engine/algorithm/cohorts.hpp"

#include <algorithm>
#include <numeric>

namespace millrace {

Cohorts::Cohorts(std::size_t population, Shape shape)
    : population_(population), pool_(2 * population, shape), all_(2 * population), survives_(2 * population) {
  std::iota(all_.begin(), all_.end(), Slot{0});
  parents_.reserve(population);
  children_.reserve(2 * population);
  children_.assign(all_.begin(), all_.begin() + static_cast<std::ptrdiff_t>(population));
}

void Cohorts::survive(std::span<const Slot> survivors) {
  split(survivors);
  ++generation_;
}

void Cohorts::split(std::span<const Slot> survivors) {
  std::fill(survives_.begin(), survives_.end(), std::uint8_t{0});
  for (const Slot i : survivors) survives_[i] = 1;
  parents_.clear();
  children_.clear();
  for (const Slot i : all_) (survives_[i] ? parents_ : children_).push_back(i);
}

void Cohorts::save(StateWriter& writer) const {
  writer.put(generation_);
  writer.put_span(std::span<const Slot>(parents_));
  writer.put_individuals(pool_, parents_);
}

void Cohorts::load(StateReader& reader) {
  generation_ = reader.get<std::uint32_t>();
  std::vector<Slot> parents;
  reader.get_vector(parents);
  const bool fits = parents.size() == population_ &&
                    std::all_of(parents.begin(), parents.end(), [&](Slot i) { return i < all_.size(); });
  if (!fits) throw StateMismatch("the saved population has another size");
  split(parents);
  reader.get_individuals(pool_, parents_);
}

}  // namespace millrace
