#include "problems/suite/wfg.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "problems/suite/position.hpp"
#include "problems/suite/wfg_shapes.hpp"
#include "problems/suite/wfg_transformations.hpp"

namespace millrace {

Wfg::Wfg(std::string name, int number, std::size_t objectives, std::size_t positions, std::size_t distances)
    : number_(number), positions_(positions), distances_(distances) {
  if (objectives < 2) throw std::invalid_argument(fmt::format("{} needs at least 2 objectives", name));
  if (positions == 0 || positions % (objectives - 1) != 0)
    throw std::invalid_argument(fmt::format("{} needs a number of position variables that is a multiple of {}, not {}",
                                            name, objectives - 1, positions));
  if (distances == 0) throw std::invalid_argument(fmt::format("{} needs at least 1 distance variable", name));
  if ((number == 2 || number == 3) && distances % 2 != 0)
    throw std::invalid_argument(fmt::format("{} needs an even number of distance variables, not {}", name, distances));
  Bounds bounds(positions + distances);
  for (std::size_t j = 0; j < bounds.variables(); ++j) bounds.set(j, 0.0, 2.0 * static_cast<double>(j + 1));
  spec_ = suite_spec(std::move(name), std::move(bounds), objectives);
  spec_.data_digest += fmt::format(" positions={}", positions);
}

void Wfg::evaluate(const Tile& tile, Outcome& outcome, Scratch& scratch) const {
  const std::size_t variables = positions_ + distances_;
  double* y = scratch.lanes(variables + outcome.objectives()).data();
  double* t = y + variables * kLanes;
  for (std::size_t j = 0; j < variables; ++j) {
    const double* z = tile.column(j);
    const double range = spec_.bounds.upper(j);
    for (std::size_t lane = 0; lane < kLanes; ++lane) y[j * kLanes + lane] = wfg::to_unit(z[lane] / range);
  }
  transform(y);
  reduce(y, t);
  unfold(t, outcome);
}

// The transformations that keep the number of variables, in the order of the paper.
void Wfg::transform(double* y) const {
  const std::size_t variables = positions_ + distances_;
  const auto columns = [&](std::size_t begin, std::size_t end, auto&& step) {
    for (std::size_t j = begin; j < end; ++j) step(y + j * kLanes);
  };
  const auto all = [&](auto&& step) { columns(0, variables, step); };
  const auto position = [&](auto&& step) { columns(0, positions_, step); };
  const auto distance = [&](auto&& step) { columns(positions_, variables, step); };
  switch (number_) {
    case 1:
      distance(wfg::shift_linear);
      distance(wfg::bias_flat);
      all(wfg::bias_polynomial);
      break;
    case 4: all([](double* column) { wfg::shift_multimodal(column, 30.0, 10.0); }); break;
    case 5: all(wfg::shift_deceptive); break;
    case 7:
      bias_by_later(y, positions_);
      distance(wfg::shift_linear);
      break;
    case 8:
      bias_by_earlier(y);
      distance(wfg::shift_linear);
      break;
    case 9:
      bias_by_later(y, variables - 1);
      position(wfg::shift_deceptive);
      distance([](double* column) { wfg::shift_multimodal(column, 30.0, 95.0); });
      break;
    default:  // WFG2, 3 and 6
      distance(wfg::shift_linear);
  }
}

// b_param of the first `biased` columns, each by the mean of those after it. Backwards, so that the sum still sees the
// columns as they were.
void Wfg::bias_by_later(double* y, std::size_t biased) const {
  const std::size_t variables = positions_ + distances_;
  alignas(kAlignment) double sum[kLanes] = {};
  alignas(kAlignment) double mean[kLanes];
  for (std::size_t j = variables; j-- > 0;) {
    double* column = y + j * kLanes;
    const double later = static_cast<double>(variables - 1 - j);
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      mean[lane] = wfg::to_unit(sum[lane] / later);
      sum[lane] += column[lane];
    }
    if (j < biased) wfg::bias_parameter(column, mean);
  }
}

// b_param of the distance columns, each by the mean of all columns before it.
void Wfg::bias_by_earlier(double* y) const {
  alignas(kAlignment) double sum[kLanes] = {};
  alignas(kAlignment) double mean[kLanes];
  for (std::size_t j = 0; j < positions_ + distances_; ++j) {
    double* column = y + j * kLanes;
    const double earlier = static_cast<double>(j);
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      mean[lane] = wfg::to_unit(sum[lane] / earlier);
      sum[lane] += column[lane];
    }
    if (j >= positions_) wfg::bias_parameter(column, mean);
  }
}

// To M columns t: one for each group of position variables, one for all distance variables.
void Wfg::reduce(double* y, double* t) const {
  const std::size_t groups = spec_.objectives.size() - 1;
  const std::size_t size = positions_ / groups;
  const bool nonseparable = number_ == 6 || number_ == 9;
  const auto reduce_group = [&](std::size_t first, std::size_t count, double* result) {
    const double* columns = y + first * kLanes;
    if (nonseparable) wfg::nonseparable(columns, count, result);
    else if (number_ == 1) wfg::weighted_mean_of(columns, count, first + 1, result);
    else wfg::mean_of(columns, count, result);
  };
  for (std::size_t i = 0; i < groups; ++i) reduce_group(i * size, size, t + i * kLanes);

  std::size_t distances = distances_;
  if (number_ == 2 || number_ == 3) {  // pairs first; a pair's result never overwrites a pair not yet read
    double* pairs = y + positions_ * kLanes;
    distances /= 2;
    for (std::size_t j = 0; j < distances; ++j) wfg::nonseparable(pairs + 2 * j * kLanes, 2, pairs + j * kLanes);
  }
  reduce_group(positions_, distances, t + groups * kLanes);
}

void Wfg::unfold(const double* t, Outcome& outcome) const {
  const std::size_t last = outcome.objectives() - 1;
  const double* distance = t + last * kLanes;
  alignas(kAlignment) double x[kLanes];
  // x_i = max(t_M, A_i) (t_i - 1/2) + 1/2: with A_i = 1 just t_i, with A_i = 0 (WFG3) drawn to 1/2 near the front.
  const auto position = [&](std::size_t i) {
    const bool degenerate = number_ == 3 && i > 0;
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      const double ti = t[i * kLanes + lane];
      x[lane] = degenerate ? distance[lane] * (ti - 0.5) + 0.5 : ti;
    }
  };
  const wfg::Shape shape = number_ <= 2 ? wfg::Shape::convex : number_ == 3 ? wfg::Shape::linear : wfg::Shape::concave;
  alignas(kAlignment) double one[kLanes];
  std::fill_n(one, kLanes, 1.0);
  unfold_position(one, outcome, [&](std::size_t i, double* keep, double* leave) {
    position(i);
    wfg::shape_factors(shape, x, keep, leave);
  });
  if (number_ == 1) wfg::mixed(t, outcome.objective(last));
  if (number_ == 2) wfg::disconnected(t, outcome.objective(last));
  for (std::size_t m = 0; m <= last; ++m) {
    double* f = outcome.objective(m);
    const double range = 2.0 * static_cast<double>(m + 1);
    for (std::size_t lane = 0; lane < kLanes; ++lane) f[lane] = distance[lane] + range * f[lane];
  }
}

}  // namespace millrace
