#pragma once

#include <cstddef>
#include <span>

#include "engine/data/aligned.hpp"
#include "engine/data/columns.hpp"
#include "engine/data/decision_rows.hpp"
#include "engine/data/population.hpp"

namespace millrace {

/// Individuals of one tile. A lane is an individual; 64 lanes fill eight AVX-512 registers or one cache line eight
/// times.
inline constexpr std::size_t kLanes = 64;

/// Decisions of up to 64 individuals, transposed: column(j) holds variable j of every lane, contiguous and aligned.
///
/// Lanes from count() to 63 repeat the last individual, so that a problem may always compute all 64 without a mask.
class Tile {
 public:
  Tile() = default;
  explicit Tile(std::size_t variables)
      // As many columns as a padded row has entries, so that whole vectors of a row are transposed.
      : variables_(variables), values_(round_up(variables, kAlignment / sizeof(double)) * kLanes, 0.0) {}

  std::size_t variables() const { return variables_; }
  std::size_t count() const { return count_; }
  double* column(std::size_t j) { return values_.data() + j * kLanes; }
  const double* column(std::size_t j) const { return values_.data() + j * kLanes; }

  /// Loads the rows named by `slots` (1 to 64 of them) as lanes.
  void gather(const DecisionRows& rows, std::span<const Slot> slots);
  /// Writes the lanes back to the rows named by `slots`, which must be those that were gathered.
  void scatter(DecisionRows& rows, std::span<const Slot> slots) const;

 private:
  std::size_t variables_ = 0;
  std::size_t count_ = 0;
  AlignedVector<double> values_;
};

/// Results of one tile: 64 lanes an objective and 64 lanes a constraint, contiguous and aligned.
class Outcome {
 public:
  Outcome() = default;
  Outcome(std::size_t objectives, std::size_t constraints)
      : objectives_(objectives), constraints_(constraints), values_((objectives + constraints) * kLanes, 0.0) {}

  std::size_t objectives() const { return objectives_; }
  std::size_t constraints() const { return constraints_; }
  /// Objective k of every lane, to be minimised: a problem negates what it maximises.
  double* objective(std::size_t k) { return values_.data() + k * kLanes; }
  const double* objective(std::size_t k) const { return values_.data() + k * kLanes; }
  /// Constraint c of every lane in its own unit; satisfied where <= 0.
  double* constraint(std::size_t c) { return values_.data() + (objectives_ + c) * kLanes; }
  const double* constraint(std::size_t c) const { return values_.data() + (objectives_ + c) * kLanes; }

 private:
  std::size_t objectives_ = 0;
  std::size_t constraints_ = 0;
  AlignedVector<double> values_;
};

}  // namespace millrace
