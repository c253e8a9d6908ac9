#pragma once

#include <cstddef>

#include "problems/suite/dtlz.hpp"

namespace millrace {

/// Constraints of Jain and Deb (2014), named by their problems.
enum class DtlzConstraint { c1_dtlz1, c1_dtlz3, c2_dtlz2, convex_c2_dtlz2, c3_dtlz1, c3_dtlz4 };

/// Number of the DTLZ problem whose objectives the constraint is put on: 1 to 4.
int dtlz_number(DtlzConstraint constraint);

/// r of the constraint, 0 where it has none. The paper gives M = 3, 5, 8, 10, 15: C1-DTLZ3 9, 12.5, 12.5, 15, 15;
/// C2-DTLZ2 0.4, then 0.5; convex C2-DTLZ2 0.225, 0.225, 0.26, 0.26, 0.27. A number of objectives in between takes the
/// next lower one. M = 2 takes that of 3, but 0.2 for C2-DTLZ2, where 0.4 would leave the whole front feasible.
double dtlz_radius(DtlzConstraint constraint, std::size_t objectives);

/// Fills the constraint columns of `outcome` from its objective columns (all 64 lanes): M columns for the C3 problems,
/// one for the others. As in Jain and Deb (2014), turned to g <= 0:
///   C1-DTLZ1         f_M / 0.6 + sum_{i<M} f_i / 0.5 - 1                                      scale 1
///   C1-DTLZ3         -(|f|^2 - 16) (|f|^2 - r^2)                                              scale 16 r^2
///   C2-DTLZ2         min over the corners e_i and the centre 1/sqrt(M) of |f - c|^2, - r^2     scale r^2
///   convex C2-DTLZ2  r^2 - |f - mean f|^2                                                     scale r^2
///   C3-DTLZ1         1 - f_j / 0.5 - sum_{i!=j} f_i, one for each j                           scale 1
///   C3-DTLZ4         1 - f_j^2 / 4 - sum_{i!=j} f_i^2, one for each j                         scale 1
/// The scale, which the problems put in their specification, is the size of the terms compared; the paper has none.
/// The indices of C3-DTLZ1 are misprinted in the paper; like pymoo we read them as in C3-DTLZ4. (MOEA Framework reads
/// f_j + sum_{i!=j} f_i / 0.5, the same for M = 2 only.)
void constrain_dtlz(DtlzConstraint constraint, Outcome& outcome);

/// The constrained DTLZ problems of Jain and Deb (2014), DOI 10.1109/TEVC.2013.2281534. O(d + M) a lane.
class ConstrainedDtlz {
 public:
  /// Throws std::invalid_argument as Dtlz does.
  ConstrainedDtlz(std::string name, DtlzConstraint constraint, std::size_t objectives, std::size_t variables);

  const ProblemSpec& spec() const { return spec_; }
  void evaluate(const Tile& tile, Outcome& outcome, Scratch& scratch) const {
    objectives_.evaluate(tile, outcome, scratch);
    constrain_dtlz(constraint_, outcome);
  }

 private:
  Dtlz objectives_;
  DtlzConstraint constraint_;
  ProblemSpec spec_;
};

}  // namespace millrace
