#include "engine/select/front_geometry.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/select/front_geometry.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include <hwy/contrib/math/math-inl.h>

HWY_BEFORE_NAMESPACE();
namespace millrace::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

constexpr hn::CappedTag<double, 8> kReal;
using RealVector = hn::Vec<decltype(kReal)>;
constexpr std::size_t kRealLanes = hn::MaxLanes(kReal);

/// x^p for x >= 0. What is below 1e-300 counts as that.
HWY_INLINE RealVector power(RealVector x, double p) {
  return hn::Exp(kReal, hn::Mul(hn::Set(kReal, p), hn::Log(kReal, hn::Max(x, hn::Set(kReal, 1e-300)))));
}

inline void project_points(ManifoldPoints& points, double p) {
  const auto one = hn::Set(kReal, 1.0);
  for (std::size_t i = 0; i < points.count; i += kRealLanes) {
    // Against the largest objective, so that no power underflows.
    auto largest = hn::Zero(kReal);
    for (std::size_t k = 0; k < points.m; ++k) largest = hn::Max(largest, hn::Load(kReal, points.column(k) + i));
    const auto at_origin = hn::Eq(largest, hn::Zero(kReal));
    const auto divisor = hn::IfThenElse(at_origin, one, largest);
    auto sum = hn::Zero(kReal);
    for (std::size_t k = 0; k < points.m; ++k) {
      const auto share = hn::Div(hn::Load(kReal, points.column(k) + i), divisor);
      sum = hn::Add(sum, power(hn::IfThenElse(at_origin, one, share), p));
    }
    const auto relative = power(sum, 1.0 / p);
    for (std::size_t k = 0; k < points.m; ++k) {
      const auto share = hn::Div(hn::Load(kReal, points.column(k) + i), divisor);
      hn::Store(hn::Div(hn::IfThenElse(at_origin, one, share), relative), kReal, points.column(k) + i);
    }
    hn::Store(hn::Mul(largest, relative), kReal, points.length.data() + i);
  }
}

inline std::size_t find_points_within(const ManifoldPoints& points, std::size_t from, const double* limit,
                                      std::uint32_t* found) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < points.count; i += kRealLanes) {
    auto sum = hn::Zero(kReal);
    for (std::size_t k = 0; k < points.m; ++k) {
      const auto gap = hn::Sub(hn::Load(kReal, points.column(k) + i), hn::Set(kReal, points.column(k)[from]));
      sum = hn::MulAdd(gap, gap, sum);
    }
    const auto within = hn::Lt(sum, hn::Load(kReal, limit + i));
    if (hn::AllFalse(kReal, within)) continue;
    std::uint8_t bytes[8] = {};
    hn::StoreMaskBits(kReal, within, bytes);
    for (unsigned bits = bytes[0]; bits != 0; bits &= bits - 1)
      found[count++] = static_cast<std::uint32_t>(i + static_cast<unsigned>(std::countr_zero(bits)));
  }
  return count;
}

/// Distance between point `from` and up to a vector of points; lanes beyond `count` repeat the first.
HWY_INLINE RealVector geodesics(const ManifoldPoints& points, double p, std::size_t from, const std::uint32_t* to,
                                std::size_t count) {
  const bool flat = p > 0.95 && p < 1.05;
  HWY_ALIGN double lanes[kRealLanes];
  const auto other = [&](std::size_t k) {
    for (std::size_t l = 0; l < kRealLanes; ++l) lanes[l] = points.column(k)[to[l < count ? l : 0]];
    return hn::Load(kReal, lanes);
  };
  auto scale = hn::Set(kReal, 1.0);
  if (!flat) {
    auto sum = hn::Zero(kReal);
    for (std::size_t k = 0; k < points.m; ++k) {
      const auto twice = hn::Add(hn::Set(kReal, points.column(k)[from]), other(k));
      sum = hn::Add(sum, power(hn::Mul(twice, hn::Set(kReal, 0.5)), p));
    }
    scale = power(sum, -1.0 / p);
  }
  auto first = hn::Zero(kReal);
  auto second = hn::Zero(kReal);
  for (std::size_t k = 0; k < points.m; ++k) {
    const auto a = hn::Set(kReal, points.column(k)[from]);
    const auto b = other(k);
    const auto middle = flat ? a : hn::Mul(hn::Mul(hn::Add(a, b), hn::Set(kReal, 0.5)), scale);
    first = hn::MulAdd(hn::Sub(a, middle), hn::Sub(a, middle), first);
    second = hn::MulAdd(hn::Sub(b, middle), hn::Sub(b, middle), second);
  }
  return hn::Add(hn::Sqrt(first), hn::Sqrt(second));
}

inline void measure_all_geodesics(const ManifoldPoints& points, double p, std::size_t from, const std::uint32_t* to,
                                  std::size_t count, double* distance) {
  HWY_ALIGN double lanes[kRealLanes];
  for (std::size_t i = 0; i < count; i += kRealLanes) {
    const std::size_t some = std::min(kRealLanes, count - i);
    hn::Store(geodesics(points, p, from, to + i, some), kReal, lanes);
    std::copy_n(lanes, some, distance + i);
  }
}

inline std::size_t find_greatest(const double* values, std::size_t count) {
  auto best = hn::Load(kReal, values);
  for (std::size_t i = kRealLanes; i < count; i += kRealLanes) best = hn::Max(best, hn::Load(kReal, values + i));
  const auto greatest = hn::MaxOfLanes(kReal, best);
  for (std::size_t i = 0;; i += kRealLanes) {
    const auto lane = hn::FindFirstTrue(kReal, hn::Eq(greatest, hn::Load(kReal, values + i)));
    if (lane >= 0) return i + static_cast<std::size_t>(lane);
  }
}

}  // namespace millrace::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace millrace {
namespace {

HWY_EXPORT(project_points);
HWY_EXPORT(find_points_within);
HWY_EXPORT(measure_all_geodesics);
HWY_EXPORT(find_greatest);

constexpr double kMostExponent = 20.0;
constexpr double kLeastExponent = 0.7;

/// The logarithm of sum x_k^p, and its derivative by p, over the positive x_k.
struct LogSum {
  LogSum(std::span<const double> point, double p) {
    double sum = 0.0;
    double weighted = 0.0;
    for (const double x : point) {
      if (x <= 0.0) continue;
      const double term = std::pow(x, p);
      sum += term;
      weighted += term * std::log(x);
    }
    value = std::log(sum);
    slope = weighted / sum;
  }
  double value;
  double slope;
};

}  // namespace

double manifold_exponent(std::span<const double> point) {
  constexpr int kMostSteps = 100;
  constexpr double kPrecision = 1e-6;
  if (std::none_of(point.begin(), point.end(), [](double x) { return x > 0.0; })) return 1.0;
  // Convex, and falling where all objectives are below 1: after the first step Newton comes from one side.
  double p = 1.0;
  for (int step = 0; step < kMostSteps; ++step) {
    const LogSum at(point, p);
    const double next = p - at.value / at.slope;
    if (!std::isfinite(next)) return 1.0;
    const double moved = std::abs(next - p);
    p = std::min(next, kMostExponent);
    if (moved <= kPrecision || next > kMostExponent) break;
  }
  return std::max(p, kLeastExponent);
}

void ManifoldPoints::shape(std::size_t objectives, std::size_t points) {
  m = objectives;
  count = points;
  stride = round_up(points, kStep);
  y.assign(m * stride, 0.0);
  length.assign(stride, 0.0);
}

void project_to_manifold(ManifoldPoints& points, double p) { HWY_DYNAMIC_DISPATCH(project_points)(points, p); }

std::size_t find_within(const ManifoldPoints& points, std::size_t from, const double* limit, std::uint32_t* found) {
  return HWY_DYNAMIC_DISPATCH(find_points_within)(points, from, limit, found);
}

void measure_geodesics(const ManifoldPoints& points, double p, std::size_t from, std::span<const std::uint32_t> to,
                       double* distance) {
  HWY_DYNAMIC_DISPATCH(measure_all_geodesics)(points, p, from, to.data(), to.size(), distance);
}

std::size_t position_of_greatest(const double* values, std::size_t count) {
  return HWY_DYNAMIC_DISPATCH(find_greatest)(values, count);
}

}  // namespace millrace
#endif
