#pragma once

#include <cstdint>

namespace millrace {

/// What a draw is for. Part of its address, so that two users of one row in one generation never share a word.
enum class Stage : std::uint32_t {
  sample,
  pair,
  crossover,
  mutate,
  tournament,
  niche,
  direction,
  problem,
  replace,
  restart,
  indicator,
  discrete_crossover,
  discrete_mutation,
  bootstrap,
  refine
};

/// Address of a stream: with a row and a block it names 128 random bits for ever, whoever asks and in whatever order.
struct StreamKey {
  std::uint64_t seed = 0;
  std::uint32_t generation = 0;
  Stage stage = Stage::sample;
};

/// Row of the draws that belong to a whole group (a pair, a mating) and not to a row of variables.
inline constexpr std::uint32_t kGroupRow = 0xFFFFFFFFu;

}  // namespace millrace
