#include "engine/select/association.hpp"

#include <algorithm>
#include <vector>

#include "engine/select/direction_search.hpp"
#include "engine/select/lattice_association.hpp"

namespace millrace {
namespace {

/// Upper end of a normalised objective: its square and every sum of squares are finite.
constexpr double kFarthest = 1e60;

/// Where the lattice pays: from 7 objectives on rounding decides too few points, and few directions are soon compared.
constexpr std::size_t kMostLatticeObjectives = 6;
constexpr std::size_t kFewestLatticeDirections = 256;
/// Blocks of points compared with every direction that are worth a task of 100 us, `weights` numbers to multiply a
/// point with, about 30 of them a nanosecond. (A block of lattice association takes some 10 us.)
std::size_t compared_blocks(std::size_t weights) {
  return std::max<std::size_t>(1, 100'000 * 30 / PointBlock::kMost / std::max<std::size_t>(weights, 1));
}
/// From here on searching the lattice for an undecided point is faster than comparing it with all.
constexpr std::size_t kFewestSearchedDirections = 2048;

}  // namespace

struct Association::Memory {
  /// What one thread works with.
  struct Bench {
    PointBlock block;
    PointBlock unproven;
    LatticePoints lattice;
  };

  void load(PointBlock& block, const Columns& f, std::span<const Slot> members, std::span<const double> ideal) const;
  void associate(Bench& bench, const Columns& units) const;

  std::vector<Bench> benches;
  LatticeAssociation lattice;
  bool use_lattice = false;
  std::vector<double> inverse_range;
  std::vector<std::uint32_t> nearest;
  std::vector<double> distance;
  std::size_t directions = 0;
};

Association::Association() : memory_(std::make_unique<Memory>()) {}
Association::~Association() = default;
Association::Association(Association&&) noexcept = default;
Association& Association::operator=(Association&&) noexcept = default;

std::span<const std::uint32_t> Association::nearest() const { return memory_->nearest; }
std::span<const double> Association::distance() const { return memory_->distance; }
std::size_t Association::directions() const { return memory_->directions; }

void Association::compute(const Columns& f, std::span<const Slot> members, std::span<const double> ideal,
                          std::span<const double> range, const ReferenceDirections& directions, Workers& workers) {
  Memory& memory = *memory_;
  const std::size_t m = f.columns();
  memory.directions = directions.count();
  memory.nearest.resize(members.size());
  memory.distance.resize(members.size());
  memory.inverse_range.resize(m);
  for (std::size_t k = 0; k < m; ++k) memory.inverse_range[k] = 1.0 / range[k];
  memory.use_lattice = directions.lattice_divisions() && m >= 2 && m <= kMostLatticeObjectives &&
                       directions.count() >= kFewestLatticeDirections;
  if (memory.use_lattice)
    memory.lattice.prepare(m, *directions.lattice_divisions(), directions.count() >= kFewestSearchedDirections);
  if (memory.benches.size() < workers.threads()) memory.benches.resize(workers.threads());

  const std::size_t grain = PointBlock::kMost * (memory.use_lattice ? 8 : compared_blocks(directions.count() * m));
  workers.for_blocks(members.size(), grain, [&](std::size_t begin, std::size_t end) {
    Memory::Bench& bench = memory.benches[workers.thread_index()];
    bench.block.shape(m);
    for (std::size_t first = begin; first < end; first += PointBlock::kMost) {
      const std::size_t count = std::min(PointBlock::kMost, end - first);
      memory.load(bench.block, f, members.subspan(first, count), ideal);
      memory.associate(bench, directions.units());
      measure_distances(directions.units(), bench.block);
      std::copy_n(bench.block.nearest.begin(), count, memory.nearest.begin() + static_cast<std::ptrdiff_t>(first));
      std::copy_n(bench.block.distance.begin(), count, memory.distance.begin() + static_cast<std::ptrdiff_t>(first));
    }
  });
}

void Association::Memory::load(PointBlock& block, const Columns& f, std::span<const Slot> members,
                               std::span<const double> ideal) const {
  block.count = members.size();
  for (std::size_t k = 0; k < block.m; ++k) {
    const double* column = f.column_data(k);
    double* y = block.y.data() + k * PointBlock::kMost;
    for (std::size_t i = 0; i < block.count; ++i) {
      const double value = (column[members[i]] - ideal[k]) * inverse_range[k];
      const double positive = value > 0.0 ? value : 0.0;
      y[i] = positive < kFarthest ? positive : kFarthest;
    }
    std::fill(y + block.count, y + block.padded(), 0.0);
  }
}

void Association::Memory::associate(Bench& bench, const Columns& units) const {
  PointBlock& block = bench.block;
  if (!use_lattice) return search_directions(units, block);

  bench.lattice.shape(block.m);
  std::fill(block.nearest.begin() + static_cast<std::ptrdiff_t>(block.count), block.nearest.end(), 0);
  if (lattice.associate(block, bench.lattice) == 0) return;
  PointBlock& unproven = bench.unproven;
  unproven.shape(block.m);
  unproven.count = 0;
  for (std::size_t i = 0; i < block.count; ++i) {
    if (block.nearest[i] >= 0) continue;
    for (std::size_t k = 0; k < block.m; ++k)
      unproven.y[k * PointBlock::kMost + unproven.count] = block.y[k * PointBlock::kMost + i];
    ++unproven.count;
  }
  for (std::size_t k = 0; k < block.m; ++k)
    std::fill_n(unproven.y.begin() + static_cast<std::ptrdiff_t>(k * PointBlock::kMost + unproven.count),
                unproven.padded() - unproven.count, 0.0);
  search_directions(units, unproven);
  for (std::size_t i = 0, u = 0; i < block.count; ++i)
    if (block.nearest[i] < 0) block.nearest[i] = unproven.nearest[u++];
}

}  // namespace millrace
