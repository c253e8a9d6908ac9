#include "engine/select/resource_allocation.hpp"

#include <algorithm>

namespace millrace {
namespace {

constexpr std::size_t kTournament = 10;
constexpr double kWorthwhileFall = 1e-3;

}  // namespace

ResourceAllocation::ResourceAllocation(const ReferenceDirections& directions) : utility_(directions.count(), 1.0) {
  if (directions.objectives() == 1) return;  // every direction is the axis
  for (std::uint32_t j = 0; j < directions.count(); ++j)
    for (std::size_t k = 0; k < directions.objectives(); ++k)
      if (directions.weights()(j, k) == 1.0) axes_.push_back(j);
}

void ResourceAllocation::choose(std::size_t count, StreamKey key, std::vector<std::uint32_t>& chosen) const {
  RowDraws draws(key, 0);
  const auto n = static_cast<std::uint32_t>(utility_.size());
  chosen.assign(axes_.begin(), axes_.begin() + static_cast<std::ptrdiff_t>(std::min(count, axes_.size())));
  while (chosen.size() < count) {
    std::uint32_t winner = draws.below(n);
    for (std::size_t round = 1; round < kTournament; ++round) {
      const std::uint32_t rival = draws.below(n);
      if (utility_[rival] > utility_[winner]) winner = rival;
    }
    chosen.push_back(winner);
  }
}

void ResourceAllocation::learn(std::span<const double> before, std::span<const double> now) {
  for (std::size_t j = 0; j < utility_.size(); ++j) {
    const double fall = before[j] == now[j] ? 0.0 : (before[j] - now[j]) / before[j];
    // Written so that a fall that is not a number is a great one.
    if (fall <= kWorthwhileFall) utility_[j] *= 0.95 + 0.05 * std::max(0.0, fall) / kWorthwhileFall;
    else utility_[j] = 1.0;
  }
}

}  // namespace millrace
