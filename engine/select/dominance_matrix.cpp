#include "engine/select/dominance_matrix.hpp"

#include <algorithm>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/select/dominance_matrix.cpp"
#include <hwy/foreach_target.h>  // must come before highway.h
#include <hwy/highway.h>

#include <cstring>

HWY_BEFORE_NAMESPACE();
namespace millrace::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

constexpr hn::CappedTag<std::uint8_t, 64> kBytes;
using ByteVector = hn::Vec<decltype(kBytes)>;

/// One point against all: M objectives known when compiling, or any number for M = 0.
template <std::size_t M>
void compare_with_all(const std::uint8_t* HWY_RESTRICT blocks, std::size_t point, std::size_t objectives,
                      std::size_t words, std::uint64_t* HWY_RESTRICT row) {
  const std::size_t m = M == 0 ? objectives : M;
  const std::uint8_t* own = blocks + point / 64 * m * 64 + point % 64;
  ByteVector mine[M == 0 ? 1 : M];
  for (std::size_t k = 0; k < M; ++k) mine[k] = hn::Set(kBytes, own[k * 64]);
  for (std::size_t w = 0; w < words; ++w) {
    row[w] = 0;
    for (std::size_t lane = 0; lane < 64; lane += hn::Lanes(kBytes)) {
      const std::uint8_t* others = blocks + w * m * 64 + lane;
      // A saturated difference is zero exactly where the other is at most the point.
      ByteVector above = hn::Zero(kBytes);
      for (std::size_t k = 0; k < m; ++k) {
        const ByteVector limit = M == 0 ? hn::Set(kBytes, own[k * 64]) : mine[M == 0 ? 0 : k];
        above = hn::Or(above, hn::SaturatedSub(hn::Load(kBytes, others + k * 64), limit));
      }
      std::uint8_t bits[8] = {};
      hn::StoreMaskBits(kBytes, hn::Eq(above, hn::Zero(kBytes)), bits);
      std::uint64_t word;
      std::memcpy(&word, bits, sizeof(word));
      row[w] |= word << lane;
    }
  }
}

template <std::size_t M>
void compare_all(const std::uint8_t* blocks, std::size_t points, std::size_t objectives, std::size_t words,
                 std::uint64_t* rows) {
  for (std::size_t i = 0; i < points; ++i) compare_with_all<M>(blocks, i, objectives, words, rows + i * words);
}

void ComparePairs(const std::uint8_t* blocks, std::size_t points, std::size_t objectives, std::size_t words,
                  std::uint64_t* rows) {
  switch (objectives) {
    case 3: return compare_all<3>(blocks, points, objectives, words, rows);
    case 4: return compare_all<4>(blocks, points, objectives, words, rows);
    case 5: return compare_all<5>(blocks, points, objectives, words, rows);
    case 6: return compare_all<6>(blocks, points, objectives, words, rows);
    default: return compare_all<0>(blocks, points, objectives, words, rows);
  }
}

}  // namespace millrace::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace millrace {

HWY_EXPORT(ComparePairs);

void DominanceMatrix::compute(const ObjectiveOrdinals& ordinals) {
  constexpr std::size_t kBlock = 64;
  const std::size_t n = ordinals.points();
  const std::size_t m = ordinals.objectives();
  words_ = (n + kBlock - 1) / kBlock;
  blocks_.resize(words_ * kBlock * m);
  rows_.resize(n * words_);
  for (std::size_t k = 0; k < m; ++k) {
    const std::uint16_t* column = ordinals.column(k);
    for (std::size_t begin = 0; begin < n; begin += kBlock) {
      std::uint8_t* lanes = blocks_.data() + begin * m + k * kBlock;
      for (std::size_t i = 0; i < std::min(kBlock, n - begin); ++i)
        lanes[i] = static_cast<std::uint8_t>(column[begin + i] >> 8);
    }
  }
  HWY_DYNAMIC_DISPATCH(ComparePairs)(blocks_.data(), n, m, words_, rows_.data());
}

}  // namespace millrace
#endif
