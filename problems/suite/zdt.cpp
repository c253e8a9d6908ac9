#include "problems/suite/zdt.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

#include "problems/suite/position.hpp"
#include "problems/suite/trigonometry.hpp"

namespace millrace {

namespace {

/// Bits of the first string of ZDT5, and of each of the others.
constexpr std::size_t kFirstBits = 30;
constexpr std::size_t kBits = 5;

}  // namespace

Zdt::Zdt(std::string name, int number, std::size_t variables) : number_(number) {
  if (number < 1 || number > 6) throw std::invalid_argument(fmt::format("there is no ZDT{}", number));
  if (variables < 2) throw std::invalid_argument(fmt::format("{} needs at least 2 variables", name));
  if (number == 5 && (variables <= kFirstBits || (variables - kFirstBits) % kBits != 0))
    throw std::invalid_argument(
        fmt::format("{} needs {} bits and a positive multiple of {}, not {}", name, kFirstBits, kBits, variables));
  Bounds bounds(variables);
  if (number == 4)
    for (std::size_t j = 1; j < variables; ++j) bounds.set(j, -5.0, 5.0);
  if (number == 5)
    for (std::size_t j = 0; j < variables; ++j) bounds.set_kind(j, VariableKind::binary);
  spec_ = suite_spec(std::move(name), std::move(bounds), 2);
}

void Zdt::evaluate(const Tile& tile, Outcome& outcome, Scratch&) const {
  if (number_ == 5) return evaluate_bits(tile, outcome);
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

/// f1 = 1 + u(x1); g is the sum of v(u(xi)), where v(u) is 2 + u, but 1 for a string of ones; f2 = g / f1.
void Zdt::evaluate_bits(const Tile& tile, Outcome& outcome) const {
  alignas(kAlignment) double ones[kLanes];
  double* f1 = outcome.objective(0);
  double* f2 = outcome.objective(1);
  std::fill_n(f1, kLanes, 1.0);
  std::fill_n(f2, kLanes, 0.0);
  for (std::size_t j = 0; j < kFirstBits; ++j)
    for (std::size_t lane = 0; lane < kLanes; ++lane) f1[lane] += tile.column(j)[lane];
  for (std::size_t first = kFirstBits; first < tile.variables(); first += kBits) {
    std::fill_n(ones, kLanes, 0.0);
    for (std::size_t j = first; j < first + kBits; ++j)
      for (std::size_t lane = 0; lane < kLanes; ++lane) ones[lane] += tile.column(j)[lane];
    for (std::size_t lane = 0; lane < kLanes; ++lane) f2[lane] += ones[lane] == double{kBits} ? 1.0 : 2.0 + ones[lane];
  }
  for (std::size_t lane = 0; lane < kLanes; ++lane) f2[lane] /= f1[lane];
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
