#pragma once

#include <cmath>
#include <numbers>
#include <span>
#include <vector>

#include "engine/study/design.hpp"

namespace millrace::test {

inline constexpr double kPi = std::numbers::pi;

/// Ishigami and Homma 1990, doi:10.1109/ISUMA.1990.151285, with a = 7 and b = 0.1.
inline double ishigami(std::span<const double> unit) {
  const auto angle = [&](std::size_t k) { return kPi * (2.0 * unit[k] - 1.0); };
  return std::sin(angle(0)) + 7.0 * std::pow(std::sin(angle(1)), 2) + 0.1 * std::pow(angle(2), 4) * std::sin(angle(0));
}

struct KnownIndices {
  std::vector<double> first, total;
};

inline KnownIndices ishigami_indices() {
  const double p4 = std::pow(kPi, 4), p8 = p4 * p4;
  const double v1 = 0.5 * std::pow(1.0 + 0.1 * p4 / 5.0, 2), v2 = 49.0 / 8.0, v13 = 8.0 * 0.01 * p8 / 225.0;
  const double v = v1 + v2 + v13;
  return {{v1 / v, v2 / v, 0.0}, {(v1 + v13) / v, v2 / v, v13 / v}};
}

/// Saltelli and Sobol 1995, doi:10.1016/0951-8320(95)00099-2.
inline double sobol_g(std::span<const double> unit, std::span<const double> a) {
  double product = 1.0;
  for (std::size_t k = 0; k < a.size(); ++k) product *= (std::fabs(4.0 * unit[k] - 2.0) + a[k]) / (1.0 + a[k]);
  return product;
}

inline KnownIndices sobol_g_indices(std::span<const double> a) {
  std::vector<double> part;
  double all = 1.0;
  for (const double value : a) {
    part.push_back(1.0 / 3.0 / ((1.0 + value) * (1.0 + value)));
    all *= 1.0 + part.back();
  }
  KnownIndices known;
  for (const double v : part) {
    known.first.push_back(v / (all - 1.0));
    known.total.push_back(v * all / (1.0 + v) / (all - 1.0));
  }
  return known;
}

template <class Function>
std::vector<double> values_on(const Columns& design, Function&& function) {
  std::vector<double> values, point(design.columns());
  for (std::size_t row = 0; row < design.rows(); ++row) {
    for (std::size_t k = 0; k < point.size(); ++k) point[k] = design(row, k);
    values.push_back(function(std::span<const double>(point)));
  }
  return values;
}

}  // namespace millrace::test
