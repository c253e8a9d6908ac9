#include "engine/select/niching.hpp"

#include <algorithm>

namespace millrace {

void Niching::bucket_members(const Association& association, std::size_t chosen) {
  const auto nearest = association.nearest();
  const std::size_t directions = association.directions();
  niche_count_.assign(directions, 0);
  end_.assign(directions, 0);
  for (std::size_t i = 0; i < chosen; ++i) ++niche_count_[nearest[i]];
  for (std::size_t i = chosen; i < nearest.size(); ++i) ++end_[nearest[i]];

  begin_.resize(directions);
  std::uint32_t total = 0;
  for (std::size_t j = 0; j < directions; ++j) {
    begin_[j] = total;
    total += end_[j];
    end_[j] = begin_[j];
  }
  member_.resize(total);
  for (std::size_t i = chosen; i < nearest.size(); ++i) member_[end_[nearest[i]]++] = static_cast<std::uint32_t>(i);
}

void Niching::sort_directions() {
  std::uint32_t most = 0;
  for (const std::uint32_t count : niche_count_) most = std::max(most, count);
  // Counting sort: first_[c] counts the directions with c - 1 survivors, then where those with c start.
  first_.assign(most + 2, 0);
  for (std::size_t j = 0; j < begin_.size(); ++j) first_[niche_count_[j] + 1] += end_[j] > begin_[j];
  for (std::size_t c = 1; c < first_.size(); ++c) first_[c] += first_[c - 1];
  by_count_.resize(first_.back());
  for (std::uint32_t j = 0; j < begin_.size(); ++j)
    if (end_[j] > begin_[j]) by_count_[first_[niche_count_[j]]++] = j;
}

std::uint32_t Niching::take_member(const Association& association, std::uint32_t direction, StreamDraws& draws) {
  const std::uint32_t begin = begin_[direction];
  const std::uint32_t end = end_[direction];
  std::uint32_t at = begin;
  if (niche_count_[direction] == 0) {
    const auto distance = association.distance();
    for (std::uint32_t i = begin + 1; i < end; ++i)
      if (distance[member_[i]] < distance[member_[at]]) at = i;
  } else {
    at = begin + draws.below(end - begin);
  }
  std::swap(member_[at], member_[end - 1]);
  --end_[direction];
  ++niche_count_[direction];
  return member_[end - 1];
}

void Niching::select(const Association& association, std::span<const Slot> members, std::size_t chosen,
                     std::size_t remaining, StreamKey key, std::vector<Slot>& survivors) {
  bucket_members(association, chosen);
  StreamDraws draws(key, 0);

  sort_directions();

  level_.clear();
  // The two are swapped: each may come to hold every direction.
  level_.reserve(niche_count_.size());
  next_level_.reserve(niche_count_.size());
  std::size_t waiting = 0;  // by_count_[waiting ...] have not entered a level yet
  for (std::uint32_t level = 0; remaining > 0 && (waiting < by_count_.size() || !level_.empty()); ++level) {
    if (level_.empty()) level = niche_count_[by_count_[waiting]];
    while (waiting < by_count_.size() && niche_count_[by_count_[waiting]] == level)
      level_.push_back(by_count_[waiting++]);
    next_level_.clear();
    while (remaining > 0 && !level_.empty()) {
      std::swap(level_[draws.below(static_cast<std::uint32_t>(level_.size()))], level_.back());
      const std::uint32_t direction = level_.back();
      level_.pop_back();
      survivors.push_back(members[take_member(association, direction, draws)]);
      --remaining;
      if (end_[direction] > begin_[direction]) next_level_.push_back(direction);
    }
    level_.swap(next_level_);
  }
}

}  // namespace millrace
