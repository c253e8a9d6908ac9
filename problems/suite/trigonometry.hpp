#pragma once

namespace millrace {

/// sine[i] = sin(pi t[i]) and cosine[i] = cos(pi t[i]) for the 64 lanes of a column (arrays 64-byte aligned; the
/// outputs may be `t` itself, but not each other).
///
/// Taking the argument in half turns makes its reduction exact: zeros and extremes are exact, the error is at most
/// 2 ulp at any |t| < 2^51, and the bits are the same on every target that fuses multiply-add (AVX2, AVX-512).
/// NaN and infinity give NaN.
void sin_cos_pi(const double* t, double* sine, double* cosine);

/// cosine[i] = cos(pi t[i]): the same bits as sin_cos_pi.
void cos_pi(const double* t, double* cosine);

}  // namespace millrace
