#include "problems/suite/maf_pf7.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "problems/suite/position.hpp"
#include "problems/suite/trigonometry.hpp"

namespace millrace {
namespace {

/// Sums of y_j^2 over j = 4, 7, ..., over j = 5, 8, ..., and over j = 3, 6, ... (from 1).
struct Bends {
  alignas(kAlignment) double sum[3][kLanes] = {};
  /// y_3^2, which the objectives from the fourth on leave out.
  alignas(kAlignment) double third[kLanes];
  std::size_t count[3] = {};
};

void add_bends(const Tile& tile, Bends& bends) {
  alignas(kAlignment) double sine[kLanes];
  alignas(kAlignment) double cosine[kLanes];
  const double* x1 = tile.column(0);
  const double* x2 = tile.column(1);
  for (std::size_t j = 2; j < tile.variables(); ++j) {
    const double phase = static_cast<double>(j + 1) / static_cast<double>(tile.variables());
    for (std::size_t lane = 0; lane < kLanes; ++lane) sine[lane] = 2.0 * x1[lane] + phase;
    sin_cos_pi(sine, sine, cosine);
    const double* x = tile.column(j);
    double* sum = bends.sum[j % 3];
    ++bends.count[j % 3];
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      const double y = x[lane] - 2.0 * x2[lane] * sine[lane];
      sum[lane] += y * y;
    }
    if (j == 2) std::copy_n(sum, kLanes, bends.third);
  }
}

double tenth_power(double v) {
  const double v2 = v * v, v4 = v2 * v2;
  return v4 * v4 * v2;
}

}  // namespace

MafPf7::MafPf7(std::string name, std::size_t objectives, std::size_t variables) {
  if (objectives < 3) throw std::invalid_argument(fmt::format("{} needs at least 3 objectives", name));
  if (variables < 5) throw std::invalid_argument(fmt::format("{} needs at least 5 variables, not {}", name, variables));
  Bounds bounds(variables, -2.0, 2.0);
  bounds.set(0, 0.0, 1.0);
  bounds.set(1, 0.0, 1.0);
  spec_ = suite_spec(std::move(name), std::move(bounds), objectives);
}

void MafPf7::evaluate(const Tile& tile, Outcome& outcome, Scratch&) const {
  Bends bends;
  add_bends(tile, bends);
  alignas(kAlignment) double sine[2][kLanes];
  alignas(kAlignment) double cosine[2][kLanes];
  for (std::size_t i = 0; i < 2; ++i) {
    const double* x = tile.column(i);
    for (std::size_t lane = 0; lane < kLanes; ++lane) sine[i][lane] = 0.5 * x[lane];
    sin_cos_pi(sine[i], sine[i], cosine[i]);
  }
  double* f1 = outcome.objective(0);
  double* f2 = outcome.objective(1);
  double* f3 = outcome.objective(2);
  const double weight[] = {2.0 / static_cast<double>(bends.count[0]), 2.0 / static_cast<double>(bends.count[1]),
                           2.0 / static_cast<double>(bends.count[2])};
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    f1[lane] = sine[0][lane] + weight[0] * bends.sum[0][lane];
    f2[lane] = cosine[0][lane] * sine[1][lane] + weight[1] * bends.sum[1][lane];
    f3[lane] = cosine[0][lane] * cosine[1][lane] + weight[2] * bends.sum[2][lane];
  }
  const double weight_of_all = 2.0 / static_cast<double>(tile.variables() - 3);
  for (std::size_t k = 3; k < outcome.objectives(); ++k) {
    double* f = outcome.objective(k);
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      const double bent = bends.sum[0][lane] + bends.sum[1][lane] + (bends.sum[2][lane] - bends.third[lane]);
      f[lane] = f1[lane] * f1[lane] + tenth_power(f2[lane]) + tenth_power(f3[lane]) + weight_of_all * bent;
    }
  }
}

}  // namespace millrace
