#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

#include "engine/random/stream_key.hpp"

namespace millrace {

namespace philox {
inline constexpr std::uint32_t kMultiplier0 = 0xD2511F53u;
inline constexpr std::uint32_t kMultiplier1 = 0xCD9E8D57u;
inline constexpr std::uint32_t kWeyl0 = 0x9E3779B9u;
inline constexpr std::uint32_t kWeyl1 = 0xBB67AE85u;
inline constexpr int kRounds = 10;
}  // namespace philox

/// Philox4x32 with 10 rounds: 128 bits of counter to 128 random bits under a 64-bit key.
/// Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011, doi:10.1145/2063384.2063405.
constexpr std::array<std::uint32_t, 4> philox4x32_10(std::array<std::uint32_t, 4> counter,
                                                     std::array<std::uint32_t, 2> key) {
  for (int round = 0; round < philox::kRounds; ++round) {
    const std::uint64_t p0 = std::uint64_t{philox::kMultiplier0} * counter[0];
    const std::uint64_t p1 = std::uint64_t{philox::kMultiplier1} * counter[2];
    counter = {static_cast<std::uint32_t>(p1 >> 32) ^ counter[1] ^ key[0], static_cast<std::uint32_t>(p1),
               static_cast<std::uint32_t>(p0 >> 32) ^ counter[3] ^ key[1], static_cast<std::uint32_t>(p0)};
    key = {key[0] + philox::kWeyl0, key[1] + philox::kWeyl1};
  }
  return counter;
}

/// Block `block` of a stream's row: two words, low half first. Counter = {block, row, generation, stage}.
constexpr std::array<std::uint64_t, 2> philox_block(StreamKey key, std::uint32_t row, std::uint32_t block) {
  const auto w = philox4x32_10({block, row, key.generation, static_cast<std::uint32_t>(key.stage)},
                               {static_cast<std::uint32_t>(key.seed), static_cast<std::uint32_t>(key.seed >> 32)});
  return {w[0] | std::uint64_t{w[1]} << 32, w[2] | std::uint64_t{w[3]} << 32};
}

/// Upper 53 bits of a word as a double in [0, 1).
constexpr double unit_double(std::uint64_t word) { return static_cast<double>(word >> 11) * 0x1p-53; }

/// Numbers made of the words that Source::next_u64 reads.
template <class Source>
class Draws {
 public:
  /// In [0, 1), 53 bits.
  double next_double() { return unit_double(word()); }
  /// Uniform over 0 .. n-1 without bias, n >= 1. Lemire 2019, doi:10.1145/3230636: a multiplication, and a second draw
  /// in n of 2^64 cases.
  std::uint32_t below(std::uint32_t n) {
    // 64 x 32 bits in two halves: the part above 2^64 is the answer, the rest tells whether it would be biased.
    for (;;) {
      const std::uint64_t drawn = word();
      const std::uint64_t low = (drawn & 0xFFFFFFFFu) * n;
      const std::uint64_t high = (drawn >> 32) * n + (low >> 32);
      const std::uint64_t rest = high << 32 | (low & 0xFFFFFFFFu);
      if (rest >= n || rest >= (0 - std::uint64_t{n}) % n) return static_cast<std::uint32_t>(high >> 32);
    }
  }

 private:
  std::uint64_t word() { return static_cast<Source*>(this)->next_u64(); }
};

/// Reads the words of one row in their order, two a block, from block 0 on.
class RowDraws : public Draws<RowDraws> {
 public:
  /// Words that fill_rows computes ahead.
  static constexpr std::size_t kAhead = 4;

  RowDraws(StreamKey key, std::uint32_t row) : key_(key), row_(row) {}
  /// `ahead`: the first words of the row, if they are known already.
  RowDraws(StreamKey key, std::uint32_t row, std::span<const std::uint64_t, kAhead> ahead)
      : key_(key), row_(row), block_(kAhead / 2), end_(kAhead) {
    for (std::size_t i = 0; i < kAhead; ++i) words_[i] = ahead[i];
  }

  std::uint64_t next_u64() {
    if (at_ == end_) {
      const auto words = philox_block(key_, row_, block_++);
      words_[0] = words[0];
      words_[1] = words[1];
      at_ = 0;
      end_ = 2;
    }
    return words_[at_++];
  }

 private:
  StreamKey key_;
  std::uint32_t row_;
  std::uint32_t block_ = 0;
  std::uint32_t at_ = 0;
  std::uint32_t end_ = 0;
  std::array<std::uint64_t, kAhead> words_{};
};

/// Words 2*first_block, 2*first_block + 1, ... of the row: what RowDraws reads, computed with SIMD.
void fill_u64(StreamKey key, std::uint32_t row, std::uint32_t first_block, std::span<std::uint64_t> out);
/// The same words as doubles in [0, 1), 53 bits each.
void fill_uniform(StreamKey key, std::uint32_t row, std::uint32_t first_block, std::span<double> out);

/// The first RowDraws::kAhead words of the rows first_row, first_row + 1, ..., row after row: for many rows of which each
/// reads a few words. out.size() is a multiple of kAhead.
void fill_rows(StreamKey key, std::uint32_t first_row, std::span<std::uint64_t> out);

/// The words of one row again, for those who read hundreds of them: computed with SIMD, 64 at a time.
class StreamDraws : public Draws<StreamDraws> {
 public:
  StreamDraws(StreamKey key, std::uint32_t row) : key_(key), row_(row) {}

  std::uint64_t next_u64() {
    if (at_ == words_.size()) {
      fill_u64(key_, row_, block_, words_);
      block_ += static_cast<std::uint32_t>(words_.size() / 2);
      at_ = 0;
    }
    return words_[at_++];
  }

 private:
  StreamKey key_;
  std::uint32_t row_;
  std::uint32_t block_ = 0;
  std::array<std::uint64_t, 64> words_;
  std::size_t at_ = words_.size();
};

/// Uniform random order (Fisher-Yates, from the back), at most 2^32 - 1 items.
template <class T, class Source>
void shuffle(std::span<T> items, Draws<Source>& draws) {
  for (std::size_t i = items.size(); i > 1; --i)
    std::swap(items[i - 1], items[draws.below(static_cast<std::uint32_t>(i))]);
}

}  // namespace millrace
