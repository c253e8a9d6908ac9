#include "engine/algorithm/sms_emoa.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <stdexcept>

#include "engine/algorithm/first_sample.hpp"

namespace millrace {
namespace {

SmsEmoaOptions checked(SmsEmoaOptions options, std::size_t objectives) {
  if (const std::string error = options.error(); !error.empty()) throw std::invalid_argument(error);
  if (objectives > SmsEmoa::kMostObjectives)
    throw std::invalid_argument(fmt::format("sms-emoa takes at most {} objectives, not {}; nsga3 takes any number",
                                            SmsEmoa::kMostObjectives, objectives));
  if (options.batch == 0) options.batch = options.population;
  return options;
}

}  // namespace

std::string SmsEmoaOptions::error() const {
  if (population < 4) return fmt::format("population must be at least 4, not {}", population);
  if (batch > population) return fmt::format("batch must be at most the population, {}, not {}", population, batch);
  return variation.error();
}

SmsEmoa::SmsEmoa(Setup setup, SmsEmoaOptions options)
    : setup_(setup), options_(checked(std::move(options), setup.spec.objectives.size())),
      variation_(options_.variation, setup.spec.bounds, setup.seed), cohorts_(options_.population, setup.spec.shape()),
      reduction_(setup.spec.objectives.size(), options_.population + options_.batch, setup.workers.threads()),
      rank_(2 * options_.population), contribution_(2 * options_.population), dominators_(2 * options_.population),
      is_better_(2 * options_.population), excess_(2 * options_.population) {
  targets_.reserve(options_.batch);
  members_.reserve(2 * options_.population);
  survivors_.reserve(options_.population);
  last_.reserve(2 * options_.population);
}

Batch SmsEmoa::ask() {
  Population& pool = cohorts_.pool();
  if (cohorts_.generation() == 0) first_sample(setup_, options_.sampling, pool, cohorts_.children());
  else variation_.apply(pool.x, mate(), batch(), cohorts_.generation(), setup_.workers);
  lap(setup_.profile, ProfileStage::variation);
  return {pool, batch()};
}

/// Algorithms 1 and 2: sort what parents and children are together, and reduce the worst front, by contributions where
/// it is the only one, by numbers of dominating individuals otherwise.
void SmsEmoa::tell() {
  const Fronts& fronts = sort();
  const auto worst = fronts.front(fronts.count() - 1);
  const std::size_t surplus = fronts.order.size() - options_.population;
  survivors_.assign(fronts.order.begin(), fronts.order.end() - static_cast<std::ptrdiff_t>(worst.size()));
  last_.assign(worst.begin(), worst.end());
  if (surplus == 0 || !cohorts_.pool().feasible(worst.front())) last_.resize(worst.size() - surplus);
  else if (fronts.count() > 1) drop_dominated(fronts, surplus);
  else drop_least_contributors(worst, surplus);
  survivors_.insert(survivors_.end(), last_.begin(), last_.end());
  lap(setup_.profile, ProfileStage::niching);
  cohorts_.survive(survivors_);
  lap(setup_.profile, ProfileStage::survival);
}

/// The first sample is a whole population.
std::span<const Slot> SmsEmoa::batch() const {
  return cohorts_.generation() == 0 ? cohorts_.children() : cohorts_.children().first(options_.batch);
}

const Fronts& SmsEmoa::sort() {
  members_.assign(cohorts_.parents().begin(), cohorts_.parents().end());
  members_.insert(members_.end(), batch().begin(), batch().end());
  const Fronts& fronts = sorter_.sort(cohorts_.pool(), members_, options_.population, setup_.workers);
  for (std::uint32_t r = 0; r < fronts.count(); ++r)
    for (const Slot i : fronts.front(r)) {
      rank_[i] = r;
      contribution_[i] = 0.0;
    }
  lap(setup_.profile, ProfileStage::sorting);
  return fronts;
}

void SmsEmoa::drop_dominated(const Fronts& fronts, std::size_t surplus) {
  count_dominators(fronts);
  const auto cut = last_.end() - static_cast<std::ptrdiff_t>(surplus);
  std::nth_element(last_.begin(), cut, last_.end(), [this](Slot a, Slot b) {
    return dominators_[a] != dominators_[b] ? dominators_[a] < dominators_[b] : a < b;
  });
  last_.erase(cut, last_.end());
}

/// d(s, P) for every s of the worst front. Nobody of another front equals s or is better than s in all.
void SmsEmoa::count_dominators(const Fronts& fronts) {
  const Columns& f = cohorts_.pool().f;
  std::fill(is_better_.begin(), is_better_.end(), 0.0);
  for (const Slot i : survivors_) is_better_[i] = 1.0;
  for (const Slot s : fronts.front(fronts.count() - 1)) {
    std::fill(excess_.begin(), excess_.end(), -std::numeric_limits<double>::infinity());
    for (std::size_t k = 0; k < f.columns(); ++k) {
      const double* column = f.column_data(k);
      const double own = column[s];
      for (std::size_t i = 0; i < excess_.size(); ++i) excess_[i] = std::max(excess_[i], column[i] - own);
    }
    dominators_[s] = 0.0;
    for (std::size_t i = 0; i < excess_.size(); ++i) dominators_[s] += excess_[i] <= 0.0 ? is_better_[i] : 0.0;
  }
}

void SmsEmoa::drop_least_contributors(std::span<const Slot> front, std::size_t surplus) {
  const auto dropped = reduction_.choose(cohorts_.pool().f, front, surplus, setup_.workers);
  constexpr Slot kDropped = std::numeric_limits<Slot>::max();
  for (std::size_t i = 0; i < front.size(); ++i) contribution_[front[i]] = reduction_.contributions()[i];
  for (const std::uint32_t i : dropped) last_[i] = kDropped;
  std::erase(last_, kDropped);
}

std::span<const Slot> SmsEmoa::mate() {
  const StreamKey key = {setup_.seed, cohorts_.generation(), Stage::pair};
  const auto parents = cohorts_.parents();
  const std::size_t count = batch().size();
  if (options_.variation.crossover == VariationOptions::Crossover::differential) {
    const auto some = mating_.permutation(parents, count, {key.seed, key.generation, Stage::tournament});
    targets_.assign(some.begin(), some.end());
    return mating_.differential(parents, targets_, key);
  }
  const auto chosen =
      mating_.tournaments(parents, variation_.parents_for(count), key, [this](Slot a, Slot b) { return prefer(a, b); });
  lap(setup_.profile, ProfileStage::mating);
  return chosen;
}

/// By front, then by contribution. Ranks already put feasible before infeasible and less violation before more.
Preference SmsEmoa::prefer(Slot a, Slot b) const {
  if (rank_[a] != rank_[b]) return rank_[a] < rank_[b] ? Preference::first : Preference::second;
  if (contribution_[a] == contribution_[b]) return Preference::none;
  return contribution_[a] > contribution_[b] ? Preference::first : Preference::second;
}

void SmsEmoa::save(StateWriter& writer) const {
  cohorts_.save(writer);
  writer.put_span(std::span<const std::uint32_t>(rank_));
  writer.put_span(std::span<const double>(contribution_));
}

void SmsEmoa::load(StateReader& reader) {
  cohorts_.load(reader);
  reader.get_span(std::span<std::uint32_t>(rank_));
  reader.get_span(std::span<double>(contribution_));
}

}  // namespace millrace
