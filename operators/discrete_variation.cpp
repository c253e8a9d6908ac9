#include "operators/discrete_variation.hpp"

#include <algorithm>
#include <cmath>

#include "operators/group_draws.hpp"

namespace millrace {
namespace {

/// Up with the probability of the part behind the point.
double rounded(const Bounds& bounds, std::size_t j, double value, double unit) {
  return std::clamp(std::floor(value + unit), bounds.lower(j), bounds.upper(j));
}

/// Group q of a crossover whose children take each level from a parent.
void scan_group(const DiscreteCrossover& crossover, const Bounds& bounds, const Mating& mating, std::size_t q,
                RowDraws draws) {
  const auto parents = static_cast<std::uint32_t>(crossover.parents);
  for (const std::uint32_t j : bounds.discrete()) {
    const bool integer = bounds.kind(j) == VariableKind::integer;
    const std::uint32_t first = integer ? 0 : draws.below(parents);
    for (std::size_t c = 0; c < crossover.children; ++c) {
      // Drawn for a child without a slot too, so that it changes nobody else's.
      const double unit = integer ? draws.next_double() : 0.0;
      double* child = mating.child(crossover.children * q + c);
      if (child == nullptr) continue;
      if (integer) child[j] = rounded(bounds, j, child[j], unit);
      else child[j] = mating.parent(crossover.parents * q + (first + c) % parents)[j];
    }
  }
}

/// One level from `base` in the direction of the difference, where there is one.
double stepped(const Bounds& bounds, std::size_t j, double base, double difference) {
  if (difference == 0.0) return base;
  if (bounds.kind(j) == VariableKind::binary) return bounds.lower(j) + bounds.upper(j) - base;
  return std::clamp(base + std::copysign(1.0, difference), bounds.lower(j), bounds.upper(j));
}

/// Group q of differential evolution; `forced` comes from the mutant whatever its coin.
void differ_group(const DifferentialOptions& options, const Bounds& bounds, const Mating& mating, std::size_t q,
                  double forced, RowDraws draws) {
  const bool crosses = options.scheme == DifferentialOptions::Scheme::rand_1_bin;
  double* child = mating.child(q);
  for (const std::uint32_t j : bounds.discrete()) {
    const double coin = draws.next_double();
    const double step_coin = draws.next_double();
    if (bounds.kind(j) == VariableKind::integer) {
      child[j] = rounded(bounds, j, child[j], coin);
      continue;
    }
    const double target = mating.parent(4 * q)[j];
    const double r1 = mating.parent(4 * q + 1)[j];
    const double difference = step_coin < options.f ? mating.parent(4 * q + 2)[j] - mating.parent(4 * q + 3)[j] : 0.0;
    if (crosses) {
      const bool from_mutant = coin < options.cr || static_cast<double>(j) == forced;
      child[j] = from_mutant ? stepped(bounds, j, r1, difference) : target;
    } else {
      child[j] = stepped(bounds, j, coin < options.k ? r1 : target, difference);
    }
  }
}

/// 1, 2, ..., room with a geometric distribution of that mean before the cut at `room`, by inversion.
double cut_geometric(double mean, double room, double unit) {
  const double stay = 1.0 - 1.0 / mean;
  if (stay == 0.0) return 1.0;
  const double scale = std::log(stay);
  const double mass = -std::expm1(room * scale);
  return std::clamp(1.0 + std::floor(std::log1p(-unit * mass) / scale), 1.0, room);
}

double mutated(const Bounds& bounds, std::size_t j, double eta, double value, RowDraws& draws) {
  const double lower = bounds.lower(j);
  const double upper = bounds.upper(j);
  const double coin = draws.next_double();
  const double unit = draws.next_double();
  if (lower == upper) return value;
  if (bounds.kind(j) == VariableKind::binary) return lower + upper - value;
  const bool up = value == lower || (value < upper && coin < 0.5);
  const double room = up ? upper - value : value - lower;
  const bool ordinal = bounds.kind(j) == VariableKind::ordinal;
  const double step = ordinal ? 1.0 : cut_geometric(std::max(1.0, (upper - lower) / (eta + 2.0)), room, unit);
  return up ? value + step : value - step;
}

StreamKey with_stage(StreamKey key, Stage stage) { return {key.seed, key.generation, stage}; }

}  // namespace

void discrete_crossover(const DiscreteCrossover& crossover, const Bounds& bounds, const Mating& mating, StreamKey key,
                        GroupRange range) {
  const StreamKey own = with_stage(key, Stage::discrete_crossover);
  const double variables = static_cast<double>(bounds.variables());
  GroupDraws coins(key);
  for (std::size_t q = range.first; q < range.last; ++q) {
    const RowDraws draws(own, static_cast<std::uint32_t>(q));
    if (crossover.differential != nullptr) {
      differ_group(*crossover.differential, bounds, mating, q, std::floor(unit_double(coins(q)) * variables), draws);
    } else if (crossover.probability >= 1.0 || unit_double(coins(q)) < crossover.probability) {
      scan_group(crossover, bounds, mating, q, draws);
    }
  }
}

void discrete_mutation(const PolynomialMutationOptions& options, const Bounds& bounds, DecisionRows& x,
                       std::span<const Slot> slots, StreamKey key, std::uint32_t first_row) {
  const std::span<const std::uint32_t> discrete = bounds.discrete();
  const double probability = options.probability.value_or(1.0 / static_cast<double>(bounds.variables()));
  // From -infinity (never) to -0 (always): what turns the logarithm of a uniform number into a gap.
  const double gap_scale = 1.0 / std::log1p(-probability);
  const StreamKey own = with_stage(key, Stage::discrete_mutation);
  for (std::size_t i = 0; i < slots.size(); ++i) {
    RowDraws draws(own, first_row + static_cast<std::uint32_t>(i));
    double* row = x.row_data(slots[i]);
    const auto gap = [&] { return std::floor(std::log1p(-draws.next_double()) * gap_scale); };
    // A gap without an end may be NaN: 0 times infinity.
    for (double at = gap(); at < static_cast<double>(discrete.size()); at += 1.0 + gap()) {
      const std::uint32_t j = discrete[static_cast<std::size_t>(at)];
      row[j] = mutated(bounds, j, options.eta, row[j], draws);
    }
  }
}

Bounds bounds_of_reals(Bounds bounds) {
  for (const std::uint32_t j : bounds.discrete()) bounds.set(j, bounds.lower(j), bounds.lower(j));
  return bounds;
}

}  // namespace millrace
