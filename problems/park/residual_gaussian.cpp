#include "problems/park/residual_gaussian.hpp"

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <array>
#include <cmath>
#include <limits>

namespace millrace {
namespace {

/// Length scales over standardised inputs, and noise over signal variance.
constexpr std::array kLengths = {0.7, 1.0, 1.5, 2.0, 3.0, 4.5, 7.0, 10.0, 15.0};
constexpr std::array kNoises = {1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1.0};

using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

Eigen::MatrixXd squared_distances(const RowMajor& z) {
  const Eigen::VectorXd squares = z.rowwise().squaredNorm();
  Eigen::MatrixXd distances = -2.0 * z * z.transpose();
  distances.colwise() += squares;
  distances.rowwise() += squares.transpose();
  return distances.cwiseMax(0.0);
}

struct Posterior {
  double likelihood = -std::numeric_limits<double>::infinity();
  double length = 1.0;
  double level = 0.0;
  Eigen::VectorXd weights;
};

/// Level and signal variance in closed form.
Posterior posterior(const Eigen::MatrixXd& distances, const Eigen::VectorXd& y, double length, double noise) {
  const Eigen::Index n = y.size();
  Eigen::MatrixXd kernel = (-0.5 / (length * length) * distances.array()).exp();
  kernel.diagonal().array() += noise + 1e-10;
  const Eigen::LLT<Eigen::MatrixXd> factors(kernel);
  if (factors.info() != Eigen::Success) return {};
  const Eigen::VectorXd ones = factors.solve(Eigen::VectorXd::Ones(n));
  Posterior result;
  result.length = length;
  result.level = ones.dot(y) / ones.sum();
  const Eigen::VectorXd centred = y.array() - result.level;
  result.weights = factors.solve(centred);
  const double variance = std::max(centred.dot(result.weights) / static_cast<double>(n), 1e-300);
  const Eigen::MatrixXd& lower = factors.matrixLLT();
  result.likelihood = -0.5 * static_cast<double>(n) * std::log(variance) - lower.diagonal().array().log().sum();
  return result;
}

}  // namespace

GaussianProcess GaussianProcess::fit(std::span<const double> rows, std::span<const double> targets,
                                     std::size_t inputs) {
  const auto n = static_cast<Eigen::Index>(targets.size());
  RowMajor z = Eigen::Map<const RowMajor>(rows.data(), n, static_cast<Eigen::Index>(inputs));
  GaussianProcess fitted;
  for (Eigen::Index i = 0; i < z.cols(); ++i) {
    const double mean = z.col(i).mean();
    const double spread = std::sqrt((z.col(i).array() - mean).square().mean());
    const double scale = spread > 1e-12 * (1.0 + std::abs(mean)) ? spread : 1.0;
    z.col(i) = (z.col(i).array() - mean) / scale;
    fitted.mean_.push_back(mean);
    fitted.scale_.push_back(scale);
  }
  const Eigen::MatrixXd distances = squared_distances(z);
  const Eigen::VectorXd y = Eigen::Map<const Eigen::VectorXd>(targets.data(), n);
  Posterior best;
  for (const double length : kLengths)
    for (const double noise : kNoises) {
      Posterior trial = posterior(distances, y, length, noise);
      if (trial.likelihood > best.likelihood) best = std::move(trial);
    }
  fitted.rows_.assign(z.data(), z.data() + z.size());
  fitted.length_ = best.length;
  fitted.level_ = best.level;
  fitted.weights_.assign(best.weights.begin(), best.weights.end());
  return fitted;
}

double GaussianProcess::at(std::span<const double> u) const {
  const std::size_t inputs = mean_.size();
  double value = level_;
  for (std::size_t row = 0; row < weights_.size(); ++row) {
    double distance = 0.0;
    for (std::size_t i = 0; i < inputs; ++i) {
      const double difference = (u[i] - mean_[i]) / scale_[i] - rows_[row * inputs + i];
      distance += difference * difference;
    }
    value += weights_[row] * std::exp(-0.5 * distance / (length_ * length_));
  }
  return value;
}

}  // namespace millrace
