#include <catch2/catch.hpp>

#include <atomic>
#include <set>
#include <vector>

#include "engine/parallel/workers.hpp"

using namespace millrace;

TEST_CASE("blocks cover every index once and start at multiples of the grain, for any number of threads") {
  for (const std::size_t threads : {1u, 2u, 7u}) {
    Workers workers(threads);
    for (const std::size_t count : {0u, 1u, 99u, 100u, 101u, 1000u}) {
      std::vector<std::atomic<int>> visits(count);
      std::atomic<bool> regular = true;
      workers.for_blocks(count, 100, [&](std::size_t begin, std::size_t end) {
        if (begin % 100 != 0 || end > count || workers.thread_index() >= threads) regular = false;
        for (std::size_t i = begin; i < end; ++i) ++visits[i];
      });
      CHECK(regular);
      for (const auto& visit : visits) CHECK(visit == 1);
    }
  }
}

TEST_CASE("zero threads stands for every core") { CHECK(Workers(0).threads() >= 1); }
