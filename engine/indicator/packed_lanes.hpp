#pragma once

#include <array>
#include <cstdint>

namespace millrace {

/// For each set of up to eight lanes: how many they are, and their numbers, ascending, four bits each from the lowest.
struct PackedLanes {
  std::array<std::uint8_t, 256> count{};
  std::array<std::uint64_t, 256> lanes{};
};

constexpr PackedLanes make_packed_lanes() {
  PackedLanes packed;
  for (unsigned bits = 0; bits < 256; ++bits)
    for (std::uint64_t lane = 0; lane < 8; ++lane)
      if (bits >> lane & 1) packed.lanes[bits] |= lane << (4 * packed.count[bits]++);
  return packed;
}

inline constexpr PackedLanes kPackedLanes = make_packed_lanes();

}  // namespace millrace
