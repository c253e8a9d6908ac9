#pragma once

#include <span>
#include <string>
#include <string_view>

#include "engine/decide/achievement.hpp"
#include "engine/decide/balanced.hpp"
#include "engine/decide/knee.hpp"
#include "engine/decide/pseudo_weights.hpp"
#include "engine/decide/regret.hpp"
#include "engine/decide/topsis.hpp"
#include "engine/problem/spec.hpp"

namespace millrace {

/// Why a solution was chosen, for a person: one sentence with the method, what it was given, and the figure that decided.
/// "Range" in it is that of an objective over the front, or its box. O(n m) at most. Throws std::invalid_argument where
/// `objectives` are not as many as the choice was made with.

/// `weighting`: what the weights are, such as "equal" or "entropy".
std::string reason(std::span<const ObjectiveSpec> objectives, const TopsisChoice& choice, std::string_view weighting);
std::string reason(const KneeChoice& choice);
std::string reason(std::span<const ObjectiveSpec> objectives, const PseudoWeightChoice& choice,
                   std::string_view weighting);
std::string reason(std::span<const ObjectiveSpec> objectives, const AchievementChoice& choice);
/// `scenarios`: their names, one each.
std::string reason(std::span<const ObjectiveSpec> objectives, const RegretChoice& choice,
                   std::span<const std::string> scenarios);
std::string reason(std::span<const ObjectiveSpec> objectives, const BalancedChoice& choice);

}  // namespace millrace
