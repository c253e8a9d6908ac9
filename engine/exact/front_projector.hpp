#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "engine/exact/clp_solver.hpp"
#include "engine/problem/linear_form.hpp"

namespace millrace {

/// Where a line meets the exact front.
struct Projection {
  /// t: how far the start had to move along the direction; negative where it could improve.
  double distance = 0.0;
  /// An efficient solution, no worse than start + t * direction * range in any objective.
  std::vector<double> objectives;
  std::vector<double> decisions;
  /// sum_k weights[k] f_k >= offset holds for every feasible solution (dual_bound), weights >= 0.
  std::vector<double> weights;
  double offset = 0.0;
  /// t cannot be less than this, by those weights: offset - weights * start, over weights * (direction * range).
  double distance_bound = 0.0;
};

/// Whether and how a projection becomes efficient and not only weakly so.
enum class Improvement {
  /// The least t alone: its weights and bound are sharp, its solution may be improved in some objectives.
  none,
  /// One program: t minus 1e-4 times all improvement beyond it. Efficient; t may exceed the least one by 1e-4 times the
  /// improvement that bought.
  together,
  /// The least t, then a second program that holds it and improves what is left.
  afterwards
};

/// Moves every objective that has a range by the same share of it; every objective by 1 where none has a range.
std::vector<double> even_direction(std::span<const double> range);

/// The scalarisation of Pascoletti and Serafini (doi:10.1007/BF00934564) on a linear form: minimise t such that
/// f_k(x) + e_k = from_k + t * direction_k * range_k, e >= 0, followed by (or together with) maximising the sum of e.
///
/// One direction for all lines covers the front where rays from the ideal point do not: those leave it. Each projection
/// starts from the basis of the one before, so neighbours belong after one another. The same sequence of calls gives the
/// same bits. One object belongs to one thread at a time; `form` must outlive it.
class FrontProjector {
 public:
  /// `range` > 0 scales each objective; an objective of range 0 is only kept from getting worse.
  /// Throws std::invalid_argument with form.error() or where the range does not have m finite values >= 0.
  FrontProjector(const LinearForm& form, std::span<const double> range, Improvement improvement);

  /// Along even_direction(range).
  const Projection& project(std::span<const double> from);
  /// `direction` has m values >= 0, one of them positive, as shares of the range (1 where that is 0). Throws std::runtime_error where the program has no optimum,
  /// std::invalid_argument where `from` is not finite.
  const Projection& project(std::span<const double> from, std::span<const double> direction);

  std::size_t programs() const { return programs_; }
  std::size_t iterations() const { return solver_.iterations(); }

 private:
  void set_line(std::span<const double> from, std::span<const double> direction);
  void minimise_distance();
  void improve_rest();
  void read_bound(std::span<const double> from);
  void read_solution();
  std::size_t objective_row(std::size_t k) const { return form_.rows.size() + k; }
  std::size_t slack_column(std::size_t k) const { return distance_column_ + 1 + k; }

  const LinearForm& form_;
  std::vector<double> scale_;
  std::vector<double> even_;
  std::vector<double> direction_;
  Improvement improvement_;
  std::size_t distance_column_;
  ClpSolver solver_;
  Projection projection_;
  std::vector<double> reduced_;
  std::size_t programs_ = 0;
};

}  // namespace millrace
