#include "engine/algorithm/borg.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <stdexcept>

#include "engine/algorithm/first_sample.hpp"

namespace millrace {
namespace {

BorgOptions checked(BorgOptions options) {
  if (const std::string error = options.error(); !error.empty()) throw std::invalid_argument(error);
  return options;
}

/// One epsilon stands for all objectives.
EpsilonOptions for_objectives(EpsilonOptions options, std::size_t objectives) {
  if (options.epsilons.size() == 1) options.epsilons.resize(objectives, options.epsilons.front());
  return options;
}

}  // namespace

std::string BorgOptions::error() const {
  if (population < 4) return fmt::format("population must be at least 4, not {}", population);
  if (largest_population < population)
    return fmt::format("borg: the largest population is {}, below the first, {}", largest_population, population);
  if (wave == 0) return "borg: wave is 0, but must be at least 1";
  if (window == 0) return "borg: window is 0, but must be at least 1";
  if (!(gamma >= 1.0 && gamma <= 1e6)) return fmt::format("borg: gamma is {}, but must be from 1 to 1e6", gamma);
  if (!(tau >= 0.0 && tau <= 1.0)) return fmt::format("borg: tau is {}, but must be from 0 to 1", tau);
  if (const std::string error = epsilons.error(epsilons.epsilons.size()); !error.empty()) return error;
  return operators.error();
}

Borg::Borg(Setup setup, BorgOptions options)
    : setup_(setup), options_(checked(std::move(options))),
      operators_(options_.operators, setup.spec.bounds, setup.seed, options_.wave),
      population_(2 * options_.wave, options_.population, setup.spec.shape()),
      archive_(setup.spec.shape(), for_objectives(options_.epsilons, setup.spec.objectives.size())),
      wanted_(options_.population) {
  children_.reserve(options_.wave);
  made_by_.reserve(std::max(options_.wave, options_.population));
  for (std::size_t op = 0; op < BorgOperators::kOperators; ++op) parents_.reserve(operators_.parents_of(op));
}

/// A wave of offspring; the first time the sample, after a restart mutants of the archive.
Batch Borg::ask() {
  Population& pool = population_.pool();
  if (wave_ == 0) {
    first_sample(setup_, options_.sampling, pool, population_.places(options_.population));
    lap(setup_.profile, ProfileStage::variation);
    return {pool, population_.places(options_.population)};
  }
  if (filling()) inject();
  else recombine();
  lap(setup_.profile, ProfileStage::variation);
  return {pool, children_};
}

void Borg::tell() {
  const Population& pool = population_.pool();
  if (wave_ == 0) {
    population_.take_places(options_.population);
    made_by_.assign(options_.population, BorgOperators::kNone);
    archive_.insert(pool, population_.places(options_.population), setup_.workers, made_by_);
  } else {
    archive_.insert(pool, children_, setup_.workers, made_by_);
    for (std::size_t c = 0; c < children_.size(); ++c) {
      if (filling()) population_.append(pool, children_[c]);
      else
        population_.offer(children_[c], RowDraws({setup_.seed, wave_, Stage::replace}, static_cast<std::uint32_t>(c)));
    }
    since_check_ += children_.size();
  }
  ++wave_;
  if (since_check_ >= options_.window && !filling()) adapt();
  lap(setup_.profile, ProfileStage::survival);
}

/// Groups of parents and children until the wave is full.
void Borg::recombine() {
  children_.resize(options_.wave);
  std::iota(children_.begin(), children_.end(), Slot{0});
  made_by_.resize(options_.wave);
  operators_.clear();
  std::uint32_t group = 0;
  for (std::size_t c = 0; c < options_.wave; ++group) c += add_group(c, group);
  lap(setup_.profile, ProfileStage::mating);
  operators_.make(population_.pool().x, wave_, setup_.workers);
}

/// An operator by its probability; one parent from the archive, at a random place among the others, which win
/// tournaments in the population. Returns the number of children.
std::size_t Borg::add_group(std::size_t first_child, std::uint32_t group) {
  RowDraws draws({setup_.seed, wave_, Stage::pair}, group);
  const std::size_t op = operators_.choose(draws);
  const std::size_t rounds =
      std::max<std::size_t>(2, static_cast<std::size_t>(options_.tau * static_cast<double>(population_.size())));
  parents_.resize(operators_.parents_of(op));
  for (Slot& parent : parents_) parent = population_.tournament(rounds, draws);
  const auto guest = static_cast<Slot>(options_.wave + group);
  const auto member = draws.below(static_cast<std::uint32_t>(archive_.members().size()));
  const DecisionRows& archived = archive_.population().x;
  std::copy_n(archived.row_data(member), archived.stride(), population_.pool().x.row_data(guest));
  parents_[draws.below(static_cast<std::uint32_t>(parents_.size()))] = guest;
  const std::size_t count = std::min(operators_.children_of(op), options_.wave - first_child);
  operators_.add(op, parents_, std::span(children_).subspan(first_child, count));
  std::fill_n(made_by_.begin() + static_cast<std::ptrdiff_t>(first_child), count, static_cast<std::uint32_t>(op));
  return count;
}

/// Uniform mutants of members of the archive, drawn at random: no more than the population lacks.
void Borg::inject() {
  children_.resize(std::min(options_.wave, wanted_ - population_.size()));
  std::iota(children_.begin(), children_.end(), Slot{0});
  made_by_.assign(children_.size(), BorgOperators::kNone);
  RowDraws draws({setup_.seed, wave_, Stage::restart}, 0);
  const DecisionRows& archived = archive_.population().x;
  for (const Slot child : children_) {
    const auto member = draws.below(static_cast<std::uint32_t>(archive_.members().size()));
    std::copy_n(archived.row_data(member), archived.stride(), population_.pool().x.row_data(child));
  }
  operators_.mutate(population_.pool().x, children_, wave_);
}

/// At the end of a window: operators by their share of the archive; a restart where there was no epsilon-progress, or
/// where the population is more than a quarter off its size.
void Borg::adapt() {
  operators_.learn(archive_.labels());
  const std::size_t wanted = wanted_population();
  const double off = std::abs(static_cast<double>(wanted) - static_cast<double>(population_.size()));
  if (archive_.progress() == progress_at_check_ || off > 0.25 * static_cast<double>(wanted)) restart(wanted);
  progress_at_check_ = archive_.progress();
  since_check_ = 0;
}

std::size_t Borg::wanted_population() const {
  const double wanted = options_.gamma * static_cast<double>(archive_.members().size());
  const auto bounded = std::min(wanted, static_cast<double>(options_.largest_population));
  return std::max(options_.population, static_cast<std::size_t>(bounded));
}

/// Algorithm 2: the archive is the new population; the waves to come fill it up.
void Borg::restart(std::size_t wanted) {
  wanted_ = wanted;
  population_.reserve(wanted);
  population_.clear();
  const auto members = archive_.members();
  for (const Slot i : members.first(std::min(members.size(), wanted))) population_.append(archive_.population(), i);
  ++restarts_;
}

void Borg::save(StateWriter& writer) const {
  writer.put(wave_);
  writer.put(static_cast<std::uint64_t>(wanted_));
  writer.put(restarts_);
  writer.put(since_check_);
  writer.put(progress_at_check_);
  writer.put_span(operators_.probabilities());
  population_.save(writer);
  archive_.save(writer);
}

void Borg::load(StateReader& reader) {
  wave_ = reader.get<std::uint32_t>();
  wanted_ = reader.get<std::uint64_t>();
  restarts_ = reader.get<std::uint64_t>();
  since_check_ = reader.get<std::uint64_t>();
  progress_at_check_ = reader.get<std::uint64_t>();
  std::array<double, BorgOperators::kOperators> probabilities;
  reader.get_span(std::span<double>(probabilities));
  operators_.set_probabilities(probabilities);
  population_.load(reader);
  archive_.load(reader);
  population_.reserve(wanted_);
}

}  // namespace millrace
