#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <span>

namespace millrace {

/// Sum of function(f_k, k) over the objectives.
template <class Function>
double objective_sum(std::span<const double> f, Function&& function) {
  double sum = 0.0;
  for (std::size_t k = 0; k < f.size(); ++k) sum += function(f[k], k);
  return sum;
}

/// First position parameter of a convex WFG front point with sizes 2 i, from the ratios of all objectives but the last,
/// by c = cos(pi x / 2) = (t^2 - t + sqrt(2 t)) / (t^2 + 1) for t = (1 - sin) / (1 - cos).
inline double wfg_first_position(std::span<const double> f) {
  const auto h = [&](std::size_t k) { return f[k] / (2.0 * static_cast<double>(k + 1)); };
  double before = h(0);
  for (std::size_t k = 1; k + 1 < f.size(); ++k) {
    const double t = h(k) / before;
    before /= 1.0 - (t * t - t + std::sqrt(2.0 * t)) / (t * t + 1.0);
  }
  return std::acos(1.0 - before) * 2.0 / std::numbers::pi;
}

/// How far the equation of the front of MaF<number> is from holding at `f`; points of the front give rounding errors.
/// For MaF10 and MaF11 all objectives must be positive.
inline double maf_front_error(int number, std::span<const double> f) {
  constexpr double kPi = std::numbers::pi;
  const std::size_t m = f.size();
  const auto index = [](std::size_t k) { return static_cast<double>(k + 1); };
  const auto squares = [&](auto&& term) {
    return std::fabs(objective_sum(f, [&](double v, std::size_t k) { return term(v, k) * term(v, k); }) - 1.0);
  };
  const auto one_less = [](double v, std::size_t) { return 1.0 - v; };
  switch (number) {
    case 1: return std::fabs(objective_sum(f, one_less) - 1.0);
    case 3:
      return std::fabs(objective_sum(f, [&](double v, std::size_t k) { return k + 1 < m ? std::sqrt(v) : v; }) - 1.0);
    case 4: return squares([&](double v, std::size_t k) { return 1.0 - v * std::exp2(-index(k)); });
    case 5: return squares([&](double v, std::size_t k) { return v * std::exp2(index(k) - index(m)); });
    case 6: {
      double error = squares([](double v, std::size_t) { return v; });
      for (std::size_t k = 1; k + 1 < m; ++k)
        error = std::max(error, std::fabs(f[k] - f[k - 1] * (k == 1 ? 1.0 : std::numbers::sqrt2)));
      return error;
    }
    case 7: {
      double h = static_cast<double>(m);
      for (std::size_t k = 0; k + 1 < m; ++k) h -= f[k] / 2.0 * (1.0 + std::sin(3.0 * kPi * f[k]));
      return std::fabs(f[m - 1] - 2.0 * h);
    }
    case 9:  // Viviani: inside an equilateral polygon the distances from the edges add up to a constant
      return std::fabs(objective_sum(f, [](double v, std::size_t) { return v; }) -
                       static_cast<double>(m) * std::cos(kPi / static_cast<double>(m)));
    case 10: {
      const double x = wfg_first_position(f);
      return std::fabs(f[m - 1] / (2.0 * index(m - 1)) -
                       (1.0 - x - std::cos(10.0 * kPi * x + kPi / 2.0) / (10.0 * kPi)));
    }
    case 11: {
      const double x = wfg_first_position(f);
      return std::fabs(f[m - 1] / (2.0 * index(m - 1)) - (1.0 - x * std::pow(std::cos(5.0 * kPi * x), 2.0)));
    }
    case 12: return squares([&](double v, std::size_t k) { return v / (2.0 * index(k)); });
    case 13: {
      double error = std::fabs(f[0] * f[0] + f[1] * f[1] + f[2] * f[2] - 1.0);
      for (std::size_t k = 3; k < m; ++k)
        error = std::max(error, std::fabs(f[k] - f[0] * f[0] - std::pow(f[1], 10.0) - std::pow(f[2], 10.0)));
      return error;
    }
    case 14: return std::fabs(objective_sum(f, [](double v, std::size_t) { return v; }) - 1.0);
    case 15: return squares(one_less);
    default: return squares([](double v, std::size_t) { return v; });
  }
}

}  // namespace millrace
