#include "problems/suite/maf_dtlz.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

#include "problems/suite/distance.hpp"
#include "problems/suite/position.hpp"
#include "problems/suite/trigonometry.hpp"

namespace millrace {

MafDtlz::MafDtlz(std::string name, int number, std::size_t objectives, std::size_t variables)
    : number_(number), positions_(objectives - 1) {
  if (number != 1 && number != 2 && number != 4 && number != 6)
    throw std::invalid_argument(fmt::format("MaF{} is not made of DTLZ in this way", number));
  if (objectives < 2) throw std::invalid_argument(fmt::format("{} needs at least 2 objectives", name));
  if (variables < objectives)
    throw std::invalid_argument(
        fmt::format("{0} with {1} objectives needs at least {1} variables, not {2}", name, objectives, variables));
  spec_ = suite_spec(std::move(name), Bounds(variables), objectives);
}

void MafDtlz::evaluate(const Tile& tile, Outcome& outcome, Scratch&) const {
  alignas(kAlignment) double g[kLanes] = {};
  alignas(kAlignment) double radius[kLanes];
  alignas(kAlignment) double rest[kLanes];
  if (number_ == 4) rastrigin_distance(tile, positions_, g);
  else if (number_ != 2) sphere_distance(tile, positions_, g);
  const double growth = number_ == 6 ? 100.0 : 1.0;
  for (std::size_t lane = 0; lane < kLanes; ++lane) rest[lane] = radius[lane] = 1.0 + growth * g[lane];
  unfold(tile, g, rest, outcome);
  if (number_ == 1 || number_ == 4) turn_round(radius, outcome);
  if (number_ == 2) stretch_each(tile, outcome);
}

void MafDtlz::unfold(const Tile& tile, const double* g, double* radius, Outcome& outcome) const {
  unfold_position(radius, outcome, [&](std::size_t i, double* keep, double* leave) {
    const double* x = tile.column(i);
    if (number_ == 1) {
      for (std::size_t lane = 0; lane < kLanes; ++lane) {
        keep[lane] = x[lane];
        leave[lane] = 1.0 - x[lane];
      }
      return;
    }
    alignas(kAlignment) double angle[kLanes];
    if (number_ == 2) {
      for (std::size_t lane = 0; lane < kLanes; ++lane) angle[lane] = 0.25 * x[lane] + 0.125;
    } else if (number_ == 6 && i > 0) {
      for (std::size_t lane = 0; lane < kLanes; ++lane)
        angle[lane] = 0.25 * (1.0 + 2.0 * g[lane] * x[lane]) / (1.0 + g[lane]);
    } else {
      for (std::size_t lane = 0; lane < kLanes; ++lane) angle[lane] = 0.5 * x[lane];
    }
    sin_cos_pi(angle, leave, keep);
  });
}

void MafDtlz::turn_round(const double* radius, Outcome& outcome) const {
  for (std::size_t k = 0; k <= positions_; ++k) {
    double* f = outcome.objective(k);
    const double size = number_ == 4 ? std::ldexp(1.0, static_cast<int>(k + 1)) : 1.0;
    for (std::size_t lane = 0; lane < kLanes; ++lane) f[lane] = (radius[lane] - f[lane]) * size;
  }
}

void MafDtlz::stretch_each(const Tile& tile, Outcome& outcome) const {
  const std::size_t share = (tile.variables() - positions_) / (positions_ + 1);
  alignas(kAlignment) double g[kLanes];
  for (std::size_t k = 0; k <= positions_; ++k) {
    const std::size_t begin = positions_ + k * share;
    const std::size_t end = k == positions_ ? tile.variables() : begin + share;
    std::fill_n(g, kLanes, 1.0);
    for (std::size_t j = begin; j < end; ++j) {
      const double* x = tile.column(j);
      for (std::size_t lane = 0; lane < kLanes; ++lane) {
        const double offset = 0.5 * x[lane] - 0.25;
        g[lane] += offset * offset;
      }
    }
    double* f = outcome.objective(k);
    for (std::size_t lane = 0; lane < kLanes; ++lane) f[lane] *= g[lane];
  }
}

}  // namespace millrace
