#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/parallel/workers.hpp"
#include "engine/select/reference_directions.hpp"

namespace millrace {

/// The `size` nearest directions of every direction by Euclidean distance, itself first; ties go to the lower index,
/// among equal directions to the next in a ring (Zhang and Li 2007, doi:10.1109/TEVC.2007.892759, step 1.2).
///
/// On a Das-Dennis lattice the neighbours are found by walking the offsets of the lattice in order of their length,
/// O(N T) away from the corners; elsewhere all distances are compared, O(N^2 M).
class Neighbourhood {
 public:
  /// `size` is cut to the number of directions.
  Neighbourhood(const ReferenceDirections& directions, std::size_t size, Workers& workers);

  std::size_t size() const { return size_; }
  /// Neighbours of direction i, nearest first.
  std::span<const std::uint32_t> of(std::size_t i) const { return {nearest_.data() + i * size_, size_}; }

 private:
  std::size_t size_;
  std::vector<std::uint32_t> nearest_;
};

}  // namespace millrace
