#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/data/population.hpp"

namespace millrace {

/// Feasible, and every objective finite.
bool admissible(const Population& pool, Slot i);

/// The individuals of an archive: slots 0 .. size()-1 of a population that doubles when it is full, so that adding one
/// costs O(d) on average. A label, of the owner's meaning, goes with each.
class ArchiveMembers {
 public:
  explicit ArchiveMembers(Shape shape);

  std::size_t size() const { return count_; }
  const Population& population() const { return population_; }
  std::span<const Slot> slots() const { return {slots_.data(), count_}; }
  std::span<const std::uint32_t> labels() const { return {labels_.data(), count_}; }

  /// Also of an individual from size() on that was a member before clear().
  std::uint32_t label(std::size_t i) const { return labels_[i]; }

  /// `source` may be this population itself, for an individual from size() on.
  void append(const Population& source, Slot from, std::uint32_t label);
  void replace(Slot at, const Population& source, Slot from, std::uint32_t label);
  /// The last member moves to the place that becomes free.
  void remove(Slot at);
  /// The rows stay as they are until they are written again.
  void clear() { count_ = 0; }

  /// With a StateWriter and a StateReader; what `load` gives has the members in the same order.
  template <class Writer>
  void save(Writer& writer) const {
    writer.put_span(labels());
    writer.put_individuals(population_, slots());
  }
  template <class Reader>
  void load(Reader& reader) {
    count_ = 0;
    std::vector<std::uint32_t> labels;
    reader.get_vector(labels);
    reserve(labels.size());
    count_ = labels.size();
    std::copy(labels.begin(), labels.end(), labels_.begin());
    reader.get_individuals(population_, slots());
  }

 private:
  void reserve(std::size_t count);

  Population population_;
  std::size_t count_ = 0;
  /// 0, 1, 2, ...: as many as the population has rows.
  std::vector<Slot> slots_;
  std::vector<std::uint32_t> labels_;
};

}  // namespace millrace
