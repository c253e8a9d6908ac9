#include "problems/suite/wfg_front.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>
#include <span>
#include <vector>

#include "problems/suite/record_pieces.hpp"

namespace millrace {
namespace {

constexpr double kPi = std::numbers::pi;

/// What the first position parameter x keeps for all objectives but the last: 1 - cos(pi x / 2).
double kept_at(double x) {
  const double sine = std::sin(0.25 * kPi * x);
  return 2.0 * sine * sine;
}

/// 1 - mixed with A = 5, alpha = 1.
double mixed_depth(double x) { return x + std::cos(10.0 * kPi * x + 0.5 * kPi) / (10.0 * kPi); }

/// 1 - disc with A = 5, alpha = beta = 1.
double disconnected_depth(double x) {
  const double cosine = std::cos(5.0 * kPi * x);
  return x * cosine * cosine;
}

/// Fills the convex shape of all objectives but the last so that it has the direction of `w`, and returns how many times
/// `w` is as long. A position parameter x divides b : a between those before objective k and objective k. With
/// u = tan(pi x / 4), 1 - cos(pi x / 2) = 2 u^2 / (1 + u^2) and 1 - sin(pi x / 2) = (1 - u)^2 / (1 + u^2), so that
/// u : 1 - u = sqrt(b) : sqrt(2 a).
double unfold_convex(std::span<const double> w, std::span<double> shape) {
  shape[0] = 1.0;
  double length = w[0];
  for (std::size_t k = 1; k + 1 < w.size(); ++k) {
    const double before = std::sqrt(length);
    const double here = std::sqrt(2.0 * w[k]);
    const double u = before + here > 0.0 ? before / (before + here) : 0.0;
    const double rest = before + here > 0.0 ? here / (before + here) : 1.0;
    const double keep = 2.0 * u * u / (1.0 + u * u);
    const double leave = rest * rest / (1.0 + u * u);
    for (std::size_t i = 0; i < k; ++i) shape[i] *= keep;
    shape[k] = leave;
    length = w[k] > length ? w[k] / leave : keep > 0.0 ? length / keep : 0.0;
  }
  return length;
}

/// The x of the pieces with kept_at(x) : 1 - depth(x) = length : last, if there is one: along all pieces the left side
/// rises and the right one falls.
std::optional<double> first_position(double (*depth)(double), std::span<const Piece> pieces, double length,
                                     double last) {
  const auto excess = [&](double x) { return kept_at(x) * last - (1.0 - depth(x)) * length; };
  for (const Piece& piece : pieces) {
    if (excess(piece.to) < 0.0) continue;
    if (excess(piece.from) > 0.0) return std::nullopt;
    double from = piece.from, to = piece.to;
    for (int step = 0; step < 100; ++step) {
      const double middle = 0.5 * (from + to);
      (excess(middle) >= 0.0 ? to : from) = middle;
    }
    return to;
  }
  return pieces.back().to;  // rounding at the last end
}

Columns convex_front(const Columns& directions, double (*depth)(double), std::span<const Piece> pieces) {
  const std::size_t m = directions.columns();
  std::vector<double> w(m), shape(m), kept;
  for (std::size_t i = 0; i < directions.rows(); ++i) {
    for (std::size_t k = 0; k < m; ++k) w[k] = directions(i, k);
    const double length = unfold_convex(w, shape);
    const std::optional<double> x = first_position(depth, pieces, length, w[m - 1]);
    if (!x) continue;
    shape[m - 1] = std::max(1.0 - depth(*x), 0.0);
    for (std::size_t k = 0; k + 1 < m; ++k) shape[k] *= kept_at(*x);
    kept.insert(kept.end(), shape.begin(), shape.end());
  }
  Columns points(kept.size() / m, m);
  for (std::size_t i = 0; i < points.rows(); ++i)
    for (std::size_t k = 0; k < m; ++k) points(i, k) = 2.0 * static_cast<double>(k + 1) * kept[i * m + k];
  return points;
}

}  // namespace

Columns wfg1_front(const Columns& directions) {
  constexpr Piece kWhole[] = {{0.0, 1.0}};
  return convex_front(directions, mixed_depth, kWhole);
}

Columns wfg2_front(const Columns& directions) {
  return convex_front(directions, disconnected_depth, record_pieces(disconnected_depth));
}

Columns wfg3_line(std::size_t objectives, std::size_t count) {
  Columns points(count, objectives);
  const std::size_t last = objectives - 1;
  for (std::size_t i = 0; i < count; ++i) {
    double rest = count > 1 ? static_cast<double>(i) / static_cast<double>(count - 1) : 0.5;
    points(i, last) = 2.0 * static_cast<double>(objectives) * (1.0 - rest);
    for (std::size_t k = last; k-- > 0;) {
      if (k > 0) rest *= 0.5;
      points(i, k) = 2.0 * static_cast<double>(k + 1) * rest;
    }
  }
  return points;
}

}  // namespace millrace
