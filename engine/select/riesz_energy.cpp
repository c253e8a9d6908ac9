#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <deque>
#include <mutex>
#include <stdexcept>
#include <utility>
#include <vector>

#include "engine/random/philox.hpp"
#include "engine/select/reference_directions.hpp"

namespace millrace {
namespace {

constexpr int kIterations = 200;
/// Samples offered to the start for each direction that is wanted.
constexpr std::size_t kSamplesEach = 8;
/// Steps shrink from the first to the last value, in units of the distance to the nearest neighbour.
constexpr double kFirstStep = 0.25;
constexpr double kLastStep = 0.002;
/// Pushes below this share of the nearest neighbour's are left out.
constexpr double kNegligible = 1e-6;
/// Keeps coinciding points from dividing by zero.
constexpr double kTiny = 1e-200;

/// Uniform on the simplex: gaps between sorted uniform numbers.
Columns sample_simplex(std::size_t count, std::size_t m, std::uint64_t seed) {
  Columns points(count, m);
  std::vector<double> cuts(m + 1, 0.0);
  for (std::size_t i = 0; i < count; ++i) {
    RowDraws draws({seed, 0, Stage::direction}, static_cast<std::uint32_t>(i));
    for (std::size_t k = 1; k < m; ++k) cuts[k] = draws.next_double();
    cuts[m] = 1.0;
    std::sort(cuts.begin() + 1, cuts.begin() + static_cast<std::ptrdiff_t>(m));
    for (std::size_t k = 0; k < m; ++k) points(i, k) = cuts[k + 1] - cuts[k];
  }
  return points;
}

double square_distance(const Columns& a, std::size_t i, const Columns& b, std::size_t j) {
  double squares = 0.0;
  for (std::size_t k = 0; k < a.columns(); ++k) squares += (a(i, k) - b(j, k)) * (a(i, k) - b(j, k));
  return squares;
}

/// The unit vectors as far as there is room for all, then always the sample farthest from those taken.
Columns spread_start(std::size_t m, std::size_t count, std::uint64_t seed) {
  const Columns samples = sample_simplex(kSamplesEach * count + 64, m, seed);
  Columns chosen(count, m);
  std::vector<double> nearest(samples.rows(), 1e300);
  for (std::size_t i = 0; i < count; ++i) {
    const auto farthest = static_cast<std::size_t>(std::max_element(nearest.begin(), nearest.end()) - nearest.begin());
    for (std::size_t k = 0; k < m; ++k)
      chosen(i, k) = count >= m && i < m ? (i == k ? 1.0 : 0.0) : samples(farthest, k);
    for (std::size_t s = 0; s < samples.rows(); ++s)
      nearest[s] = std::min(nearest[s], square_distance(samples, s, chosen, i));
  }
  return chosen;
}

/// x^e by repeated squaring: pow of the library need not give the same bits everywhere.
double integer_power(double x, std::size_t e) {
  double power = 1.0;
  for (; e > 0; e >>= 1, x *= x)
    if ((e & 1) != 0) power *= x;
  return power;
}

/// Gradient descent on the s-energy, s = 2 (exponent - 1); the gradient at a point is scaled by the share of its
/// nearest neighbour, so that every point moves at the pace of its own surroundings.
class Repulsion {
 public:
  Repulsion(Columns points, std::size_t fixed)
      : points_(std::move(points)), moved_(points_), fixed_(fixed), squares_(points_.rows()),
        exponent_(points_.columns() * points_.columns() / 2 + 1) {
    while (integer_power(reach_, exponent_) > kNegligible) reach_ *= 0.95;
  }

  void step(double length) {
    for (std::size_t i = fixed_; i < points_.rows(); ++i) move(i, length);
    std::swap(points_, moved_);
  }
  Columns take() { return std::move(points_); }

 private:
  struct Neighbour {
    std::size_t row;
    double weight;
  };

  void move(std::size_t i, double length) {
    find_neighbours(i);
    double sum = 0.0;
    for (std::size_t k = 0; k < points_.columns(); ++k) {
      const double* column = points_.column_data(k);
      double push = 0.0;
      for (const auto& [row, weight] : neighbours_) push += weight * (column[i] - column[row]);
      // The push sums to zero over the objectives, so the simplex is left through its faces only.
      moved_(i, k) = std::max(column[i] + length * push, 0.0);
      sum += moved_(i, k);
    }
    for (std::size_t k = 0; k < points_.columns(); ++k) moved_(i, k) /= sum;
  }

  /// Everyone whose push, (nearest / squared distance)^exponent, is more than negligible.
  void find_neighbours(std::size_t i) {
    const std::size_t n = points_.rows();
    std::fill(squares_.begin(), squares_.end(), kTiny);
    for (std::size_t k = 0; k < points_.columns(); ++k) {
      const double* column = points_.column_data(k);
      for (std::size_t j = 0; j < n; ++j) squares_[j] += (column[i] - column[j]) * (column[i] - column[j]);
    }
    squares_[i] = 1e300;
    const double nearest = *std::min_element(squares_.begin(), squares_.end());
    const double farthest = nearest / reach_;
    neighbours_.clear();
    for (std::size_t j = 0; j < n; ++j)
      if (squares_[j] <= farthest) neighbours_.push_back({j, integer_power(nearest / squares_[j], exponent_)});
  }

  Columns points_;
  Columns moved_;
  std::size_t fixed_;
  std::vector<double> squares_;
  std::vector<Neighbour> neighbours_;
  std::size_t exponent_;
  double reach_ = 1.0;
};

ReferenceDirections spread_points(std::size_t m, std::size_t count, std::uint64_t seed) {
  Repulsion repulsion(spread_start(m, count, seed), count >= m ? m : 0);
  for (int t = 0; t < kIterations; ++t) {
    const double done = static_cast<double>(t) / (kIterations - 1);
    repulsion.step(kFirstStep + (kLastStep - kFirstStep) * done);
  }
  return ReferenceDirections(repulsion.take());
}

/// The points that were asked for last: thousands of runs of one process want the same ones, which cost as much as
/// some runs do. From any thread.
class RecentPoints {
 public:
  ReferenceDirections get(std::size_t m, std::size_t count, std::uint64_t seed) {
    const Key key{m, count, seed};
    {
      const std::lock_guard lock(mutex_);
      for (const auto& [known, points] : recent_)
        if (known == key) return points;
    }
    // Outside the lock: whoever else wants them meanwhile computes the same bits.
    ReferenceDirections points = spread_points(m, count, seed);
    if (m * count > kLargest) return points;
    const std::lock_guard lock(mutex_);
    if (recent_.size() == kKept) recent_.pop_front();
    recent_.emplace_back(key, points);
    return points;
  }

 private:
  using Key = std::array<std::uint64_t, 3>;
  static constexpr std::size_t kKept = 64;
  /// Values of a set that is kept: half a megabyte.
  static constexpr std::size_t kLargest = 65'536;
  std::mutex mutex_;
  std::deque<std::pair<Key, ReferenceDirections>> recent_;
};

}  // namespace

ReferenceDirections riesz_energy(std::size_t m, std::size_t count, std::uint64_t seed) {
  if (m == 0 || count == 0) throw std::invalid_argument("reference directions need an objective and a count");
  if (m == 1 || count == 1) {
    Columns centre(count, m);
    for (std::size_t k = 0; k < m; ++k)
      for (double& weight : centre.column(k)) weight = 1.0 / static_cast<double>(m);
    return ReferenceDirections(std::move(centre));
  }
  static RecentPoints recent;
  return recent.get(m, count, seed);
}

}  // namespace millrace
