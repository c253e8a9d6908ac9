#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/archive/archive_members.hpp"
#include "engine/data/population.hpp"
#include "engine/parallel/workers.hpp"

namespace millrace {

/// Every feasible individual shown to it that no other one dominates, without a limit. Of individuals with equal
/// objectives the first is kept. What is infeasible, or has an objective that is not finite, is left out.
///
/// The members, as a set, do not depend on how what is shown was cut into batches; nor does anything here depend on the
/// number of threads or the SIMD target.
class NondominatedArchive {
 public:
  explicit NondominatedArchive(Shape shape) : members_(shape) {}

  /// Shows it the individuals of `pool` at `slots`, in that order. O(members M) each, those rejected with threads;
  /// allocates only where the archive is larger than ever before.
  void insert(const Population& pool, std::span<const Slot> slots, Workers& workers);

  /// Where members() lie: they are slots 0 .. size-1, and stay there until the next insert. May be empty.
  const Population& population() const { return members_.population(); }
  std::span<const Slot> members() const { return members_.slots(); }

  /// With a StateWriter and a StateReader.
  template <class Writer>
  void save(Writer& writer) const {
    members_.save(writer);
  }
  template <class Reader>
  void load(Reader& reader) {
    members_.load(reader);
  }

 private:
  void screen(const Population& pool, std::span<const Slot> slots, Workers& workers);
  void place(const Population& pool, Slot candidate);

  ArchiveMembers members_;
  /// By candidate: that it cannot be a member.
  std::vector<std::uint8_t> rejected_;
  std::vector<Slot> dominated_;
};

}  // namespace millrace
