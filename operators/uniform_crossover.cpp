#include "operators/uniform_crossover.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "engine/data/aligned.hpp"
#include "operators/group_draws.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "operators/uniform_crossover.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace millrace {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

constexpr std::size_t kBitsPerBlock = 128;

HWY_INLINE void exchange(const double* parent1, const double* parent2, double* child1, double* child2,
                         std::size_t stride, StreamKey key, std::uint32_t pair) {
  HWY_ALIGN static constexpr std::uint64_t kBit[8] = {1, 2, 4, 8, 16, 32, 64, 128};
  const hn::ScalableTag<double> d;
  const hn::RebindToUnsigned<decltype(d)> du;
  const auto bit = hn::Load(du, kBit);
  std::array<std::uint64_t, 2> words{};
  for (std::size_t j = 0; j < stride; j += hn::Lanes(d)) {
    if (j % kBitsPerBlock == 0) words = philox_block(key, pair, static_cast<std::uint32_t>(j / kBitsPerBlock));
    const auto coins = hn::Set(du, words[j / 64 % 2] >> (j % 64));
    const auto exchanged = hn::RebindMask(d, hn::TestBit(coins, bit));
    const auto p1 = hn::Load(d, parent1 + j);
    const auto p2 = hn::Load(d, parent2 + j);
    hn::Store(hn::IfThenElse(exchanged, p2, p1), d, child1 + j);
    if (child2 != nullptr) hn::Store(hn::IfThenElse(exchanged, p1, p2), d, child2 + j);
  }
}

void uniform_range(const UniformCrossoverOptions& options, const Mating& mating, StreamKey key, GroupRange range) {
  const std::size_t stride = mating.x.stride();
  GroupDraws coins(key);
  for (std::size_t q = range.first; q < range.last; ++q) {
    const double* parent1 = mating.parent(2 * q);
    const double* parent2 = mating.parent(2 * q + 1);
    double* child1 = mating.child(2 * q);
    double* child2 = mating.child(2 * q + 1);
    if (options.probability >= 1.0 || unit_double(coins(q)) < options.probability) {
      exchange(parent1, parent2, child1, child2, stride, key, static_cast<std::uint32_t>(q));
    } else {
      std::copy(parent1, parent1 + stride, child1);
      if (child2 != nullptr) std::copy(parent2, parent2 + stride, child2);
    }
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace millrace
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace millrace {

HWY_EXPORT(uniform_range);

std::string UniformCrossoverOptions::error() const {
  if (probability >= 0.0 && probability <= 1.0) return {};
  return fmt::format("uniform crossover: probability is {}, but must be from 0 to 1", probability);
}

void uniform_crossover(const UniformCrossoverOptions& options, const Mating& mating, StreamKey key, GroupRange range) {
  HWY_DYNAMIC_DISPATCH(uniform_range)(options, mating, key, range);
}

}  // namespace millrace
#endif
