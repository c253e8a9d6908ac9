#pragma once

#include <cstddef>
#include <span>

#include "engine/data/tile.hpp"

namespace millrace {

/// Working memory of one thread for a problem's evaluate and repair: grows to the largest request and is then reused,
/// so that evaluation allocates nothing in the steady state. Contents do not survive from one call to the next.
class Scratch {
 public:
  /// `count` uninitialised, 64-byte-aligned doubles, valid until the next call of doubles().
  std::span<double> doubles(std::size_t count) {
    if (memory_.size() < count) memory_.resize(count);
    return {memory_.data(), count};
  }
  /// `columns` columns of 64 lanes each, valid until the next call.
  std::span<double> lanes(std::size_t columns) { return doubles(columns * kLanes); }

 private:
  AlignedVector<double> memory_;
};

}  // namespace millrace
