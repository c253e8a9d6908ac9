#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/random/philox.hpp"
#include "engine/select/reference_directions.hpp"

namespace millrace {

/// Which subproblems of a decomposition are worth children: MOEA/D-DRA, Zhang, Liu and Li 2009,
/// doi:10.1109/CEC.2009.4982949. A subproblem whose value fell by more than 0.1 % has utility 1; the utility of
/// another is multiplied by 0.95 + 0.05 (relative fall) / 0.1 %.
class ResourceAllocation {
 public:
  explicit ResourceAllocation(const ReferenceDirections& directions);

  /// `count` subproblems: those on the axes first, the others by tournaments of ten by utility, ties to the first
  /// drawn. One may occur more than once. The draws are those of row 0 of `key`.
  void choose(std::size_t count, StreamKey key, std::vector<std::uint32_t>& chosen) const;

  /// Values of every subproblem then and now, minimised; a value that rose counts as no fall, one that was not a number
  /// as a great one.
  void learn(std::span<const double> before, std::span<const double> now);

  std::span<double> utility() { return utility_; }
  std::span<const double> utility() const { return utility_; }

 private:
  std::vector<std::uint32_t> axes_;
  std::vector<double> utility_;
};

}  // namespace millrace
