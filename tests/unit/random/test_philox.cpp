#include <catch2/catch.hpp>

#include <Random123/philox.h>

#include <array>
#include <cstdint>
#include <limits>
#include <random>
#include <vector>

#include "engine/data/simd_target.hpp"
#include "engine/random/philox.hpp"

using namespace millrace;

namespace {

using Counter = std::array<std::uint32_t, 4>;
using Key = std::array<std::uint32_t, 2>;

Counter oracle(Counter counter, Key key) {
  const philox4x32_ctr_t c{{counter[0], counter[1], counter[2], counter[3]}};
  const philox4x32_key_t k{{key[0], key[1]}};
  const philox4x32_ctr_t r = philox4x32_R(10, c, k);
  return {r.v[0], r.v[1], r.v[2], r.v[3]};
}

/// Words of a row by the library of the authors.
std::vector<std::uint64_t> oracle_words(StreamKey key, std::uint32_t row, std::uint32_t first_block, std::size_t n) {
  std::vector<std::uint64_t> words;
  for (std::uint32_t block = first_block; words.size() < n; ++block) {
    const Counter r = oracle({block, row, key.generation, static_cast<std::uint32_t>(key.stage)},
                             {static_cast<std::uint32_t>(key.seed), static_cast<std::uint32_t>(key.seed >> 32)});
    words.push_back(r[0] | std::uint64_t{r[1]} << 32);
    words.push_back(r[2] | std::uint64_t{r[3]} << 32);
  }
  words.resize(n);
  return words;
}

}  // namespace

TEST_CASE("philox gives the published known answers") {
  constexpr std::uint32_t kAll = 0xFFFFFFFFu;
  static_assert(philox4x32_10({0, 0, 0, 0}, {0, 0}) == Counter{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
  CHECK(philox4x32_10({kAll, kAll, kAll, kAll}, {kAll, kAll}) ==
        Counter{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
  CHECK(philox4x32_10({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}) ==
        Counter{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
}

TEST_CASE("philox equals Random123 on random counters and keys") {
  std::mt19937 random(1);
  for (int i = 0; i < 10000; ++i) {
    Counter counter;
    Key key;
    for (auto& word : counter) word = static_cast<std::uint32_t>(random());
    for (auto& word : key) word = static_cast<std::uint32_t>(random());
    REQUIRE(philox4x32_10(counter, key) == oracle(counter, key));
  }
}

TEST_CASE("filled rows equal Random123 and RowDraws on every instruction set and length") {
  const StreamKey keys[] = {{0, 0, Stage::sample},
                            {0xFEDCBA9876543210u, 0xFFFFFFFFu, Stage::indicator},
                            {std::numeric_limits<std::uint64_t>::max(), 7, Stage::mutate}};
  for (const std::string& target : simd_targets()) {
    use_simd_target(target);
    INFO(target);
    for (const StreamKey& key : keys) {
      for (const std::uint32_t row : {0u, 5u, 0x80000000u, kGroupRow}) {
        for (std::size_t n = 0; n <= 20; ++n) {
          // A sentinel behind the end: the tail must not be overrun.
          std::vector<std::uint64_t> words(n + 1, 42);
          std::vector<double> doubles(n + 1, 42.0);
          fill_u64(key, row, 0, std::span(words).first(n));
          fill_uniform(key, row, 0, std::span(doubles).first(n));
          RowDraws by_word(key, row);
          RowDraws by_double(key, row);
          const auto expected = oracle_words(key, row, 0, n);
          for (std::size_t i = 0; i < n; ++i) {
            REQUIRE(words[i] == expected[i]);
            REQUIRE(words[i] == by_word.next_u64());
            REQUIRE(doubles[i] == by_double.next_double());
          }
          REQUIRE(words[n] == 42);
          REQUIRE(doubles[n] == 42.0);
        }
      }
    }
  }
  use_simd_target("");
}

TEST_CASE("a row can be entered at any block") {
  const StreamKey key{99, 3, Stage::crossover};
  for (const std::string& target : simd_targets()) {
    use_simd_target(target);
    INFO(target);
    for (const std::uint32_t block : {0u, 1u, 2u, 3u, 1000003u, 0xFFFFFF00u}) {
      std::vector<std::uint64_t> words(101);
      fill_u64(key, 17, block, words);
      REQUIRE(words == oracle_words(key, 17, block, words.size()));
    }
  }
  use_simd_target("");
}

TEST_CASE("every part of an address changes the bits") {
  const StreamKey key{1, 2, Stage::pair};
  const auto base = philox_block(key, 3, 4);
  CHECK(philox_block({2, 2, Stage::pair}, 3, 4) != base);
  CHECK(philox_block({1 + (std::uint64_t{1} << 32), 2, Stage::pair}, 3, 4) != base);
  CHECK(philox_block({1, 3, Stage::pair}, 3, 4) != base);
  CHECK(philox_block({1, 2, Stage::niche}, 3, 4) != base);
  CHECK(philox_block(key, 4, 4) != base);
  CHECK(philox_block(key, 3, 5) != base);
}
