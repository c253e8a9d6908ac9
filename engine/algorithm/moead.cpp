#include "engine/algorithm/moead.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <iterator>
#include <numeric>
#include <stdexcept>

#include "engine/algorithm/first_sample.hpp"

namespace millrace {
namespace {

constexpr std::size_t kMostNeighbours = 64;
constexpr std::uint32_t kAllocationPeriod = 50;
constexpr std::size_t kAllocationShare = 5;

MoeadOptions checked(MoeadOptions options) {
  if (const std::string error = options.error(); !error.empty()) throw std::invalid_argument(error);
  return options;
}

}  // namespace

std::string MoeadOptions::error() const {
  if (population < 4) return fmt::format("population must be at least 4, not {}", population);
  if (neighbourhood < 2 || neighbourhood > kMostNeighbours)
    return fmt::format("neighbourhood must be 2 to {}, not {}", kMostNeighbours, neighbourhood);
  if (!(delta >= 0.0 && delta <= 1.0)) return fmt::format("delta must lie between 0 and 1, not {}", delta);
  if (replacement_limit < 1) return "replacement_limit must be at least 1, not 0";
  if (batch > population) return fmt::format("batch must be at most the population, {}, not {}", population, batch);
  if (batch > 0 && dynamic_allocation) return "batch and dynamic_allocation exclude each other";
  if (const std::string error = decomposition.error(); !error.empty()) return error;
  return variation.error();
}

Moead::Moead(Setup setup, MoeadOptions options)
    : setup_(setup), options_(checked(std::move(options))),
      directions_(options_.directions ? *options_.directions
                                      : subproblem_directions(setup.spec.objectives.size(), options_.population)),
      neighbourhood_(directions_, options_.neighbourhood, setup.workers),
      decomposition_(directions_, neighbourhood_, options_.decomposition),
      variation_(options_.variation, setup.spec.bounds, setup.seed), pool_(2 * directions_.count(), setup.spec.shape()),
      box_(setup.spec.objectives.size(), options_.normalise), allocation_(directions_) {
  const std::size_t n = directions_.count();
  const std::size_t m = setup.spec.objectives.size();
  if (directions_.objectives() != m)
    throw std::invalid_argument(
        fmt::format("the reference directions have {} objectives, the problem {}", directions_.objectives(), m));
  free_.resize(n);
  std::iota(free_.begin(), free_.end(), Slot{0});
  some_.reserve(n);
  owned_.resize(2 * n);
  owner_y_ = child_y_ = Columns(n, m);
  owner_violation_.resize(n);
  child_violation_.resize(n);
  values_.resize(n);
  centres_.reserve(n);
  improves_.resize(n);
  gains_.resize(n * decomposition_.stride());
  if (options_.dynamic_allocation) past_ = Columns(n, m);
  past_values_.resize(n);
}

/// Steps 2.1 and 2.2, reproduction, for all subproblems that have their turn; the first time the random population.
Batch Moead::ask() {
  if (generation_ == 0) {
    first_sample(setup_, options_.sampling, pool_, free_);
  } else {
    choose_homes();
    mate();
    lap(setup_.profile, ProfileStage::mating);
    variation_.apply(pool_.x, parents_, batch(), generation_, setup_.workers);
  }
  lap(setup_.profile, ProfileStage::variation);
  return {pool_, batch()};
}

/// Steps 2.3 and 2.4: update of z, then of the neighbouring solutions.
void Moead::tell() {
  if (generation_ == 0) owner_ = free_;
  box_.update(pool_, batch());
  if (options_.normalise) decomposition_.set_theta(box_.penalty(options_.decomposition.theta));
  place(owner_, owner_y_, owner_violation_);
  place(batch(), child_y_, child_violation_);
  lap(setup_.profile, ProfileStage::normalisation);
  find_centres();
  lap(setup_.profile, ProfileStage::association);
  if (generation_ > 0) take_over();
  if (options_.dynamic_allocation && generation_ % kAllocationPeriod == 0) allocate();
  recycle_slots();
  ++generation_;
  lap(setup_.profile, ProfileStage::survival);
}

/// The children of this generation: those of whole groups as far as there are slots.
std::span<const Slot> Moead::batch() const {
  if (generation_ == 0) return free_;
  return std::span(free_).first(std::min(free_.size(), homes_.size() * variation_.children_per_group()));
}

void Moead::choose_homes() {
  const std::size_t n = owner_.size();
  if (options_.dynamic_allocation)
    return allocation_.choose(std::max<std::size_t>(1, n / kAllocationShare),
                              {setup_.seed, generation_, Stage::tournament}, homes_);
  // All subproblems that have their turn, as often as a wave goes into them; then those that had not.
  const std::size_t turns = variation_.children_per_group();
  const std::size_t in_turn = (n + turns - 1) / turns;
  const std::size_t wave = options_.batch == 0 ? in_turn : std::clamp<std::size_t>(options_.batch / turns, 1, in_turn);
  homes_.clear();
  for (std::size_t group = 0; group < wave; ++group) {
    const std::size_t at = (generation_ - 1) * wave + group;
    homes_.push_back(static_cast<std::uint32_t>(std::min(at % in_turn * turns + (at / in_turn + 1) % turns, n - 1)));
  }
}

void Moead::mate() {
  parents_.clear();
  whole_.clear();
  const StreamKey key{setup_.seed, generation_, Stage::pair};
  words_.resize(homes_.size() * RowDraws::kAhead);
  fill_rows(key, 0, words_);
  for (std::uint32_t group = 0; group < homes_.size(); ++group) {
    RowDraws draws(key, group, std::span(words_).subspan(group * RowDraws::kAhead).first<RowDraws::kAhead>());
    const bool whole = draws.next_double() >= options_.delta;
    whole_.push_back(whole);
    add_parents(homes_[group], whole, draws);
  }
  parents_.resize(variation_.parents_for(batch().size()));
}

void Moead::add_parents(std::uint32_t home, bool whole, RowDraws& draws) {
  const std::size_t begin = parents_.size();
  // Li and Zhang's mutant starts from the owner of the subproblem.
  if (options_.variation.crossover == VariationOptions::Crossover::differential)
    parents_.insert(parents_.end(), 2, owner_[home]);
  while (parents_.size() < begin + variation_.parents_per_group())
    parents_.push_back(draw_parent(home, whole, draws, begin));
}

/// Another individual than the group has, where a few tries find one: one individual may own a whole neighbourhood.
Slot Moead::draw_parent(std::uint32_t home, bool whole, RowDraws& draws, std::size_t group_begin) const {
  Slot parent = 0;
  for (int tries = 0; tries < 5; ++tries) {
    parent = whole ? owner_[draws.below(static_cast<std::uint32_t>(owner_.size()))]
                   : owner_[neighbourhood_.of(home)[draws.below(static_cast<std::uint32_t>(neighbourhood_.size()))]];
    if (std::find(parents_.begin() + static_cast<std::ptrdiff_t>(group_begin), parents_.end(), parent) ==
        parents_.end())
      break;
  }
  return parent;
}

/// Objectives of `slots` in the box, one row a slot, with their violations.
void Moead::place(std::span<const Slot> slots, Columns& y, std::span<double> violation) const {
  for (std::size_t k = 0; k < y.columns(); ++k) {
    const double* f = pool_.f.column_data(k);
    double* column = y.column_data(k);
    const double ideal = box_.ideal()[k];
    const double factor = 1.0 / box_.scale()[k];
    for (std::size_t i = 0; i < slots.size(); ++i) column[i] = (f[slots[i]] - ideal) * factor;
  }
  for (std::size_t i = 0; i < slots.size(); ++i) violation[i] = pool_.violation[slots[i]];
}

/// A child learns around its home; one with parents from anywhere around the direction nearest to it.
void Moead::find_centres() {
  const auto children = batch();
  const std::size_t a_group = variation_.children_per_group();
  const auto whole = [&](std::size_t i) { return generation_ == 0 || whole_[i / a_group] != 0; };
  some_.clear();
  for (std::size_t i = 0; i < children.size(); ++i)
    if (whole(i)) some_.push_back(children[i]);
  association_.compute(pool_.f, some_, box_.ideal(), box_.scale(), directions_, setup_.workers);
  centres_.clear();
  std::size_t found = 0;
  for (std::size_t i = 0; i < children.size(); ++i)
    centres_.push_back(whole(i) ? association_.nearest()[found++] : homes_[i / a_group]);
}

void Moead::take_over() {
  decomposition_.own_values(owner_y_, values_);
  const std::span<const double> violation(child_violation_.data(), centres_.size());
  decomposition_.compare({child_y_, violation}, {owner_y_, owner_violation_}, values_, centres_, improves_, gains_,
                         setup_.workers);
  for (std::size_t i = 0; i < centres_.size(); ++i)
    if (improves_[i] != 0) take_over_by(i);
}

/// Takes up to the limit of the subproblems that the child improves, in random order. Owners have become better since
/// the comparison where an earlier child was there first, so each is asked again.
void Moead::take_over_by(std::size_t i) {
  RowDraws draws({setup_.seed, generation_, Stage::replace}, static_cast<std::uint32_t>(i));
  const auto scope = neighbourhood_.of(centres_[i]);
  std::uint64_t open = improves_[i];
  for (std::size_t taken = 0; open != 0 && taken < options_.replacement_limit;) {
    std::uint64_t rest = open;
    for (std::uint32_t skip = draws.below(static_cast<std::uint32_t>(std::popcount(open))); skip > 0; --skip)
      rest &= rest - 1;
    const auto t = static_cast<std::size_t>(std::countr_zero(rest));
    open &= ~(std::uint64_t{1} << t);
    const std::uint32_t j = scope[t];
    const double value = gains_[i * decomposition_.stride() + t];
    const bool better =
        child_violation_[i] < owner_violation_[j] || (child_violation_[i] == owner_violation_[j] && value < values_[j]);
    if (!better) continue;
    owner_[j] = free_[i];
    owner_violation_[j] = child_violation_[i];
    values_[j] = value;
    ++taken;
  }
}

/// MOEA/D-DRA, step 5: utilities from what the last generations gained, measured in today's box.
void Moead::allocate() {
  if (generation_ > 0) {
    for (std::size_t k = 0; k < past_.columns(); ++k)
      for (std::size_t j = 0; j < past_.rows(); ++j) owner_y_(j, k) = (past_(j, k) - box_.ideal()[k]) / box_.scale()[k];
    decomposition_.own_values(owner_y_, past_values_);
    allocation_.learn(past_values_, values_);
  }
  for (std::size_t k = 0; k < past_.columns(); ++k)
    for (std::size_t j = 0; j < past_.rows(); ++j) past_(j, k) = pool_.f(owner_[j], k);
}

/// Slots without a subproblem take the next children. Without branches: who owns is not to be foreseen.
void Moead::recycle_slots() {
  std::fill(owned_.begin(), owned_.end(), std::uint8_t{0});
  for (const Slot i : owner_) owned_[i] = 1;
  owners_.resize(owned_.size());
  free_.resize(owned_.size());
  std::size_t owners = 0;
  std::size_t unowned = 0;
  for (Slot i = 0; i < owned_.size(); ++i) {
    owners_[owners] = i;
    free_[unowned] = i;
    owners += owned_[i];
    unowned += 1u - owned_[i];
  }
  owners_.resize(owners);
  free_.resize(std::min(unowned, owner_.size()));
}

void Moead::save(StateWriter& writer) const {
  writer.put(generation_);
  writer.put_span(std::span<const Slot>(owner_));
  writer.put_individuals(pool_, owners_);
  box_.save(writer);
  if (!options_.dynamic_allocation) return;
  writer.put_span(allocation_.utility());
  for (std::size_t k = 0; k < past_.columns(); ++k) writer.put_span(past_.column(k));
}

void Moead::load(StateReader& reader) {
  generation_ = reader.get<std::uint32_t>();
  owner_.resize(directions_.count());
  reader.get_span(std::span<Slot>(owner_));
  if (std::any_of(owner_.begin(), owner_.end(), [&](Slot i) { return i >= pool_.size(); }))
    throw StateMismatch("a saved individual lies outside the population");
  recycle_slots();
  reader.get_individuals(pool_, owners_);
  box_.load(reader);
  if (!options_.dynamic_allocation) return;
  reader.get_span(allocation_.utility());
  for (std::size_t k = 0; k < past_.columns(); ++k) reader.get_span(past_.column(k));
}

}  // namespace millrace
