#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "engine/data/columns.hpp"

namespace millrace {

/// p values adjusted for their number by Holm (1979), Scandinavian Journal of Statistics 6, 65-70, in the order given:
/// an adjusted value below alpha is rejected at a family-wise error of alpha. None gives none. O(k log k).
/// Throws std::invalid_argument where a value is not 0 to 1.
std::vector<double> holm(std::span<const double> p_values);

/// Friedman's test of k treatments over n blocks.
struct FriedmanResult {
  /// Mean rank of each treatment over the blocks, 1 for the least value.
  std::vector<double> mean_ranks;
  /// Friedman's statistic corrected for ties, and its p with k - 1 degrees of freedom.
  double chi_square = 0.0;
  double chi_square_p = 1.0;
  /// The less conservative statistic of Iman and Davenport, and its p with k - 1 and (k - 1) (n - 1) degrees of freedom.
  double f = 0.0;
  double f_p = 1.0;
};

/// Whether k treatments (algorithms: columns) differ over n blocks (problems: rows). Friedman (1937), DOI
/// 10.1080/01621459.1937.10503522, with correction for ties; Iman and Davenport (1980), DOI 10.1080/03610928008827904.
/// Where every block is one tie both p are 1; where all blocks agree completely f is infinite and f_p 0. Infinities are
/// ordered. O(n k log k). Throws std::invalid_argument where n or k is below 2 or a value is NaN.
FriedmanResult friedman(const Columns& values);

/// Critical difference of Nemenyi: two of k treatments differ at level `alpha` where their mean ranks over n blocks are
/// at least so far apart. q sqrt(k (k + 1) / (6 n)) with q the quantile 1 - alpha of the studentised range of k values
/// with infinitely many degrees of freedom, over sqrt(2): Demsar (2006), Journal of Machine Learning Research 7, 1-30.
/// Throws std::invalid_argument where treatments < 2, blocks < 1 or alpha is not between 0 and 1.
double nemenyi_critical_difference(std::size_t treatments, std::size_t blocks, double alpha = 0.05);

}  // namespace millrace
