#pragma once

#include <cmath>
#include <cstddef>
#include <numbers>
#include <span>
#include <vector>

namespace millrace::reference {

/// DTLZ1 to 4 of one individual by the printed formulas and the C library's cos, sin and pow.
inline std::vector<double> dtlz(int number, std::span<const double> x, std::size_t objectives) {
  const double pi = std::numbers::pi;
  const std::size_t positions = objectives - 1;
  double g = 0.0;
  for (std::size_t j = positions; j < x.size(); ++j) {
    g += (x[j] - 0.5) * (x[j] - 0.5);
    if (number == 1 || number == 3) g += 1.0 - std::cos(20.0 * pi * (x[j] - 0.5));
  }
  if (number == 1 || number == 3) g *= 100.0;
  std::vector<double> f(objectives, number == 1 ? 0.5 * (1.0 + g) : 1.0 + g);
  for (std::size_t m = 0; m < objectives; ++m)
    for (std::size_t i = 0; i + m <= positions && i < positions; ++i) {
      const bool leaves = i + m == positions;
      const double bent = number == 4 ? std::pow(x[i], 100.0) : x[i];
      if (number == 1) f[m] *= leaves ? 1.0 - x[i] : x[i];
      else f[m] *= leaves ? std::sin(bent * pi / 2.0) : std::cos(bent * pi / 2.0);
    }
  return f;
}

}  // namespace millrace::reference
