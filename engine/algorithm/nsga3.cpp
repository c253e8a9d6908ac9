#include "engine/algorithm/nsga3.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "engine/algorithm/first_sample.hpp"

namespace millrace {
namespace {

// The directions are part of the method, not of the chance in a run: they do not change with its seed.
constexpr std::uint64_t kDirectionSeed = 1;

Nsga3Options checked(Nsga3Options options) {
  if (const std::string error = options.error(); !error.empty()) throw std::invalid_argument(error);
  return options;
}

}  // namespace

std::string Nsga3Options::error() const {
  if (population < 4) return fmt::format("population must be at least 4, not {}", population);
  return variation.error();
}

ReferenceDirections nsga3_directions(std::size_t objectives, std::size_t population) {
  // One objective has one direction.
  if (objectives == 1) return das_dennis(1, 1);
  // Published populations are lattice sizes rounded up to a multiple of four (91 -> 92, 275 -> 276).
  for (std::size_t count = population; count + 4 > population && count >= objectives; --count) {
    const bool two_layered = objectives >= 8;
    for (std::size_t h = 1; das_dennis_count(objectives, h) <= count; ++h) {
      if (!two_layered && das_dennis_count(objectives, h) == count) return das_dennis(objectives, h);
      for (std::size_t inner = 1; two_layered && inner <= h; ++inner)
        if (das_dennis_count(objectives, h) + das_dennis_count(objectives, inner) == count)
          return two_layer(objectives, h, inner);
    }
  }
  return riesz_energy(objectives, population, kDirectionSeed);
}

Nsga3::Nsga3(Setup setup, Nsga3Options options)
    : setup_(setup), options_(checked(std::move(options))),
      directions_(options_.directions ? *options_.directions
                                      : nsga3_directions(setup.spec.objectives.size(), options_.population)),
      variation_(options_.variation, setup.spec.bounds, setup.seed), cohorts_(options_.population, setup.spec.shape()),
      normaliser_(setup.spec.objectives.size()), normaliser_state_(normaliser_.state_size()),
      rank_(2 * options_.population), niche_(2 * options_.population), distance_(2 * options_.population) {
  if (directions_.objectives() != setup.spec.objectives.size())
    throw std::invalid_argument(fmt::format("the reference directions have {} objectives, the problem {}",
                                            directions_.objectives(), setup.spec.objectives.size()));
  survivors_.reserve(options_.population);
  candidates_.reserve(2 * options_.population);
}

/// Algorithm 1, lines 1 to 3: Q_t = Recombination+Mutation(P_t). The first call gives the random population instead.
Batch Nsga3::ask() {
  Population& pool = cohorts_.pool();
  if (cohorts_.generation() == 0) first_sample(setup_, options_.sampling, pool, cohorts_.children());
  else variation_.apply(pool.x, mate(), cohorts_.children(), cohorts_.generation(), setup_.workers);
  lap(setup_.profile, ProfileStage::variation);
  return {pool, cohorts_.children()};
}

/// Algorithm 1, lines 3 to 18: from R_t = P_t + Q_t to P_{t+1}. Numbers at the right are the paper's lines.
void Nsga3::tell() {
  const auto r_t = cohorts_.members();                   // 3
  const Fronts& fronts = sort(r_t);                      // 4
  const auto s_t = std::span<const Slot>(fronts.order);  // 5-7: whole fronts until there are N or more
  const auto f_l = fronts.front(fronts.count() - 1);     // 8
  const std::size_t chosen = s_t.size() - f_l.size();
  survivors_.assign(s_t.begin(), s_t.begin() + static_cast<std::ptrdiff_t>(chosen));  // 12
  const std::size_t k = options_.population - chosen;                                 // 13
  normalise(s_t, fronts.front(0));                                                    // 14
  associate();                                                                        // 15
  fill(f_l, k);                                                                       // 9-10, 16-17
  remember_ranks(fronts);
  cohorts_.survive(survivors_);  // P_{t+1}
  lap(setup_.profile, ProfileStage::survival);
}

const Fronts& Nsga3::sort(std::span<const Slot> members) {
  const Fronts& fronts = sorter_.sort(cohorts_.pool(), members, options_.population, setup_.workers);
  lap(setup_.profile, ProfileStage::sorting);
  return fronts;
}

/// Algorithm 2. Only feasible points tell where the front lies; they come first in S_t.
void Nsga3::normalise(std::span<const Slot> s_t, std::span<const Slot> first_front) {
  const Population& pool = cohorts_.pool();
  const auto infeasible = std::find_if(s_t.begin(), s_t.end(), [&](Slot i) { return !pool.feasible(i); });
  candidates_.assign(s_t.begin(), infeasible);
  if (!candidates_.empty()) normaliser_.update(pool, candidates_, first_front, setup_.workers);
  lap(setup_.profile, ProfileStage::normalisation);
}

/// Algorithm 3.
void Nsga3::associate() {
  if (candidates_.empty()) return;
  association_.compute(cohorts_.pool().f, candidates_, normaliser_.ideal(), normaliser_.range(), directions_,
                       setup_.workers);
  for (std::size_t c = 0; options_.niche_tournament && c < candidates_.size(); ++c) {
    niche_[candidates_[c]] = association_.nearest()[c];
    distance_[candidates_[c]] = association_.distance()[c];
  }
  lap(setup_.profile, ProfileStage::association);
}

/// Algorithm 4, unless F_l fits as it is. An infeasible F_l has one violation in common (part II): it is cut by slot.
void Nsga3::fill(std::span<const Slot> last_front, std::size_t k) {
  const std::size_t chosen = survivors_.size();
  if (k == last_front.size() || candidates_.size() < chosen + last_front.size())
    survivors_.insert(survivors_.end(), last_front.begin(), last_front.begin() + static_cast<std::ptrdiff_t>(k));
  else
    niching_.select(association_, candidates_, chosen, k, {setup_.seed, cohorts_.generation(), Stage::niche},
                    survivors_);
  lap(setup_.profile, ProfileStage::niching);
}

void Nsga3::remember_ranks(const Fronts& fronts) {
  for (std::uint32_t r = 0; options_.niche_tournament && r < fronts.count(); ++r)
    for (const Slot i : fronts.front(r)) rank_[i] = r;
}

std::span<const Slot> Nsga3::mate() {
  const StreamKey key = {setup_.seed, cohorts_.generation(), Stage::pair};
  if (options_.variation.crossover == VariationOptions::Crossover::differential)
    return mating_.differential(cohorts_.parents(), cohorts_.parents(), key);
  const std::size_t count = variation_.parents_for(options_.population);
  const auto parents = cohorts_.parents();
  const bool feasible =
      std::all_of(parents.begin(), parents.end(), [this](Slot i) { return cohorts_.pool().feasible(i); });
  const auto chosen = feasible && !options_.niche_tournament
                          ? mating_.permutation(parents, count, key)
                          : mating_.tournaments(parents, count, key, [this](Slot a, Slot b) { return prefer(a, b); });
  lap(setup_.profile, ProfileStage::mating);
  return chosen;
}

Preference Nsga3::prefer(Slot a, Slot b) const {
  const Population& pool = cohorts_.pool();
  const Preference by_violation = prefer_less_violation(pool, a, b);
  if (by_violation != Preference::none || !options_.niche_tournament) return by_violation;
  if (!pool.feasible(a) || niche_[a] != niche_[b]) return Preference::none;
  if (rank_[a] != rank_[b]) return rank_[a] < rank_[b] ? Preference::first : Preference::second;
  if (distance_[a] == distance_[b]) return Preference::none;
  return distance_[a] < distance_[b] ? Preference::first : Preference::second;
}

void Nsga3::save(StateWriter& writer) const {
  cohorts_.save(writer);
  normaliser_.get_state(normaliser_state_);
  writer.put_span(std::span<const double>(normaliser_state_));
  if (!options_.niche_tournament) return;
  writer.put_span(std::span<const std::uint32_t>(rank_));
  writer.put_span(std::span<const std::uint32_t>(niche_));
  writer.put_span(std::span<const double>(distance_));
}

void Nsga3::load(StateReader& reader) {
  cohorts_.load(reader);
  reader.get_span(std::span<double>(normaliser_state_));
  normaliser_.set_state(normaliser_state_);
  if (!options_.niche_tournament) return;
  reader.get_span(std::span<std::uint32_t>(rank_));
  reader.get_span(std::span<std::uint32_t>(niche_));
  reader.get_span(std::span<double>(distance_));
}

}  // namespace millrace
