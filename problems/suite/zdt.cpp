#include "problems/suite/zdt.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

#include "problems/suite/position.hpp"
#include "problems/suite/trigonometry.hpp"

namespace millrace {

Zdt::Zdt(std::string name, int number, std::size_t variables) : number_(number) {
  if (number < 1 || number > 6 || number == 5)
    throw std::invalid_argument(fmt::format("ZDT{} is not a problem of real variables", number));
  if (variables < 2) throw std::invalid_argument(fmt::format("{} needs at least 2 variables", name));
  Bounds bounds(variables);
  if (number == 4)
    for (std::size_t j = 1; j < variables; ++j) bounds.set(j, -5.0, 5.0);
  spec_ = suite_spec(std::move(name), std::move(bounds), 2);
}

void Zdt::evaluate(const Tile& tile, Outcome& outcome, Scratch&) const {
  alignas(kAlignment) double g[kLanes];
  alignas(kAlignment) double wave[kLanes];
  alignas(kAlignment) double cosine[kLanes];
  distance(tile, g);
  const double* x = tile.column(0);
  double* f1 = outcome.objective(0);
  double* f2 = outcome.objective(1);
  std::copy_n(x, kLanes, f1);
  if (number_ == 3 || number_ == 6) {
    const double turns = number_ == 3 ? 10.0 : 6.0;
    for (std::size_t lane = 0; lane < kLanes; ++lane) wave[lane] = turns * x[lane];
    sin_cos_pi(wave, wave, cosine);
  }
  if (number_ == 6)
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      const double square = wave[lane] * wave[lane];
      f1[lane] = 1.0 - std::exp(-4.0 * x[lane]) * (square * square * square);
    }
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    const double ratio = f1[lane] / g[lane];
    const double h = number_ == 2 || number_ == 6 ? 1.0 - ratio * ratio : 1.0 - std::sqrt(ratio);
    f2[lane] = g[lane] * (number_ == 3 ? h - ratio * wave[lane] : h);
  }
}

void Zdt::distance(const Tile& tile, double* g) const {
  const double others = static_cast<double>(tile.variables() - 1);
  std::fill_n(g, kLanes, 0.0);
  for (std::size_t j = 1; j < tile.variables(); ++j) {
    const double* x = tile.column(j);
    if (number_ == 4) {
      alignas(kAlignment) double wave[kLanes];
      for (std::size_t lane = 0; lane < kLanes; ++lane) wave[lane] = 4.0 * x[lane];
      cos_pi(wave, wave);
      for (std::size_t lane = 0; lane < kLanes; ++lane) g[lane] += x[lane] * x[lane] - 10.0 * wave[lane];
    } else {
      for (std::size_t lane = 0; lane < kLanes; ++lane) g[lane] += x[lane];
    }
  }
  if (number_ == 4) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) g[lane] = 1.0 + 10.0 * others + g[lane];
  } else if (number_ == 6) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) g[lane] = 1.0 + 9.0 * std::pow(g[lane] / others, 0.25);
  } else {
    for (std::size_t lane = 0; lane < kLanes; ++lane) g[lane] = 1.0 + 9.0 * (g[lane] / others);
  }
}

}  // namespace millrace
