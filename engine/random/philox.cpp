#include "engine/random/philox.hpp"

#include <algorithm>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/random/philox.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "engine/random/philox-inl.h"

HWY_BEFORE_NAMESPACE();
namespace millrace {
namespace HWY_NAMESPACE {

HWY_INLINE void store_words(hn::ScalableTag<std::uint64_t> du, hn::Vec<hn::ScalableTag<std::uint64_t>> words,
                            std::uint64_t* out) {
  hn::StoreU(words, du, out);
}

HWY_INLINE void store_words(hn::ScalableTag<std::uint64_t>, hn::Vec<hn::ScalableTag<std::uint64_t>> words,
                            double* out) {
  const hn::ScalableTag<double> d;
  const hn::ScalableTag<std::int64_t> di;
  // 53 bits are a non-negative signed number and convert exactly.
  const auto integer = hn::BitCast(di, hn::ShiftRight<11>(words));
  hn::StoreU(hn::Mul(hn::ConvertTo(d, integer), hn::Set(d, 0x1p-53)), d, out);
}

template <class T>
HWY_INLINE void fill(StreamKey key, std::uint32_t row, std::uint32_t block, T* out, std::size_t count) {
  const hn::ScalableTag<std::uint64_t> du;
  const std::size_t n = hn::Lanes(du);
  hn::Vec<decltype(du)> first, second;
  std::size_t i = 0;
  for (; i + 2 * n <= count; i += 2 * n, block += static_cast<std::uint32_t>(n)) {
    philox_row(du, key, row, block, first, second);
    store_words(du, first, out + i);
    store_words(du, second, out + i + n);
  }
  if (i == count) return;
  T tail[2 * HWY_MAX_BYTES / sizeof(T)];
  philox_row(du, key, row, block, first, second);
  store_words(du, first, tail);
  store_words(du, second, tail + n);
  std::copy(tail, tail + (count - i), out + i);
}

void fill_words(StreamKey key, std::uint32_t row, std::uint32_t block, std::uint64_t* out, std::size_t count) {
  fill(key, row, block, out, count);
}

void fill_doubles(StreamKey key, std::uint32_t row, std::uint32_t block, double* out, std::size_t count) {
  fill(key, row, block, out, count);
}

/// A lane is a row: blocks 0 and 1 of each.
void fill_row_words(StreamKey key, std::uint32_t first_row, std::uint64_t* out, std::size_t rows) {
  const hn::ScalableTag<std::uint64_t> du;
  const std::size_t n = hn::Lanes(du);
  constexpr std::size_t kWords = RowDraws::kAhead;
  HWY_ALIGN std::uint64_t words[kWords][HWY_MAX_BYTES / sizeof(std::uint64_t)];
  for (std::size_t i = 0; i < rows; i += n) {
    const auto row = hn::Add(hn::Set(du, std::uint64_t{first_row} + i), hn::Iota(du, 0));
    for (std::size_t b = 0; b < kWords / 2; ++b) {
      hn::Vec<decltype(du)> word0, word1;
      philox_words(du, key, hn::Set(du, std::uint64_t{b}), row, word0, word1);
      hn::Store(word0, du, words[2 * b]);
      hn::Store(word1, du, words[2 * b + 1]);
    }
    for (std::size_t r = 0; r < std::min(n, rows - i); ++r)
      for (std::size_t w = 0; w < kWords; ++w) out[(i + r) * kWords + w] = words[w][r];
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace millrace
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace millrace {

HWY_EXPORT(fill_words);
HWY_EXPORT(fill_doubles);
HWY_EXPORT(fill_row_words);

void fill_u64(StreamKey key, std::uint32_t row, std::uint32_t first_block, std::span<std::uint64_t> out) {
  HWY_DYNAMIC_DISPATCH(fill_words)(key, row, first_block, out.data(), out.size());
}

void fill_uniform(StreamKey key, std::uint32_t row, std::uint32_t first_block, std::span<double> out) {
  HWY_DYNAMIC_DISPATCH(fill_doubles)(key, row, first_block, out.data(), out.size());
}

void fill_rows(StreamKey key, std::uint32_t first_row, std::span<std::uint64_t> out) {
  HWY_DYNAMIC_DISPATCH(fill_row_words)(key, first_row, out.data(), out.size() / RowDraws::kAhead);
}

}  // namespace millrace
#endif
