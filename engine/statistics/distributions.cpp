#include "engine/statistics/distributions.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace millrace {
namespace {

constexpr double kPi = std::numbers::pi;

/// ln Gamma(halves / 2). std::lgamma writes a global variable.
double log_gamma_of_half(std::size_t halves) {
  double sum = halves % 2 == 0 ? 0.0 : 0.5 * std::log(kPi);
  for (std::size_t h = halves % 2 == 0 ? 2 : 1; h < halves; h += 2) sum += std::log(0.5 * static_cast<double>(h));
  return sum;
}

/// The continued fraction of the incomplete beta function by Lentz's method; converges fast for x < (a + 1) / (a + b + 2).
double beta_fraction(double x, double a, double b) {
  constexpr double kTiny = 1e-300;
  const auto away_from_zero = [](double v) { return std::fabs(v) < kTiny ? kTiny : v; };
  double c = 1.0;
  double d = 1.0 / away_from_zero(1.0 - (a + b) * x / (a + 1.0));
  double value = d;
  for (int step = 1; step <= 1000; ++step) {
    const double i = step;
    const double even = i * (b - i) * x / ((a + 2.0 * i - 1.0) * (a + 2.0 * i));
    d = 1.0 / away_from_zero(1.0 + even * d);
    c = away_from_zero(1.0 + even / c);
    value *= c * d;
    const double odd = -(a + i) * (a + b + i) * x / ((a + 2.0 * i) * (a + 2.0 * i + 1.0));
    d = 1.0 / away_from_zero(1.0 + odd * d);
    c = away_from_zero(1.0 + odd / c);
    value *= c * d;
    if (std::fabs(c * d - 1.0) < 1e-15) break;
  }
  return value;
}

/// I_x(p / 2, q / 2) with y = 1 - x.
double incomplete_beta(double x, double y, std::size_t p, std::size_t q) {
  if (x <= 0.0) return 0.0;
  if (y <= 0.0) return 1.0;
  const double a = 0.5 * static_cast<double>(p);
  const double b = 0.5 * static_cast<double>(q);
  const double front = std::exp(a * std::log(x) + b * std::log(y) - log_gamma_of_half(p) - log_gamma_of_half(q) +
                                log_gamma_of_half(p + q));
  if (x < (a + 1.0) / (a + b + 2.0)) return front * beta_fraction(x, a, b) / a;
  return 1.0 - front * beta_fraction(y, b, a) / b;
}

}  // namespace

double normal_upper_tail(double z) { return 0.5 * std::erfc(z / std::numbers::sqrt2); }

double chi_square_upper_tail(double x, std::size_t freedom) {
  if (x <= 0.0) return 1.0;
  const double half = 0.5 * x;
  const bool odd = freedom % 2 == 1;
  double tail = odd ? std::erfc(std::sqrt(half)) : std::exp(-half);
  double term = odd ? std::exp(-half) * std::sqrt(half / kPi) * 2.0 : std::exp(-half) * half;
  for (std::size_t k = odd ? 1 : 2; k + 2 <= freedom; k += 2) {
    tail += term;
    term *= x / static_cast<double>(k + 2);
  }
  return std::min(tail, 1.0);
}

double f_upper_tail(double f, std::size_t numerator, std::size_t denominator) {
  if (f <= 0.0) return 1.0;
  if (std::isinf(f)) return 0.0;
  const double explained = f * static_cast<double>(numerator);
  const double rest = static_cast<double>(denominator);
  return incomplete_beta(rest / (rest + explained), explained / (rest + explained), denominator, numerator);
}

double normal_range_probability(double q, std::size_t count) {
  if (q <= 0.0) return 0.0;
  constexpr int kIntervals = 2000;
  constexpr double kFrom = -8.5;
  const double step = (8.5 + q - kFrom) / kIntervals;
  double sum = 0.0;
  for (int i = 0; i <= kIntervals; ++i) {
    const double greatest = kFrom + step * i;
    const double within = normal_upper_tail(greatest - q) - normal_upper_tail(greatest);
    const double density = std::exp(-0.5 * greatest * greatest) / std::sqrt(2.0 * kPi);
    const double weight = i == 0 || i == kIntervals ? 1.0 : i % 2 == 1 ? 4.0 : 2.0;
    sum += weight * density * std::pow(within, static_cast<double>(count - 1));
  }
  return std::min(1.0, static_cast<double>(count) * sum * step / 3.0);
}

double normal_range_quantile(double p, std::size_t count) {
  double from = 0.0, to = 1.0;
  while (to < 64.0 && normal_range_probability(to, count) < p) to *= 2.0;
  while (to - from > 1e-10) {
    const double middle = 0.5 * (from + to);
    (normal_range_probability(middle, count) < p ? from : to) = middle;
  }
  return 0.5 * (from + to);
}

}  // namespace millrace
