#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "engine/data/columns.hpp"
#include "engine/data/decision_rows.hpp"
#include "engine/exact/payoff.hpp"
#include "engine/parallel/workers.hpp"
#include "engine/problem/linear_form.hpp"

namespace millrace {

struct ReferenceFrontOptions {
  /// Points wanted, 1 or more.
  std::size_t size = 1000;
  /// Lines that are solved a point wanted; the points are chosen among what they meet.
  std::size_t lines_per_point = 2;
  /// Shifts the grid of lines.
  std::uint64_t seed = 1;
  std::string error() const;
};

/// Points of the exact front. Everything is minimised, in the units of the form.
struct ReferenceFront {
  Columns objectives;
  DecisionRows decisions;
  std::size_t programs = 0;
  std::size_t iterations = 0;
};

/// Where the lines start from: `count` points of the box between `ideal` and `nadir`, evenly spread (the additive
/// recurrence of the generalised golden ratio, shifted by the seed). Columns are objectives.
Columns line_starts(std::span<const double> ideal, std::span<const double> nadir, std::size_t count,
                    std::uint64_t seed);

/// Projects every row of `starts` to the front along (1, ..., 1) times the range, efficiently (Improvement::together).
/// Row i of the result belongs to row i of the starts. Neighbouring starts are solved after one another, in blocks that
/// do not depend on the number of threads: same bits for any number of them.
ReferenceFront project_to_front(const LinearForm& form, std::span<const double> range, const Columns& starts,
                                Workers& workers);

/// Efficient points that cover the front evenly: size * lines_per_point lines along (1, ..., 1) are solved, which meet
/// the front everywhere, its rims included; of their points and the rows of the payoff table the next is always the one
/// farthest from those taken (Gonzalez, doi:10.1016/0304-3975(85)90224-5), distances as shares of the range.
///
/// Fewer than `size` points where the front has fewer that differ by 1e-7 of the range. The lines start in the box
/// between the ideal point and `nadir`, which is that of the table or wider. O(lines) programs and
/// O(size * lines * m). Throws std::invalid_argument with options.error().
ReferenceFront reference_front(const LinearForm& form, const PayoffTable& payoff, std::span<const double> nadir,
                               const ReferenceFrontOptions& options, Workers& workers);

}  // namespace millrace
