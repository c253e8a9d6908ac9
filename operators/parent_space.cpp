#include "operators/parent_space.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <fmt/format.h>

namespace millrace {
namespace {

// Variables at a time: loops over a block are vectors, and its sums have a fixed order whatever the instruction set.
// Rows are padded to whole blocks.
constexpr std::size_t kBlock = 8;
using Block = std::array<double, kBlock>;

// Squared: products of deviations carry rounding errors of about 1e-15.
constexpr double kNothing = 1e-12;

/// 1 / width of the bounds, 0 where they coincide.
Block inverse_widths(const Bounds& bounds, std::size_t j) {
  Block inverse;
  for (std::size_t l = 0; l < kBlock; ++l) {
    const double width = bounds.upper_data()[j + l] - bounds.lower_data()[j + l];
    inverse[l] = width > 0.0 ? 1.0 / width : 0.0;
  }
  return inverse;
}

/// One block of every deviation, in widths of the bounds.
void deviations_at(const ParentRows& parents, std::size_t centred, const Bounds& bounds, std::size_t j,
                   std::array<Block, kMostParents>& deviation) {
  Block mean{};
  for (std::size_t k = 0; k < centred; ++k)
    for (std::size_t l = 0; l < kBlock; ++l) mean[l] += parents.row[k][j + l];
  const Block inverse = inverse_widths(bounds, j);
  const double share = 1.0 / static_cast<double>(centred);
  for (std::size_t k = 0; k < parents.count; ++k)
    for (std::size_t l = 0; l < kBlock; ++l) deviation[k][l] = (parents.row[k][j + l] - share * mean[l]) * inverse[l];
}

double sum(const Block& block) {
  return ((block[0] + block[4]) + (block[2] + block[6])) + ((block[1] + block[5]) + (block[3] + block[7]));
}

std::size_t padded(const Bounds& bounds) { return round_up(bounds.variables(), kBlock); }

template <bool kAdd>
void combine_rows(const ParentRows& parents, const Coefficients& weights, const Bounds& bounds, double* child) {
  const double* first = parents.row[0];
  for (std::size_t j = 0; j < padded(bounds); j += kBlock) {
    Block moved;
    const double* lower = bounds.lower_data() + j;
    const double* upper = bounds.upper_data() + j;
    for (std::size_t l = 0; l < kBlock; ++l)
      moved[l] = first[j + l] + (kAdd ? child[j + l] * (upper[l] - lower[l]) : 0.0);
    for (std::size_t k = 1; k < parents.count; ++k)
      for (std::size_t l = 0; l < kBlock; ++l) moved[l] += weights[k] * (parents.row[k][j + l] - first[j + l]);
    for (std::size_t l = 0; l < kBlock; ++l) child[j + l] = std::clamp(moved[l], lower[l], upper[l]);
  }
}

}  // namespace

std::string parent_space_error(const char* name, std::size_t fewest, std::size_t parents, std::size_t children) {
  if (parents < fewest || parents > kMostParents)
    return fmt::format("{}: parents is {}, but must be from {} to {}", name, parents, fewest, kMostParents);
  if (children == 0) return fmt::format("{}: children is 0, but must be at least 1", name);
  return {};
}

std::array<double, 2> normal_pair(RowDraws& draws) {
  // 1 - u is never 0.
  const double radius = std::sqrt(-2.0 * std::log(1.0 - draws.next_double()));
  const double angle = 2.0 * std::numbers::pi * draws.next_double();
  return {radius * std::cos(angle), radius * std::sin(angle)};
}

Coefficients normal_coefficients(RowDraws& draws, std::size_t count) {
  Coefficients normals{};
  for (std::size_t k = 0; k < count; k += 2) {
    const auto pair = normal_pair(draws);
    normals[k] = pair[0];
    if (k + 1 < count) normals[k + 1] = pair[1];
  }
  return normals;
}

ParentRows::ParentRows(const Mating& mating, std::size_t group, std::size_t parents) : row{}, count(parents) {
  for (std::size_t k = 0; k < parents; ++k) row[k] = mating.parent(parents * group + k);
}

void combine(const ParentRows& parents, const Coefficients& weights, const Bounds& bounds, double* child) {
  combine_rows<false>(parents, weights, bounds, child);
}

void combine_and_add(const ParentRows& parents, const Coefficients& weights, const Bounds& bounds, double* child) {
  combine_rows<true>(parents, weights, bounds, child);
}

ParentSpace::ParentSpace(const ParentRows& parents, std::size_t centred, const Bounds& bounds)
    : parents_(parents), centred_(centred), bounds_(bounds), lower_{} {
  add_products();
  factorise();
}

void ParentSpace::add_products() {
  std::array<Block, kMostParents> deviation;
  for (std::size_t j = 0; j < padded(bounds_); j += kBlock) {
    deviations_at(parents_, centred_, bounds_, j, deviation);
    for (std::size_t k = 0; k < parents_.count; ++k)
      for (std::size_t a = 0; a <= k; ++a) {
        Block product;
        for (std::size_t l = 0; l < kBlock; ++l) product[l] = deviation[k][l] * deviation[a][l];
        lower_[k][a] += sum(product);
      }
  }
}

void ParentSpace::factorise() {
  for (std::size_t k = 0; k < parents_.count; ++k) {
    const double squared_length = lower_[k][k];
    for (std::size_t a = 0; a <= k; ++a) {
      double rest = lower_[k][a];
      for (std::size_t b = 0; b < a; ++b) rest -= lower_[k][b] * lower_[a][b];
      if (a < k) lower_[k][a] = lower_[a][a] > 0.0 ? rest / lower_[a][a] : 0.0;
      else lower_[k][k] = rest > kNothing * squared_length ? std::sqrt(rest) : 0.0;
    }
  }
}

double ParentSpace::length(std::size_t k) const {
  double squared = 0.0;
  for (std::size_t a = 0; a <= k; ++a) squared += lower_[k][a] * lower_[k][a];
  return std::sqrt(squared);
}

Coefficients ParentSpace::deviations_of(Coefficients coordinates, std::size_t count) const {
  for (std::size_t a = count; a-- > 0;) {
    coordinates[a] = lower_[a][a] > 0.0 ? coordinates[a] / lower_[a][a] : 0.0;
    for (std::size_t b = 0; b < a; ++b) coordinates[b] -= coordinates[a] * lower_[a][b];
  }
  return coordinates;
}

Coefficients ParentSpace::coordinates_of(const double* row, std::size_t count) const {
  Coefficients along{};
  std::array<Block, kMostParents> deviation;
  for (std::size_t j = 0; j < padded(bounds_); j += kBlock) {
    deviations_at(parents_, centred_, bounds_, j, deviation);
    for (std::size_t k = 0; k < count; ++k) {
      Block product;
      for (std::size_t l = 0; l < kBlock; ++l) product[l] = deviation[k][l] * row[j + l];
      along[k] += sum(product);
    }
  }
  for (std::size_t a = 0; a < count; ++a) {
    for (std::size_t b = 0; b < a; ++b) along[a] -= lower_[a][b] * along[b];
    along[a] = lower_[a][a] > 0.0 ? along[a] / lower_[a][a] : 0.0;
  }
  return along;
}

}  // namespace millrace
