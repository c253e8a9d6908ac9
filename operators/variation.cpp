#include "operators/variation.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

#include "operators/discrete_variation.hpp"

namespace millrace {
namespace {

// Enough groups to be worth a task: about 100 us at 8 ns a variable of a pair and 50 ns a pair.
std::size_t grain_of(std::size_t variables) { return std::max<std::size_t>(1, 100'000 / (50 + 8 * variables)); }

}  // namespace

std::string VariationOptions::error() const {
  std::string problem;
  switch (crossover) {
    case Crossover::sbx: problem = sbx.error(); break;
    case Crossover::uniform: problem = uniform.error(); break;
    case Crossover::differential: problem = differential.error(); break;
    case Crossover::pcx: problem = pcx.error(); break;
    case Crossover::spx: problem = spx.error(); break;
    case Crossover::undx: problem = undx.error(); break;
  }
  return problem.empty() ? mutation.error() : problem;
}

Variation::Variation(VariationOptions options, Bounds bounds, std::uint64_t seed)
    : options_(std::move(options)), bounds_(std::move(bounds)), bounds_of_reals_(bounds_of_reals(bounds_)),
      seed_(seed) {
  if (const std::string error = options_.error(); !error.empty()) throw std::invalid_argument(error);
}

std::size_t Variation::parents_per_group() const {
  switch (options_.crossover) {
    case VariationOptions::Crossover::sbx:
    case VariationOptions::Crossover::uniform: break;
    case VariationOptions::Crossover::differential: return 4;
    case VariationOptions::Crossover::pcx: return options_.pcx.parents;
    case VariationOptions::Crossover::spx: return options_.spx.parents;
    case VariationOptions::Crossover::undx: return options_.undx.parents;
  }
  return 2;
}

std::size_t Variation::children_per_group() const {
  switch (options_.crossover) {
    case VariationOptions::Crossover::sbx:
    case VariationOptions::Crossover::uniform: break;
    case VariationOptions::Crossover::differential: return 1;
    case VariationOptions::Crossover::pcx: return options_.pcx.children;
    case VariationOptions::Crossover::spx: return options_.spx.children;
    case VariationOptions::Crossover::undx: return options_.undx.children;
  }
  return 2;
}

std::size_t Variation::parents_for(std::size_t children) const {
  const std::size_t per_group = children_per_group();
  return (children + per_group - 1) / per_group * parents_per_group();
}

void Variation::cross(const Mating& mating, StreamKey key, GroupRange range) const {
  switch (options_.crossover) {
    case VariationOptions::Crossover::sbx: return sbx(options_.sbx, bounds_, mating, key, range);
    case VariationOptions::Crossover::uniform: return uniform_crossover(options_.uniform, mating, key, range);
    case VariationOptions::Crossover::differential:
      return differential(options_.differential, bounds_, mating, key, range);
    case VariationOptions::Crossover::pcx: return pcx(options_.pcx, bounds_, mating, key, range);
    case VariationOptions::Crossover::spx: return spx(options_.spx, bounds_, mating, key, range);
    case VariationOptions::Crossover::undx: return undx(options_.undx, bounds_, mating, key, range);
  }
}

void Variation::cross_discrete(const Mating& mating, StreamKey key, GroupRange range) const {
  DiscreteCrossover crossover{.parents = parents_per_group(), .children = children_per_group()};
  if (options_.crossover == VariationOptions::Crossover::sbx) crossover.probability = options_.sbx.probability;
  if (options_.crossover == VariationOptions::Crossover::uniform) crossover.probability = options_.uniform.probability;
  if (options_.crossover == VariationOptions::Crossover::differential) crossover.differential = &options_.differential;
  discrete_crossover(crossover, bounds_, mating, key, range);
}

void Variation::apply(DecisionRows& x, std::span<const Slot> parents, std::span<const Slot> children,
                      std::uint32_t generation, Workers& workers) const {
  const std::size_t per_group = children_per_group();
  const std::size_t groups = (children.size() + per_group - 1) / per_group;
  if (parents.size() != parents_for(children.size()))
    throw std::invalid_argument(fmt::format("{} children need {} groups of {} parents, but {} parents were given",
                                            children.size(), groups, parents_per_group(), parents.size()));
  const Mating mating{x, parents, children};
  const StreamKey crossover{seed_, generation, Stage::crossover};
  const StreamKey mutation{seed_, generation, Stage::mutate};
  workers.for_blocks(groups, grain_of(bounds_.variables()), [&](std::size_t first, std::size_t last) {
    cross(mating, crossover, {first, last});
    if (!bounds_.all_real()) cross_discrete(mating, crossover, {first, last});
    const std::size_t begin = first * per_group;
    const std::size_t end = std::min(last * per_group, children.size());
    const std::span<const Slot> made = children.subspan(begin, end - begin);
    const auto row = static_cast<std::uint32_t>(begin);
    polynomial_mutation(options_.mutation, bounds_of_reals_, x, made, mutation, row);
    if (!bounds_.all_real()) discrete_mutation(options_.mutation, bounds_, x, made, mutation, row);
  });
}

}  // namespace millrace
