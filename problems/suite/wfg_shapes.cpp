#include "problems/suite/wfg_shapes.hpp"

#include <numbers>

#include "problems/suite/trigonometry.hpp"
#include "problems/suite/wfg_transformations.hpp"

namespace millrace::wfg {

void shape_factors(Shape shape, const double* x, double* keep, double* leave) {
  if (shape == Shape::linear) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      keep[lane] = x[lane];
      leave[lane] = 1.0 - x[lane];
    }
    return;
  }
  alignas(kAlignment) double angle[kLanes];
  for (std::size_t lane = 0; lane < kLanes; ++lane) angle[lane] = 0.5 * x[lane];
  if (shape == Shape::concave) {
    sin_cos_pi(angle, keep, leave);
    return;
  }
  sin_cos_pi(angle, leave, keep);
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    keep[lane] = 1.0 - keep[lane];
    leave[lane] = 1.0 - leave[lane];
  }
}

void mixed(const double* x, double* h) {
  alignas(kAlignment) double wave[kLanes];
  constexpr double kTurns = 10.0;
  for (std::size_t lane = 0; lane < kLanes; ++lane) wave[lane] = kTurns * x[lane] + 0.5;
  cos_pi(wave, wave);
  for (std::size_t lane = 0; lane < kLanes; ++lane)
    h[lane] = to_unit(1.0 - x[lane] - wave[lane] / (kTurns * std::numbers::pi));
}

void disconnected(const double* x, double* h) {
  alignas(kAlignment) double wave[kLanes];
  for (std::size_t lane = 0; lane < kLanes; ++lane) wave[lane] = 5.0 * x[lane];
  cos_pi(wave, wave);
  for (std::size_t lane = 0; lane < kLanes; ++lane) h[lane] = to_unit(1.0 - x[lane] * wave[lane] * wave[lane]);
}

}  // namespace millrace::wfg
