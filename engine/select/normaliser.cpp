#include "engine/select/normaliser.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace millrace {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
/// Weight of the other axes in the achievement scalarising function, as in the paper.
constexpr double kOffAxis = 1e-6;
/// What is smaller than this share of the range is no distance from the axis. Without it a point far from the front but
/// 1e-9 from an axis beats one on the front and 1e-5 from it, and carries its distance into the intercepts.
constexpr double kOnAxis = 1e-3;
/// A range smaller than this share of the values it comes from is rounding noise.
constexpr double kSmallestRelativeRange = 1e-12;

/// Whether `range` is the difference of two values of the size of `ideal` and means anything.
bool usable(double range, double ideal) {
  return std::isfinite(range) && range > kSmallestRelativeRange * std::max(std::abs(ideal), kSmallestRelativeRange);
}

/// A translated objective for the scalarising function; `range` is that of the last generation.
double from_axis(double translated, double range) { return translated < kOnAxis * range ? 0.0 : translated; }

/// Range of objective k over the finite values at `slots`, from `ideal` to the worst.
double range_to_worst(const Columns& f, std::size_t k, std::span<const Slot> slots, double ideal) {
  double worst = -kInfinity;
  for (const Slot i : slots)
    if (std::isfinite(f(i, k))) worst = std::max(worst, f(i, k));
  return worst - ideal;
}

/// Some 25 ns each.
constexpr std::size_t kCandidatesATask = 4096;
/// Candidates are looked at in blocks, a lane each, so that the loops over lanes become vectors.
constexpr std::size_t kLanes = 16;
using Lanes = std::array<double, kLanes>;

/// Values of objective k at up to kLanes slots; NaN, which no comparison accepts, beyond them.
Lanes gather(const double* column, std::span<const Slot> slots) {
  Lanes lanes;
  lanes.fill(std::numeric_limits<double>::quiet_NaN());
  for (std::size_t i = 0; i < slots.size(); ++i) lanes[i] = column[slots[i]];
  return lanes;
}

struct Extent {
  double best = kInfinity;
  double worst = -kInfinity;
};

/// Least and largest finite value of an objective at `slots`.
Extent bounds_of(const double* column, std::span<const Slot> slots) {
  constexpr double kMost = std::numeric_limits<double>::max();
  Lanes best, worst;
  best.fill(kInfinity);
  worst.fill(-kInfinity);
  for (std::size_t first = 0; first < slots.size(); first += kLanes) {
    const Lanes values = gather(column, slots.subspan(first, std::min(kLanes, slots.size() - first)));
    for (std::size_t i = 0; i < kLanes; ++i) {
      const double low = values[i] >= -kMost ? values[i] : kInfinity;
      const double high = values[i] <= kMost ? values[i] : -kInfinity;
      best[i] = low < best[i] ? low : best[i];
      worst[i] = high > worst[i] ? high : worst[i];
    }
  }
  return {*std::min_element(best.begin(), best.end()), *std::max_element(worst.begin(), worst.end())};
}

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
      const auto [best, worst] = bounds_of(pool.f.column_data(k), candidates.subspan(begin, end - begin));
      bounds[2 * k] = best;
      bounds[2 * k + 1] = worst;
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
    find_competitors(pool, candidates.subspan(begin, end - begin), competes_.data() + begin);
  });
  for (std::size_t i = 0; i < candidates.size(); ++i)
    if (competes_[i] != 0) compete(pool, candidates[i]);
}

/// Marks the candidates with a scalarising value below the best so far on some axis. The second largest component counts
/// on the axis of the largest, the largest on every other: most candidates end here.
void Normaliser::find_competitors(const Population& pool, std::span<const Slot> candidates,
                                  std::uint8_t* competes) const {
  const double hardest = *std::max_element(best_.begin(), best_.end());
  for (std::size_t first = 0; first < candidates.size(); first += kLanes) {
    const auto block = candidates.subspan(first, std::min(kLanes, candidates.size() - first));
    Lanes largest, second, to_beat;
    largest.fill(-kInfinity);
    second.fill(-kInfinity);
    to_beat.fill(-kInfinity);
    for (std::size_t k = 0; k < ideal_.size(); ++k) {
      const Lanes values = gather(pool.f.column_data(k), block);
      for (std::size_t i = 0; i < kLanes; ++i) {
        const double value = from_axis(values[i] - ideal_[k], range_[k]);
        const double smaller = value < largest[i] ? value : largest[i];
        second[i] = smaller > second[i] ? smaller : second[i];
        to_beat[i] = value > largest[i] ? best_[k] : to_beat[i];
        largest[i] = value > largest[i] ? value : largest[i];
      }
    }
    for (std::size_t i = 0; i < block.size(); ++i)
      competes[first + i] = second[i] / kOffAxis < to_beat[i] || largest[i] / kOffAxis < hardest;
  }
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
