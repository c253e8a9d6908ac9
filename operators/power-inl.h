// Powers for Highway kernels: include it below <hwy/highway.h>, once per target.
#if defined(MILLRACE_OPERATORS_POWER_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef MILLRACE_OPERATORS_POWER_INL_H_
#undef MILLRACE_OPERATORS_POWER_INL_H_
#else
#define MILLRACE_OPERATORS_POWER_INL_H_
#endif

#include <hwy/highway.h>

#include <cstdint>

HWY_BEFORE_NAMESPACE();
namespace millrace {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

// The library of Highway has an exponential and a logarithm that are right for every double. Operators only ever raise
// normal positive numbers to powers that neither overflow nor must reach subnormal results, which takes half the time;
// and of two logarithms together only one needs a division. The bits are the same wherever MulAdd is fused.

/// A number as 2^exponent (1 + excess), with 1 + excess from sqrt(1/2) to sqrt(2).
template <class V>
struct BinaryParts {
  V exponent;
  V excess;
};

template <class D, class V = hn::Vec<D>>
HWY_INLINE BinaryParts<V> binary_parts(D d, V x) {
  const hn::RebindToUnsigned<D> du;
  // Subtracting the bits of sqrt(1/2) makes the exponent change there; 1024 keeps it positive, and the bits of 2^52
  // turn it into a double without a conversion, which AVX2 lacks.
  const auto shifted = hn::Add(hn::BitCast(du, x), hn::Set(du, (std::uint64_t{1024} << 52) - 0x3FE6A09E00000000u));
  const auto biased = hn::ShiftRight<52>(shifted);
  const V exponent =
      hn::Sub(hn::BitCast(d, hn::Or(biased, hn::Set(du, 0x4330000000000000u))), hn::Set(d, 0x1p52 + 1024.0));
  const auto scale = hn::Sub(hn::ShiftLeft<52>(biased), hn::Set(du, std::uint64_t{1024} << 52));
  const V mantissa = hn::BitCast(d, hn::Sub(hn::BitCast(du, x), scale));
  return {exponent, hn::Sub(mantissa, hn::Set(d, 1.0))};
}

/// Base-2 logarithm from the parts and s = excess / (2 + excess), as exponent + s P(s^2).
/// P interpolates (2 / ln 2) atanh(s) / s at Chebyshev nodes: relative error 2e-16.
template <class D, class V = hn::Vec<D>>
HWY_INLINE V log2_of(D d, V exponent, V s) {
  const V z = hn::Mul(s, s);
  const V z2 = hn::Mul(z, z);
  const V p01 = hn::MulAdd(z, hn::Set(d, 0.9617966939243335), hn::Set(d, 2.885390081777927));
  const V p23 = hn::MulAdd(z, hn::Set(d, 0.4121984019742357), hn::Set(d, 0.5770780172467822));
  const V p45 = hn::MulAdd(z, hn::Set(d, 0.26144407006393944), hn::Set(d, 0.3206163935263423));
  const V p456 = hn::MulAdd(z2, hn::Set(d, 0.2429183013526297), p45);
  const V p = hn::MulAdd(hn::Mul(z2, z2), p456, hn::MulAdd(z2, p23, p01));
  return hn::MulAdd(s, p, exponent);
}

/// Base-2 logarithm of normal x > 0; absolute error about 2e-16 (1 + |log2 x|), zero at 1.
template <class D, class V = hn::Vec<D>>
HWY_INLINE V fast_log2(D d, V x) {
  const BinaryParts<V> parts = binary_parts(d, x);
  return log2_of(d, parts.exponent, hn::Div(parts.excess, hn::Add(parts.excess, hn::Set(d, 2.0))));
}

/// fast_log2 of two vectors for one division.
template <class D, class V = hn::Vec<D>>
HWY_INLINE void fast_log2_pair(D d, V& x, V& y) {
  const V two = hn::Set(d, 2.0);
  const BinaryParts<V> px = binary_parts(d, x);
  const BinaryParts<V> py = binary_parts(d, y);
  const V dx = hn::Add(px.excess, two);
  const V dy = hn::Add(py.excess, two);
  const V inverse = hn::Div(hn::Set(d, 1.0), hn::Mul(dx, dy));
  x = log2_of(d, px.exponent, hn::Mul(px.excess, hn::Mul(dy, inverse)));
  y = log2_of(d, py.exponent, hn::Mul(py.excess, hn::Mul(dx, inverse)));
}

/// What fast_log2_pair makes of x beside x, to the last bit.
template <class D, class V = hn::Vec<D>>
HWY_INLINE V fast_log2_twin(D d, V x) {
  const BinaryParts<V> parts = binary_parts(d, x);
  const V sum = hn::Add(parts.excess, hn::Set(d, 2.0));
  const V inverse = hn::Div(hn::Set(d, 1.0), hn::Mul(sum, sum));
  return log2_of(d, parts.exponent, hn::Mul(parts.excess, hn::Mul(sum, inverse)));
}

/// 2^t for t below 1000, next to nothing below -1000. With n the nearest integer and f = t - n it is
/// 2^n (1 + f Q(f)), where Q interpolates (2^f - 1) / f at Chebyshev nodes; relative error 2e-16.
template <class D, class V = hn::Vec<D>>
HWY_INLINE V fast_exp2(D d, V t) {
  const hn::RebindToUnsigned<D> du;
  t = hn::Max(t, hn::Set(d, -1000.0));
  // Adding 1.5 * 2^52 rounds to an integer and leaves it in the lowest bits.
  const V magic = hn::Set(d, 0x1.8p52);
  const V rounded = hn::Add(t, magic);
  const V f = hn::Sub(t, hn::Sub(rounded, magic));
  const V f2 = hn::Mul(f, f);
  const V f4 = hn::Mul(f2, f2);
  const V q01 = hn::MulAdd(f, hn::Set(d, 0.24022650695910097), hn::Set(d, 0.6931471805599453));
  const V q23 = hn::MulAdd(f, hn::Set(d, 0.009618129107606888), hn::Set(d, 0.0555041086648216));
  const V q45 = hn::MulAdd(f, hn::Set(d, 0.0001540353044173605), hn::Set(d, 0.0013333558146416936));
  const V q67 = hn::MulAdd(f, hn::Set(d, 1.321544258792169e-06), hn::Set(d, 1.525273382983612e-05));
  const V q89 = hn::MulAdd(f, hn::Set(d, 7.072585949269223e-09), hn::Set(d, 1.0178062445845774e-07));
  const V q0123 = hn::MulAdd(f2, q23, q01);
  const V q4567 = hn::MulAdd(f2, q67, q45);
  const V q89a = hn::MulAdd(f2, hn::Set(d, 4.4549605981865186e-10), q89);
  const V q = hn::MulAdd(f4, hn::MulAdd(f4, q89a, q4567), q0123);
  const V fraction = hn::MulAdd(f, q, hn::Set(d, 1.0));
  return hn::BitCast(d, hn::Add(hn::BitCast(du, fraction), hn::ShiftLeft<52>(hn::BitCast(du, rounded))));
}

}  // namespace HWY_NAMESPACE
}  // namespace millrace
HWY_AFTER_NAMESPACE();

#endif  // target toggle
