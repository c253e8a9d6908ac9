#include "engine/algorithm/age_moea2.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "engine/algorithm/first_sample.hpp"
#include "engine/algorithm/merit.hpp"

namespace millrace {
namespace {

AgeMoea2Options checked(AgeMoea2Options options) {
  if (const std::string error = options.error(); !error.empty()) throw std::invalid_argument(error);
  return options;
}

}  // namespace

std::string AgeMoea2Options::error() const {
  if (population < 4) return fmt::format("population must be at least 4, not {}", population);
  return variation.error();
}

AgeMoea2::AgeMoea2(Setup setup, AgeMoea2Options options)
    : setup_(setup), options_(checked(std::move(options))),
      variation_(options_.variation, setup.spec.bounds, setup.seed), cohorts_(options_.population, setup.spec.shape()),
      normaliser_(setup.spec.objectives.size()), normaliser_state_(normaliser_.state_size()),
      rank_(2 * options_.population), score_(2 * options_.population) {
  candidates_.reserve(2 * options_.population);
  survivors_.reserve(options_.population);
  last_.reserve(2 * options_.population);
}

Batch AgeMoea2::ask() {
  Population& pool = cohorts_.pool();
  if (cohorts_.generation() == 0) first_sample(setup_, options_.sampling, pool, cohorts_.children());
  else variation_.apply(pool.x, mate(), cohorts_.children(), cohorts_.generation(), setup_.workers);
  lap(setup_.profile, ProfileStage::variation);
  return {pool, cohorts_.children()};
}

/// The loop of the 2019 paper's Algorithm 1: sort, normalise and model the first front, score, whole fronts first, the
/// last one by score.
void AgeMoea2::tell() {
  const Fronts& fronts = sort();
  const auto last_front = fronts.front(fronts.count() - 1);
  survivors_.assign(fronts.order.begin(), fronts.order.end() - static_cast<std::ptrdiff_t>(last_front.size()));
  normalise(fronts);
  score(fronts);
  append_by_merit(last_front, score_, options_.population - survivors_.size(), last_, survivors_);
  cohorts_.survive(survivors_);
  lap(setup_.profile, ProfileStage::survival);
}

const Fronts& AgeMoea2::sort() {
  const Fronts& fronts = sorter_.sort(cohorts_.pool(), cohorts_.members(), options_.population, setup_.workers);
  for (std::uint32_t r = 0; r < fronts.count(); ++r)
    for (const Slot i : fronts.front(r)) rank_[i] = r;
  lap(setup_.profile, ProfileStage::sorting);
  return fronts;
}

/// Only feasible points tell where the front lies; they come first.
void AgeMoea2::normalise(const Fronts& fronts) {
  const Population& pool = cohorts_.pool();
  const auto& order = fronts.order;
  const auto infeasible = std::find_if(order.begin(), order.end(), [&](Slot i) { return !pool.feasible(i); });
  candidates_.assign(order.begin(), infeasible);
  if (!candidates_.empty()) normaliser_.update(pool, candidates_, fronts.front(0), setup_.workers);
  lap(setup_.profile, ProfileStage::normalisation);
}

/// Infeasible individuals have a violation instead of a score.
void AgeMoea2::score(const Fronts& fronts) {
  for (const Slot i : fronts.order) score_[i] = 0.0;
  if (!candidates_.empty()) {
    survival_score_.compute(cohorts_.pool().f, candidates_, fronts.front(0).size(), options_.population,
                            normaliser_.ideal(), normaliser_.range());
    for (std::size_t c = 0; c < candidates_.size(); ++c) score_[candidates_[c]] = survival_score_.score()[c];
  }
  lap(setup_.profile, ProfileStage::niching);
}

std::span<const Slot> AgeMoea2::mate() {
  const StreamKey key = {setup_.seed, cohorts_.generation(), Stage::pair};
  if (options_.variation.crossover == VariationOptions::Crossover::differential)
    return mating_.differential(cohorts_.parents(), cohorts_.parents(), key);
  const auto chosen =
      mating_.tournaments(cohorts_.parents(), variation_.parents_for(options_.population), key,
                          [this](Slot a, Slot b) { return prefer_rank_then_merit(rank_, score_, a, b); });
  lap(setup_.profile, ProfileStage::mating);
  return chosen;
}

void AgeMoea2::save(StateWriter& writer) const {
  cohorts_.save(writer);
  normaliser_.get_state(normaliser_state_);
  writer.put_span(std::span<const double>(normaliser_state_));
  writer.put_span(std::span<const std::uint32_t>(rank_));
  writer.put_span(std::span<const double>(score_));
}

void AgeMoea2::load(StateReader& reader) {
  cohorts_.load(reader);
  reader.get_span(std::span<double>(normaliser_state_));
  normaliser_.set_state(normaliser_state_);
  reader.get_span(std::span<std::uint32_t>(rank_));
  reader.get_span(std::span<double>(score_));
}

}  // namespace millrace
