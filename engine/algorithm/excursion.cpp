#include "engine/algorithm/excursion.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <numeric>

#include "engine/problem/violation.hpp"
#include "engine/select/nondominated_sort.hpp"

namespace millrace {
namespace {

/// Share of the run before it: by then a population stands at the barrier, where there is one.
constexpr double kBegin = 0.4;
/// A new start draws other numbers than the first.
constexpr std::uint64_t kSecondSeed = 0x9e3779b97f4a7c15;

double violation_in(const Population& pool, Slot i, std::span<const ConstraintSpec> constraints) {
  if (pool.failed(i)) return kFailedViolation;
  double total = 0.0;
  for (std::size_t c = 0; c < constraints.size(); ++c) total += violation_of(constraints[c], pool.g(i, c));
  return total;
}

bool dominates(const Columns& f, std::size_t a, const Columns& g, std::size_t b) {
  bool better = false;
  for (std::size_t k = 0; k < f.columns(); ++k) {
    if (f(a, k) > g(b, k)) return false;
    better |= f(a, k) < g(b, k);
  }
  return better;
}

std::vector<Slot> first_slots(std::size_t count) {
  std::vector<Slot> slots(count);
  std::iota(slots.begin(), slots.end(), Slot{0});
  return slots;
}

}  // namespace

std::string ExcursionOptions::error() const {
  if (!(share >= 0.0 && share <= 0.5)) return fmt::format("excursion must be from 0 to 0.5, not {}", share);
  if (share > 0.0 && !generations && !evaluations)
    return "excursion needs to know how long the run is: a number of generations or evaluations";
  return {};
}

Excursion::Excursion(Setup setup, const AlgorithmSettings& settings, MakeAlgorithm make)
    : setup_(setup), settings_(settings), make_(make), algorithm_(make(setup, settings)) {}

Batch Excursion::ask() {
  const double now = progress();
  if (stage_ == Stage::before && now >= kBegin) set_out();
  const bool ends = stage_ == Stage::away && now >= kBegin + settings_.excursion.share;
  const Batch batch = ends ? come_back() : algorithm_.ask();
  asked_ = &batch.pool;
  batch_.assign(batch.slots.begin(), batch.slots.end());
  return batch;
}

void Excursion::tell() {
  evaluated_ += batch_.size();
  ++told_;
  for (const Slot i : batch_) met_infeasible_ |= !asked_->feasible(i) && !asked_->failed(i);
  if (stage_ == Stage::away) forgive();
  algorithm_.tell();
}

double Excursion::progress() const {
  const auto share_of = [](std::uint64_t done, const std::optional<std::uint64_t>& planned) {
    return planned ? static_cast<double>(done) / static_cast<double>(*planned) : 0.0;
  };
  return std::max(share_of(told_, settings_.excursion.generations),
                  share_of(evaluated_, settings_.excursion.evaluations));
}

void Excursion::set_out() {
  const Population& pool = algorithm_.pool();
  const auto survivors = algorithm_.survivors();
  stage_ = Stage::stayed;
  if (!met_infeasible_ || std::none_of(survivors.begin(), survivors.end(), [&](Slot i) { return pool.feasible(i); }))
    return;
  stage_ = Stage::away;
  left_ = told_;
  home_ = extract(pool, survivors);
  at_home_ = first_slots(survivors.size());
  StateWriter writer(state_);
  algorithm_.save(writer);
}

Batch Excursion::come_back() {
  back_ = told_;
  if (was_worth_it()) return start_again();
  stage_ = Stage::returned;
  algorithm_ = made_for(stage_);
  StateReader reader(state_);
  algorithm_.load(reader);
  return algorithm_.ask();
}

bool Excursion::was_worth_it() const {
  const Population& pool = algorithm_.pool();
  std::vector<Slot> feasible;
  for (const Slot i : algorithm_.survivors())
    if (violation_in(pool, i, setup_.spec.constraints) == 0.0) feasible.push_back(i);
  const auto dominated = std::count_if(at_home_.begin(), at_home_.end(), [&](Slot h) {
    return !home_.feasible(h) ||
           std::any_of(feasible.begin(), feasible.end(), [&](Slot i) { return dominates(pool.f, i, home_.f, h); });
  });
  return !feasible.empty() && 2 * static_cast<std::size_t>(dominated) > at_home_.size();
}

/// The batch is what the new first population lacks, or the first offspring.
Batch Excursion::start_again() {
  const Population& pool = algorithm_.pool();
  const auto survivors = algorithm_.survivors();
  Population both(at_home_.size() + survivors.size(), pool.shape());
  Slot at = 0;
  for (const Slot h : at_home_) copy_individual(home_, h, both, at++);
  for (const Slot i : survivors) {
    copy_individual(pool, i, both, at);
    both.violation[at++] = violation_in(pool, i, setup_.spec.constraints);
  }
  stage_ = Stage::restarted;
  algorithm_ = made_for(stage_);
  const Batch first = algorithm_.ask();
  NondominatedSorter sorter;
  const Fronts& best = sorter.sort(both, first_slots(both.size()), first.slots.size(), setup_.workers);
  const std::size_t known = std::min(best.order.size(), first.slots.size());
  for (std::size_t i = 0; i < known; ++i) copy_individual(both, best.order[i], first.pool, first.slots[i]);
  if (known < first.slots.size()) return {first.pool, first.slots.subspan(known)};
  algorithm_.tell();
  return algorithm_.ask();
}

/// The algorithm as it is made for a stage after the excursion: a schedule has so many generations less.
AnyAlgorithm Excursion::made_for(Stage stage) const {
  Setup setup = setup_;
  setup.seeds = nullptr;
  AlgorithmSettings settings = settings_;
  const std::uint64_t less = stage == Stage::restarted ? back_ : back_ - left_;
  if (settings.planned_generations)
    settings.planned_generations = std::max(*settings.planned_generations, less + 1) - less;
  if (stage == Stage::restarted) setup.seed ^= kSecondSeed;
  return make_(setup, settings);
}

/// What the algorithm sees of its pool: nobody violates anything.
void Excursion::forgive() {
  for (Slot i = 0; i < asked_->size(); ++i)
    if (!asked_->failed(i)) asked_->violation[i] = 0.0;
}

void Excursion::save(StateWriter& writer) const {
  writer.put(stage_);
  writer.put(met_infeasible_);
  writer.put(told_);
  writer.put(evaluated_);
  writer.put(left_);
  writer.put(back_);
  if (stage_ == Stage::away) {
    writer.put_span(std::span<const std::byte>(state_));
    writer.put(static_cast<std::uint64_t>(at_home_.size()));
    writer.put_individuals(home_, at_home_);
  }
  algorithm_.save(writer);
}

void Excursion::load(StateReader& reader) {
  stage_ = reader.get<Stage>();
  met_infeasible_ = reader.get<bool>();
  told_ = reader.get<std::uint64_t>();
  evaluated_ = reader.get<std::uint64_t>();
  left_ = reader.get<std::uint64_t>();
  back_ = reader.get<std::uint64_t>();
  if (stage_ == Stage::away) {
    reader.get_vector(state_);
    at_home_ = first_slots(reader.get<std::uint64_t>());
    home_ = Population(at_home_.size(), setup_.spec.shape());
    reader.get_individuals(home_, at_home_);
  }
  if (stage_ == Stage::returned || stage_ == Stage::restarted) algorithm_ = made_for(stage_);
  algorithm_.load(reader);
}

AnyAlgorithm with_excursion(Setup setup, const AlgorithmSettings& settings, MakeAlgorithm make) {
  if (settings.excursion.share == 0.0 || setup.spec.constraints.empty()) return make(setup, settings);
  return AnyAlgorithm(std::make_unique<Excursion>(setup, settings, make));
}

}  // namespace millrace
