#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "engine/data/bounds.hpp"
#include "engine/data/decision_rows.hpp"
#include "engine/data/population.hpp"
#include "engine/random/philox.hpp"

namespace millrace {

/// Polynomial mutation of each variable with one probability.
struct PolynomialMutationOptions {
  /// Of a variable; empty stands for one over the number of variables.
  std::optional<double> probability;
  /// Distribution index, >= 0: the larger, the smaller the steps.
  double eta = 20.0;

  /// One sentence saying what is wrong, or empty.
  std::string error() const;
};

/// Mutates a row of d variables in place, inside the bounds; where the bounds coincide the variable stays.
/// Expected time O(1 + d * probability): mutated variables are found by drawing the gaps between them, not a coin each.
///
/// Deb and Goyal, "A combined genetic adaptive search (GeneAS) for engineering design", Computer Science and
/// Informatics 26 (1996) 30-45; bounded form as in the NSGA-II code of Deb, Pratap, Agarwal and Meyarivan 2002,
/// doi:10.1109/4235.996017. Differs from the paper: block k of a row gives the k-th gap (geometric, by inversion) and
/// the k-th step; a power is exp(y log x).
void polynomial_mutation(const PolynomialMutationOptions& options, const Bounds& bounds, double* row, StreamKey key,
                         std::uint32_t row_number);

/// The same for rows `slots` of x (distinct); the draws of slots[i] are those of row number first_row + i.
void polynomial_mutation(const PolynomialMutationOptions& options, const Bounds& bounds, DecisionRows& x,
                         std::span<const Slot> slots, StreamKey key, std::uint32_t first_row);

}  // namespace millrace
