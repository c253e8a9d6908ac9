#pragma once

#include <span>
#include <vector>

namespace millrace {

/// A Gaussian process with a constant mean, one length scale over standardised inputs (squared exponential) and
/// measurement noise; all three of the greatest marginal likelihood on a grid (Rasmussen and Williams 2006, chapters 2
/// and 5). The data model that hybrids are compared with. O(rows^3) a point of the grid.
class GaussianProcess {
 public:
  /// `rows` row-major, targets.size() >= 2 of them.
  static GaussianProcess fit(std::span<const double> rows, std::span<const double> targets, std::size_t inputs);
  /// The posterior mean. O(rows inputs).
  double at(std::span<const double> u) const;

 private:
  std::vector<double> mean_;
  std::vector<double> scale_;
  /// Standardised training rows.
  std::vector<double> rows_;
  double length_ = 1.0;
  double level_ = 0.0;
  /// (K + noise I)^-1 (targets - level).
  std::vector<double> weights_;
};

}  // namespace millrace
