#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <vector>

#include "engine/random/philox.hpp"
#include "tests/unit/random/goodness_of_fit.hpp"

using namespace millrace;
using namespace millrace::test;

TEST_CASE("doubles are uniform in [0, 1)") {
  std::vector<double> values(200000);
  fill_uniform({11, 0, Stage::problem}, 0, 0, values);
  CHECK(*std::min_element(values.begin(), values.end()) >= 0.0);
  CHECK(*std::max_element(values.begin(), values.end()) < 1.0);
  CHECK(kolmogorov_uniform(values) < kKolmogorovLimit);
}

TEST_CASE("a double is the upper 53 bits of its word") {
  CHECK(unit_double(0) == 0.0);
  CHECK(unit_double(0x7FF) == 0.0);
  CHECK(unit_double(0x800) == 0x1p-53);
  CHECK(unit_double(~std::uint64_t{0}) == 1.0 - 0x1p-53);
}

TEST_CASE("below is uniform over its range, false alarm one in a million a range") {
  constexpr double kDraws = 300000;
  for (const std::uint32_t n : {1u, 2u, 3u, 7u, 14u, 91u, 1000u}) {
    RowDraws draws({5, n, Stage::tournament}, 0);
    std::vector<double> counts(n, 0.0);
    for (int i = 0; i < static_cast<int>(kDraws); ++i) {
      const std::uint32_t value = draws.below(n);
      REQUIRE(value < n);
      ++counts[value];
    }
    INFO(n);
    if (n > 1) CHECK(chi_square(counts, std::vector<double>(n, kDraws / n)) < chi_square_limit(n - 1.0));
  }
}

TEST_CASE("below reaches both ends of the largest range") {
  RowDraws draws({5, 0, Stage::tournament}, 1);
  std::vector<double> scaled(100000);
  for (double& value : scaled) value = (draws.below(0xFFFFFFFFu) + 0.5) / 0xFFFFFFFFu;
  CHECK(kolmogorov_uniform(scaled) < kKolmogorovLimit);
}

TEST_CASE("shuffle gives every order of four equally often, false alarm one in a million") {
  std::vector<double> counts(256, 0.0);
  constexpr int kShuffles = 120000;
  for (std::uint32_t i = 0; i < kShuffles; ++i) {
    std::vector<int> items{0, 1, 2, 3};
    RowDraws draws({8, 0, Stage::pair}, i);
    shuffle(std::span(items), draws);
    ++counts[static_cast<std::size_t>(items[0] * 64 + items[1] * 16 + items[2] * 4 + items[3])];
  }
  std::erase(counts, 0.0);
  REQUIRE(counts.size() == 24);
  CHECK(chi_square(counts, std::vector<double>(24, kShuffles / 24.0)) < chi_square_limit(23));
}

TEST_CASE("shuffle keeps the items, also none and one") {
  for (const std::size_t n : {0u, 1u, 2u, 1000u}) {
    std::vector<std::uint32_t> items(n);
    std::iota(items.begin(), items.end(), 0u);
    const auto sorted = items;
    RowDraws draws({8, 1, Stage::pair}, 0);
    shuffle(std::span(items), draws);
    if (n == 1000) CHECK(items != sorted);
    std::sort(items.begin(), items.end());
    CHECK(items == sorted);
  }
}

TEST_CASE("words computed ahead or by the block are those of the row") {
  const StreamKey key{42, 3, Stage::niche};
  for (const std::uint32_t rows : {0u, 1u, 7u, 8u, 9u, 100u}) {
    std::vector<std::uint64_t> ahead(rows * RowDraws::kAhead);
    fill_rows(key, 0xFFFFFFF0u - rows, ahead);
    for (std::uint32_t r = 0; r < rows; ++r) {
      const std::uint32_t row = 0xFFFFFFF0u - rows + r;
      RowDraws slow(key, row);
      RowDraws fast(key, row, std::span(ahead).subspan(r * RowDraws::kAhead).first<RowDraws::kAhead>());
      StreamDraws stream(key, row);
      for (int i = 0; i < 200; ++i) {
        const std::uint64_t word = slow.next_u64();
        REQUIRE(fast.next_u64() == word);
        REQUIRE(stream.next_u64() == word);
      }
    }
  }
}
