#include "engine/select/lattice_search.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/select/direction_search.hpp"

namespace millrace {
namespace {

constexpr std::size_t kMost = 8;
/// Below this share of s^2 a curvature bounds too little: the list of moves would be long.
constexpr double kFlat = 0.02;
using Reals = std::array<double, kMost>;

/// The gain of a move d from lattice point a: 2 u.d + (p.d)^2 - s^2 |d|^2, and its bound.
struct Gain {
  Gain(std::size_t m_in, double h, const Reals& p_in, const Reals& a_in) : m(m_in), p(p_in), a(a_in) {
    double dot = 0.0, squares = 0.0;
    for (std::size_t k = 0; k < m; ++k) {
      dot += p[k] * a[k];
      squares += a[k] * a[k];
    }
    s2 = dot * dot / squares;
    margin = 1e-12 * h * h * s2;
    for (std::size_t k = 0; k < m; ++k) twice_u[k] = 2.0 * (dot * p[k] - s2 * a[k]);
  }

  double exchange(std::size_t up, std::size_t down) const {
    const double step = p[up] - p[down];
    return twice_u[up] - twice_u[down] + step * step - 2.0 * s2;
  }

  /// Chooses the curvatures of the bound; false where they are too flat.
  bool bend() {
    Reals sorted = p;
    std::nth_element(sorted.begin(), sorted.begin() + m / 2, sorted.begin() + m);
    double mean = 0.0;
    for (std::size_t k = 0; k < m; ++k) mean += p[k] / static_cast<double>(m);
    flat_last = false;
    return bend_around(sorted[m / 2]) || bend_around(mean) || bend_corner(sorted[m / 2]);
  }

  bool bend_around(double q) {
    double w = 0.0, smallest = s2;
    for (std::size_t k = 0; k < m; ++k) w += std::abs(p[k] - q);
    for (std::size_t k = 0; k < m; ++k) {
      c[k] = s2 - w * std::abs(p[k] - q);
      smallest = std::min(smallest, c[k]);
    }
    return smallest > kFlat * s2;
  }

  /// Near a corner: (p.d)^2 <= sum D_k d_k^2 for any D with sum (p_k - q)^2 / D_k = 1. The last and largest objective
  /// takes D = s^2, which leaves it no curvature at all, so that little of the sum remains for the others' small
  /// terms.
  bool bend_corner(double q) {
    const double share = (p[m - 1] - q) * (p[m - 1] - q) / s2;
    if (!(share < 1.0)) return false;
    double w = 0.0, smallest = s2;
    for (std::size_t k = 0; k + 1 < m; ++k) w += std::abs(p[k] - q);
    for (std::size_t k = 0; k + 1 < m; ++k) {
      c[k] = s2 - w * std::abs(p[k] - q) / (1.0 - share);
      smallest = std::min(smallest, c[k]);
    }
    c[m - 1] = 0.0;
    flat_last = true;
    return smallest > kFlat * s2;
  }

  bool flat_last = false;
  std::size_t m;
  const Reals& p;
  const Reals& a;
  double s2 = 0.0;
  double margin = 0.0;
  Reals twice_u{};
  Reals c{};
};

/// Lists the moves whose bound reaches -margin, and keeps the best by exact gain.
class MoveSearch {
 public:
  explicit MoveSearch(const Gain& gain) : gain_(gain) {
    const std::size_t last = gain.m - 1;
    multiplier_ = gain.flat_last ? gain.twice_u[last] : balance();
    room_[last] = gain.flat_last ? 0.0 : term(last, peak(last));
    for (std::size_t k = last; k-- > 0;) room_[k] = room_[k + 1] + term(k, peak(k));
    visit(0, 0.0, 0.0);
  }

  double best = -1e300;
  Reals best_move{};

 private:
  /// The multiplier that makes one unit more as costly as one less: then no term of the bound is far above zero.
  double balance() const {
    double more = -1e300, less = 1e300;
    for (std::size_t k = 0; k < gain_.m; ++k) {
      more = std::max(more, gain_.twice_u[k] - gain_.c[k]);
      if (gain_.a[k] >= 1.0) less = std::min(less, gain_.twice_u[k] + gain_.c[k]);
    }
    return 0.5 * (more + less);
  }
  double term(std::size_t k, double d) const { return (gain_.twice_u[k] - multiplier_) * d - gain_.c[k] * d * d; }
  double peak(std::size_t k) const {
    return std::max(std::round((gain_.twice_u[k] - multiplier_) / (2.0 * gain_.c[k])), -gain_.a[k]);
  }

  void visit(std::size_t k, double sum, double bound) {
    if (k + 1 == gain_.m) {
      move_[k] = -sum;
      if (move_[k] >= -gain_.a[k] && bound + term(k, move_[k]) >= -gain_.margin) try_move();
      return;
    }
    const auto reaches = [&](double d) { return bound + term(k, d) + room_[k + 1] >= -gain_.margin; };
    for (double d = peak(k); reaches(d); d += 1.0) descend(k, d, sum, bound);
    for (double d = peak(k) - 1.0; d >= -gain_.a[k] && reaches(d); d -= 1.0) descend(k, d, sum, bound);
  }

  void descend(std::size_t k, double d, double sum, double bound) {
    move_[k] = d;
    visit(k + 1, sum + d, bound + term(k, d));
  }

  void try_move() {
    double linear = 0.0, along = 0.0, squares = 0.0;
    for (std::size_t k = 0; k < gain_.m; ++k) {
      linear += gain_.twice_u[k] * move_[k];
      along += gain_.p[k] * move_[k];
      squares += move_[k] * move_[k];
    }
    const double value = linear + along * along - gain_.s2 * squares;
    if (squares == 0.0 || value <= best) return;
    best = value;
    best_move = move_;
  }

  const Gain& gain_;
  double multiplier_ = 0.0;
  /// room_[k]: the most that objectives k, k + 1, ... can add to a bound.
  Reals room_{};
  Reals move_{};
};

bool exchange_best(const Gain& gain, Reals& a) {
  double best = gain.margin;
  std::size_t up = 0, down = 0;
  for (std::size_t i = 0; i < gain.m; ++i)
    for (std::size_t j = 0; j < gain.m; ++j)
      if (i != j && a[j] >= 1.0 && gain.exchange(i, j) > best) {
        best = gain.exchange(i, j);
        up = i;
        down = j;
      }
  a[up] += up != down ? 1.0 : 0.0;
  a[down] -= up != down ? 1.0 : 0.0;
  return up != down;
}

}  // namespace

bool search_lattice(std::size_t m, double h, const double* p_in, double* part) {
  std::size_t largest = 0;
  for (std::size_t k = 1; k < m; ++k)
    if (p_in[k * PointBlock::kMost] > p_in[largest * PointBlock::kMost]) largest = k;
  // Here the largest objective comes last, where the search needs no bound for it.
  const auto place = [&](std::size_t k) { return k == m - 1 ? largest : k == largest ? m - 1 : k; };
  Reals p{}, a{};
  double sum = 0.0;
  for (std::size_t k = 0; k < m; ++k) {
    p[k] = p_in[place(k) * PointBlock::kMost];
    a[k] = part[place(k) * PointBlock::kMost];
    sum += a[k];
  }
  if (!(sum == h)) return false;  // the origin, or rounding went wrong
  for (std::size_t step = 0; step < 4 * m; ++step) {
    Gain gain(m, h, p, a);
    if (exchange_best(gain, a)) continue;
    if (!gain.bend()) return false;
    const MoveSearch search(gain);
    if (search.best < -gain.margin) {
      for (std::size_t k = 0; k < m; ++k) part[place(k) * PointBlock::kMost] = a[k];
      return true;
    }
    if (search.best <= gain.margin) return false;
    for (std::size_t k = 0; k < m; ++k) a[k] += search.best_move[k];
  }
  return false;
}

}  // namespace millrace
