#include "engine/data/tile.hpp"

#include <algorithm>

namespace millrace {
namespace {

// Eight rows and eight variables at a time: 512 bytes read along rows, 512 written along columns, both in L1.
constexpr std::size_t kBlock = 8;

}  // namespace

void Tile::gather(const DecisionRows& rows, std::span<const Slot> slots) {
  count_ = slots.size();
  const double* source[kLanes];
  for (std::size_t lane = 0; lane < kLanes; ++lane) source[lane] = rows.row_data(slots[std::min(lane, count_ - 1)]);
  for (std::size_t j0 = 0; j0 < variables_; j0 += kBlock) {
    const std::size_t j1 = std::min(j0 + kBlock, variables_);
    for (std::size_t lane = 0; lane < kLanes; ++lane)
      for (std::size_t j = j0; j < j1; ++j) column(j)[lane] = source[lane][j];
  }
}

void Tile::scatter(DecisionRows& rows, std::span<const Slot> slots) const {
  for (std::size_t j0 = 0; j0 < variables_; j0 += kBlock) {
    const std::size_t j1 = std::min(j0 + kBlock, variables_);
    for (std::size_t lane = 0; lane < count_; ++lane) {
      double* target = rows.row_data(slots[lane]);
      for (std::size_t j = j0; j < j1; ++j) target[j] = column(j)[lane];
    }
  }
}

Population extract(const Population& pool, std::span<const Slot> slots) {
  Population result(slots.size(), pool.shape());
  for (std::size_t i = 0; i < slots.size(); ++i) copy_individual(pool, slots[i], result, static_cast<Slot>(i));
  return result;
}

}  // namespace millrace
