#pragma once

#include <span>
#include <vector>

namespace millrace {

/// A closed interval of [0, 1].
struct Piece {
  double from = 0.0;
  double to = 0.0;
};

/// The intervals of [0, 1] on which `height` is higher than everywhere to the left: the Pareto set where the position is
/// to be small and the height large, which makes the gaps of the disconnected problems. Each ends at a local maximum;
/// all but the first begin where the height has passed the last one's end by 1e-9 (not 0, so that the two sides of a gap
/// do not tie). The function must rise at 0 and have no features narrower than 1e-4. Ends of pieces to 1e-7.
std::vector<Piece> record_pieces(double (*height)(double));

/// The point that has the share `share` in [0, 1] of all length to its left.
double at_share(std::span<const Piece> pieces, double share);

}  // namespace millrace
