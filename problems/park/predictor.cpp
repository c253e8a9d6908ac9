#include "problems/park/predictor.hpp"

#include <cmath>

#include "problems/park/residual_fit.hpp"
#include "problems/park/residual_gaussian.hpp"

namespace millrace {
namespace {

std::vector<double> mechanism_of(const QuantityData& data) {
  std::vector<double> values;
  for (std::size_t i = 0; i < data.rows(); ++i) values.push_back(data.quantity->mechanism(data.row(i)));
  return values;
}

/// ln(measured / base).
std::vector<double> log_over(const QuantityData& data, const std::vector<double>& base) {
  std::vector<double> logs;
  for (std::size_t i = 0; i < data.rows(); ++i) logs.push_back(std::log(data.measured[i] / base[i]));
  return logs;
}

double mean_of(const std::vector<double>& values) {
  double sum = 0.0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

template <class Model>
std::vector<double> base_times_exp(const Model& model, const QuantityData& test, std::vector<double> base) {
  for (std::size_t i = 0; i < test.rows(); ++i) base[i] *= std::exp(model.at(test.row(i)));
  return base;
}

}  // namespace

std::string_view name_of(PredictorKind kind) {
  switch (kind) {
    case PredictorKind::mechanism: return "mechanism";
    case PredictorKind::mechanism_bias: return "mechanism, one constant";
    case PredictorKind::data_linear: return "data, linear";
    case PredictorKind::data_quadratic: return "data, quadratic";
    case PredictorKind::data_gaussian: return "data, Gaussian process";
    case PredictorKind::hybrid_bare: return "hybrid without guard";
    case PredictorKind::hybrid: break;
  }
  return "hybrid";
}

std::vector<double> predict(PredictorKind kind, const QuantityData& train, const QuantityData& test) {
  const std::size_t inputs = train.quantity->inputs.size();
  const std::vector<double> nothing(train.rows(), 1.0);
  const std::vector<double> ones(test.rows(), 1.0);
  const auto ridge = [&](ResidualDegree degree) {
    return RidgePolynomial::fit(train.inputs, log_over(train, nothing), inputs, degree);
  };
  switch (kind) {
    case PredictorKind::mechanism: return mechanism_of(test);
    case PredictorKind::mechanism_bias: {
      std::vector<double> values = mechanism_of(test);
      const double factor = std::exp(mean_of(log_over(train, mechanism_of(train))));
      for (double& value : values) value *= factor;
      return values;
    }
    case PredictorKind::data_linear: return base_times_exp(ridge(ResidualDegree::linear), test, ones);
    case PredictorKind::data_quadratic: return base_times_exp(ridge(ResidualDegree::quadratic), test, ones);
    case PredictorKind::data_gaussian:
      return base_times_exp(GaussianProcess::fit(train.inputs, log_over(train, nothing), inputs), test, ones);
    case PredictorKind::hybrid_bare:
      return base_times_exp(
          RidgePolynomial::fit_by_leave_one_out(train.inputs, log_over(train, mechanism_of(train)), inputs), test,
          mechanism_of(test));
    case PredictorKind::hybrid: break;
  }
  const FittedQuantity fitted = FittedQuantity::fit(train);
  std::vector<double> values;
  for (std::size_t i = 0; i < test.rows(); ++i) values.push_back(fitted.at(test.row(i)));
  return values;
}

double relative_error(std::span<const double> predicted, std::span<const double> measured) {
  double squares = 0.0;
  for (std::size_t i = 0; i < measured.size(); ++i) {
    const double error = predicted[i] / measured[i] - 1.0;
    squares += error * error;
  }
  return std::sqrt(squares / static_cast<double>(measured.size()));
}

}  // namespace millrace
