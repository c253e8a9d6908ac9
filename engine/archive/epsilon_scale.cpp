#include "engine/archive/epsilon_scale.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace millrace {
namespace {

// A side below this share of the values themselves separates rounding errors; below the other, nothing.
constexpr double kLeastShare = 1e-10;
constexpr double kLeastEpsilon = 1e-290;

// Ranges of fewer members than so many an objective tell little of the front.
constexpr std::size_t kMembersForRange = 4;

double checked_target(const EpsilonOptions& options, std::size_t objectives) {
  if (const std::string error = options.error(objectives); !error.empty()) throw std::invalid_argument(error);
  return static_cast<double>(options.target);
}

struct Extent {
  double low;
  double high;
  double range() const { return high - low; }
  double size() const { return std::max(std::abs(low), std::abs(high)); }
};

Extent extent_of(const Columns& f, std::size_t k, std::span<const Slot> slots) {
  Extent extent{f(slots[0], k), f(slots[0], k)};
  for (const Slot i : slots) {
    extent.low = std::min(extent.low, f(i, k));
    extent.high = std::max(extent.high, f(i, k));
  }
  return extent;
}

/// Shrinking ends: with one objective, or objectives that do not conflict, there is never more than one member.
double least_epsilon(double size) { return std::max(kLeastEpsilon, kLeastShare * size); }

bool usable(double range) { return range > 0.0 && std::isfinite(range); }

}  // namespace

std::string EpsilonOptions::error(std::size_t objectives) const {
  if (!epsilons.empty() && epsilons.size() != objectives)
    return fmt::format("there are {} epsilons for {} objectives: give one for each, or none", epsilons.size(),
                       objectives);
  for (const double epsilon : epsilons)
    if (!usable(epsilon)) return fmt::format("an epsilon is {}, but must be finite and above 0", epsilon);
  if (target < 4) return fmt::format("the archive's target is {}, but must be at least 4", target);
  return {};
}

EpsilonScale::EpsilonScale(std::size_t objectives, EpsilonOptions options)
    : objectives_(objectives), automatic_(options.epsilons.empty()), target_(checked_target(options, objectives)),
      exponent_(1.0 / std::max(1.0, static_cast<double>(objectives) - 1.0)), epsilons_(std::move(options.epsilons)) {
  epsilons_.reserve(objectives);
  ranges_.reserve(objectives);
}

void EpsilonScale::begin(const Population& pool, std::span<const Slot> feasible) {
  const double share = std::pow(target_, -exponent_);
  for (std::size_t k = 0; k < objectives_; ++k) {
    const double range = extent_of(pool.f, k, feasible).range();
    // Without a range yet, the size of the value is the best guess of its unit.
    const double size = std::abs(pool.f(feasible[0], k));
    ranges_.push_back(usable(range) ? range : usable(size) ? size : 1.0);
    epsilons_.push_back(share * ranges_[k]);
  }
}

bool EpsilonScale::follow(const Population& pool, std::span<const Slot> members, const Crowding& crowding) {
  if (!automatic_) return false;
  const auto count = static_cast<double>(members.size());
  if (count > 2.0 * target_) return rescale(pool, members, true);
  const bool crowded = crowding.same_box > members.size() || 2 * crowding.better_box > crowding.shown;
  if (count < 0.5 * target_ && crowded) return rescale(pool, members, false);
  return shrink_with_ranges(pool, members);
}

bool EpsilonScale::rescale(const Population& pool, std::span<const Slot> members, bool grow) {
  // Fewer say little about the proportions.
  if (members.size() >= kMembersForRange * objectives_) take_proportions(pool, members);
  const double step = std::pow(2.0, exponent_);
  bool changed = false;
  for (std::size_t k = 0; k < objectives_; ++k) {
    if (!grow && epsilons_[k] <= least_epsilon(extent_of(pool.f, k, members).size())) continue;
    epsilons_[k] *= grow ? step : 1.0 / step;
    changed = true;
  }
  return changed;
}

bool EpsilonScale::shrink_with_ranges(const Population& pool, std::span<const Slot> members) {
  if (members.size() < kMembersForRange * objectives_) return false;
  bool changed = false;
  for (std::size_t k = 0; k < objectives_; ++k) {
    const Extent extent = extent_of(pool.f, k, members);
    const double shrunk = epsilons_[k] * (extent.range() / ranges_[k]);
    if (!(extent.range() < 0.5 * ranges_[k]) || shrunk <= least_epsilon(extent.size())) continue;
    epsilons_[k] = shrunk;
    ranges_[k] = extent.range();
    changed = true;
  }
  return changed;
}

/// Each epsilon becomes the same share of its objective's range; their product stays.
void EpsilonScale::take_proportions(const Population& pool, std::span<const Slot> members) {
  double log_share = 0.0;
  double varying = 0.0;
  for (std::size_t k = 0; k < objectives_; ++k) {
    const double range = extent_of(pool.f, k, members).range();
    if (!usable(range)) continue;
    log_share += std::log(epsilons_[k] / range);
    varying += 1.0;
  }
  if (varying == 0.0) return;
  const double share = std::exp(log_share / varying);
  for (std::size_t k = 0; k < objectives_; ++k) {
    const double range = extent_of(pool.f, k, members).range();
    if (!usable(range) || !usable(share * range)) continue;
    ranges_[k] = range;
    epsilons_[k] = share * range;
  }
}

}  // namespace millrace
