#include "problems/park/bilinear_program.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace millrace {

double BilinearProgram::cost_of(std::span<const double> values) const {
  double cost = constant;
  for (std::size_t j = 0; j < columns(); ++j) cost += linear.cost[j] * values[j];
  return cost;
}

std::string BilinearProgram::error() const {
  for (std::size_t j = 0; j < columns(); ++j) {
    const double lower = linear.lower[j];
    const double upper = linear.upper[j];
    if (!(lower >= 0.0 && upper >= lower && std::isfinite(upper) && std::isfinite(linear.cost[j])))
      return fmt::format("column {} needs finite bounds that are not negative, not {} to {}", j, lower, upper);
  }
  for (const Product& product : products)
    if (std::max({product.value, product.flow, product.level}) >= columns()) return "a product names no column";
  for (const Power& power : powers) {
    if (std::max(power.value, power.base) >= columns()) return "a power names no column";
    if (!(power.exponent > 0.0 && power.exponent < 1.0))
      return fmt::format("the exponent {} of a power must lie between 0 and 1", power.exponent);
    if (linear.cost[power.value] < 0.0) return "a power must not earn money: its relaxation would have no bound";
  }
  for (const std::uint32_t column : switches)
    if (column >= columns() || linear.lower[column] < 0.0 || linear.upper[column] > 1.0)
      return "a switch must be a column from 0 to 1";
  return "";
}

ScaledProgram::ScaledProgram(const BilinearProgram& original) : program(original), constant_(original.constant) {
  if (const std::string error = original.error(); !error.empty()) throw std::invalid_argument(error);
  LinearProgram& linear = program.linear;
  for (std::size_t j = 0; j < program.columns(); ++j) unit.push_back(linear.upper[j] > 0.0 ? linear.upper[j] : 1.0);
  // Products and powers must stay what they are without a factor.
  for (const auto& product : program.products) unit[product.value] = unit[product.flow] * unit[product.level];
  for (const auto& power : program.powers) unit[power.value] = std::pow(unit[power.base], power.exponent);
  for (const std::uint32_t column : program.switches) unit[column] = 1.0;

  double most_cost = 0.0;
  for (std::size_t j = 0; j < program.columns(); ++j) {
    linear.lower[j] /= unit[j];
    linear.upper[j] /= unit[j];
    linear.cost[j] *= unit[j];
    most_cost = std::max(most_cost, std::abs(linear.cost[j]));
  }
  cost_unit = most_cost > 0.0 ? most_cost : 1.0;
  for (double& cost : linear.cost) cost /= cost_unit;
  program.constant = 0.0;

  SparseRows rows;
  for (std::size_t i = 0; i < linear.rows.rows(); ++i) {
    const auto columns = linear.rows.columns(i);
    const auto coefficients = linear.rows.coefficients(i);
    double most = 0.0;
    for (std::size_t t = 0; t < columns.size(); ++t)
      most = std::max(most, std::abs(coefficients[t] * unit[columns[t]]));
    const double scale = most > 0.0 ? 1.0 / most : 1.0;
    for (std::size_t t = 0; t < columns.size(); ++t) rows.put(columns[t], coefficients[t] * unit[columns[t]] * scale);
    rows.close();
    linear.row_lower[i] *= scale;
    linear.row_upper[i] *= scale;
  }
  linear.rows = std::move(rows);
}

std::vector<double> ScaledProgram::original(std::span<const double> scaled) const {
  std::vector<double> values(scaled.begin(), scaled.end());
  for (std::size_t j = 0; j < values.size(); ++j) values[j] *= unit[j];
  return values;
}

}  // namespace millrace
