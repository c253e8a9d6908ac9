#include "engine/algorithm/theta_dea.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

#include "engine/algorithm/first_sample.hpp"
#include "engine/algorithm/nsga3.hpp"

namespace millrace {
namespace {

/// On an axis only the extreme point itself is wanted.
constexpr double kAxisTheta = 1e6;

ThetaDeaOptions checked(ThetaDeaOptions options) {
  if (const std::string error = options.error(); !error.empty()) throw std::invalid_argument(error);
  return options;
}

std::vector<double> theta_of(const ReferenceDirections& directions, double theta) {
  std::vector<double> result(directions.count(), theta);
  for (std::size_t j = 0; j < directions.count(); ++j)
    for (std::size_t k = 0; k < directions.objectives(); ++k)
      if (directions.weights()(j, k) == 1.0) result[j] = kAxisTheta;
  return result;
}

}  // namespace

const Fronts& ThetaSorter::sort(std::span<const std::uint32_t> cluster, std::span<const double> value,
                                std::size_t clusters, std::size_t stop_at) {
  begin_.assign(clusters + 1, 0);
  for (const std::uint32_t c : cluster) ++begin_[c + 1];
  std::partial_sum(begin_.begin(), begin_.end(), begin_.begin());
  order_.resize(cluster.size());
  for (std::uint32_t i = 0; i < cluster.size(); ++i) order_[begin_[cluster[i]]++] = i;
  // Now begin_[c] is where cluster c ends.
  std::uint32_t first = 0;
  for (std::size_t c = 0; c < clusters; first = begin_[c++])
    std::sort(order_.begin() + first, order_.begin() + begin_[c],
              [&](std::uint32_t a, std::uint32_t b) { return value[a] != value[b] ? value[a] < value[b] : a < b; });
  fronts_.order.clear();
  fronts_.begin.assign(1, 0);
  for (std::uint32_t rank = 0; fronts_.order.size() < std::min(stop_at, cluster.size()); ++rank) {
    first = 0;
    for (std::size_t c = 0; c < clusters; first = begin_[c++])
      if (first + rank < begin_[c]) fronts_.order.push_back(order_[first + rank]);
    fronts_.begin.push_back(static_cast<std::uint32_t>(fronts_.order.size()));
  }
  return fronts_;
}

std::string ThetaDeaOptions::error() const {
  if (population < 4) return fmt::format("population must be at least 4, not {}", population);
  if (!(theta >= 0.0 && std::isfinite(theta))) return fmt::format("theta must be at least 0, not {}", theta);
  return variation.error();
}

ThetaDea::ThetaDea(Setup setup, ThetaDeaOptions options)
    : setup_(setup), options_(checked(std::move(options))),
      directions_(nsga3_directions(setup.spec.objectives.size(), options_.population)),
      theta_(theta_of(directions_, options_.theta)), variation_(options_.variation, setup.spec.bounds, setup.seed),
      cohorts_(options_.population, setup.spec.shape()), normaliser_(setup.spec.objectives.size()),
      as_they_are_(setup.spec.objectives.size(), 1.0), normaliser_state_(normaliser_.state_size()) {
  survivors_.reserve(options_.population);
  candidates_.reserve(2 * options_.population);
}

/// Algorithm 1, line 7: Q_t = CreateOffspringPopulation(P_t). The first call gives the random population instead.
Batch ThetaDea::ask() {
  Population& pool = cohorts_.pool();
  if (cohorts_.generation() == 0) first_sample(setup_, options_.sampling, pool, cohorts_.children());
  else variation_.apply(pool.x, mate(), cohorts_.children(), cohorts_.generation(), setup_.workers);
  lap(setup_.profile, ProfileStage::variation);
  return {pool, cohorts_.children()};
}

/// Algorithm 1, lines 8 to 21: from R_t = P_t and Q_t to P_{t+1}. Numbers at the right are the paper's lines.
void ThetaDea::tell() {
  const std::size_t n = options_.population;
  const auto r_t = cohorts_.members();                   // 8
  const Fronts& fronts = sort_by_dominance(r_t);         // 9
  const auto s_t = std::span<const Slot>(fronts.order);  // whole fronts until there are N or more
  normalise(s_t, fronts.front(0));                       // 10-11
  if (candidates_.size() < n) {                          // constraints: feasible, then least violation
    survivors_.assign(s_t.begin(), s_t.begin() + static_cast<std::ptrdiff_t>(n));
  } else {
    cluster();                                                                                // 12
    measure_intersection();                                                                   // 13
    fill(theta_sorter_.sort(association_.nearest(), intersection_, directions_.count(), n));  // 13-20
  }
  cohorts_.survive(survivors_);  // P_{t+1}
  lap(setup_.profile, ProfileStage::survival);
}

const Fronts& ThetaDea::sort_by_dominance(std::span<const Slot> members) {
  const Fronts& fronts = sorter_.sort(cohorts_.pool(), members, options_.population, setup_.workers);
  lap(setup_.profile, ProfileStage::sorting);
  return fronts;
}

/// Only feasible points tell where the front lies; they come first in S_t.
void ThetaDea::normalise(std::span<const Slot> s_t, std::span<const Slot> first_front) {
  const Population& pool = cohorts_.pool();
  const auto infeasible = std::find_if(s_t.begin(), s_t.end(), [&](Slot i) { return !pool.feasible(i); });
  candidates_.assign(s_t.begin(), infeasible);
  if (!candidates_.empty()) normaliser_.update(pool, candidates_, first_front, setup_.workers);
  lap(setup_.profile, ProfileStage::normalisation);
}

std::span<const double> ThetaDea::scale() const {
  return options_.normalise ? normaliser_.range() : std::span<const double>(as_they_are_);
}

/// Algorithm 2: each candidate belongs to the direction at the smallest perpendicular distance.
void ThetaDea::cluster() {
  association_.compute(cohorts_.pool().f, candidates_, normaliser_.ideal(), scale(), directions_, setup_.workers);
  lap(setup_.profile, ProfileStage::association);
}

/// F = d_1 + theta d_2 of each candidate for its direction.
void ThetaDea::measure_intersection() {
  const Columns& f = cohorts_.pool().f;
  const auto ideal = normaliser_.ideal();
  const auto range = scale();
  intersection_.assign(candidates_.size(), 0.0);
  for (std::size_t k = 0; k < ideal.size(); ++k) {
    const double* column = f.column_data(k);
    const double* unit = directions_.units().column_data(k);
    for (std::size_t c = 0; c < candidates_.size(); ++c)
      intersection_[c] +=
          std::max(0.0, (column[candidates_[c]] - ideal[k]) / range[k]) * unit[association_.nearest()[c]];
  }
  for (std::size_t c = 0; c < candidates_.size(); ++c)
    intersection_[c] += theta_[association_.nearest()[c]] * association_.distance()[c];
}

/// Whole theta-fronts, and at random from the last one.
void ThetaDea::fill(const Fronts& theta_fronts) {
  const std::size_t remaining = options_.population - theta_fronts.begin[theta_fronts.count() - 1];
  const auto last = theta_fronts.front(theta_fronts.count() - 1);
  survivors_.clear();
  for (const std::uint32_t c : theta_fronts.order)
    if (survivors_.size() + remaining < options_.population) survivors_.push_back(candidates_[c]);
  last_.assign(last.begin(), last.end());
  RowDraws draws({setup_.seed, cohorts_.generation(), Stage::niche}, 0);
  if (remaining < last_.size()) shuffle(std::span(last_), draws);
  for (std::size_t i = 0; i < remaining; ++i) survivors_.push_back(candidates_[last_[i]]);
  lap(setup_.profile, ProfileStage::niching);
}

std::span<const Slot> ThetaDea::mate() {
  const StreamKey key = {setup_.seed, cohorts_.generation(), Stage::pair};
  const auto parents = cohorts_.parents();
  if (options_.variation.crossover == VariationOptions::Crossover::differential)
    return mating_.differential(parents, parents, key);
  const Population& pool = cohorts_.pool();
  const std::size_t count = variation_.parents_for(options_.population);
  const bool feasible = std::all_of(parents.begin(), parents.end(), [&](Slot i) { return pool.feasible(i); });
  const auto chosen = feasible ? mating_.permutation(parents, count, key)
                               : mating_.tournaments(parents, count, key, [&pool](Slot a, Slot b) {
                                   return prefer_less_violation(pool, a, b);
                                 });
  lap(setup_.profile, ProfileStage::mating);
  return chosen;
}

void ThetaDea::save(StateWriter& writer) const {
  cohorts_.save(writer);
  normaliser_.get_state(normaliser_state_);
  writer.put_span(std::span<const double>(normaliser_state_));
}

void ThetaDea::load(StateReader& reader) {
  cohorts_.load(reader);
  reader.get_span(std::span<double>(normaliser_state_));
  normaliser_.set_state(normaliser_state_);
}

}  // namespace millrace
