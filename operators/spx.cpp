#include "operators/spx.hpp"

#include <cmath>

#include <fmt/format.h>

#include "operators/parent_space.hpp"

namespace millrace {
namespace {

/// Barycentric coordinates of a uniform point of a simplex: vertex after vertex, each mixed with what was made of those
/// before it.
Coefficients uniform_in_simplex(std::size_t vertices, RowDraws& draws) {
  Coefficients share{};
  share[0] = 1.0;
  for (std::size_t k = 1; k < vertices; ++k) {
    const double kept = std::pow(draws.next_double(), 1.0 / static_cast<double>(k));
    for (std::size_t b = 0; b < k; ++b) share[b] *= kept;
    share[k] = 1.0 - kept;
  }
  return share;
}

}  // namespace

std::string SpxOptions::error() const {
  if (!(expansion > 0.0 && expansion <= 100.0))
    return fmt::format("spx: expansion is {}, but must be above 0 and at most 100", expansion);
  return parent_space_error("spx", 2, parents, children);
}

void spx(const SpxOptions& options, const Bounds& bounds, const Mating& mating, StreamKey key, GroupRange range) {
  const double centre = (1.0 - options.expansion) / static_cast<double>(options.parents);
  for (std::size_t q = range.first; q < range.last; ++q) {
    RowDraws draws(key, static_cast<std::uint32_t>(q));
    const ParentRows parents(mating, q, options.parents);
    for (std::size_t c = 0; c < options.children; ++c) {
      double* child = mating.child(options.children * q + c);
      if (child == nullptr) break;
      Coefficients weights = uniform_in_simplex(options.parents, draws);
      for (double& weight : weights) weight = options.expansion * weight + centre;
      combine(parents, weights, bounds, child);
    }
  }
}

}  // namespace millrace
