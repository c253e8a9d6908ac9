#pragma once

#include <cstddef>

#include "engine/data/tile.hpp"

/// The transformation functions of the WFG toolkit (Huband, Hingston, Barone and While 2006), each
/// over the 64 lanes of one column y in [0, 1], in place. Results are clamped to [0, 1], which rounding may leave; NaN
/// stays NaN.
namespace millrace::wfg {

/// v clamped to [0, 1]; NaN stays NaN.
inline double to_unit(double v) { return v < 0.0 ? 0.0 : v > 1.0 ? 1.0 : v; }

/// The optimum of every distance variable, where a transformation shifts it: A of s_linear, s_decept and s_multi.
inline constexpr double kOptimum = 0.35;

/// s_linear: |y - A| / |floor(A - y) + A|.
void shift_linear(double* y);
/// s_decept with B = 0.001, C = 0.05: a narrow global optimum at A between two deceptive ones at 0 and 1.
void shift_deceptive(double* y);
/// s_multi with A hills of size B, optimum at kOptimum.
void shift_multimodal(double* y, double hills, double size);
/// b_flat with A = 0.8 on [B, C] = [0.75, 0.85].
void bias_flat(double* y);
/// b_poly: y^0.02.
void bias_polynomial(double* y);
/// b_param with A = 0.98 / 49.98, B = 0.02, C = 50: y^(B + (C - B) v(u)), u a column of its own.
void bias_parameter(double* y, const double* u);

// The reductions read `count` columns that follow each other before they write their result, which may be one of them.

/// r_sum with equal weights: the mean.
void mean_of(const double* columns, std::size_t count, double* mean);
/// r_sum with the weights 2 first, 2 (first + 1), ...: `first` counts the first of the columns from 1.
void weighted_mean_of(const double* columns, std::size_t count, std::size_t first, double* mean);
/// r_nonsep with A = count. O(count^2).
void nonseparable(const double* columns, std::size_t count, double* result);

}  // namespace millrace::wfg
