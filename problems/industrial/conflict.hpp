#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "engine/exact/clp_solver.hpp"
#include "engine/problem/linear_form.hpp"

namespace millrace {

/// Why a program has no solution.
struct Conflict {
  /// Rows that cannot all hold: without any one of them the others could.
  std::vector<std::size_t> rows;
  /// The same in words, "supply of Coal, 2021-2025, low: at least 215.3".
  std::vector<std::string> sentences;
};

/// An irreducible set of rows of `program` that contradict each other within the bounds of its columns; empty where it
/// has a solution. `names` has one text a row. Rows that the dual of an elastic program (least sum of scaled breaches)
/// names are tried one after the other, the last first: O(rows in conflict) programs.
Conflict find_conflict(const LinearProgram& program, const std::vector<LinearForm::Row>& names);

}  // namespace millrace
