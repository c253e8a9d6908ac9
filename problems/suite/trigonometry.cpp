#include "problems/suite/trigonometry.hpp"

#include <cstddef>

#include "engine/data/tile.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "problems/suite/trigonometry.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace millrace {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// Taylor coefficients of sin(pi r) / r and cos(pi r) in r^2, highest power first. With |r| <= 1/4 the first term left
// out is below 3e-18 of the result, so minimax coefficients would gain nothing.
constexpr double kSine[] = {7.952054001475513e-07,  -2.1915353447830217e-05, 0.00046630280576761255,
                            -0.0073704309457143504, 0.08214588661112823,     -0.5992645293207921,
                            2.5501640398773455,     -5.16771278004997,       3.141592653589793};
constexpr double kCosine[] = {4.303069587032947e-06, -0.0001046381049248457, 0.0019295743094039231,
                              -0.02580689139001406,  0.2353306303588932,     -1.3352627688545895,
                              4.0587121264167685,    -4.934802200544679,     1.0};

template <class D, class V = hn::Vec<D>, std::size_t N>
HWY_INLINE V polynomial(D d, V z, const double (&coefficients)[N]) {
  V sum = hn::Set(d, coefficients[0]);
  for (std::size_t k = 1; k < N; ++k) sum = hn::MulAdd(sum, z, hn::Set(d, coefficients[k]));
  return sum;
}

/// t = r + q / 2 with |r| <= 1/4, exactly; then the quarter turns q only swap and negate.
template <bool kWithSine, class D>
HWY_INLINE void sin_cos_columns(D d, const double* t, double* sine, double* cosine) {
  const auto zero = hn::Zero(d);
  const auto half = hn::Set(d, 0.5);
  // Far below what any result can show, far above the subnormal numbers, which cost a hundred cycles an instruction:
  // x^100 of DTLZ4 would often have a subnormal square.
  const auto tiny = hn::Set(d, 1e-280);
  for (std::size_t lane = 0; lane < kLanes; lane += hn::Lanes(d)) {
    const auto turn = hn::Load(d, t + lane);
    const auto quarters = hn::Round(hn::Add(turn, turn));
    const auto r = hn::NegMulAdd(quarters, half, turn);
    const auto z = hn::MulAdd(r, r, tiny);
    const auto s = hn::Mul(r, polynomial(d, z, kSine));
    const auto c = polynomial(d, z, kCosine);
    const auto halves = hn::Floor(hn::Mul(quarters, half));
    const auto swapped = hn::Ne(hn::Add(halves, halves), quarters);
    const auto even_halves = hn::Floor(hn::Mul(halves, half));
    const auto negated = hn::Ne(hn::Add(even_halves, even_halves), halves);
    const auto unsigned_cosine = hn::IfThenElse(swapped, hn::Sub(zero, s), c);
    hn::Store(hn::IfThenElse(negated, hn::Sub(zero, unsigned_cosine), unsigned_cosine), d, cosine + lane);
    if constexpr (kWithSine) {
      const auto unsigned_sine = hn::IfThenElse(swapped, c, s);
      hn::Store(hn::IfThenElse(negated, hn::Sub(zero, unsigned_sine), unsigned_sine), d, sine + lane);
    }
  }
}

// Capped at 512 bits, so that 64 lanes are whole vectors on every target.
void sin_cos_pi_column(const double* t, double* sine, double* cosine) {
  sin_cos_columns<true>(hn::CappedTag<double, 8>(), t, sine, cosine);
}

void cos_pi_column(const double* t, double* cosine) {
  sin_cos_columns<false>(hn::CappedTag<double, 8>(), t, nullptr, cosine);
}

}  // namespace HWY_NAMESPACE
}  // namespace millrace
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace millrace {

HWY_EXPORT(sin_cos_pi_column);
HWY_EXPORT(cos_pi_column);

void sin_cos_pi(const double* t, double* sine, double* cosine) {
  HWY_DYNAMIC_DISPATCH(sin_cos_pi_column)(t, sine, cosine);
}

void cos_pi(const double* t, double* cosine) { HWY_DYNAMIC_DISPATCH(cos_pi_column)(t, cosine); }

}  // namespace millrace
#endif
