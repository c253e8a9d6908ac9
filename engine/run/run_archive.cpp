#include "engine/run/run_archive.hpp"

#include <stdexcept>

namespace millrace {
namespace {

EpsilonOptions epsilon_options(const ArchiveOptions& options, std::size_t objectives) {
  EpsilonOptions result;
  result.epsilons = options.epsilons;
  if (options.epsilons.size() == 1) result.epsilons.assign(objectives, options.epsilons.front());
  return result;
}

}  // namespace

std::string ArchiveOptions::error(std::size_t objectives) const {
  return epsilon_options(*this, objectives).error(objectives);
}

std::string_view name_of(ArchiveOptions::Kind kind) {
  switch (kind) {
    case ArchiveOptions::Kind::none: return "none";
    case ArchiveOptions::Kind::nondominated: return "nondominated";
    case ArchiveOptions::Kind::epsilon: return "epsilon";
  }
  return "unknown";
}

RunArchive::RunArchive(Shape shape, const ArchiveOptions& options, Workers& workers)
    : kind_(options.kind), workers_(workers) {
  if (const std::string error = options.error(shape.objectives); !error.empty()) throw std::invalid_argument(error);
  if (kind_ == ArchiveOptions::Kind::nondominated) nondominated_.emplace(shape);
  if (kind_ == ArchiveOptions::Kind::epsilon || options.progress)
    epsilon_.emplace(shape, epsilon_options(options, shape.objectives));
}

void RunArchive::insert(const Population& pool, std::span<const Slot> slots, std::uint64_t generation) {
  if (nondominated_) nondominated_->insert(pool, slots, workers_);
  if (!epsilon_) return;
  epsilon_->insert(pool, slots, workers_);
  if (epsilon_->progress() == progress_) return;
  progress_ = epsilon_->progress();
  last_progress_ = generation;
}

const Population& RunArchive::population() const {
  return nondominated_ ? nondominated_->population() : epsilon_->population();
}

std::span<const Slot> RunArchive::members() const {
  return nondominated_ ? nondominated_->members() : epsilon_->members();
}

std::span<const double> RunArchive::epsilons() const {
  return epsilon_ ? epsilon_->epsilons() : std::span<const double>();
}

void RunArchive::save(StateWriter& writer) const {
  writer.put(progress_);
  writer.put(last_progress_);
  if (nondominated_) nondominated_->save(writer);
  if (epsilon_) epsilon_->save(writer);
}

void RunArchive::load(StateReader& reader) {
  progress_ = reader.get<std::uint64_t>();
  last_progress_ = reader.get<std::uint64_t>();
  if (nondominated_) nondominated_->load(reader);
  if (epsilon_) epsilon_->load(reader);
}

}  // namespace millrace
