#include "operators/sampling.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <vector>

#include <fmt/format.h>

#include "engine/random/philox.hpp"
#include "engine/random/sobol.hpp"

namespace millrace {
namespace {

// The streams of a sample, told apart by the generation of their keys.
constexpr std::uint32_t kPosition = 0;
constexpr std::uint32_t kPermutation = 1;
constexpr std::uint32_t kShift = 2;

constexpr std::size_t kRowGrain = 256;
/// Variables permuted together: the permutations of a block fit in the cache, and a row is written whole cache lines
/// at a time.
constexpr std::size_t kVariableBlock = 64;

/// Of equal shares of [0, 1), one for each level where the variable has levels.
double scaled(const Bounds& bounds, std::size_t j, double unit) {
  if (bounds.kind(j) != VariableKind::real)
    return std::min(bounds.lower(j) + std::floor(unit * (bounds.upper(j) - bounds.lower(j) + 1.0)), bounds.upper(j));
  return std::min(bounds.lower(j) + unit * (bounds.upper(j) - bounds.lower(j)), bounds.upper(j));
}

void sample_uniform(DecisionRows& x, std::span<const Slot> slots, const Bounds& bounds, std::uint64_t seed,
                    Workers& workers) {
  workers.for_blocks(slots.size(), kRowGrain, [&](std::size_t first, std::size_t last) {
    for (std::size_t i = first; i < last; ++i) {
      const std::span<double> row = x.row(slots[i]);
      fill_uniform({seed, kPosition, Stage::sample}, static_cast<std::uint32_t>(i), 0, row);
      for (std::size_t j = 0; j < row.size(); ++j) row[j] = scaled(bounds, j, row[j]);
    }
  });
}

/// Slices of `count` variables from `first` on: entry i * kVariableBlock + j belongs to point i.
std::vector<std::uint32_t> permuted_slices(std::size_t points, std::size_t first, std::size_t count,
                                           std::uint64_t seed) {
  std::vector<std::uint32_t> slices(points * kVariableBlock);
  std::vector<std::uint32_t> order(points);
  for (std::size_t j = 0; j < count; ++j) {
    std::iota(order.begin(), order.end(), 0u);
    RowDraws draws({seed, kPermutation, Stage::sample}, static_cast<std::uint32_t>(first + j));
    shuffle(std::span(order), draws);
    for (std::size_t i = 0; i < points; ++i) slices[i * kVariableBlock + j] = order[i];
  }
  return slices;
}

void sample_latin(DecisionRows& x, std::span<const Slot> slots, const Bounds& bounds, std::uint64_t seed,
                  Workers& workers) {
  const double width = 1.0 / static_cast<double>(slots.size());
  workers.for_blocks(bounds.variables(), kVariableBlock, [&](std::size_t first, std::size_t last) {
    const std::vector<std::uint32_t> slices = permuted_slices(slots.size(), first, last - first, seed);
    for (std::size_t i = 0; i < slots.size(); ++i) {
      const std::span<double> part = x.row(slots[i]).subspan(first, last - first);
      fill_uniform({seed, kPosition, Stage::sample}, static_cast<std::uint32_t>(i),
                   static_cast<std::uint32_t>(first / 2), part);
      const std::uint32_t* slice = slices.data() + i * kVariableBlock;
      for (std::size_t j = 0; j < part.size(); ++j) part[j] = scaled(bounds, first + j, (slice[j] + part[j]) * width);
    }
  });
}

void sample_sobol(DecisionRows& x, std::span<const Slot> slots, const Bounds& bounds, std::uint64_t seed,
                  Workers& workers) {
  const std::size_t d = bounds.variables();
  const std::vector<std::uint32_t> directions = sobol_directions(d);
  std::vector<std::uint64_t> shift(d);
  fill_u64({seed, kShift, Stage::sample}, 0, 0, shift);
  workers.for_blocks(slots.size(), kRowGrain, [&](std::size_t first, std::size_t last) {
    std::vector<std::uint32_t> point(d);
    for (std::size_t i = first; i < last; ++i) {
      std::fill(point.begin(), point.end(), 0u);
      for (std::size_t digits = i; digits != 0; digits &= digits - 1) {
        const std::uint32_t* direction = directions.data() + static_cast<std::size_t>(std::countr_zero(digits)) * d;
        for (std::size_t j = 0; j < d; ++j) point[j] ^= direction[j];
      }
      double* row = x.row_data(slots[i]);
      for (std::size_t j = 0; j < d; ++j)
        row[j] = scaled(bounds, j, unit_double(std::uint64_t{point[j]} << 32 ^ shift[j]));
    }
  });
}

}  // namespace

std::string sampling_error(SamplingMethod method, std::size_t variables) {
  if (method != SamplingMethod::sobol || variables <= kSobolVariables) return {};
  return fmt::format("sobol sampling serves up to {} variables, but the problem has {}: use latin_hypercube",
                     kSobolVariables, variables);
}

void sample(SamplingMethod method, Population& pool, std::span<const Slot> slots, const Bounds& bounds,
            std::uint64_t seed, Workers& workers) {
  if (const std::string error = sampling_error(method, bounds.variables()); !error.empty())
    throw std::invalid_argument(error);
  switch (method) {
    case SamplingMethod::uniform: return sample_uniform(pool.x, slots, bounds, seed, workers);
    case SamplingMethod::latin_hypercube: return sample_latin(pool.x, slots, bounds, seed, workers);
    case SamplingMethod::sobol: return sample_sobol(pool.x, slots, bounds, seed, workers);
  }
}

}  // namespace millrace
