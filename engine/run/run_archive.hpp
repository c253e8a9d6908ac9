#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/algorithm/state.hpp"
#include "engine/archive/epsilon_archive.hpp"
#include "engine/archive/nondominated_archive.hpp"
#include "engine/parallel/workers.hpp"

namespace millrace {

/// What a run keeps of everything it evaluates, beside the population of its algorithm.
struct ArchiveOptions {
  enum class Kind {
    none,
    /// Every non-dominated individual ever evaluated.
    nondominated,
    /// One a box of the objectives.
    epsilon
  };
  Kind kind = Kind::none;
  /// Sides of the boxes, in the unit of each objective; one stands for all. Empty: the archive chooses them.
  std::vector<double> epsilons;
  /// Whether epsilon-progress is followed, whatever is kept.
  bool progress = false;

  bool needed() const { return kind != Kind::none || progress; }
  /// One sentence where they do not fit that many objectives, else empty.
  std::string error(std::size_t objectives) const;
};

std::string_view name_of(ArchiveOptions::Kind kind);

/// The archive of a run, shown every batch that it evaluates. Part of a checkpoint: its size may grow from one to the
/// next. What it holds does not depend on the number of threads.
class RunArchive {
 public:
  /// Throws std::invalid_argument with ArchiveOptions::error().
  RunArchive(Shape shape, const ArchiveOptions& options, Workers& workers);

  /// Shows it the individuals of `pool` at `slots`, the batch of that generation (from 1 on).
  void insert(const Population& pool, std::span<const Slot> slots, std::uint64_t generation);

  ArchiveOptions::Kind kind() const { return kind_; }
  /// What is kept, where kind() is not none: the individuals of population() at members().
  const Population& population() const;
  std::span<const Slot> members() const;
  /// The sides of the boxes now; empty where there are none.
  std::span<const double> epsilons() const;
  /// Whether epsilon-progress is followed.
  bool follows_progress() const { return epsilon_.has_value(); }
  /// Epsilon-progress so far (EpsilonArchive::progress), where it is followed.
  std::uint64_t progress() const { return progress_; }
  /// Generations since an individual opened a box that none dominates (epsilon-progress: Hadka and Reed 2013,
  /// doi:10.1162/EVCO_a_00075) or, while nothing is feasible, lowered the least violation. Where progress is followed.
  std::uint64_t generations_without_progress(std::uint64_t generation) const { return generation - last_progress_; }

  void save(StateWriter& writer) const;
  void load(StateReader& reader);

 private:
  ArchiveOptions::Kind kind_;
  Workers& workers_;
  std::optional<NondominatedArchive> nondominated_;
  std::optional<EpsilonArchive> epsilon_;
  std::uint64_t progress_ = 0;
  std::uint64_t last_progress_ = 0;
};

}  // namespace millrace
