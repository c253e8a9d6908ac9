#include "problems/suite/dtlz.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

#include "problems/suite/distance.hpp"
#include "problems/suite/position.hpp"
#include "problems/suite/trigonometry.hpp"

namespace millrace {
namespace {

double hundredth_power(double x) {
  const double x2 = x * x, x4 = x2 * x2, x8 = x4 * x4, x16 = x8 * x8, x32 = x16 * x16;
  return x32 * x32 * x32 * x4;
}

}  // namespace

Dtlz::Dtlz(std::string name, DtlzVariant variant, std::size_t objectives, std::size_t variables)
    : variant_(variant), positions_(objectives - 1) {
  if (objectives < 2) throw std::invalid_argument(fmt::format("{} needs at least 2 objectives", name));
  if (variables < objectives)
    throw std::invalid_argument(
        fmt::format("{0} with {1} objectives needs at least {1} variables, not {2}", name, objectives, variables));
  spec_ = suite_spec(std::move(name), Bounds(variables), objectives);
  if (variant_.scale_first != 1.0 || variant_.scale_base != 1.0)
    for (std::size_t k = 0; k < objectives; ++k)
      scale_.push_back(variant_.scale_first * std::pow(variant_.scale_base, static_cast<double>(k)));
}

void Dtlz::evaluate(const Tile& tile, Outcome& outcome, Scratch&) const {
  alignas(kAlignment) double g[kLanes];
  switch (variant_.number) {
    case 1:
      rastrigin_distance(tile, positions_, g);
      linear_front(tile, g, outcome);
      break;
    case 3:
      rastrigin_distance(tile, positions_, g);
      sphere_front(tile, g, outcome);
      break;
    case 6:
      power_distance(tile, g);
      sphere_front(tile, g, outcome);
      break;
    case 7: disconnected_front(tile, outcome); break;
    default: sphere_distance(tile, positions_, g); sphere_front(tile, g, outcome);
  }
  transform_objectives(outcome);
}

void Dtlz::power_distance(const Tile& tile, double* g) const {
  std::fill_n(g, kLanes, 0.0);
  for (std::size_t j = positions_; j < tile.variables(); ++j) {
    const double* x = tile.column(j);
    for (std::size_t lane = 0; lane < kLanes; ++lane) g[lane] += std::pow(x[lane], 0.1);
  }
}

void Dtlz::linear_front(const Tile& tile, double* g, Outcome& outcome) const {
  for (std::size_t lane = 0; lane < kLanes; ++lane) g[lane] = 0.5 * (1.0 + g[lane]);
  unfold_position(g, outcome, [&](std::size_t i, double* keep, double* leave) {
    const double* x = tile.column(i);
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      keep[lane] = x[lane];
      leave[lane] = 1.0 - x[lane];
    }
  });
}

// DTLZ4 bends every angle; DTLZ5 and 6 draw all but the first towards pi/4, which makes their front a curve.
void Dtlz::sphere_front(const Tile& tile, double* g, Outcome& outcome) const {
  alignas(kAlignment) double radius[kLanes];
  for (std::size_t lane = 0; lane < kLanes; ++lane) radius[lane] = 1.0 + g[lane];
  const bool biased = variant_.number == 4;
  const bool degenerate = variant_.number == 5 || variant_.number == 6;
  unfold_position(radius, outcome, [&](std::size_t i, double* cosine, double* sine) {
    alignas(kAlignment) double angle[kLanes];
    const double* x = tile.column(i);
    if (biased) {
      for (std::size_t lane = 0; lane < kLanes; ++lane) angle[lane] = 0.5 * hundredth_power(x[lane]);
    } else if (degenerate && i > 0) {
      for (std::size_t lane = 0; lane < kLanes; ++lane)
        angle[lane] = 0.25 * (1.0 + 2.0 * g[lane] * x[lane]) / (1.0 + g[lane]);
    } else {
      for (std::size_t lane = 0; lane < kLanes; ++lane) angle[lane] = 0.5 * x[lane];
    }
    sin_cos_pi(angle, sine, cosine);
  });
}

void Dtlz::disconnected_front(const Tile& tile, Outcome& outcome) const {
  alignas(kAlignment) double distance[kLanes] = {};
  for (std::size_t j = positions_; j < tile.variables(); ++j) {
    const double* x = tile.column(j);
    for (std::size_t lane = 0; lane < kLanes; ++lane) distance[lane] += x[lane];
  }
  const double slope = 9.0 / static_cast<double>(tile.variables() - positions_);
  for (std::size_t lane = 0; lane < kLanes; ++lane) distance[lane] = 2.0 + slope * distance[lane];

  // (1 + g) h = (1 + g) M - sum f (1 + sin(3 pi f)): the division of the paper cancels.
  double* last = outcome.objective(positions_);
  const double objectives = static_cast<double>(positions_ + 1);
  for (std::size_t lane = 0; lane < kLanes; ++lane) last[lane] = objectives * distance[lane];
  alignas(kAlignment) double sine[kLanes];
  alignas(kAlignment) double cosine[kLanes];
  for (std::size_t i = 0; i < positions_; ++i) {
    const double* x = tile.column(i);
    double* f = outcome.objective(i);
    for (std::size_t lane = 0; lane < kLanes; ++lane) sine[lane] = 3.0 * x[lane];
    sin_cos_pi(sine, sine, cosine);
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      f[lane] = x[lane];
      last[lane] -= x[lane] * (1.0 + sine[lane]);
    }
  }
}

void Dtlz::transform_objectives(Outcome& outcome) const {
  if (variant_.convex) {
    for (std::size_t k = 0; k <= positions_; ++k) {
      double* f = outcome.objective(k);
      for (std::size_t lane = 0; lane < kLanes; ++lane) f[lane] *= f[lane];
      if (k == positions_) continue;
      for (std::size_t lane = 0; lane < kLanes; ++lane) f[lane] *= f[lane];
    }
  }
  for (std::size_t k = 0; k < scale_.size(); ++k) {
    double* f = outcome.objective(k);
    for (std::size_t lane = 0; lane < kLanes; ++lane) f[lane] *= scale_[k];
  }
}

double dtlz_scale_base(int number, std::size_t objectives) {
  if (objectives <= 5) return 10.0;
  if (objectives <= 8) return 3.0;
  if (objectives <= 10) return number == 1 ? 2.0 : 3.0;
  return number == 1 ? 1.2 : 2.0;
}

}  // namespace millrace
