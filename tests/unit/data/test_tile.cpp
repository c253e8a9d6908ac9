#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <vector>

#include "engine/data/simd_target.hpp"
#include "engine/data/tile.hpp"

using namespace millrace;

TEST_CASE("a tile is the transposed rows, and scatter is the inverse of gather, on every SIMD target") {
  const std::string target_name = GENERATE(from_range(simd_targets()));
  use_simd_target(target_name);
  for (const std::size_t d : {1u, 8u, 13u, 100u}) {
    for (const std::size_t count : {1u, 5u, 63u, 64u}) {
      DecisionRows rows(200, d);
      for (std::size_t i = 0; i < 200; ++i)
        for (std::size_t j = 0; j < d; ++j) rows.row(i)[j] = static_cast<double>(1000 * i + j);
      std::vector<Slot> slots(count);
      for (std::size_t lane = 0; lane < count; ++lane) slots[lane] = static_cast<Slot>(199 - 3 * lane);
      Tile tile(d);
      tile.gather(rows, slots);
      REQUIRE(tile.count() == count);
      bool equal = true;
      for (std::size_t lane = 0; lane < kLanes; ++lane) {
        const Slot source = slots[std::min(lane, count - 1)];
        for (std::size_t j = 0; j < d; ++j) equal &= tile.column(j)[lane] == rows.row(source)[j];
      }
      CHECK(equal);
      for (std::size_t j = 0; j < d; ++j)
        for (std::size_t lane = 0; lane < kLanes; ++lane) tile.column(j)[lane] += 0.5;
      DecisionRows target = rows;
      tile.scatter(target, slots);
      for (std::size_t i = 0; i < 200; ++i) {
        const bool named = std::find(slots.begin(), slots.end(), i) != slots.end();
        for (std::size_t j = 0; j < d; ++j) equal &= target.row(i)[j] == rows.row(i)[j] + (named ? 0.5 : 0.0);
        for (std::size_t j = d; j < target.stride(); ++j) equal &= target.row_data(i)[j] == 0.0;
      }
      CHECK(equal);
    }
  }
  use_simd_target("");
}
