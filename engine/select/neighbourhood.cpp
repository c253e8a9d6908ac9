#include "engine/select/neighbourhood.hpp"

#include <algorithm>
#include <cmath>

#include "engine/select/lattice_offsets.hpp"

namespace millrace {
namespace {

struct Neighbour {
  double distance;
  std::uint32_t index;
  /// Decides between equal distances.
  std::uint32_t order;
  bool operator<(const Neighbour& other) const {
    return distance != other.distance ? distance < other.distance : order < other.order;
  }
};

/// Directions closer than this are equally far for all that rounding of their coordinates tells.
constexpr double kSameDistance = 1e-12;

void by_comparison(const Columns& weights, std::size_t i, std::span<std::uint32_t> nearest,
                   std::vector<Neighbour>& all) {
  const std::size_t n = weights.rows();
  all.resize(n);
  for (std::size_t j = 0; j < n; ++j) all[j] = {0.0, static_cast<std::uint32_t>(j), static_cast<std::uint32_t>(j)};
  for (std::size_t k = 0; k < weights.columns(); ++k) {
    const double* column = weights.column_data(k);
    for (std::size_t j = 0; j < n; ++j) all[j].distance += (column[j] - column[i]) * (column[j] - column[i]);
  }
  for (auto& neighbour : all) {
    // Symmetric offsets of a lattice differ in the last bits only: they count as equally far.
    neighbour.distance = std::floor(neighbour.distance / kSameDistance + 0.5);
    // Equal directions stand in a ring, so that everybody has neighbours of its own.
    if (neighbour.distance == 0.0) neighbour.order = static_cast<std::uint32_t>((neighbour.index + n - i) % n);
  }
  const auto last = all.begin() + static_cast<std::ptrdiff_t>(nearest.size());
  std::partial_sort(all.begin(), last, all.end());
  for (std::size_t t = 0; t < nearest.size(); ++t) nearest[t] = all[t].index;
}

}  // namespace

Neighbourhood::Neighbourhood(const ReferenceDirections& directions, std::size_t size, Workers& workers)
    : size_(std::min(size, directions.count())), nearest_(directions.count() * size_) {
  const std::size_t n = directions.count();
  const auto row = [&](std::size_t i) { return std::span<std::uint32_t>(nearest_.data() + i * size_, size_); };
  if (directions.lattice_divisions()) {
    const LatticeOffsets offsets(directions.objectives(), *directions.lattice_divisions(), size_);
    if (offsets.sufficient()) {
      workers.for_blocks(n, 512, [&](std::size_t begin, std::size_t end) {
        LatticeOffsets::Walk walk(offsets, begin);
        for (std::size_t i = begin; i < end; ++i, walk.advance()) walk.nearest(row(i));
      });
      return;
    }
  }
  workers.for_blocks(n, 64, [&](std::size_t begin, std::size_t end) {
    std::vector<Neighbour> all;
    for (std::size_t i = begin; i < end; ++i) by_comparison(directions.weights(), i, row(i), all);
  });
}

}  // namespace millrace
