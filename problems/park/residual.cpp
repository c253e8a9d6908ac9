#include "problems/park/residual.hpp"

#include <fmt/format.h>

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "engine/data/tile.hpp"

namespace millrace {
namespace {

/// The quadratic form must be this much better by leave-one-out.
constexpr double kQuadraticAdvantage = 0.05;

std::size_t feature_count(std::size_t inputs, ResidualDegree degree) {
  return 1 + inputs + (degree == ResidualDegree::quadratic ? inputs * (inputs + 1) / 2 : 0);
}

/// Features of each standardised row.
Eigen::MatrixXd features_of(const Eigen::MatrixXd& z, ResidualDegree degree) {
  const Eigen::Index inputs = z.cols();
  Eigen::MatrixXd x(z.rows(), static_cast<Eigen::Index>(feature_count(static_cast<std::size_t>(inputs), degree)));
  x.col(0).setOnes();
  x.middleCols(1, inputs) = z;
  if (degree == ResidualDegree::linear) return x;
  Eigen::Index next = 1 + inputs;
  for (Eigen::Index i = 0; i < inputs; ++i)
    for (Eigen::Index j = i; j < inputs; ++j) x.col(next++) = z.col(i).cwiseProduct(z.col(j));
  return x;
}

struct RidgeTrial {
  double penalty = 0.0;
  double leave_one_out = std::numeric_limits<double>::infinity();
  Eigen::VectorXd weights;
};

RidgeTrial ridge(const Eigen::MatrixXd& x, const Eigen::VectorXd& y, double penalty) {
  Eigen::MatrixXd normal = x.transpose() * x;
  normal.diagonal().tail(x.cols() - 1).array() += penalty;
  const Eigen::LDLT<Eigen::MatrixXd> factors(normal);
  const Eigen::VectorXd weights = factors.solve(x.transpose() * y);
  const Eigen::VectorXd leverage = (x * factors.solve(x.transpose())).diagonal();
  const Eigen::ArrayXd left_out = (y - x * weights).array() / (1.0 - leverage.array()).max(1e-12);
  return {penalty, std::sqrt(left_out.square().mean()), weights};
}

}  // namespace

TrainingBox TrainingBox::of(std::span<const double> rows, std::size_t inputs) {
  TrainingBox box{{rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(inputs)}, {}};
  box.upper = box.lower;
  for (std::size_t at = 0; at < rows.size(); ++at) {
    const std::size_t i = at % inputs;
    box.lower[i] = std::min(box.lower[i], rows[at]);
    box.upper[i] = std::max(box.upper[i], rows[at]);
  }
  return box;
}

double TrainingBox::width(std::size_t i) const {
  const double size = std::max(std::abs(lower[i]), std::abs(upper[i]));
  return std::max(upper[i] - lower[i], size > 0.0 ? 0.01 * size : 1.0);
}

double TrainingBox::distance(std::span<const double> u) const {
  double squares = 0.0;
  for (std::size_t i = 0; i < lower.size(); ++i) {
    const double excess = std::max({0.0, lower[i] - u[i], u[i] - upper[i]}) / width(i);
    squares += excess * excess;
  }
  return std::sqrt(squares);
}

RidgePolynomial RidgePolynomial::fit(std::span<const double> rows, std::span<const double> targets, std::size_t inputs,
                                     ResidualDegree degree, int least_exponent) {
  const auto n = static_cast<Eigen::Index>(targets.size());
  const auto d = static_cast<Eigen::Index>(inputs);
  if (targets.size() < inputs + 2)
    throw std::invalid_argument(fmt::format("{} measurements are too few for {} inputs; at least {} are needed",
                                            targets.size(), inputs, inputs + 2));
  using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  Eigen::MatrixXd z = Eigen::Map<const RowMajor>(rows.data(), n, d);
  const Eigen::VectorXd y = Eigen::Map<const Eigen::VectorXd>(targets.data(), n);

  RidgePolynomial fitted;
  fitted.degree_ = degree;
  for (Eigen::Index i = 0; i < d; ++i) {
    const double mean = z.col(i).mean();
    const double spread = std::sqrt((z.col(i).array() - mean).square().mean());
    const double scale = spread > 1e-12 * (1.0 + std::abs(mean)) ? spread : 1.0;
    z.col(i) = (z.col(i).array() - mean) / scale;
    fitted.mean_.push_back(mean);
    fitted.scale_.push_back(scale);
  }
  const Eigen::MatrixXd x = features_of(z, degree);
  RidgeTrial best;
  for (int exponent = least_exponent; exponent <= kMostPenaltyExponent; ++exponent) {
    RidgeTrial trial = ridge(x, y, std::pow(10.0, exponent));
    if (trial.leave_one_out < best.leave_one_out) best = std::move(trial);
  }
  fitted.penalty_ = best.penalty;
  fitted.leave_one_out_ = best.leave_one_out;
  fitted.weights_.assign(best.weights.begin(), best.weights.end());
  return fitted;
}

RidgePolynomial RidgePolynomial::fit_by_leave_one_out(std::span<const double> rows, std::span<const double> targets,
                                                      std::size_t inputs) {
  RidgePolynomial linear = fit(rows, targets, inputs, ResidualDegree::linear);
  RidgePolynomial quadratic = fit(rows, targets, inputs, ResidualDegree::quadratic);
  return quadratic.worth_more_than(linear) ? quadratic : linear;
}

bool RidgePolynomial::worth_more_than(const RidgePolynomial& simpler) const {
  return leave_one_out_ <= (1.0 - kQuadraticAdvantage) * simpler.leave_one_out_;
}

double RidgePolynomial::at(std::span<const double> u) const {
  const std::size_t d = inputs();
  double value = weights_[0];
  std::size_t pair = 1 + d;
  for (std::size_t i = 0; i < d; ++i) {
    const double z = (u[i] - mean_[i]) / scale_[i];
    double slope = weights_[1 + i];
    if (degree_ == ResidualDegree::quadratic)
      for (std::size_t j = i; j < d; ++j) slope += weights_[pair++] * ((u[j] - mean_[j]) / scale_[j]);
    value += z * slope;
  }
  return value;
}

double RidgePolynomial::slope(std::size_t i, std::span<const double> u) const {
  const std::size_t d = inputs();
  double slope = weights_[1 + i];
  if (degree_ == ResidualDegree::quadratic) {
    std::size_t pair = 1 + d;
    for (std::size_t a = 0; a < d; ++a)
      for (std::size_t b = a; b < d; ++b, ++pair) {
        if (a == i) slope += weights_[pair] * ((u[b] - mean_[b]) / scale_[b]);
        if (b == i) slope += weights_[pair] * ((u[a] - mean_[a]) / scale_[a]);
      }
  }
  return slope / scale_[i];
}

void RidgePolynomial::set_slope(std::size_t i, double slope) {
  // The standardised input has mean 0 over the training rows: the intercept may stay.
  weights_[1 + i] = slope * scale_[i];
}

void RidgePolynomial::at_lanes(std::span<const double* const> u, const double* lower, const double* upper,
                               double* values) const {
  const std::size_t d = inputs();
  alignas(kAlignment) double z[kMostInputs][kLanes];
  for (std::size_t i = 0; i < d; ++i)
    for (std::size_t lane = 0; lane < kLanes; ++lane)
      z[i][lane] = (std::min(std::max(u[i][lane], lower[i]), upper[i]) - mean_[i]) / scale_[i];
  for (std::size_t lane = 0; lane < kLanes; ++lane) values[lane] = weights_[0];
  std::size_t pair = 1 + d;
  for (std::size_t i = 0; i < d; ++i) {
    alignas(kAlignment) double slope[kLanes];
    for (std::size_t lane = 0; lane < kLanes; ++lane) slope[lane] = weights_[1 + i];
    for (std::size_t j = i; degree_ == ResidualDegree::quadratic && j < d; ++j, ++pair)
      for (std::size_t lane = 0; lane < kLanes; ++lane) slope[lane] += weights_[pair] * z[j][lane];
    for (std::size_t lane = 0; lane < kLanes; ++lane) values[lane] += z[i][lane] * slope[lane];
  }
}

std::string RidgePolynomial::digest() const {
  return fmt::format("degree {} {:a} {:a} {:a}", static_cast<int>(degree_), fmt::join(mean_, " "),
                     fmt::join(scale_, " "), fmt::join(weights_, " "));
}

}  // namespace millrace
