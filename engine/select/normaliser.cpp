#include "engine/select/normaliser.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "engine/select/extreme_search.hpp"

namespace millrace {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
/// A range smaller than this share of the values it comes from is rounding noise.
constexpr double kSmallestRelativeRange = 1e-12;

/// Whether `range` is the difference of two values of the size of `ideal` and means anything.
bool usable(double range, double ideal) {
  return std::isfinite(range) && range > kSmallestRelativeRange * std::max(std::abs(ideal), kSmallestRelativeRange);
}

/// Range of objective k over the finite values at `slots`, from `ideal` to the worst.
double range_to_worst(const Columns& f, std::size_t k, std::span<const Slot> slots, double ideal) {
  double worst = -kInfinity;
  for (const Slot i : slots)
    if (std::isfinite(f(i, k))) worst = std::max(worst, f(i, k));
  return worst - ideal;
}

/// Some 10 ns each.
constexpr std::size_t kCandidatesATask = 4096;

/// The two largest components of a translated point: all that the other axes add to a scalarising value.
struct Peaks {
  explicit Peaks(std::span<const double> point) {
    for (std::size_t k = 0; k < point.size(); ++k) {
      if (point[k] > largest) {
        second = largest;
        largest = point[k];
        at = k;
      } else {
        second = std::max(second, point[k]);
      }
    }
  }
  /// Achievement scalarising value for one axis: max over k of point[k] / weight[k].
  double scalarise(std::span<const double> point, std::size_t axis) const {
    return std::max(point[axis], (axis == at ? second : largest) / kOffAxis);
  }

  double largest = -kInfinity;
  double second = -kInfinity;
  std::size_t at = 0;
};

// Up to so many objectives the small linear system lives on the stack: a generation allocates nothing.
constexpr int kUsualObjectives = 16;

/// Solves extreme_j . plane = 1 for every axis j, relative to the ideal point. False where there is no such plane.
template <int most>
bool solve_plane(std::span<const double> extremes, std::span<const double> ideal, std::span<double> plane) {
  using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::ColMajor, most, most>;
  using Vector = Eigen::Matrix<double, Eigen::Dynamic, 1, Eigen::ColMajor, most, 1>;
  const auto m = static_cast<Eigen::Index>(ideal.size());
  Matrix points(m, m);
  for (Eigen::Index axis = 0; axis < m; ++axis)
    for (Eigen::Index k = 0; k < m; ++k)
      points(axis, k) = extremes[static_cast<std::size_t>(axis * m + k)] - ideal[static_cast<std::size_t>(k)];
  if (!points.allFinite()) return false;
  const Vector one = Vector::Ones(m);
  const Vector solution = points.partialPivLu().solve(one);
  std::copy(solution.begin(), solution.end(), plane.begin());
  return solution.allFinite() && (points * solution - one).cwiseAbs().maxCoeff() <= 1e-8;
}

}  // namespace

Normaliser::Normaliser(std::size_t m)
    : ideal_(m, 0.0), range_(m, 1.0), worst_(m, -kInfinity), extremes_(m * m, kInfinity), point_(m), best_(m) {}

void Normaliser::update(const Population& pool, std::span<const Slot> candidates, std::span<const Slot> first_front,
                        Workers& workers) {
  if (candidates.empty()) return;
  widen_bounds(pool, candidates, workers);
  update_extremes(pool, candidates, workers);
  const bool have_plane = intercepts_from_plane();
  for (std::size_t k = 0; k < range_.size(); ++k) {
    if (!have_plane) range_[k] = range_to_worst(pool.f, k, first_front, ideal_[k]);
    if (!usable(range_[k], ideal_[k])) range_[k] = range_to_worst(pool.f, k, candidates, ideal_[k]);
    if (!usable(range_[k], ideal_[k])) range_[k] = 1.0;
  }
}

void Normaliser::widen_bounds(const Population& pool, std::span<const Slot> candidates, Workers& workers) {
  const std::size_t m = ideal_.size();
  const std::size_t blocks = (candidates.size() + kCandidatesATask - 1) / kCandidatesATask;
  // Best and worst of each objective, block after block.
  block_bounds_.resize(2 * m * blocks);
  workers.for_blocks(candidates.size(), kCandidatesATask, [&](std::size_t begin, std::size_t end) {
    double* const bounds = block_bounds_.data() + begin / kCandidatesATask * 2 * m;
    for (std::size_t k = 0; k < m; ++k) {
      const Extent extent = finite_extent(pool.f.column_data(k), candidates.subspan(begin, end - begin));
      bounds[2 * k] = extent.best;
      bounds[2 * k + 1] = extent.worst;
    }
  });
  for (std::size_t k = 0; k < m; ++k) {
    double best = worst_[k] == -kInfinity ? kInfinity : ideal_[k];
    for (std::size_t b = 0; b < blocks; ++b) {
      best = std::min(best, block_bounds_[2 * (b * m + k)]);
      worst_[k] = std::max(worst_[k], block_bounds_[2 * (b * m + k) + 1]);
    }
    ideal_[k] = worst_[k] == -kInfinity ? 0.0 : best;
  }
}

void Normaliser::update_extremes(const Population& pool, std::span<const Slot> candidates, Workers& workers) {
  const std::size_t m = ideal_.size();
  for (std::size_t axis = 0; axis < m; ++axis) {
    for (std::size_t k = 0; k < m; ++k) point_[k] = from_axis(extremes_[axis * m + k] - ideal_[k], range_[k]);
    best_[axis] = Peaks(point_).scalarise(point_, axis);
  }
  competes_.resize(candidates.size());
  workers.for_blocks(candidates.size(), kCandidatesATask, [&](std::size_t begin, std::size_t end) {
    find_competitors({pool.f, ideal_, range_, best_}, candidates.subspan(begin, end - begin), competes_.data() + begin);
  });
  for (std::size_t i = 0; i < candidates.size(); ++i)
    if (competes_[i] != 0) compete(pool, candidates[i]);
}

void Normaliser::compete(const Population& pool, Slot candidate) {
  const std::size_t m = ideal_.size();
  bool finite = true;
  for (std::size_t k = 0; k < m; ++k) {
    finite = finite && std::isfinite(pool.f(candidate, k));
    point_[k] = from_axis(pool.f(candidate, k) - ideal_[k], range_[k]);
  }
  const Peaks peaks(point_);
  for (std::size_t axis = 0; finite && axis < m; ++axis) {
    const double value = peaks.scalarise(point_, axis);
    if (value >= best_[axis]) continue;
    best_[axis] = value;
    for (std::size_t k = 0; k < m; ++k) extremes_[axis * m + k] = pool.f(candidate, k);
  }
}

bool Normaliser::intercepts_from_plane() {
  const std::size_t m = ideal_.size();
  const bool solved = m <= kUsualObjectives ? solve_plane<kUsualObjectives>(extremes_, ideal_, point_)
                                            : solve_plane<Eigen::Dynamic>(extremes_, ideal_, point_);
  if (!solved) return false;
  for (std::size_t k = 0; k < m; ++k) {
    const double intercept = 1.0 / point_[k];
    if (!usable(intercept, ideal_[k])) return false;
    range_[k] = std::min(intercept, worst_[k] - ideal_[k]);
  }
  return true;
}

std::size_t Normaliser::state_size() const { return ideal_.size() + range_.size() + worst_.size() + extremes_.size(); }

void Normaliser::get_state(std::span<double> out) const {
  auto at = out.begin();
  for (const auto* part : {&ideal_, &range_, &worst_, &extremes_}) at = std::copy(part->begin(), part->end(), at);
}

void Normaliser::set_state(std::span<const double> in) {
  auto at = in.begin();
  for (auto* part : {&ideal_, &range_, &worst_, &extremes_}) {
    std::copy_n(at, part->size(), part->begin());
    at += static_cast<std::ptrdiff_t>(part->size());
  }
}

}  // namespace millrace
