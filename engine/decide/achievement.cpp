#include "engine/decide/achievement.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <utility>

namespace millrace {
namespace {

void check_levels(const ScaledFront& front, const AspirationLevels& levels) {
  if (levels.size() != front.objectives())
    throw std::invalid_argument(
        fmt::format("{} aspiration levels for {} objectives", levels.size(), front.objectives()));
  if (std::none_of(levels.begin(), levels.end(), [](const auto& level) { return level.has_value(); }))
    throw std::invalid_argument("name the aspiration level of at least one objective");
  for (const auto& level : levels)
    if (level && !std::isfinite(*level))
      throw std::invalid_argument(fmt::format("an aspiration level is a finite number, not {}", *level));
  for (const std::size_t k : front.varying())
    if (levels[k] && !(std::abs(front.scaled(k, *levels[k])) < 1e100))
      throw std::invalid_argument(
          fmt::format("the aspiration level {} of objective {} is too far from the front", *levels[k], k + 1));
}

}  // namespace

AchievementChoice best_achievement(const ScaledFront& front, AspirationLevels levels) {
  check_levels(front, levels);
  AchievementChoice choice;
  choice.levels = std::move(levels);
  const auto distance = [&](Slot i, std::size_t k) {
    return front(i, k) - (choice.levels[k] ? front.scaled(k, *choice.levels[k]) : 0.0);
  };
  for (Slot i = 0; i < front.size(); ++i) {
    std::optional<double> largest;
    double sum = 0.0;
    for (const std::size_t k : front.varying()) {
      if (choice.levels[k]) largest = std::max(largest.value_or(distance(i, k)), distance(i, k));
      sum += distance(i, k);
    }
    choice.achievement.push_back(largest.value_or(0.0) + kAugmentation * sum);
  }
  choice.chosen = first_least(choice.achievement);
  for (const std::size_t k : front.varying()) {
    if (!choice.levels[k]) continue;
    const double behind = distance(choice.chosen, k);
    if (choice.farthest_behind && behind <= choice.shortfall) continue;
    choice.farthest_behind = k;
    choice.shortfall = behind;
  }
  return choice;
}

}  // namespace millrace
