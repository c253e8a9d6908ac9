#pragma once

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/parallel/workers.hpp"
#include "engine/random/philox.hpp"
#include "tests/determinism/chosen_target.hpp"

namespace millrace::testing {

/// A kernel and the slow version that it must equal.
struct Comparison {
  std::string_view kernel;
  std::string_view reference;
  /// How equal: "exact", or by how much the last digits may differ.
  std::string_view equality = "exact";
  std::uint64_t seed = 1;
  std::uint32_t cases = 100'000;
  /// Cases that one drawn case stands for: individuals of a tile.
  std::uint32_t each = 1;
  /// Random sets, large enough for tasks, that 1, 2 and 7 threads must give the same bits for.
  std::uint32_t large_sets = 4;
};

/// One line of the table that the program prints when it ends (coverage.cpp).
struct Coverage {
  Comparison what;
  std::vector<std::string> targets;
  bool threads = false;
};
void note(Coverage coverage);

template <class T>
bool same_bits(const std::vector<T>& a, const std::vector<T>& b) {
  return a.size() == b.size() && (a.empty() || std::memcmp(a.data(), b.data(), a.size() * sizeof(T)) == 0);
}

/// a and b within `share` of the larger, or of `scale`.
inline bool nearly(double a, double b, double share, double scale = 0.0) {
  return a == b || std::abs(a - b) <= share * std::max({std::abs(a), std::abs(b), scale});
}

/// A kernel for compare(): a random small case together with what the slow version makes of it, the kernel's own answer
/// as a vector of numbers, and whether the two are equal on a target that fuses or does not. One that has
/// `draw_large(RowDraws&)` runs in parallel as well.
template <class Kernel>
concept ComparableKernel = requires(Kernel kernel, RowDraws& draws, Workers& workers) {
  { kernel.agrees(kernel.draw(draws), kernel.run(kernel.draw(draws), workers), true) } -> std::same_as<bool>;
};

namespace detail {

template <class Kernel>
void compare_small(const Comparison& what, Kernel& kernel, const std::vector<std::string>& targets) {
  constexpr std::uint32_t kBatch = 64;
  Workers one(1), two(2), seven(7);
  Workers* workers[] = {&one, &two, &seven};
  std::vector<std::uint32_t> wrong(targets.size(), 0);
  std::vector<std::uint32_t> other_bits(targets.size(), 0);
  for (std::uint32_t begin = 0; begin < what.cases; begin += kBatch) {
    std::vector<decltype(kernel.draw(std::declval<RowDraws&>()))> batch;
    for (std::uint32_t c = begin; c < std::min(begin + kBatch, what.cases); ++c) {
      RowDraws draws({what.seed, 0, Stage::problem}, c);
      batch.push_back(kernel.draw(draws));
    }
    std::vector<decltype(kernel.run(batch[0], one))> fused;
    for (std::size_t t = 0; t < targets.size(); ++t) {
      const ChosenTarget chosen(targets[t]);
      const bool first = fused.empty();
      for (std::size_t c = 0; c < batch.size(); ++c) {
        auto answer = kernel.run(batch[c], *workers[(begin + c) % 3]);
        wrong[t] += !kernel.agrees(batch[c], answer, fuses(targets[t]));
        if (!fuses(targets[t])) continue;
        if (first) fused.push_back(std::move(answer));
        else other_bits[t] += !same_bits(answer, fused[c]);
      }
    }
  }
  for (std::size_t t = 0; t < targets.size(); ++t) {
    INFO(what.kernel << " on " << targets[t] << ", of " << what.cases << " random cases");
    CHECK(wrong[t] == 0);
    CHECK(other_bits[t] == 0);
  }
}

template <class Kernel>
void compare_threads(const Comparison& what, Kernel& kernel, const std::vector<std::string>& targets) {
  Workers one(1), two(2), seven(7);
  for (std::uint32_t set = 0; set < what.large_sets; ++set) {
    RowDraws draws({what.seed, 1, Stage::problem}, set);
    const auto input = kernel.draw_large(draws);
    for (const std::string& target : targets) {
      const ChosenTarget chosen(target);
      INFO(what.kernel << " on " << target << ", large set " << set);
      const auto expected = kernel.run(input, one);
      CHECK(same_bits(kernel.run(input, two), expected));
      CHECK(same_bits(kernel.run(input, seven), expected));
    }
  }
}

}  // namespace detail

/// Compares kernel and slow version on `what.cases` random small cases, on every instruction set of this machine, with
/// 1, 2 and 7 threads in turn. Instruction sets that fuse must agree to the bit; so must 1, 2 and 7 threads.
template <ComparableKernel Kernel>
void compare(const Comparison& what, Kernel kernel) {
  const auto targets = simd_targets();
  detail::compare_small(what, kernel, targets);
  constexpr bool kParallel = requires(RowDraws & draws) { kernel.draw_large(draws); };
  if constexpr (kParallel) detail::compare_threads(what, kernel, targets);
  note({what, targets, kParallel});
}

/// Only the large sets, of something whose parts are compared with slow versions elsewhere.
template <class Kernel>
void compare_threads(Comparison what, Kernel kernel) {
  what.cases = 0;
  const auto targets = simd_targets();
  detail::compare_threads(what, kernel, targets);
  note({what, targets, true});
}

}  // namespace millrace::testing
