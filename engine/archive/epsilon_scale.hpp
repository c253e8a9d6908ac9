#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/data/population.hpp"

namespace millrace {

struct EpsilonOptions {
  /// Side of a box in each objective, in its unit, > 0. Empty: chosen and kept up to date by the archive.
  std::vector<double> epsilons;
  /// Where the epsilons are empty: as many members as the archive should hold, within a factor of two where the front
  /// allows it.
  std::size_t target = 300;

  /// One sentence where an option is out of its range, else empty.
  std::string error(std::size_t objectives) const;
};

/// Individuals shown to an archive since its epsilons last changed, and which of them it refused only because of the
/// size of its boxes: the member that kept them out does not dominate them.
struct Crowding {
  std::uint64_t shown = 0;
  /// That member has the same box.
  std::uint64_t same_box = 0;
  /// It has a box that dominates theirs.
  std::uint64_t better_box = 0;
};

/// The epsilons of an archive: those given, or some that follow the front, since neither the unit nor the extent of the
/// objectives is known beforehand, and the range of a first population may be a thousand times the front's (DTLZ3).
///
/// At first epsilon k is target^(-1/(M-1)) of the range of objective k over the first feasible individuals shown.
/// Later, at most once a batch,
/// - where the archive has more than twice as many members as its target, the epsilons take the proportions of the
///   members' ranges and grow by 2^(1/(M-1)), which is about a factor of two in members;
/// - where it has fewer than half, and it is the boxes that keep it small (of Crowding, `same_box` exceeds the number
///   of members, or `better_box` half of `shown`), they take those proportions and shrink likewise, as long as they
///   are above 1e-10 of the values;
/// - otherwise an epsilon shrinks with the members' range of its objective, where that has halved.
/// So while good solutions are few, boxes stay coarse: finer ones would keep those that are better by next to nothing.
class EpsilonScale {
 public:
  /// Throws std::invalid_argument with EpsilonOptions::error().
  EpsilonScale(std::size_t objectives, EpsilonOptions options);

  /// Empty before begin() where none were given.
  std::span<const double> epsilons() const { return epsilons_; }
  bool known() const { return !epsilons_.empty(); }
  /// Chooses the first epsilons from these, at least one, all feasible and finite.
  void begin(const Population& pool, std::span<const Slot> feasible);
  /// Whether the epsilons changed, because of the members there are. O(members M).
  bool follow(const Population& pool, std::span<const Slot> members, const Crowding& crowding);

  template <class Writer>
  void save(Writer& writer) const {
    writer.put_span(epsilons());
    writer.put_span(std::span<const double>(ranges_));
  }
  template <class Reader>
  void load(Reader& reader) {
    reader.get_vector(epsilons_);
    reader.get_vector(ranges_);
  }

 private:
  bool rescale(const Population& pool, std::span<const Slot> members, bool grow);
  bool shrink_with_ranges(const Population& pool, std::span<const Slot> members);
  void take_proportions(const Population& pool, std::span<const Slot> members);

  std::size_t objectives_;
  bool automatic_;
  double target_;
  /// 1 / (M - 1): from a factor in members to one in epsilon.
  double exponent_;
  std::vector<double> epsilons_;
  /// Of the members when the epsilon was last fitted to it.
  std::vector<double> ranges_;
};

}  // namespace millrace
