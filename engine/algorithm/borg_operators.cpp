#include "engine/algorithm/borg_operators.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace millrace {
namespace {

using Crossover = VariationOptions::Crossover;
constexpr std::array kCrossovers = {Crossover::sbx, Crossover::differential, Crossover::pcx, Crossover::spx,
                                    Crossover::undx};
static_assert(kCrossovers.size() == BorgOperators::kUniform);

VariationOptions variation_of(const BorgOperatorOptions& options, Crossover crossover) {
  return {.crossover = crossover,
          .sbx = options.sbx,
          .differential = options.differential,
          .pcx = options.pcx,
          .spx = options.spx,
          .undx = options.undx,
          .mutation = options.mutation};
}

/// Draws of operator `op` in a wave: each has a generation of its own, since each makes its children in its own call.
std::uint32_t generation_of(std::uint32_t wave, std::size_t op) { return 8 * wave + static_cast<std::uint32_t>(op); }

}  // namespace

std::string BorgOperatorOptions::error() const {
  for (const Crossover crossover : kCrossovers)
    if (const std::string error = variation_of(*this, crossover).error(); !error.empty()) return error;
  if (!(zeta > 0.0 && zeta <= 1e9)) return fmt::format("borg: zeta is {}, but must be above 0 and at most 1e9", zeta);
  return uniform.error();
}

BorgOperators::BorgOperators(BorgOperatorOptions options, const Bounds& bounds, std::uint64_t seed, std::size_t wave)
    : options_(std::move(options)), bounds_(bounds), seed_(seed) {
  for (const Crossover crossover : kCrossovers)
    crossovers_.emplace_back(variation_of(options_, crossover), bounds, seed);
  for (std::size_t op = 0; op < kOperators; ++op) {
    groups_[op].children.reserve(wave);
    groups_[op].parents.reserve((wave / children_of(op) + 1) * parents_of(op));
  }
  probability_.fill(1.0 / kOperators);
}

void BorgOperators::learn(std::span<const std::uint32_t> labels) {
  std::array<double, kOperators + 1> made{};
  for (const std::uint32_t label : labels) made[label] += 1.0;
  double total = 0.0;
  for (std::size_t op = 0; op < kOperators; ++op) total += made[op] + options_.zeta;
  for (std::size_t op = 0; op < kOperators; ++op) probability_[op] = (made[op] + options_.zeta) / total;
}

std::size_t BorgOperators::choose(RowDraws& draws) const {
  double rest = draws.next_double();
  std::size_t op = 0;
  while (op + 1 < kOperators && rest >= probability_[op]) rest -= probability_[op++];
  return op;
}

void BorgOperators::clear() {
  for (Groups& groups : groups_) {
    groups.parents.clear();
    groups.children.clear();
  }
}

void BorgOperators::add(std::size_t op, std::span<const Slot> parents, std::span<const Slot> children) {
  groups_[op].parents.insert(groups_[op].parents.end(), parents.begin(), parents.end());
  groups_[op].children.insert(groups_[op].children.end(), children.begin(), children.end());
}

void BorgOperators::make(DecisionRows& x, std::uint32_t wave, Workers& workers) const {
  for (std::size_t op = 0; op < kUniform; ++op)
    crossovers_[op].apply(x, groups_[op].parents, groups_[op].children, generation_of(wave, op), workers);
  const Groups& uniform = groups_[kUniform];
  for (std::size_t c = 0; c < uniform.children.size(); ++c)
    std::copy_n(x.row_data(uniform.parents[c]), x.stride(), x.row_data(uniform.children[c]));
  mutate(x, uniform.children, wave);
}

void BorgOperators::mutate(DecisionRows& x, std::span<const Slot> rows, std::uint32_t wave) const {
  uniform_mutation(options_.uniform, bounds_, x, rows, {seed_, generation_of(wave, kUniform), Stage::mutate}, 0);
}

void BorgOperators::set_probabilities(std::span<const double> saved) {
  std::copy(saved.begin(), saved.end(), probability_.begin());
}

}  // namespace millrace
