#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/exact/clp_solver.hpp"

namespace millrace {

/// A linear program with columns that are products and powers of others: minimise cost * x over the bounds and rows of
/// `linear`, where every product, power and switch holds. All bounds are finite and not negative.
struct BilinearProgram {
  /// Column `value` is column `flow` times column `level`. Where every level is fixed, what is left is linear: branching
  /// is on levels.
  struct Product {
    std::uint32_t value = 0;
    std::uint32_t flow = 0;
    std::uint32_t level = 0;
  };
  /// Column `value` is column `base` to an exponent in (0, 1); its cost is not negative.
  struct Power {
    std::uint32_t value = 0;
    std::uint32_t base = 0;
    double exponent = 1.0;
  };

  LinearProgram linear;
  /// Added to the cost.
  double constant = 0.0;
  std::vector<Product> products;
  std::vector<Power> powers;
  /// Columns that are 0 or 1.
  std::vector<std::uint32_t> switches;
  /// Rows of `linear` whose lower side may be dropped without making anything cheaper: searching for solutions is easier
  /// without it, and bounds are better with it.
  std::vector<std::uint32_t> one_sided;

  std::size_t columns() const { return linear.cost.size(); }
  double cost_of(std::span<const double> values) const;
  /// One sentence where the promises above are broken, else empty.
  std::string error() const;
};

/// The same program with every column as a share of its upper bound, rows and cost divided by their largest
/// coefficient: of the order of 1 whatever the units are. A simplex method on mg/L next to m3/h next to g/h calls
/// programs infeasible that are not.
struct ScaledProgram {
  explicit ScaledProgram(const BilinearProgram& program);

  BilinearProgram program;
  /// Of each column: its unit in the original program; of the cost likewise.
  std::vector<double> unit;
  double cost_unit = 1.0;

  /// A cost of the original program, in units of the scaled one, and back.
  double scaled_cost(double cost) const { return (cost - constant_) / cost_unit; }
  double original_cost(double scaled) const { return scaled * cost_unit + constant_; }
  std::vector<double> original(std::span<const double> scaled) const;

 private:
  double constant_ = 0.0;
};

}  // namespace millrace
