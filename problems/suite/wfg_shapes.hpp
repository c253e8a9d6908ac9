#pragma once

#include <cstddef>

#include "engine/data/tile.hpp"

/// The shape functions of the WFG toolkit (Huband, Hingston, Barone and While 2006) over 64 lanes.
namespace millrace::wfg {

enum class Shape { linear, convex, concave };

/// Factors of one position column x for unfold_position: what it leaves to its objective, what it keeps for the others.
void shape_factors(Shape shape, const double* x, double* keep, double* leave);

/// mixed with alpha = 1, A = 5: h = 1 - x - cos(10 pi x + pi / 2) / (10 pi). `h` may be `x`.
void mixed(const double* x, double* h);
/// disc with alpha = beta = 1, A = 5: h = 1 - x cos^2(5 pi x). `h` may be `x`.
void disconnected(const double* x, double* h);

}  // namespace millrace::wfg
