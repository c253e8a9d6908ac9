#include "engine/algorithm/shade.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <stdexcept>

#include "engine/algorithm/first_sample.hpp"
#include "engine/random/philox.hpp"

namespace millrace {
namespace {

/// Spread of scales (Cauchy) and rates (normal) around the remembered means.
constexpr double kSpread = 0.1;
/// Largest share of the population that counts as its best.
constexpr double kMostBest = 0.2;
/// Objectives closer than this share of their size are the same.
constexpr double kTogether = 1e-8;
/// A best that moves by less has not moved.
constexpr double kMoves = 1e-6;
constexpr std::uint64_t kMostStale = 300;
/// Children made by one task.
constexpr std::size_t kGrain = 128;

ShadeOptions checked(ShadeOptions options) {
  if (const std::string error = options.error(); !error.empty()) throw std::invalid_argument(error);
  return options;
}

/// One of 0 .. n - 1 that is not `other`.
std::uint32_t below_but(RowDraws& draws, std::uint32_t n, std::uint32_t other) {
  const std::uint32_t drawn = draws.below(n - 1);
  return drawn + (drawn >= other ? 1 : 0);
}

double cauchy(RowDraws& draws, double centre) {
  return centre + kSpread * std::tan(std::numbers::pi * (draws.next_double() - 0.5));
}

double normal(RowDraws& draws, double centre) {
  const double radius = std::sqrt(-2.0 * std::log1p(-draws.next_double()));
  return centre + kSpread * radius * std::cos(2.0 * std::numbers::pi * draws.next_double());
}

}  // namespace

std::string ShadeOptions::error() const {
  if (population < 4) return fmt::format("population must be at least 4, not {}", population);
  return variation.error();
}

Shade::Shade(Setup setup, ShadeOptions options)
    : setup_(setup), options_(checked(std::move(options))), cohorts_(options_.population, setup.spec.shape()),
      recipes_(options_.population), scales_(options_.population, 0.5), rates_(options_.population, 0.5),
      archive_(options_.population, setup.spec.bounds.variables()) {
  if (setup.spec.objectives.size() > kMostObjectives)
    throw std::invalid_argument(fmt::format("shade takes one objective, not {}", setup.spec.objectives.size()));
  ranked_.reserve(options_.population);
  survivors_.reserve(options_.population);
  succeeded_.reserve(options_.population);
  gains_.reserve(options_.population);
}

Batch Shade::ask() {
  if (cohorts_.generation() == 0) {
    first_sample(setup_, options_.sampling, cohorts_.pool(), cohorts_.children());
  } else if (restarts_) {
    draw_anew();
  } else {
    rank_parents();
    lap(setup_.profile, ProfileStage::mating);
    setup_.workers.for_blocks(options_.population, kGrain, [&](std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < end; ++i) {
        recipes_[i] = recipe(static_cast<std::uint32_t>(i));
        make_child(static_cast<std::uint32_t>(i), recipes_[i]);
      }
    });
  }
  lap(setup_.profile, ProfileStage::variation);
  return {cohorts_.pool(), cohorts_.children()};
}

void Shade::tell() {
  if (cohorts_.generation() == 0 || restarts_) {
    survivors_.assign(cohorts_.children().begin(), cohorts_.children().end());
    if (restarts_) survivors_.front() = champion_;
  } else {
    select();
    learn();
  }
  cohorts_.survive(survivors_);
  watch();
  lap(setup_.profile, ProfileStage::survival);
}

/// A child takes the place of its parent where it is as good; what was better is learned from.
void Shade::select() {
  survivors_.assign(cohorts_.parents().begin(), cohorts_.parents().end());
  succeeded_.clear();
  gains_.clear();
  for (std::uint32_t i = 0; i < survivors_.size(); ++i) {
    const Slot parent = cohorts_.parents()[i];
    const Slot child = cohorts_.children()[i];
    if (!as_good(child, parent)) continue;
    survivors_[i] = child;
    if (champion_ == parent) champion_ = child;
    if (as_good(parent, child)) continue;
    keep_in_archive(parent);
    succeeded_.push_back(i);
    gains_.push_back(gain(parent, child));
  }
}

bool Shade::come_together() const {
  const Population& pool = cohorts_.pool();
  double least = std::numeric_limits<double>::infinity();
  double most = -least;
  for (const Slot i : cohorts_.parents()) {
    if (i == champion_) continue;
    if (!pool.feasible(i)) return false;
    least = std::min(least, pool.f(i, 0));
    most = std::max(most, pool.f(i, 0));
  }
  return most - least <= kTogether * std::max(std::abs(least), std::abs(most));
}

void Shade::watch() {
  const Population& pool = cohorts_.pool();
  const bool started = cohorts_.generation() == 1 || restarts_;
  Slot best = kNobody;
  for (const Slot i : cohorts_.parents())
    if (i != champion_ && (best == kNobody || !as_good(best, i))) best = i;
  const bool moved =
      pool.violation[best] < best_violation_ || pool.f(best, 0) < best_objective_ - kMoves * std::abs(best_objective_);
  stale_ = started || moved ? 0 : stale_ + 1;
  if (stale_ == 0) {
    best_violation_ = pool.violation[best];
    best_objective_ = pool.f(best, 0);
  }
  if (champion_ != kNobody && as_good(best, champion_)) champion_ = kNobody;
  restarts_ = stale_ >= kMostStale || come_together();
  if (restarts_ && champion_ == kNobody) champion_ = best;
}

/// All children at random, and nothing remembered.
void Shade::draw_anew() {
  const Bounds& bounds = setup_.spec.bounds;
  for (std::uint32_t i = 0; i < options_.population; ++i) {
    RowDraws draws({setup_.seed, cohorts_.generation(), Stage::restart}, i);
    const auto child = cohorts_.pool().x.row(cohorts_.children()[i]);
    for (std::size_t j = 0; j < child.size(); ++j) {
      const bool real = bounds.kind(j) == VariableKind::real;
      const double value =
          bounds.lower(j) + draws.next_double() * (bounds.upper(j) - bounds.lower(j) + (real ? 0.0 : 1.0));
      child[j] = real ? value : std::min(std::floor(value), bounds.upper(j));
    }
  }
  std::fill(scales_.begin(), scales_.end(), 0.5);
  std::fill(rates_.begin(), rates_.end(), 0.5);
  next_memory_ = archived_ = 0;
}

void Shade::rank_parents() {
  const Population& pool = cohorts_.pool();
  ranked_.clear();
  for (const Slot i : cohorts_.parents())
    if (i != champion_) ranked_.push_back(i);
  std::sort(ranked_.begin(), ranked_.end(), [&](Slot a, Slot b) {
    if (pool.violation[a] != pool.violation[b]) return pool.violation[a] < pool.violation[b];
    return pool.f(a, 0) != pool.f(b, 0) ? pool.f(a, 0) < pool.f(b, 0) : a < b;
  });
}

Shade::Recipe Shade::recipe(std::uint32_t i) const {
  RowDraws draws({setup_.seed, cohorts_.generation(), Stage::pair}, i);
  const auto n = static_cast<std::uint32_t>(options_.population);
  Recipe made;
  const std::uint32_t memory = draws.below(n);
  made.rate = std::clamp(normal(draws, rates_[memory]), 0.0, 1.0);
  do made.scale = std::min(cauchy(draws, scales_[memory]), 1.0);
  while (made.scale <= 0.0);
  const double least = 2.0 / n;
  const double share = least + draws.next_double() * std::max(0.0, kMostBest - least);
  const auto best = std::max(1u, static_cast<std::uint32_t>(share * n));
  made.best = ranked_[draws.below(best)];
  const std::uint32_t first = below_but(draws, n, i);
  made.first = cohorts_.parents()[first];
  std::uint32_t second = first;
  while (second == first) second = below_but(draws, n + static_cast<std::uint32_t>(archived_), i);
  made.second_archived = second >= n;
  made.second = made.second_archived ? second - n : cohorts_.parents()[second];
  return made;
}

void Shade::make_child(std::uint32_t i, const Recipe& recipe) {
  const Bounds& bounds = setup_.spec.bounds;
  DecisionRows& x = cohorts_.pool().x;
  const auto target = std::as_const(x).row(cohorts_.parents()[i]);
  const auto best = std::as_const(x).row(recipe.best);
  const auto first = std::as_const(x).row(recipe.first);
  const auto second = recipe.second_archived ? std::as_const(archive_).row(recipe.second)
                                             : std::as_const(x).row(static_cast<Slot>(recipe.second));
  const auto child = x.row(cohorts_.children()[i]);
  RowDraws draws({setup_.seed, cohorts_.generation(), Stage::crossover}, i);
  const std::uint32_t always = draws.below(static_cast<std::uint32_t>(child.size()));
  for (std::size_t j = 0; j < child.size(); ++j) {
    child[j] = target[j];
    if (draws.next_double() >= recipe.rate && j != always) continue;
    double value = target[j] + recipe.scale * (best[j] - target[j]) + recipe.scale * (first[j] - second[j]);
    if (value < bounds.lower(j)) value = 0.5 * (bounds.lower(j) + target[j]);
    if (value > bounds.upper(j)) value = 0.5 * (bounds.upper(j) + target[j]);
    child[j] = bounds.kind(j) == VariableKind::real ? value : std::round(value);
  }
}

bool Shade::as_good(Slot a, Slot b) const {
  const Population& pool = cohorts_.pool();
  if (pool.violation[a] != pool.violation[b]) return pool.violation[a] < pool.violation[b];
  return pool.failed(a) || pool.f(a, 0) <= pool.f(b, 0);
}

double Shade::gain(Slot parent, Slot child) const {
  const Population& pool = cohorts_.pool();
  const double gained = pool.violation[parent] != pool.violation[child] ? pool.violation[parent] - pool.violation[child]
                                                                        : pool.f(parent, 0) - pool.f(child, 0);
  return std::isfinite(gained) ? gained : 1.0;
}

/// While there is room at the end, then in place of a random one.
void Shade::keep_in_archive(Slot parent) {
  std::uint64_t row = archived_;
  if (archived_ < archive_.rows()) {
    ++archived_;
  } else {
    RowDraws draws({setup_.seed, cohorts_.generation(), Stage::replace}, parent);
    row = draws.below(static_cast<std::uint32_t>(archive_.rows()));
  }
  std::ranges::copy(std::as_const(cohorts_).pool().x.row(parent), archive_.row(row).begin());
}

/// Weighted means of what succeeded: arithmetic of the rates, Lehmer's of the scales.
void Shade::learn() {
  double weight = 0.0, rate = 0.0, scale = 0.0, square = 0.0;
  for (std::size_t s = 0; s < succeeded_.size(); ++s) {
    const Recipe& made = recipes_[succeeded_[s]];
    weight += gains_[s];
    rate += gains_[s] * made.rate;
    scale += gains_[s] * made.scale;
    square += gains_[s] * made.scale * made.scale;
  }
  // Gains whose sum is no number to divide by teach nothing.
  if (!(weight > 0.0 && scale > 0.0 && std::isfinite(square))) return;
  rates_[next_memory_] = rate / weight;
  scales_[next_memory_] = square / scale;
  next_memory_ = (next_memory_ + 1) % scales_.size();
}

void Shade::save(StateWriter& writer) const {
  cohorts_.save(writer);
  writer.put_span(std::span<const double>(scales_));
  writer.put_span(std::span<const double>(rates_));
  for (const std::uint64_t value :
       {next_memory_, archived_, stale_, std::uint64_t{champion_}, std::uint64_t{restarts_}})
    writer.put(value);
  writer.put(best_violation_);
  writer.put(best_objective_);
  for (std::size_t i = 0; i < archive_.rows(); ++i) writer.put_span(archive_.row(i));
}

void Shade::load(StateReader& reader) {
  cohorts_.load(reader);
  reader.get_span(std::span<double>(scales_));
  reader.get_span(std::span<double>(rates_));
  next_memory_ = reader.get<std::uint64_t>();
  archived_ = reader.get<std::uint64_t>();
  stale_ = reader.get<std::uint64_t>();
  champion_ = static_cast<Slot>(reader.get<std::uint64_t>());
  restarts_ = reader.get<std::uint64_t>() != 0;
  best_violation_ = reader.get<double>();
  best_objective_ = reader.get<double>();
  for (std::size_t i = 0; i < archive_.rows(); ++i) reader.get_span(archive_.row(i));
}

}  // namespace millrace
