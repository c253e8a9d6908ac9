#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/data/columns.hpp"

namespace millrace {

/// Largest number of variables of a Sobol sequence here: one for the constant and one for each primitive polynomial
/// over GF(2) up to degree 13.
inline constexpr std::size_t kSobolVariables = 1111;

/// Direction numbers of a Sobol sequence: entry k * variables + j is the k-th (0 .. 31) of variable j, its first binary
/// digit in the top bit. Point i is, variable by variable, the exclusive or of the entries of the digits set in i.
/// Throws std::invalid_argument above kSobolVariables. O(variables^2).
///
/// Sobol 1967, doi:10.1016/0041-5553(67)90144-9, by the recurrence of Bratley and Fox 1988, doi:10.1145/42288.214372.
/// Primitive polynomials are taken by degree, then by value. The first 21 variables use the initial direction numbers
/// of Joe and Kuo 2008, doi:10.1137/070709359. Differs from the paper: from the 22nd on, initial numbers are drawn from
/// a fixed stream until Sobol's property A holds up to that variable (the first 2^d points fall one into each of the
/// 2^d half-cubes); two-dimensional projections are not optimised.
std::vector<std::uint32_t> sobol_directions(std::size_t variables);

/// Points first .. first + rows - 1 of the sequence, rows x variables in [0, 1); point 0 is the origin. More rows keep
/// the ones before them. Throws as sobol_directions, and std::invalid_argument past point 2^32 - 1.
Columns sobol_points(std::size_t rows, std::size_t variables, std::size_t first);
/// Points 0 .. rows - 1 under one random digital shift a variable, which keeps how evenly they fill the cube and moves
/// point 0 away from its corner. Throws as sobol_points.
Columns shifted_sobol_points(std::size_t rows, std::size_t variables, std::uint64_t seed);

}  // namespace millrace
