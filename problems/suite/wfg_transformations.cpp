#include "problems/suite/wfg_transformations.hpp"

#include <algorithm>
#include <cmath>

#include "problems/suite/trigonometry.hpp"

namespace millrace::wfg {
namespace {

/// Applies a scalar function to every lane. The floors of the paper, which only tell on which side of a threshold y
/// lies, become comparisons, so that the loop has no calls.
template <class Function>
void each_lane(double* y, Function&& function) {
  for (std::size_t lane = 0; lane < kLanes; ++lane) y[lane] = to_unit(function(y[lane]));
}

/// |y - A| / |floor(A - y) + A|: the distance to the optimum as a share of the way to the bound on that side.
double relative_distance(double y) { return std::fabs(y - kOptimum) / (y > kOptimum ? 1.0 - kOptimum : kOptimum); }

}  // namespace

void shift_linear(double* y) { each_lane(y, relative_distance); }

void shift_deceptive(double* y) {
  constexpr double kAperture = 0.001;
  constexpr double kValue = 0.05;
  constexpr double kLeft = (1.0 - kValue + (kOptimum - kAperture) / kAperture) / (kOptimum - kAperture);
  constexpr double kRight = (1.0 - kValue + (1.0 - kOptimum - kAperture) / kAperture) / (1.0 - kOptimum - kAperture);
  each_lane(y, [](double v) {
    const double left = v - kOptimum + kAperture < 0.0 ? kLeft : 0.0;
    const double right = kOptimum + kAperture - v < 0.0 ? kRight : 0.0;
    return 1.0 + (std::fabs(v - kOptimum) - kAperture) * (1.0 / kAperture - left - right);
  });
}

// cos((4 A + 2) pi (1/2 - t)) = -cos((4 A + 2) pi t) for a whole number of hills A, with t half the relative distance.
void shift_multimodal(double* y, double hills, double size) {
  alignas(kAlignment) double wave[kLanes];
  for (std::size_t lane = 0; lane < kLanes; ++lane) wave[lane] = (2.0 * hills + 1.0) * relative_distance(y[lane]);
  cos_pi(wave, wave);
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    const double distance = relative_distance(y[lane]);
    y[lane] = to_unit((1.0 - wave[lane] + size * distance * distance) / (size + 2.0));
  }
}

void bias_flat(double* y) {
  constexpr double kValue = 0.8;
  constexpr double kFrom = 0.75;
  constexpr double kTo = 0.85;
  each_lane(y, [](double v) {
    const double below = kValue * v / kFrom;  // A - A (B - v) / B, but exactly 0 at 0, as b_poly follows
    const double above = kValue + (1.0 - kValue) * (v - kTo) / (1.0 - kTo);
    return v < kFrom ? below : v > kTo ? above : v != v ? v : kValue;
  });
}

void bias_polynomial(double* y) {
  each_lane(y, [](double v) { return std::pow(v, 0.02); });
}

void bias_parameter(double* y, const double* u) {
  constexpr double kA = 0.98 / 49.98;
  constexpr double kB = 0.02;
  constexpr double kC = 50.0;
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    const double v = kA - (1.0 - 2.0 * u[lane]) * (u[lane] > 0.5 ? 1.0 - kA : kA);
    y[lane] = to_unit(std::pow(y[lane], kB + (kC - kB) * v));
  }
}

void mean_of(const double* columns, std::size_t count, double* mean) {
  alignas(kAlignment) double sum[kLanes] = {};
  for (std::size_t j = 0; j < count; ++j)
    for (std::size_t lane = 0; lane < kLanes; ++lane) sum[lane] += columns[j * kLanes + lane];
  const double size = static_cast<double>(count);
  for (std::size_t lane = 0; lane < kLanes; ++lane) mean[lane] = to_unit(sum[lane] / size);
}

void weighted_mean_of(const double* columns, std::size_t count, std::size_t first, double* mean) {
  alignas(kAlignment) double sum[kLanes] = {};
  double total = 0.0;
  for (std::size_t j = 0; j < count; ++j) {
    const double weight = 2.0 * static_cast<double>(first + j);
    total += weight;
    for (std::size_t lane = 0; lane < kLanes; ++lane) sum[lane] += weight * columns[j * kLanes + lane];
  }
  for (std::size_t lane = 0; lane < kLanes; ++lane) mean[lane] = to_unit(sum[lane] / total);
}

// With A = count the inner sum runs over every other column, so each pair is met twice.
void nonseparable(const double* columns, std::size_t count, double* result) {
  alignas(kAlignment) double sum[kLanes] = {};
  for (std::size_t j = 0; j < count; ++j) {
    const double* y = columns + j * kLanes;
    for (std::size_t lane = 0; lane < kLanes; ++lane) sum[lane] += y[lane];
    for (std::size_t other = j + 1; other < count; ++other) {
      const double* z = columns + other * kLanes;
      for (std::size_t lane = 0; lane < kLanes; ++lane) sum[lane] += 2.0 * std::fabs(y[lane] - z[lane]);
    }
  }
  const double size = static_cast<double>(count);
  const double half = std::ceil(size / 2.0);
  const double greatest = half * (1.0 + 2.0 * size - 2.0 * half);
  for (std::size_t lane = 0; lane < kLanes; ++lane) result[lane] = to_unit(sum[lane] / greatest);
}

}  // namespace millrace::wfg
