#include "engine/select/lattice_association.hpp"

#include "engine/select/lattice_search.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/select/lattice_association.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace millrace::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

constexpr hn::CappedTag<double, 8> kReal;
using RealVector = hn::Vec<decltype(kReal)>;
constexpr std::size_t kRealLanes = hn::MaxLanes(kReal);

/// A vector of points or of lattice points, objective by objective.
template <std::size_t M>
HWY_INLINE void load_points(const double* from, RealVector (&to)[M]) {
  for (std::size_t k = 0; k < M; ++k) to[k] = hn::Load(kReal, from + k * PointBlock::kMost);
}

/// Scales y to sum h and rounds it by largest remainders, earlier objectives first among equals.
template <std::size_t M>
HWY_INLINE void round_points(const double* y, double h, double* scaled, double* rounded) {
  const auto total = hn::Set(kReal, h);
  RealVector p[M], part[M], fraction[M], larger[M];
  load_points<M>(y, p);
  RealVector sum = p[0];
  for (std::size_t k = 1; k < M; ++k) sum = hn::Add(sum, p[k]);
  const auto scale = hn::Div(total, sum);
  RealVector rest = total;
  for (std::size_t k = 0; k < M; ++k) {
    p[k] = hn::Mul(p[k], scale);
    part[k] = hn::Floor(p[k]);
    fraction[k] = hn::Sub(p[k], part[k]);
    rest = hn::Sub(rest, part[k]);
    larger[k] = hn::Zero(kReal);
  }
  const auto one = hn::Set(kReal, 1.0);
  for (std::size_t k = 1; k < M; ++k)
    for (std::size_t j = 0; j < k; ++j) {
      const auto first = hn::Ge(fraction[j], fraction[k]);
      larger[k] = hn::Add(larger[k], hn::IfThenElseZero(first, one));
      larger[j] = hn::Add(larger[j], hn::IfThenZeroElse(first, one));
    }
  for (std::size_t k = 0; k < M; ++k) {
    part[k] = hn::Add(part[k], hn::IfThenElseZero(hn::Lt(larger[k], rest), one));
    hn::Store(p[k], kReal, scaled + k * PointBlock::kMost);
    hn::Store(part[k], kReal, rounded + k * PointBlock::kMost);
  }
}

/// The middle of M values, the upper one of an even number: bubbles the larger half to the end.
template <std::size_t M>
HWY_INLINE RealVector median(const RealVector (&values)[M]) {
  RealVector v[M];
  for (std::size_t k = 0; k < M; ++k) v[k] = values[k];
  for (std::size_t last = M - 1; last + 1 > M / 2; --last) {
    for (std::size_t k = 0; k < last; ++k) {
      const auto low = hn::Min(v[k], v[k + 1]);
      v[k + 1] = hn::Max(v[k], v[k + 1]);
      v[k] = low;
    }
    if (last == 0) break;
  }
  return v[M / 2];
}

/// The terms w |p_k - q| of the Cauchy-Schwarz bound for one q.
template <std::size_t M>
struct Curvature {
  HWY_INLINE Curvature(const RealVector (&p)[M], RealVector q) : largest(hn::Zero(kReal)) {
    RealVector w = hn::Zero(kReal);
    for (std::size_t k = 0; k < M; ++k) {
      term[k] = hn::Abs(hn::Sub(p[k], q));
      w = hn::Add(w, term[k]);
    }
    for (std::size_t k = 0; k < M; ++k) {
      term[k] = hn::Mul(w, term[k]);
      largest = hn::Max(largest, term[k]);
    }
  }
  /// Takes the terms of another q where their largest is smaller.
  HWY_INLINE void prefer(const Curvature& other) {
    const auto smaller = hn::Lt(other.largest, largest);
    for (std::size_t k = 0; k < M; ++k) term[k] = hn::IfThenElse(smaller, other.term[k], term[k]);
    largest = hn::Min(largest, other.largest);
  }
  RealVector term[M];
  RealVector largest;
};

struct TwoLargest {
  HWY_INLINE void add(RealVector value) {
    second = hn::Max(second, hn::Min(first, value));
    first = hn::Max(first, value);
  }
  RealVector first, second;
};

/// What the gain of a move from lattice point `part` is made of, see the header.
template <std::size_t M>
struct Gains {
  HWY_INLINE Gains(const RealVector (&p)[M], const RealVector (&part)[M]) {
    RealVector dot = hn::Mul(p[0], part[0]), squares = hn::Mul(part[0], part[0]);
    for (std::size_t k = 1; k < M; ++k) {
      dot = hn::MulAdd(p[k], part[k], dot);
      squares = hn::MulAdd(part[k], part[k], squares);
    }
    s2 = hn::Div(hn::Mul(dot, dot), squares);
    // The median suits points near a corner, the mean and the middle between the ends those near an edge or a face.
    RealVector least = p[0], most = p[0], sum = p[0];
    for (std::size_t k = 1; k < M; ++k) {
      least = hn::Min(least, p[k]);
      most = hn::Max(most, p[k]);
      sum = hn::Add(sum, p[k]);
    }
    Curvature<M> flattest(p, median<M>(p));
    flattest.prefer(Curvature<M>(p, hn::Mul(hn::Add(least, most), hn::Set(kReal, 0.5))));
    flattest.prefer(Curvature<M>(p, hn::Mul(sum, hn::Set(kReal, 1.0 / static_cast<double>(M)))));
    for (std::size_t k = 0; k < M; ++k) {
      const auto u = hn::Sub(hn::Mul(dot, p[k]), hn::Mul(s2, part[k]));
      twice_u[k] = hn::Add(u, u);
      c[k] = hn::Sub(s2, flattest.term[k]);
    }
  }
  RealVector s2;
  RealVector twice_u[M];
  RealVector c[M];
};

constexpr double kImpossible = -1e300;

/// Gain of the best single exchange, exactly.
template <std::size_t M>
HWY_INLINE RealVector best_exchange(const Gains<M>& gains, const RealVector (&p)[M], const RealVector (&part)[M]) {
  const auto zero = hn::Zero(kReal), impossible = hn::Set(kReal, kImpossible);
  auto best = impossible;
  for (std::size_t k = 1; k < M; ++k)
    for (std::size_t j = 0; j < k; ++j) {
      const auto step = hn::Sub(p[k], p[j]);
      const auto towards_k = hn::Sub(gains.twice_u[k], gains.twice_u[j]);
      const auto to_k = hn::IfThenElse(hn::Gt(part[j], zero), towards_k, impossible);
      const auto to_j = hn::IfThenElse(hn::Gt(part[k], zero), hn::Neg(towards_k), impossible);
      best = hn::Max(best, hn::MulAdd(step, step, hn::Max(to_k, to_j)));
    }
  return hn::Sub(best, hn::Add(gains.s2, gains.s2));
}

/// Whether the bound is concave, negative for two moved units and not above that for one.
template <std::size_t M>
HWY_INLINE auto bounded_from_two(const Gains<M>& gains, const RealVector (&part)[M], RealVector margin) {
  // Two largest terms of one more unit (a first or a second one) in any objective, and of one less.
  const auto zero = hn::Zero(kReal), one = hn::Set(kReal, 1.0), impossible = hn::Set(kReal, kImpossible);
  TwoLargest gain{impossible, impossible}, loss{impossible, impossible};
  auto smallest_c = gains.s2;
  for (std::size_t k = 0; k < M; ++k) {
    const auto twice_c = hn::Add(gains.c[k], gains.c[k]);
    const auto more = hn::Sub(gains.twice_u[k], gains.c[k]);
    const auto less = hn::Sub(hn::Neg(gains.twice_u[k]), gains.c[k]);
    gain.add(more);
    gain.add(hn::Sub(more, twice_c));
    loss.add(hn::IfThenElse(hn::Gt(part[k], zero), less, impossible));
    loss.add(hn::IfThenElse(hn::Gt(part[k], one), hn::Sub(less, twice_c), impossible));
    smallest_c = hn::Min(smallest_c, gains.c[k]);
  }
  const auto one_unit = hn::Add(gain.first, loss.first);
  const auto two_units = hn::Add(hn::Add(gain.first, gain.second), hn::Add(loss.first, loss.second));
  return hn::And(hn::And(hn::Lt(two_units, margin), hn::Le(two_units, one_unit)), hn::Ge(smallest_c, zero));
}

/// 1 in the lanes whose lattice point is proven to be the nearest (see the header), 0 elsewhere. NaN proves nothing.
template <std::size_t M>
HWY_INLINE RealVector prove_points(const double* scaled, const double* rounded, double h) {
  RealVector p[M], part[M];
  load_points<M>(scaled, p);
  load_points<M>(rounded, part);
  RealVector sum = part[0];
  for (std::size_t k = 1; k < M; ++k) sum = hn::Add(sum, part[k]);
  const Gains<M> gains(p, part);
  const auto margin = hn::Mul(gains.s2, hn::Set(kReal, -1e-12 * h * h));
  auto proven = hn::And(hn::Eq(sum, hn::Set(kReal, h)), hn::Lt(best_exchange<M>(gains, p, part), margin));
  proven = hn::And(proven, bounded_from_two<M>(gains, part, margin));
  return hn::IfThenElseZero(proven, hn::Set(kReal, 1.0));
}

template <std::size_t M>
void round_all(const PointBlock& block, double h, LatticePoints& points) {
  for (std::size_t i = 0; i < block.padded(); i += kRealLanes)
    round_points<M>(block.y.data() + i, h, points.p.data() + i, points.part.data() + i);
}

template <std::size_t M>
void prove_all(std::size_t count, double h, LatticePoints& points) {
  for (std::size_t i = 0; i < count; i += kRealLanes)
    hn::Store(prove_points<M>(points.p.data() + i, points.part.data() + i, h), kReal, points.proven.data() + i);
}

void RoundToLattice(const PointBlock& block, double h, LatticePoints& points) {
  switch (block.m) {
    case 2: return round_all<2>(block, h, points);
    case 3: return round_all<3>(block, h, points);
    case 4: return round_all<4>(block, h, points);
    case 5: return round_all<5>(block, h, points);
    case 6: return round_all<6>(block, h, points);
    case 7: return round_all<7>(block, h, points);
    default: return round_all<8>(block, h, points);
  }
}

void ProveNearest(std::size_t m, std::size_t count, double h, LatticePoints& points) {
  switch (m) {
    case 2: return prove_all<2>(count, h, points);
    case 3: return prove_all<3>(count, h, points);
    case 4: return prove_all<4>(count, h, points);
    case 5: return prove_all<5>(count, h, points);
    case 6: return prove_all<6>(count, h, points);
    case 7: return prove_all<7>(count, h, points);
    default: return prove_all<8>(count, h, points);
  }
}

}  // namespace millrace::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace millrace {

HWY_EXPORT(RoundToLattice);
HWY_EXPORT(ProveNearest);

void LatticeAssociation::prepare(std::size_t m, std::size_t divisions, bool search) {
  search_ = search;
  if (m == m_ && divisions == divisions_) return;
  m_ = m;
  divisions_ = divisions;
  // Pascal's triangle: C(r + q, q) = C(r - 1 + q, q) + C(r + q - 1, q - 1).
  const std::size_t width = divisions + 1;
  compositions_.assign(m * width, 1);
  for (std::size_t q = 1; q < m; ++q)
    for (std::size_t r = 1; r < width; ++r)
      compositions_[q * width + r] = compositions_[q * width + r - 1] + compositions_[(q - 1) * width + r];
}

std::size_t LatticeAssociation::associate(PointBlock& block, LatticePoints& points) const {
  const double h = static_cast<double>(divisions_);
  HWY_DYNAMIC_DISPATCH(RoundToLattice)(block, h, points);
  HWY_DYNAMIC_DISPATCH(ProveNearest)(m_, block.padded(), h, points);
  std::size_t open = 0;
  for (std::size_t i = 0; i < block.count; ++i) {
    const bool proven =
        points.proven[i] != 0.0 || (search_ && search_lattice(m_, h, points.p.data() + i, points.part.data() + i));
    block.nearest[i] = proven ? index_of(points.part.data() + i) : -1;
    open += !proven;
  }
  return open;
}

std::int64_t LatticeAssociation::index_of(const double* part) const {
  // Lattice points before this one in lexicographic order, objective by objective those with a smaller part there.
  const std::size_t width = divisions_ + 1;
  std::int64_t index = 0;
  std::size_t rest = divisions_;
  for (std::size_t k = 0; k + 1 < m_; ++k) {
    const std::int64_t* row = compositions_.data() + (m_ - 1 - k) * width;
    const std::size_t left = rest - static_cast<std::size_t>(part[k * PointBlock::kMost]);
    index += row[rest] - row[left];
    rest = left;
  }
  return index;
}

}  // namespace millrace
#endif
