#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "engine/random/philox.hpp"

namespace millrace {

/// One word a group of a mating: word q of the stream's kGroupRow. Asked in rising order it computes 64 at a time.
class GroupDraws {
 public:
  explicit GroupDraws(StreamKey key) : key_(key) {}

  std::uint64_t operator()(std::size_t group) {
    const std::size_t batch = group / kBatch;
    if (batch != batch_) {
      fill_u64(key_, kGroupRow, static_cast<std::uint32_t>(batch * (kBatch / 2)), words_);
      batch_ = batch;
    }
    return words_[group % kBatch];
  }

 private:
  static constexpr std::size_t kBatch = 64;
  StreamKey key_;
  std::size_t batch_ = static_cast<std::size_t>(-1);
  std::array<std::uint64_t, kBatch> words_;
};

}  // namespace millrace
