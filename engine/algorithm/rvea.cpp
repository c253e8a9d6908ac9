#include "engine/algorithm/rvea.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <stdexcept>

#include "engine/algorithm/first_sample.hpp"
#include "engine/algorithm/nsga3.hpp"

namespace millrace {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr std::uint32_t kNobody = 0xFFFFFFFFu;
/// Without a plan: the generation at which the penalty has half of its time behind it, and the plan that decides how
/// often vectors are adapted.
constexpr double kHalfWay = 100.0;
constexpr std::uint64_t kAssumedGenerations = 200;
/// A range smaller than this share of the values it comes from is rounding noise.
constexpr double kSmallestRelativeRange = 1e-12;
/// Members a task: some 60 ns each.
constexpr std::size_t kGrain = 1024;

RveaOptions checked(RveaOptions options) {
  if (const std::string error = options.error(); !error.empty()) throw std::invalid_argument(error);
  return options;
}

/// From the chord between unit vectors: exact for small angles, where a dot product is not. 1 without a neighbour.
std::vector<double> neighbour_angles(const Columns& units) {
  std::vector<double> angles(units.rows(), 1.0);
  for (std::size_t i = 0; i < units.rows() && units.rows() > 1; ++i) {
    double nearest = kInfinity;
    for (std::size_t j = 0; j < units.rows(); ++j) {
      double squares = j == i ? kInfinity : 0.0;
      for (std::size_t k = 0; k < units.columns(); ++k) squares += std::pow(units(i, k) - units(j, k), 2);
      nearest = std::min(nearest, squares);
    }
    angles[i] = 2.0 * std::asin(0.5 * std::sqrt(nearest));
  }
  return angles;
}

}  // namespace

std::string RveaOptions::error() const {
  if (population < 4) return fmt::format("population must be at least 4, not {}", population);
  if (planned_generations == 0u) return "planned generations must be at least 1, not 0";
  if (!(alpha >= 0.0 && std::isfinite(alpha))) return fmt::format("alpha must be at least 0, not {}", alpha);
  if (!(adaptation_share > 0.0 && adaptation_share <= 1.0))
    return fmt::format("the adaptation share must be above 0 and at most 1, not {}", adaptation_share);
  return variation.error();
}

Rvea::Rvea(Setup setup, RveaOptions options)
    : setup_(setup), options_(checked(std::move(options))),
      directions_(nsga3_directions(setup.spec.objectives.size(), options_.population)),
      neighbour_angle_(neighbour_angles(directions_.units())),
      variation_(options_.variation, setup.spec.bounds, setup.seed), cohorts_(options_.population, setup.spec.shape()),
      ideal_(setup.spec.objectives.size()), scale_(setup.spec.objectives.size(), 1.0),
      normaliser_(setup.spec.objectives.size()), normaliser_state_(normaliser_.state_size()) {
  const std::size_t n = options_.population;
  for (auto* slots : {&elite_, &places_, &targets_}) slots->reserve(n);
  for (auto* slots : {&members_, &feasible_}) slots->reserve(2 * n);
  distance_.reserve(2 * n);
  // The elite grows; mating takes its memory for N parents now, so that no later generation has to.
  mating_.permutation(cohorts_.members(), n + 1, {});
}

/// Algorithm 1, line 4: Q_t = offspring-creation(P_t). The first call gives the random population instead.
Batch Rvea::ask() {
  Population& pool = cohorts_.pool();
  if (cohorts_.generation() == 0) first_sample(setup_, options_.sampling, pool, cohorts_.children());
  else variation_.apply(pool.x, mate(), cohorts_.children(), cohorts_.generation(), setup_.workers);
  lap(setup_.profile, ProfileStage::variation);
  return {pool, cohorts_.children()};
}

/// Algorithm 1, lines 5 to 7. Numbers at the right are the lines of algorithm 2, the reference vector guided selection.
void Rvea::tell() {
  merge();  // P_t = P_t and Q_t
  if (!members_.empty()) {
    translate();  // 1-4: objective value translation
    adapt();      // algorithm 3
    partition();  // 5-14: population partition
    penalise();   // 15-20: angle-penalised distance
  }
  keep_best_of_parts();  // 21-25: elitism
  fill_places();
  cohorts_.survive(places_);
  lap(setup_.profile, ProfileStage::survival);
}

void Rvea::merge() {
  const Population& pool = cohorts_.pool();
  const auto children = cohorts_.children();
  members_.clear();
  std::merge(elite_.begin(), elite_.end(), children.begin(), children.end(), std::back_inserter(members_));
  std::erase_if(members_, [&](Slot i) { return pool.failed(i); });
}

/// Where objectives are measured from. Only the feasible tell where the front lies; while there are none, everyone's
/// box has to do.
void Rvea::translate() {
  const Population& pool = cohorts_.pool();
  feasible_.clear();
  std::copy_if(members_.begin(), members_.end(), std::back_inserter(feasible_),
               [&](Slot i) { return pool.feasible(i); });
  if (feasible_.empty()) return measure_box();
  normaliser_.update(pool, feasible_, feasible_, setup_.workers);
  std::copy(normaliser_.ideal().begin(), normaliser_.ideal().end(), ideal_.begin());
}

void Rvea::measure_box() {
  for (std::size_t k = 0; k < scale_.size(); ++k) {
    const double* column = cohorts_.pool().f.column_data(k);
    const auto [least, most] = std::minmax_element(members_.begin(), members_.end(),
                                                   [column](Slot a, Slot b) { return column[a] < column[b]; });
    const double range = column[*most] - column[*least];
    const double noise = kSmallestRelativeRange * std::max(std::abs(column[*least]), kSmallestRelativeRange);
    ideal_[k] = column[*least];
    scale_[k] = std::isfinite(range) && range > noise ? range : 1.0;
  }
}

/// Reference vector adaptation: every `adaptation_share` of the plan, and when the first feasible individuals appear.
void Rvea::adapt() {
  if (feasible_.empty()) return;
  const Population& pool = cohorts_.pool();
  const double planned = static_cast<double>(options_.planned_generations.value_or(kAssumedGenerations));
  const auto period = static_cast<std::uint64_t>(std::ceil(options_.adaptation_share * planned));
  const bool first = std::none_of(elite_.begin(), elite_.end(), [&](Slot i) { return pool.feasible(i); });
  if (first || cohorts_.generation() % period == 0)
    std::copy(normaliser_.range().begin(), normaliser_.range().end(), scale_.begin());
  lap(setup_.profile, ProfileStage::normalisation);
}

/// Each member belongs to the vector at the smallest angle.
void Rvea::partition() {
  association_.compute(cohorts_.pool().f, members_, ideal_, scale_, directions_, setup_.workers);
  lap(setup_.profile, ProfileStage::association);
}

/// d = (1 + M (t / t_max)^alpha angle / neighbour_angle) |f - ideal|.
void Rvea::penalise() {
  const Columns& f = cohorts_.pool().f;
  const Columns& units = directions_.units();
  const double weight = static_cast<double>(f.columns()) * penalty_share();
  distance_.resize(members_.size());
  setup_.workers.for_blocks(members_.size(), kGrain, [&](std::size_t begin, std::size_t end) {
    for (std::size_t c = begin; c < end; ++c) {
      const std::uint32_t vector = association_.nearest()[c];
      double along = 0.0;
      for (std::size_t k = 0; k < f.columns(); ++k)
        along += std::max(0.0, (f(members_[c], k) - ideal_[k]) / scale_[k]) * units(vector, k);
      const double across = association_.distance()[c];
      const double angle = std::atan2(across, along);
      distance_[c] = (1.0 + weight * angle / neighbour_angle_[vector]) * std::hypot(across, along);
    }
  });
}

void Rvea::keep_best_of_parts() {
  const Population& pool = cohorts_.pool();
  best_.assign(directions_.count(), kNobody);
  for (std::uint32_t c = 0; c < members_.size(); ++c) {
    std::uint32_t& best = best_[association_.nearest()[c]];
    if (best == kNobody) {
      best = c;
      continue;
    }
    const double more = pool.violation[members_[c]] - pool.violation[members_[best]];
    if (more < 0.0 || (more == 0.0 && distance_[c] < distance_[best])) best = c;
  }
  elite_.clear();
  for (const std::uint32_t c : best_)
    if (c != kNobody) elite_.push_back(members_[c]);
  std::sort(elite_.begin(), elite_.end());
  // Everyone failed: nothing to choose by.
  if (elite_.empty()) elite_.assign(cohorts_.children().begin(), cohorts_.children().end());
  lap(setup_.profile, ProfileStage::niching);
}

double Rvea::penalty_share() const {
  const double t = cohorts_.generation() + 1.0;
  const double progress = options_.planned_generations
                              ? std::min(1.0, t / static_cast<double>(*options_.planned_generations))
                              : t / (t + kHalfWay);
  return std::pow(progress, options_.alpha);
}

/// The elite and as many others as it takes to name N slots.
void Rvea::fill_places() {
  places_.assign(elite_.begin(), elite_.end());
  auto elite = elite_.begin();
  for (const Slot i : cohorts_.members()) {
    if (places_.size() == options_.population) break;
    if (elite != elite_.end() && *elite == i) ++elite;
    else places_.push_back(i);
  }
}

std::span<const Slot> Rvea::mate() {
  const StreamKey key = {setup_.seed, cohorts_.generation(), Stage::pair};
  const std::size_t n = options_.population;
  if (options_.variation.crossover == VariationOptions::Crossover::differential) {
    targets_.clear();
    for (std::size_t i = 0; i < n; ++i) targets_.push_back(elite_[i % elite_.size()]);
    return mating_.differential(elite_, targets_, key);
  }
  const auto chosen = mating_.permutation(elite_, variation_.parents_for(n), key);
  lap(setup_.profile, ProfileStage::mating);
  return chosen;
}

void Rvea::save(StateWriter& writer) const {
  cohorts_.save(writer);
  writer.put_span(std::span<const Slot>(elite_));
  writer.put_span(std::span<const double>(scale_));
  normaliser_.get_state(normaliser_state_);
  writer.put_span(std::span<const double>(normaliser_state_));
}

void Rvea::load(StateReader& reader) {
  cohorts_.load(reader);
  reader.get_vector(elite_);
  const auto parents = cohorts_.parents();
  if (elite_.empty() != parents.empty() || !std::includes(parents.begin(), parents.end(), elite_.begin(), elite_.end()))
    throw StateMismatch("the saved elite does not belong to the saved population");
  reader.get_span(std::span<double>(scale_));
  reader.get_span(std::span<double>(normaliser_state_));
  normaliser_.set_state(normaliser_state_);
}

}  // namespace millrace
