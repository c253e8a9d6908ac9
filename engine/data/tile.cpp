// Transposition between decision rows and tiles: blocks of L rows by L variables in registers, L the doubles of a
// 256-bit vector (or fewer). Reads and writes whole vectors, so both sides move at the speed of the cache they lie in.

#include "engine/data/tile.hpp"

#include <algorithm>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/data/tile.cpp"
#include <hwy/cache_control.h>
#include <hwy/foreach_target.h>  // must come before highway.h
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace millrace {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// Wider blocks need more shuffles a value than they save in loads.
using Lanes = hn::CappedTag<double, 4>;
constexpr std::size_t kSide = HWY_TARGET == HWY_SCALAR ? 1 : HWY_MAX_BYTES >= 32 ? 4 : 2;
using Vector = hn::Vec<Lanes>;

/// block[i] holds row i before and column i afterwards.
HWY_INLINE void transpose(Vector (&block)[kSide]) {
#if HWY_TARGET == HWY_SCALAR
  (void)block;
#else
  const Lanes d;
  if constexpr (kSide == 2) {
    const Vector lower = hn::InterleaveLower(d, block[0], block[1]);
    block[1] = hn::InterleaveUpper(d, block[0], block[1]);
    block[0] = lower;
  } else if constexpr (kSide == 4) {
    const Vector even01 = hn::InterleaveLower(d, block[0], block[1]);
    const Vector odd01 = hn::InterleaveUpper(d, block[0], block[1]);
    const Vector even23 = hn::InterleaveLower(d, block[2], block[3]);
    const Vector odd23 = hn::InterleaveUpper(d, block[2], block[3]);
    block[0] = hn::ConcatLowerLower(d, even23, even01);
    block[1] = hn::ConcatLowerLower(d, odd23, odd01);
    block[2] = hn::ConcatUpperUpper(d, even23, even01);
    block[3] = hn::ConcatUpperUpper(d, odd23, odd01);
  }
#endif
}

/// rows[lane] has `padded` doubles, a multiple of kSide; column j of the tile starts at tile + j * kLanes.
void gather(const double* const* rows, std::size_t padded, double* tile) {
  const Lanes d;
  // One cache line of a row serves eight variables: all lanes pass it before the next.
  constexpr std::size_t kLine = kAlignment / sizeof(double);
  for (std::size_t line = 0; line < padded; line += kLine)
    for (std::size_t lane = 0; lane < kLanes; lane += kSide) {
      for (std::size_t i = 0; i < kSide; ++i) hwy::Prefetch(rows[lane + i] + line + 2 * kLine);
      for (std::size_t j = line; j < line + kLine; j += kSide) {
        Vector block[kSide];
        for (std::size_t i = 0; i < kSide; ++i) block[i] = hn::Load(d, rows[lane + i] + j);
        transpose(block);
        for (std::size_t i = 0; i < kSide; ++i) hn::Store(block[i], d, tile + (j + i) * kLanes + lane);
      }
    }
}

/// The inverse for the first `count` lanes.
void scatter(const double* tile, std::size_t padded, double* const* rows, std::size_t count) {
  const Lanes d;
  const std::size_t whole = count / kSide * kSide;
  for (std::size_t j = 0; j < padded; j += kSide) {
    for (std::size_t lane = 0; lane < whole; lane += kSide) {
      Vector block[kSide];
      for (std::size_t i = 0; i < kSide; ++i) block[i] = hn::Load(d, tile + (j + i) * kLanes + lane);
      transpose(block);
      for (std::size_t i = 0; i < kSide; ++i) hn::Store(block[i], d, rows[lane + i] + j);
    }
    for (std::size_t lane = whole; lane < count; ++lane)
      for (std::size_t i = 0; i < kSide; ++i) rows[lane][j + i] = tile[(j + i) * kLanes + lane];
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace millrace
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace millrace {
namespace {

HWY_EXPORT(gather);
HWY_EXPORT(scatter);

}  // namespace

void Tile::gather(const DecisionRows& rows, std::span<const Slot> slots) {
  count_ = slots.size();
  const double* source[kLanes];
  for (std::size_t lane = 0; lane < kLanes; ++lane) source[lane] = rows.row_data(slots[std::min(lane, count_ - 1)]);
  HWY_DYNAMIC_DISPATCH(gather)(source, rows.stride(), values_.data());
}

void Tile::scatter(DecisionRows& rows, std::span<const Slot> slots) const {
  double* target[kLanes];
  for (std::size_t lane = 0; lane < count_; ++lane) target[lane] = rows.row_data(slots[lane]);
  HWY_DYNAMIC_DISPATCH(scatter)(values_.data(), rows.stride(), target, count_);
}

Population extract(const Population& pool, std::span<const Slot> slots) {
  Population result(slots.size(), pool.shape());
  for (std::size_t i = 0; i < slots.size(); ++i) copy_individual(pool, slots[i], result, static_cast<Slot>(i));
  return result;
}

}  // namespace millrace
#endif  // HWY_ONCE
