#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/archive/archive_members.hpp"
#include "engine/archive/epsilon_scale.hpp"
#include "engine/data/population.hpp"
#include "engine/parallel/workers.hpp"

namespace millrace {

/// Archive under epsilon-box dominance: the objectives are cut into boxes with sides epsilon_k and corners at multiples
/// of them; no member's box dominates another's, and each box has one member, the one nearest to its lower corner (in
/// boxes' sides; one that dominates the other goes first in any case, equal ones stay). O(members M) an individual,
/// with SIMD; with explicit epsilons the archive stays bounded and never loses the boxes that it covers.
///
/// While nothing feasible was seen the one member is the least violated individual so far, the first of equals; an
/// individual with an objective that is not finite counts as failed.
///
/// Laumanns, Thiele, Deb and Zitzler 2002, doi:10.1162/106365602760234108; distance to the corner and epsilon-progress
/// as in Hadka and Reed 2013, doi:10.1162/EVCO_a_00075. Differs from the paper: boxes of f instead of log f; epsilons
/// that choose themselves (see EpsilonScale), which gives up the bound's guarantee between two of their changes.
class EpsilonArchive {
 public:
  /// Throws std::invalid_argument with EpsilonOptions::error().
  EpsilonArchive(Shape shape, EpsilonOptions options);

  /// Shows it the individuals of `pool` at `slots`, in that order, each with a label of the owner's meaning (none: 0).
  /// Allocates only where the archive or the batch is larger than ever before.
  void insert(const Population& pool, std::span<const Slot> slots, Workers& workers,
              std::span<const std::uint32_t> labels = {});

  /// Where members() lie: they are slots 0 .. size-1, and stay there until the next insert.
  const Population& population() const { return members_.population(); }
  std::span<const Slot> members() const { return members_.slots(); }
  /// Label of each member.
  std::span<const std::uint32_t> labels() const { return members_.labels(); }
  /// Empty before the first feasible individual where they choose themselves.
  std::span<const double> epsilons() const { return scale_.epsilons(); }
  /// Epsilon-progress so far: individuals that opened a box, none dominating it; while nothing is feasible, those that
  /// lowered the violation.
  std::uint64_t progress() const { return progress_; }

  /// With a StateWriter and a StateReader.
  template <class Writer>
  void save(Writer& writer) const {
    writer.put(progress_);
    writer.put(crowding_);
    scale_.save(writer);
    members_.save(writer);
  }
  template <class Reader>
  void load(Reader& reader) {
    progress_ = reader.template get<std::uint64_t>();
    crowding_ = reader.template get<Crowding>();
    scale_.load(reader);
    members_.load(reader);
    restore_boxes();
  }

 private:
  /// One individual that may become a member: its box is row `at` of the candidates.
  struct Candidate {
    const Population& pool;
    Slot slot;
    std::uint32_t label;
    std::size_t at;
  };
  /// Lower corners in units of the epsilons, and squared distances to them; as many rows as ever needed.
  struct Boxes {
    Columns corner;
    std::vector<double> distance;
    void reserve(std::size_t rows, std::size_t kept);
    void copy(const Boxes& source, std::size_t from, std::size_t to);
    bool same(std::size_t row, const Boxes& other, std::size_t other_row) const;
  };

  enum class Verdict : std::uint8_t { open, dominated, only_its_box_dominated };

  bool holds_feasible() const { return members_.size() != 0 && admissible(members_.population(), 0); }
  void keep_least_violated(const Population& pool, Slot i, std::uint32_t label);
  void locate(const Population& pool, std::span<const Slot> slots, Boxes& boxes) const;
  void screen(const Population& pool, std::span<const Slot> slots, Workers& workers);
  bool place(const Candidate& candidate);
  void improve(Slot member, const Candidate& candidate);
  void open_box(const Candidate& candidate);
  void rebuild();
  void restore_boxes();

  EpsilonScale scale_;
  ArchiveMembers members_;
  std::uint64_t progress_ = 0;
  Crowding crowding_;
  /// By member.
  Boxes boxes_;
  /// By candidate.
  Boxes candidates_;
  std::vector<Verdict> verdict_;
  std::vector<Slot> admissible_;
  std::vector<Slot> dominated_;
};

}  // namespace millrace
