#include "operators/pcx.hpp"

#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "operators/parent_space.hpp"

namespace millrace {
namespace {

/// Mean distance of the other parents to the line through the mean and parent 0.
double mean_distance(const ParentSpace& space, std::size_t parents) {
  double distance = 0.0;
  for (std::size_t k = 1; k < parents; ++k) {
    double squared = 0.0;
    for (std::size_t a = 1; a <= k; ++a) squared += space.coordinate(k, a) * space.coordinate(k, a);
    distance += std::sqrt(squared);
  }
  return distance / static_cast<double>(parents - 1);
}

/// A child of parent 0.
void make_child(const PcxOptions& options, const Bounds& bounds, const ParentRows& parents, RowDraws& draws,
                double* child) {
  const ParentSpace space(parents, parents.count, bounds);
  const double across = options.eta * mean_distance(space, parents.count);
  Coefficients step = normal_coefficients(draws, parents.count);
  step[0] *= options.zeta * space.coordinate(0, 0);
  for (std::size_t a = 1; a < parents.count; ++a) step[a] *= across;
  Coefficients weights = space.deviations_of(step, parents.count);
  // A deviation is a parent less the mean.
  double total = 0.0;
  for (std::size_t k = 0; k < parents.count; ++k) total += weights[k];
  for (std::size_t k = 0; k < parents.count; ++k) weights[k] -= total / static_cast<double>(parents.count);
  weights[0] += 1.0;
  combine(parents, weights, bounds, child);
}

}  // namespace

std::string PcxOptions::error() const {
  if (!(zeta >= 0.0 && zeta <= 100.0)) return fmt::format("pcx: zeta is {}, but must be from 0 to 100", zeta);
  if (!(eta >= 0.0 && eta <= 100.0)) return fmt::format("pcx: eta is {}, but must be from 0 to 100", eta);
  return parent_space_error("pcx", 2, parents, children);
}

void pcx(const PcxOptions& options, const Bounds& bounds, const Mating& mating, StreamKey key, GroupRange range) {
  for (std::size_t q = range.first; q < range.last; ++q) {
    RowDraws draws(key, static_cast<std::uint32_t>(q));
    const ParentRows parents(mating, q, options.parents);
    for (std::size_t c = 0; c < options.children; ++c) {
      double* child = mating.child(options.children * q + c);
      if (child == nullptr) break;
      ParentRows own_first = parents;
      std::swap(own_first.row[0], own_first.row[draws.below(static_cast<std::uint32_t>(options.parents))]);
      make_child(options, bounds, own_first, draws, child);
    }
  }
}

}  // namespace millrace
