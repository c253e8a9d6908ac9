// One subproblem a lane: the weights of a neighbourhood lie side by side, so a newcomer is compared with eight
// neighbours at once; the owners' values and violations are gathered. Few of them are improved, and a square root takes
// as long as all the rest, weights in doubles twice as much of the caches: penalties are first compared by their squares
// in single precision, with room for its rounding, and computed in doubles where that leaves a doubt.

#include "engine/select/decomposition.hpp"

#include <algorithm>
#include <cmath>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/select/decomposition.cpp"
#include <hwy/foreach_target.h>  // must come before highway.h
#include <hwy/highway.h>

#ifndef MILLRACE_DECOMPOSITION_TYPES
#define MILLRACE_DECOMPOSITION_TYPES
namespace millrace {

/// Everything the kernels read and write.
struct Comparison {
  Scalarisation scalarisation;
  double theta;
  std::size_t m;
  std::size_t neighbours;
  std::size_t stride;
  const Columns* weights;
  const double* neighbour_weights;
  const float* coarse_weights;
  const std::int32_t* neighbour_index;
  const Columns* newcomers;
  const double* newcomer_violation;
  const double* owner_violation;
  bool owners_feasible;
  const double* owner_values;
  const float* coarse_values;
  const std::uint32_t* centres;
  std::uint64_t* improves;
  double* gains;
};

}  // namespace millrace
#endif

HWY_BEFORE_NAMESPACE();
namespace millrace {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;
using D = hn::ScalableTag<double>;
using V = hn::Vec<D>;
using M = hn::Mask<D>;
/// At most 8 lanes: a row of weights is a whole number of them.
using F = hn::CappedTag<float, 8>;
using VF = hn::Vec<F>;

/// Value of the points `y(k)` for the directions `w(k)`, a lane each.
template <class Y, class W>
HWY_INLINE V scalarise(Scalarisation scalarisation, double theta, std::size_t m, Y&& y, W&& w) {
  const D d;
  V value = hn::Mul(y(0), w(0));
  if (scalarisation == Scalarisation::tchebycheff || scalarisation == Scalarisation::modified_tchebycheff) {
    for (std::size_t k = 1; k < m; ++k) value = hn::Max(value, hn::Mul(y(k), w(k)));
    return value;
  }
  for (std::size_t k = 1; k < m; ++k) value = hn::MulAdd(y(k), w(k), value);
  if (scalarisation == Scalarisation::weighted_sum) return value;
  V far = hn::Zero(d);
  for (std::size_t k = 0; k < m; ++k) {
    const V off = hn::NegMulAdd(value, w(k), y(k));
    far = hn::MulAdd(off, off, far);
  }
  return hn::MulAdd(hn::Set(d, theta), hn::Sqrt(far), value);
}

void own_values(const Comparison& c, const Columns& y, double* values) {
  const D d;
  for (std::size_t j = 0; j < y.rows(); j += hn::Lanes(d)) {
    const V value = scalarise(
        c.scalarisation, c.theta, c.m, [&](std::size_t k) { return hn::Load(d, y.column_data(k) + j); },
        [&](std::size_t k) { return hn::Load(d, c.weights->column_data(k) + j); });
    // Columns are padded to whole vectors, the result is not.
    const std::size_t left = y.rows() - j;
    if (left >= hn::Lanes(d)) hn::StoreU(value, d, values + j);
    else hn::BlendedStore(value, hn::FirstN(d, left), d, values + j);
  }
}

/// Bound of the relative rounding error of a sum of m products in single precision, inputs rounded, with room to spare.
HWY_INLINE float coarse_error(std::size_t m) { return 2.5e-7f * static_cast<float>(m + 4); }

/// One newcomer beside the neighbours of its centre.
class Newcomer {
 public:
  Newcomer(const Comparison& c, std::size_t i)
      : c_(c), i_(i), index_(c.neighbour_index + c.centres[i] * c.stride),
        weights_(c.neighbour_weights + c.centres[i] * c.m * c.stride),
        coarse_weights_(c.coarse_weights + c.centres[i] * c.m * c.stride), violation_(c.newcomer_violation[i]) {
    double square = 0.0;
    for (std::size_t k = 0; k < c.m; ++k) square += c.newcomers->column_data(k)[i] * c.newcomers->column_data(k)[i];
    const float error = coarse_error(c.m);
    length_error_ = static_cast<float>(std::sqrt(square)) * error;
    least_square_ = static_cast<float>(square) * (1.0f - 4.0f * error);
    // Far from where squares overflow or lose bits in single precision.
    is_coarse_ =
        c.scalarisation == Scalarisation::pbi && c.owners_feasible && c.theta <= 1e6 && square > 1e-20 && square < 1e20;
  }

  /// Bit t: it improves neighbour t. Its values for them go to the gains.
  std::uint64_t improves() const {
    if (c_.owners_feasible && violation_ > 0.0) return 0;
    const std::uint64_t doubtful = is_coarse_ ? not_surely_worse() : ~std::uint64_t{0};
    const std::size_t n = hn::Lanes(D());
    const std::uint64_t lanes = (std::uint64_t{1} << n) - 1;
    std::uint64_t bits = 0;
    for (std::size_t t = 0; t < c_.neighbours; t += n)
      if ((doubtful >> t & lanes) != 0) bits |= improves(t) << t;
    return bits;
  }

 private:
  std::uint64_t improves(std::size_t t) const {
    const D d;
    const hn::Rebind<std::int32_t, D> d32;
    const hn::RebindToSigned<D> d64;
    const auto at = hn::PromoteTo(d64, hn::LoadU(d32, index_ + t));
    const V owner = hn::GatherIndex(d, c_.owner_values, at);
    M less = hn::FirstN(d, 0);
    M equal = hn::Not(less);
    if (!c_.owners_feasible || violation_ != 0.0) {
      const V mine = hn::Set(d, violation_);
      const V owner_violation = hn::GatherIndex(d, c_.owner_violation, at);
      less = hn::Lt(mine, owner_violation);
      equal = hn::Eq(mine, owner_violation);
    }
    const V value = scalarise(
        c_.scalarisation, c_.theta, c_.m, [&](std::size_t k) { return hn::Set(d, objective(k)); },
        [&](std::size_t k) { return hn::Load(d, weights_ + k * c_.stride + t); });
    hn::StoreU(value, d, c_.gains + i_ * c_.stride + t);
    std::uint8_t bits[8] = {};
    hn::StoreMaskBits(d, hn::Or(less, hn::And(equal, hn::Lt(value, owner))), bits);
    return bits[0];
  }

  /// Bit t is 0 where pbi for neighbour t is above the owner's value for certain: theta d2 >= owner - d1 by the squares,
  /// where d2^2 = |y|^2 - d1^2. The error of d1 is less than |y| times coarse_error, as directions have length 1. What
  /// is not a number is not certain.
  std::uint64_t not_surely_worse() const {
    const F f;
    const hn::RebindToSigned<F> f32;
    const VF error = hn::Set(f, length_error_);
    const VF theta_square = hn::Set(f, static_cast<float>(c_.theta * c_.theta) * (1.0f - 4.0f * coarse_error(c_.m)));
    std::uint64_t doubtful = 0;
    for (std::size_t t = 0; t < c_.neighbours; t += hn::Lanes(f)) {
      VF along = hn::Mul(hn::Set(f, static_cast<float>(objective(0))), hn::Load(f, coarse_weights_ + t));
      for (std::size_t k = 1; k < c_.m; ++k)
        along = hn::MulAdd(hn::Set(f, static_cast<float>(objective(k))),
                           hn::Load(f, coarse_weights_ + k * c_.stride + t), along);
      const VF most_along = hn::Add(hn::Abs(along), error);
      const VF owner = hn::GatherIndex(f, c_.coarse_values, hn::Load(f32, index_ + t));
      // Above owner - d1, the rounding of both and of their difference included.
      const VF room = hn::Add(hn::Sub(owner, along), hn::MulAdd(hn::Abs(owner), hn::Set(f, coarse_error(0)), error));
      const VF off_square = hn::NegMulAdd(most_along, most_along, hn::Set(f, least_square_));
      const auto worse =
          hn::Or(hn::Ge(hn::Mul(theta_square, off_square), hn::Mul(room, room)), hn::Lt(room, hn::Zero(f)));
      std::uint8_t bits[8] = {};
      hn::StoreMaskBits(f, hn::Not(worse), bits);
      doubtful |= std::uint64_t{bits[0]} << t;
    }
    return doubtful;
  }

  double objective(std::size_t k) const { return c_.newcomers->column_data(k)[i_]; }

  const Comparison& c_;
  std::size_t i_;
  const std::int32_t* index_;
  const double* weights_;
  const float* coarse_weights_;
  double violation_;
  /// In single precision: |y| times the error of a sum, and below |y|^2.
  float length_error_;
  float least_square_;
  /// Whether the comparison in single precision comes first: not where violations decide, or without a root to spare.
  bool is_coarse_;
};

void compare(const Comparison& c, std::size_t begin, std::size_t end) {
  const std::uint64_t real = c.neighbours == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << c.neighbours) - 1;
  for (std::size_t i = begin; i < end; ++i) c.improves[i] = Newcomer(c, i).improves() & real;
}

}  // namespace HWY_NAMESPACE
}  // namespace millrace
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace millrace {
namespace {

HWY_EXPORT(own_values);
HWY_EXPORT(compare);

constexpr double kSmallestWeight = 1e-6;
constexpr std::size_t kVector = kAlignment / sizeof(double);

Columns prepared_weights(const ReferenceDirections& directions, Scalarisation scalarisation) {
  Columns weights = scalarisation == Scalarisation::pbi ? directions.units() : directions.weights();
  for (std::size_t k = 0; k < weights.columns(); ++k)
    for (double& w : weights.column(k)) {
      if (scalarisation == Scalarisation::tchebycheff) w = std::max(w, kSmallestWeight);
      if (scalarisation == Scalarisation::modified_tchebycheff) w = 1.0 / std::max(w, kSmallestWeight);
    }
  return weights;
}

}  // namespace

std::string DecompositionOptions::error() const {
  if (!(theta >= 0.0) || !std::isfinite(theta)) return "theta of pbi must be a number of at least 0";
  return {};
}

Decomposition::Decomposition(const ReferenceDirections& directions, const Neighbourhood& neighbourhood,
                             DecompositionOptions options)
    : options_(options), neighbours_(neighbourhood.size()), stride_(round_up(neighbourhood.size(), kVector)),
      weights_(prepared_weights(directions, options.scalarisation)),
      neighbour_weights_(directions.count() * directions.objectives() * stride_, 0.0),
      coarse_weights_(neighbour_weights_.size(), 0.0f), neighbour_index_(directions.count() * stride_, 0) {
  const std::size_t m = directions.objectives();
  for (std::size_t i = 0; i < directions.count(); ++i) {
    const auto near = neighbourhood.of(i);
    for (std::size_t t = 0; t < near.size(); ++t) {
      neighbour_index_[i * stride_ + t] = static_cast<std::int32_t>(near[t]);
      for (std::size_t k = 0; k < m; ++k) neighbour_weights_[(i * m + k) * stride_ + t] = weights_(near[t], k);
    }
  }
  for (std::size_t i = 0; i < neighbour_weights_.size(); ++i)
    coarse_weights_[i] = static_cast<float>(neighbour_weights_[i]);
}

void Decomposition::own_values(const Columns& y, std::span<double> values) const {
  Comparison c = {};
  c.scalarisation = options_.scalarisation;
  c.theta = options_.theta;
  c.m = y.columns();
  c.weights = &weights_;
  HWY_DYNAMIC_DISPATCH(own_values)(c, y, values.data());
}

void Decomposition::compare(const ScalarPoints& newcomers, const ScalarPoints& owners,
                            std::span<const double> owner_values, std::span<const std::uint32_t> centres,
                            std::span<std::uint64_t> improves, std::span<double> gains, Workers& workers) {
  coarse_values_.resize(owner_values.size());
  for (std::size_t j = 0; j < owner_values.size(); ++j) coarse_values_[j] = static_cast<float>(owner_values[j]);
  const Comparison c = {.scalarisation = options_.scalarisation,
                        .theta = options_.theta,
                        .m = newcomers.y.columns(),
                        .neighbours = neighbours_,
                        .stride = stride_,
                        .weights = &weights_,
                        .neighbour_weights = neighbour_weights_.data(),
                        .coarse_weights = coarse_weights_.data(),
                        .neighbour_index = neighbour_index_.data(),
                        .newcomers = &newcomers.y,
                        .newcomer_violation = newcomers.violation.data(),
                        .owner_violation = owners.violation.data(),
                        .owners_feasible = std::all_of(owners.violation.begin(), owners.violation.end(),
                                                       [](double violation) { return violation == 0.0; }),
                        .owner_values = owner_values.data(),
                        .coarse_values = coarse_values_.data(),
                        .centres = centres.data(),
                        .improves = improves.data(),
                        .gains = gains.data()};
  // A newcomer takes some 30 to 100 ns.
  constexpr std::size_t kGrain = 1024;
  workers.for_blocks(centres.size(), kGrain, [&](std::size_t begin, std::size_t end) {
    HWY_DYNAMIC_DISPATCH(compare)(c, begin, end);
  });
}

}  // namespace millrace
#endif  // HWY_ONCE
