#include "engine/decide/reason.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "engine/decide/trade_off.hpp"

namespace millrace {
namespace {

/// "the highest of 184 solutions".
std::string rank_text(std::string_view superlative, std::size_t solutions) {
  return solutions == 1 ? "the only solution" : fmt::format("the {} of {} solutions", superlative, solutions);
}

void check_count(std::span<const ObjectiveSpec> objectives, std::size_t count) {
  if (objectives.size() != count)
    throw std::invalid_argument(
        fmt::format("{} objectives are named, and the choice was made with {}", objectives.size(), count));
}

/// "benefit 0.41, carbon 0.59".
template <class Weight>
std::string weights_text(std::span<const ObjectiveSpec> objectives, Weight weight) {
  std::string text;
  for (std::size_t k = 0; k < objectives.size(); ++k)
    text += fmt::format("{}{} {:.3g}", k == 0 ? "" : ", ", objectives[k].name, weight(k));
  return text;
}

/// "benefit at least 310 CNY, carbon at most 40 t".
std::string levels_text(std::span<const ObjectiveSpec> objectives, const AspirationLevels& levels) {
  std::string text;
  for (std::size_t k = 0; k < objectives.size(); ++k)
    if (levels[k])
      text += fmt::format("{}{} {} {}", text.empty() ? "" : ", ", objectives[k].name,
                          objectives[k].sense == Sense::maximise ? "at least" : "at most",
                          quantity_text(objectives[k], *levels[k]));
  return text;
}

std::string range_share(double share) { return fmt::format("{:.3g} % of its range", 100.0 * share); }

}  // namespace

std::string reason(std::span<const ObjectiveSpec> objectives, const TopsisChoice& choice, std::string_view weighting) {
  check_count(objectives, choice.weights.size());
  return fmt::format("TOPSIS with {} weights ({}): closeness to the best of all objectives {:.4f} of 1, {}.", weighting,
                     weights_text(objectives, [&](std::size_t k) { return choice.weights[k]; }),
                     choice.closeness[choice.chosen()], rank_text("highest", choice.closeness.size()));
}

std::string reason(const KneeChoice& choice) {
  const std::size_t solutions = choice.distance.size();
  std::string text = fmt::format("Knee: {:.4f} ranges below the plane through the ends of the front, {}",
                                 choice.distance[choice.chosen], rank_text("farthest", solutions));
  if (choice.none())
    text = fmt::format(
        "No knee: no solution lies below the plane through the ends of the front; "
        "at {:.4f} ranges this is {}",
        std::abs(choice.distance[choice.chosen]), rank_text("nearest", solutions));
  if (std::isfinite(choice.least_exchange))
    text += fmt::format("; every other loses at least {:.3g} ranges for each one that it gains", choice.least_exchange);
  return text + ".";
}

std::string reason(std::span<const ObjectiveSpec> objectives, const PseudoWeightChoice& choice,
                   std::string_view weighting) {
  check_count(objectives, choice.wanted.size());
  return fmt::format("Pseudo-weights with {} weights ({}): it has {}, at a distance of {:.4f} {}.", weighting,
                     weights_text(objectives, [&](std::size_t k) { return choice.wanted[k]; }),
                     weights_text(objectives, [&](std::size_t k) { return choice.pseudo_weights(choice.chosen, k); }),
                     choice.distance[choice.chosen], rank_text("nearest", choice.distance.size()));
}

std::string reason(std::span<const ObjectiveSpec> objectives, const AchievementChoice& choice) {
  check_count(objectives, choice.levels.size());
  const std::string levels = fmt::format("Aspiration levels ({})", levels_text(objectives, choice.levels));
  const std::size_t solutions = choice.achievement.size();
  if (!choice.farthest_behind)
    return fmt::format("{}: no objective with a level tells the solutions apart; by the sum of all, {}.", levels,
                       rank_text("best achievement", solutions));
  const std::string& name = objectives[*choice.farthest_behind].name;
  if (choice.shortfall > 0.0)
    return fmt::format("{}: not all reached; the farthest behind, {}, misses by {}, {}.", levels, name,
                       range_share(choice.shortfall), rank_text("best achievement", solutions));
  return fmt::format("{}: all reached; the one with the least to spare, {}, passes by {}, {}.", levels, name,
                     range_share(-choice.shortfall), rank_text("best achievement", solutions));
}

std::string reason(std::span<const ObjectiveSpec> objectives, const RegretChoice& choice,
                   std::span<const std::string> scenarios) {
  if (scenarios.size() != choice.regret.columns() || choice.objective >= objectives.size())
    throw std::invalid_argument(fmt::format("{} scenarios are named, and the choice was made with {}", scenarios.size(),
                                            choice.regret.columns()));
  const double largest = choice.largest[choice.chosen];
  const std::string place = fmt::format("({} in {})", objectives[choice.objective].name, scenarios[choice.scenario]);
  return fmt::format(
      "Minimax regret over {} scenario{}: it is at most {:.3g} % of an objective's range from the "
      "best of a scenario{}, {}.",
      scenarios.size(), scenarios.size() == 1 ? "" : "s", 100.0 * largest, largest > 0.0 ? " " + place : "",
      rank_text("least", choice.largest.size()));
}

std::string reason(std::span<const ObjectiveSpec> objectives, const BalancedChoice& choice) {
  if (choice.objective && *choice.objective >= objectives.size())
    throw std::invalid_argument("the objectives named are fewer than those the choice was made with");
  const double largest = choice.largest[choice.chosen];
  return fmt::format("Balanced: no objective is farther than {:.3g} % of its range from its best{}, {}.",
                     100.0 * largest,
                     choice.objective ? fmt::format(" ({} is)", objectives[*choice.objective].name) : "",
                     rank_text("least", choice.largest.size()));
}

}  // namespace millrace
