#include "operators/variation.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

namespace millrace {
namespace {

// Enough groups to be worth a task: about 50 us at 8 ns a variable of a pair and 50 ns a pair.
std::size_t grain_of(std::size_t variables) { return std::max<std::size_t>(1, 50'000 / (50 + 8 * variables)); }

}  // namespace

std::string VariationOptions::error() const {
  std::string problem;
  switch (crossover) {
    case Crossover::sbx: problem = sbx.error(); break;
    case Crossover::uniform: problem = uniform.error(); break;
    case Crossover::differential: problem = differential.error(); break;
  }
  return problem.empty() ? mutation.error() : problem;
}

Variation::Variation(VariationOptions options, Bounds bounds, std::uint64_t seed)
    : options_(std::move(options)), bounds_(std::move(bounds)), seed_(seed) {
  if (const std::string error = options_.error(); !error.empty()) throw std::invalid_argument(error);
}

std::size_t Variation::parents_per_group() const {
  return options_.crossover == VariationOptions::Crossover::differential ? 4 : 2;
}

std::size_t Variation::children_per_group() const {
  return options_.crossover == VariationOptions::Crossover::differential ? 1 : 2;
}

void Variation::cross(const Mating& mating, StreamKey key, GroupRange range) const {
  switch (options_.crossover) {
    case VariationOptions::Crossover::sbx: return sbx(options_.sbx, bounds_, mating, key, range);
    case VariationOptions::Crossover::uniform: return uniform_crossover(options_.uniform, mating, key, range);
    case VariationOptions::Crossover::differential:
      return differential(options_.differential, bounds_, mating, key, range);
  }
}

void Variation::apply(DecisionRows& x, std::span<const Slot> parents, std::span<const Slot> children,
                      std::uint32_t generation, Workers& workers) const {
  const std::size_t per_group = children_per_group();
  const std::size_t groups = (children.size() + per_group - 1) / per_group;
  if (parents.size() != groups * parents_per_group())
    throw std::invalid_argument(fmt::format("{} children need {} groups of {} parents, but {} parents were given",
                                            children.size(), groups, parents_per_group(), parents.size()));
  const Mating mating{x, parents, children};
  const StreamKey crossover{seed_, generation, Stage::crossover};
  const StreamKey mutation{seed_, generation, Stage::mutate};
  workers.for_blocks(groups, grain_of(bounds_.variables()), [&](std::size_t first, std::size_t last) {
    cross(mating, crossover, {first, last});
    const std::size_t begin = first * per_group;
    const std::size_t end = std::min(last * per_group, children.size());
    polynomial_mutation(options_.mutation, bounds_, x, children.subspan(begin, end - begin), mutation,
                        static_cast<std::uint32_t>(begin));
  });
}

}  // namespace millrace
