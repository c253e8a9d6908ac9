// Philox4x32-10 for Highway kernels: include it below <hwy/highway.h>, once per target.
#if defined(MILLRACE_ENGINE_RANDOM_PHILOX_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef MILLRACE_ENGINE_RANDOM_PHILOX_INL_H_
#undef MILLRACE_ENGINE_RANDOM_PHILOX_INL_H_
#else
#define MILLRACE_ENGINE_RANDOM_PHILOX_INL_H_
#endif

#include <hwy/highway.h>

#include "engine/random/philox.hpp"

HWY_BEFORE_NAMESPACE();
namespace millrace {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

#if HWY_TARGET == HWY_SCALAR

// One lane: its block is computed by the scalar function.
template <class DU, class VU>
HWY_INLINE void philox_words(DU du, StreamKey key, VU block, VU row, VU& word0, VU& word1) {
  const auto words =
      philox_block(key, static_cast<std::uint32_t>(hn::GetLane(row)), static_cast<std::uint32_t>(hn::GetLane(block)));
  word0 = hn::Set(du, words[0]);
  word1 = hn::Set(du, words[1]);
}

template <class DU, class VU>
HWY_INLINE void philox_row(DU du, StreamKey key, std::uint32_t row, std::uint32_t block, VU& first, VU& second) {
  philox_words(du, key, hn::Set(du, std::uint64_t{block}), hn::Set(du, std::uint64_t{row}), first, second);
}

#else

/// Ten rounds over one block a 64-bit lane; each counter word sits in the lower half of its lane.
/// Upper halves may hold anything on the way: only the multiplications read a word, and they read its lower half.
template <class DU, class VU>
HWY_INLINE void philox_rounds(DU du, std::uint64_t seed, VU& c0, VU& c1, VU& c2, VU& c3) {
  const hn::Repartition<std::uint32_t, DU> d32;
  const auto m0 = hn::BitCast(d32, hn::Set(du, philox::kMultiplier0));
  const auto m1 = hn::BitCast(d32, hn::Set(du, philox::kMultiplier1));
  std::uint32_t k0 = static_cast<std::uint32_t>(seed);
  std::uint32_t k1 = static_cast<std::uint32_t>(seed >> 32);
#if HWY_COMPILER_GCC
#pragma GCC unroll 10
#endif
  for (int round = 0; round < philox::kRounds; ++round) {
    const VU p0 = hn::MulEven(hn::BitCast(d32, c0), m0);
    const VU p1 = hn::MulEven(hn::BitCast(d32, c2), m1);
    // A shuffle instead of a shift brings the upper half down: multiplication and shift would share a port.
    const VU high0 = hn::BitCast(du, hn::Shuffle2301(hn::BitCast(d32, p0)));
    const VU high1 = hn::BitCast(du, hn::Shuffle2301(hn::BitCast(d32, p1)));
    c0 = hn::Xor(hn::Xor(high1, c1), hn::Set(du, k0));
    c1 = p1;
    c2 = hn::Xor(hn::Xor(high0, c3), hn::Set(du, k1));
    c3 = p0;
    k0 += philox::kWeyl0;
    k1 += philox::kWeyl1;
  }
}

/// Word 0 and word 1 of one block a lane.
template <class DU, class VU>
HWY_INLINE void philox_words(DU du, StreamKey key, VU block, VU row, VU& word0, VU& word1) {
  VU c0 = block;
  VU c1 = row;
  VU c2 = hn::Set(du, key.generation);
  VU c3 = hn::Set(du, static_cast<std::uint32_t>(key.stage));
  philox_rounds(du, key.seed, c0, c1, c2, c3);
  const VU low = hn::Set(du, 0xFFFFFFFFu);
  word0 = hn::Or(hn::And(c0, low), hn::ShiftLeft<32>(c1));
  word1 = hn::Or(hn::And(c2, low), hn::ShiftLeft<32>(c3));
}

/// Words 2*block .. 2*block + 2N - 1 of a row, in order, N being the lanes of `du`: `first` holds the lower N of them.
template <class DU, class VU>
HWY_INLINE void philox_row(DU du, StreamKey key, std::uint32_t row, std::uint32_t block, VU& first, VU& second) {
  // Lane l computes block l/2, in the upper half of the vector's blocks if l is odd: then interleaving the two words of
  // each lane within 128 bits, which is one instruction, leaves both vectors in order.
  HWY_ALIGN static constexpr std::uint64_t kHalf[8] = {0, 0, 1, 1, 2, 2, 3, 3};
  HWY_ALIGN static constexpr std::uint64_t kOdd[8] = {0, 1, 0, 1, 0, 1, 0, 1};
  const VU upper = hn::Set(du, hn::Lanes(du) / 2);
  const VU odd = hn::Sub(hn::Zero(du), hn::Load(du, kOdd));
  const VU blocks = hn::Add(hn::Add(hn::Set(du, block), hn::Load(du, kHalf)), hn::And(odd, upper));
  VU word0, word1;
  philox_words(du, key, blocks, hn::Set(du, std::uint64_t{row}), word0, word1);
  first = hn::InterleaveLower(du, word0, word1);
  second = hn::InterleaveUpper(du, word0, word1);
}

#endif  // HWY_SCALAR

/// Upper 52 bits of a word as a double strictly inside (0, 1): the midpoints (2k + 1) / 2^53, symmetric about 1/2.
template <class D, class VU>
HWY_INLINE hn::Vec<D> open_unit(D d, VU word) {
  const hn::RebindToUnsigned<D> du;
  const VU one = hn::Set(du, 0x3FF0000000000000u);
  const auto unit = hn::Sub(hn::BitCast(d, hn::Or(hn::ShiftRight<12>(word), one)), hn::Set(d, 1.0));
  return hn::Add(unit, hn::Set(d, 0x1p-53));
}

}  // namespace HWY_NAMESPACE
}  // namespace millrace
HWY_AFTER_NAMESPACE();

#endif  // target toggle
