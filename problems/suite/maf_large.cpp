#include "problems/suite/maf_large.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <stdexcept>
#include <utility>

#include "problems/suite/position.hpp"
#include "problems/suite/trigonometry.hpp"

namespace millrace {
namespace {

constexpr std::size_t kGroups = 2;

// Each adds its function of `count` columns to g.

void add_sphere(const double* y, std::size_t count, double* g) {
  for (std::size_t j = 0; j < count; ++j)
    for (std::size_t lane = 0; lane < kLanes; ++lane) g[lane] += y[j * kLanes + lane] * y[j * kLanes + lane];
}

void add_rastrigin(const double* y, std::size_t count, double* g) {
  alignas(kAlignment) double wave[kLanes];
  for (std::size_t j = 0; j < count; ++j) {
    const double* column = y + j * kLanes;
    for (std::size_t lane = 0; lane < kLanes; ++lane) wave[lane] = 2.0 * column[lane];
    cos_pi(wave, wave);
    for (std::size_t lane = 0; lane < kLanes; ++lane)
      g[lane] += column[lane] * column[lane] + 10.0 * (1.0 - wave[lane]);
  }
}

void add_rosenbrock(const double* y, std::size_t count, double* g) {
  for (std::size_t j = 0; j + 1 < count; ++j) {
    const double* here = y + j * kLanes;
    const double* next = here + kLanes;
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      const double valley = here[lane] * here[lane] - next[lane];
      const double along = here[lane] - 1.0;
      g[lane] += 100.0 * valley * valley + along * along;
    }
  }
}

void add_griewank(const double* y, std::size_t count, double* g) {
  alignas(kAlignment) double squares[kLanes] = {};
  alignas(kAlignment) double product[kLanes];
  alignas(kAlignment) double wave[kLanes];
  std::fill_n(product, kLanes, 1.0);
  add_sphere(y, count, squares);
  for (std::size_t j = 0; j < count; ++j) {
    const double half_turns = 1.0 / (std::numbers::pi * std::sqrt(static_cast<double>(j + 1)));
    for (std::size_t lane = 0; lane < kLanes; ++lane) wave[lane] = half_turns * y[j * kLanes + lane];
    cos_pi(wave, wave);
    for (std::size_t lane = 0; lane < kLanes; ++lane) product[lane] *= wave[lane];
  }
  for (std::size_t lane = 0; lane < kLanes; ++lane) g[lane] += squares[lane] / 4000.0 + (1.0 - product[lane]);
}

}  // namespace

std::vector<std::size_t> MafLarge::group_sizes(std::size_t objectives, std::size_t variables) {
  std::vector<double> shares;
  double c = 0.1;
  for (std::size_t i = 0; i < objectives; ++i) shares.push_back(c = 3.8 * c * (1.0 - c));
  const double total = std::accumulate(shares.begin(), shares.end(), 0.0);
  const double distances = variables < objectives ? 0.0 : static_cast<double>(variables - objectives + 1);
  std::vector<std::size_t> sizes;
  for (const double share : shares)
    sizes.push_back(static_cast<std::size_t>(share / total * distances / static_cast<double>(kGroups)));
  return sizes;
}

MafLarge::MafLarge(std::string name, int number, std::size_t objectives, std::size_t variables)
    : number_(number), positions_(objectives - 1) {
  if (number != 14 && number != 15)
    throw std::invalid_argument(fmt::format("MaF{} is not one of the large problems", number));
  if (objectives < 2) throw std::invalid_argument(fmt::format("{} needs at least 2 objectives", name));
  sizes_ = group_sizes(objectives, variables);
  if (*std::min_element(sizes_.begin(), sizes_.end()) == 0)
    throw std::invalid_argument(fmt::format(
        "{} with {} objectives needs more than {} variables, such as {}: an objective would be left without", name,
        objectives, variables, 20 * objectives));
  Bounds bounds(variables, 0.0, 10.0);
  for (std::size_t i = 0; i < positions_; ++i) bounds.set(i, 0.0, 1.0);
  spec_ = suite_spec(std::move(name), std::move(bounds), objectives);
}

void MafLarge::link(const Tile& tile, double* linked) const {
  const double* first = tile.column(0);
  for (std::size_t j = positions_; j < tile.variables(); ++j) {
    const double share = static_cast<double>(j + 1) / static_cast<double>(tile.variables());
    const double slope = 1.0 + (number_ == 14 ? share : std::cos(0.5 * std::numbers::pi * share));
    const double* x = tile.column(j);
    double* column = linked + (j - positions_) * kLanes;
    for (std::size_t lane = 0; lane < kLanes; ++lane) column[lane] = slope * x[lane] - 10.0 * first[lane];
  }
}

void MafLarge::distance(std::size_t objective, const double* group, double* g) const {
  const std::size_t size = sizes_[objective];
  std::fill_n(g, kLanes, 0.0);
  for (std::size_t part = 0; part < kGroups; ++part, group += size * kLanes) {
    const bool odd = objective % 2 == 0;
    if (number_ == 14) odd ? add_rastrigin(group, size, g) : add_rosenbrock(group, size, g);
    else odd ? add_griewank(group, size, g) : add_sphere(group, size, g);
  }
  const double variables = static_cast<double>(size * kGroups);
  for (std::size_t lane = 0; lane < kLanes; ++lane) g[lane] /= variables;
}

void MafLarge::evaluate(const Tile& tile, Outcome& outcome, Scratch& scratch) const {
  double* linked = scratch.lanes(tile.variables()).data();
  link(tile, linked);
  alignas(kAlignment) double one[kLanes];
  std::fill_n(one, kLanes, 1.0);
  unfold_position(one, outcome, [&](std::size_t i, double* keep, double* leave) {
    const double* x = tile.column(i);
    for (std::size_t lane = 0; lane < kLanes; ++lane) keep[lane] = number_ == 14 ? x[lane] : 0.5 * x[lane];
    if (number_ == 15) return sin_cos_pi(keep, leave, keep);
    for (std::size_t lane = 0; lane < kLanes; ++lane) leave[lane] = 1.0 - x[lane];
  });
  // From the last objective, so that MaF15 knows the next one's distance; `end` is where the objective's groups end.
  alignas(kAlignment) double next[kLanes] = {};
  alignas(kAlignment) double g[kLanes];
  const double* end = linked + kGroups * std::accumulate(sizes_.begin(), sizes_.end(), std::size_t{0}) * kLanes;
  for (std::size_t k = outcome.objectives(); k-- > 0;) {
    end -= kGroups * sizes_[k] * kLanes;
    distance(k, end, g);
    double* f = outcome.objective(k);
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      if (number_ == 14) f[lane] *= 1.0 + g[lane];
      else f[lane] = (1.0 + g[lane] + next[lane]) * (1.0 - f[lane]);
      next[lane] = g[lane];
    }
  }
}

}  // namespace millrace
