#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/data/aligned.hpp"
#include "engine/data/columns.hpp"
#include "engine/parallel/workers.hpp"
#include "engine/select/neighbourhood.hpp"
#include "engine/select/reference_directions.hpp"

namespace millrace {

/// How a vector of normalised objectives y >= 0 becomes one number for a direction w, to be minimised.
enum class Scalarisation {
  /// max w_k y_k (Zhang and Li 2007, doi:10.1109/TEVC.2007.892759).
  tchebycheff,
  /// max y_k / w_k: its optimum lies on the ray of the direction.
  modified_tchebycheff,
  /// d1 + theta d2: distance along the direction and from it (Zhang and Li 2007).
  pbi,
  /// sum w_k y_k.
  weighted_sum
};

struct DecompositionOptions {
  Scalarisation scalarisation = Scalarisation::pbi;
  /// Penalty of pbi.
  double theta = 5.0;

  /// One sentence where an option is out of its range, else empty.
  std::string error() const;
};

/// Points to be scalarised, one contiguous column an objective, and their total violations.
struct ScalarPoints {
  const Columns& y;
  std::span<const double> violation;
};

/// Scalar subproblems, one a direction: values of their own points, and which of them a newcomer improves.
///
/// A newcomer improves a subproblem where its violation is less, or equal and its value less; a value that is not a
/// number improves nothing. A weight below 1e-6 counts as 1e-6 in the Tchebycheff forms. The sums are fused from
/// objective 0 upwards, so AVX2 and AVX-512 give the same bits.
class Decomposition {
 public:
  /// At most 64 neighbours.
  Decomposition(const ReferenceDirections& directions, const Neighbourhood& neighbourhood,
                DecompositionOptions options);

  /// Another penalty of pbi from now on: values change with it.
  void set_theta(double theta) { options_.theta = theta; }

  /// values[j] = value of point j for direction j, a point a subproblem. O(N M).
  void own_values(const Columns& y, std::span<double> values) const;

  /// Compares newcomer i with the owners of the neighbours of direction centres[i]: bit t of improves[i] says that it
  /// improves neighbour t, and then gains[i * stride() + t] is its value there. `newcomers.violation` has an entry for each
  /// of `centres`, its columns at least as many. O(n T M).
  void compare(const ScalarPoints& newcomers, const ScalarPoints& owners, std::span<const double> owner_values,
               std::span<const std::uint32_t> centres, std::span<std::uint64_t> improves, std::span<double> gains,
               Workers& workers);

  /// Values kept a newcomer: the neighbourhood rounded up to whole vectors.
  std::size_t stride() const { return stride_; }

 private:
  DecompositionOptions options_;
  std::size_t neighbours_;
  std::size_t stride_;
  /// Per direction: w, 1/w or w/|w|, as the scalarisation wants it; count x M.
  Columns weights_;
  /// The same per neighbourhood: block i holds M rows of stride() weights.
  AlignedVector<double> neighbour_weights_;
  /// The same in single precision, and so the owners' values of the last comparison.
  AlignedVector<float> coarse_weights_;
  AlignedVector<float> coarse_values_;
  AlignedVector<std::int32_t> neighbour_index_;
};

}  // namespace millrace
