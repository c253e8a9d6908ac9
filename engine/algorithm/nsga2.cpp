#include "engine/algorithm/nsga2.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <numeric>
#include <stdexcept>

#include "engine/algorithm/first_sample.hpp"
#include "engine/algorithm/merit.hpp"

namespace millrace {
namespace {

Nsga2Options checked(Nsga2Options options) {
  if (const std::string error = options.error(); !error.empty()) throw std::invalid_argument(error);
  return options;
}

}  // namespace

std::string Nsga2Options::error() const {
  if (population < 4) return fmt::format("population must be at least 4, not {}", population);
  return variation.error();
}

Nsga2::Nsga2(Setup setup, Nsga2Options options)
    : setup_(setup), options_(checked(std::move(options))),
      variation_(options_.variation, setup.spec.bounds, setup.seed), cohorts_(options_.population, setup.spec.shape()),
      rank_(2 * options_.population), distance_(2 * options_.population) {
  survivors_.reserve(options_.population);
  last_.reserve(2 * options_.population);
  front_distance_.reserve(2 * options_.population);
}

Batch Nsga2::ask() {
  Population& pool = cohorts_.pool();
  if (cohorts_.generation() == 0) first_sample(setup_, options_.sampling, pool, cohorts_.children());
  else variation_.apply(pool.x, mate(), cohorts_.children(), cohorts_.generation(), setup_.workers);
  lap(setup_.profile, ProfileStage::variation);
  return {pool, cohorts_.children()};
}

/// The main loop of section III-C: R_t = P_t and Q_t; sort; whole fronts first; the last one by crowding.
void Nsga2::tell() {
  const std::size_t n = options_.population;
  const Fronts& fronts = sorter_.sort(cohorts_.pool(), cohorts_.members(), n, setup_.workers);
  const auto last_front = fronts.front(fronts.count() - 1);
  lap(setup_.profile, ProfileStage::sorting);
  measure(fronts);
  lap(setup_.profile, ProfileStage::crowding);
  survivors_.assign(fronts.order.begin(), fronts.order.end() - static_cast<std::ptrdiff_t>(last_front.size()));
  append_by_merit(last_front, distance_, n - survivors_.size(), last_, survivors_);
  cohorts_.survive(survivors_);
  lap(setup_.profile, ProfileStage::survival);
}

void Nsga2::measure(const Fronts& fronts) {
  for (std::uint32_t r = 0; r < fronts.count(); ++r) {
    const auto front = fronts.front(r);
    front_distance_.resize(front.size());
    crowding_.compute(cohorts_.pool().f, front, front_distance_);
    for (std::size_t i = 0; i < front.size(); ++i) {
      rank_[front[i]] = r;
      distance_[front[i]] = front_distance_[i];
    }
  }
}

std::span<const Slot> Nsga2::mate() {
  const StreamKey key = {setup_.seed, cohorts_.generation(), Stage::pair};
  if (options_.variation.crossover == VariationOptions::Crossover::differential)
    return mating_.differential(cohorts_.parents(), cohorts_.parents(), key);
  const auto chosen =
      mating_.tournaments(cohorts_.parents(), variation_.parents_for(options_.population), key,
                          [this](Slot a, Slot b) { return prefer_rank_then_merit(rank_, distance_, a, b); });
  lap(setup_.profile, ProfileStage::mating);
  return chosen;
}

void Nsga2::save(StateWriter& writer) const {
  cohorts_.save(writer);
  writer.put_span(std::span<const std::uint32_t>(rank_));
  writer.put_span(std::span<const double>(distance_));
}

void Nsga2::load(StateReader& reader) {
  cohorts_.load(reader);
  reader.get_span(std::span<std::uint32_t>(rank_));
  reader.get_span(std::span<double>(distance_));
}

}  // namespace millrace
