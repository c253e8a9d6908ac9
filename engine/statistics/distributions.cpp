#include "engine/statistics/distributions.hpp"

#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/fisher_f.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/quadrature/gauss_kronrod.hpp>
#include <boost/math/tools/roots.hpp>
#include <cmath>
#include <cstdint>

namespace millrace {
namespace {

namespace bm = boost::math;

// Doubles throughout, and an underflow to 0 is an answer.
using Policy = bm::policies::policy<bm::policies::promote_double<false>,
                                    bm::policies::underflow_error<bm::policies::ignore_error>>;
using Normal = bm::normal_distribution<double, Policy>;

}  // namespace

double normal_upper_tail(double z) {
  if (std::isinf(z)) return z > 0.0 ? 0.0 : 1.0;
  return bm::cdf(bm::complement(Normal(), z));
}

double chi_square_upper_tail(double x, std::size_t freedom) {
  if (x <= 0.0) return 1.0;
  if (std::isinf(x)) return 0.0;
  return bm::cdf(bm::complement(bm::chi_squared_distribution<double, Policy>(static_cast<double>(freedom)), x));
}

double f_upper_tail(double f, std::size_t numerator, std::size_t denominator) {
  if (f <= 0.0) return 1.0;
  if (std::isinf(f)) return 0.0;
  const bm::fisher_f_distribution<double, Policy> distribution(static_cast<double>(numerator),
                                                               static_cast<double>(denominator));
  return bm::cdf(bm::complement(distribution, f));
}

// Boost.Math has no studentised range, but what it is made of: the greatest value lies at z and the others within q.
double normal_range_probability(double q, std::size_t count) {
  if (q <= 0.0) return 0.0;
  const Normal normal;
  const auto integrand = [&](double greatest) {
    const double within = normal_upper_tail(greatest - q) - normal_upper_tail(greatest);
    return bm::pdf(normal, greatest) * std::pow(within, static_cast<double>(count - 1));
  };
  constexpr double kEnd = 8.5;  // the normal density beyond is below 1e-16
  const double integral = bm::quadrature::gauss_kronrod<double, 31>::integrate(integrand, -kEnd, kEnd + q, 10, 1e-12);
  return std::min(1.0, static_cast<double>(count) * integral);
}

double normal_range_quantile(double p, std::size_t count) {
  if (p <= 0.0) return 0.0;
  std::uintmax_t steps = 200;
  const auto excess = [&](double q) { return normal_range_probability(q, count) - p; };
  const auto [from, to] =
      bm::tools::bracket_and_solve_root(excess, 3.0, 1.5, true, bm::tools::eps_tolerance<double>(40), steps, Policy());
  return 0.5 * (from + to);
}

}  // namespace millrace
