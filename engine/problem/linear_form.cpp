#include "engine/problem/linear_form.hpp"

#include <fmt/format.h>

#include <cmath>
#include <utility>

namespace millrace {
namespace {

/// A sentence where a row names a column that is not there, or carries a number that is none.
std::string terms_error(const SparseRows& rows, std::size_t columns, std::string_view kind) {
  for (std::size_t i = 0; i < rows.rows(); ++i)
    for (std::size_t e = 0; e < rows.columns(i).size(); ++e) {
      if (rows.columns(i)[e] >= columns)
        return fmt::format("{} {} names column {}, but there are {}", kind, i, rows.columns(i)[e], columns);
      if (!std::isfinite(rows.coefficients(i)[e]))
        return fmt::format("{} {} has a coefficient that is not finite", kind, i);
    }
  return {};
}

template <class Bounded>
std::string bounds_error(const std::vector<Bounded>& items, std::string_view kind) {
  for (const Bounded& item : items)
    if (!(item.lower <= item.upper))
      return fmt::format("{} '{}' has its lower bound above its upper one", kind, item.name);
  return {};
}

}  // namespace

double SparseRows::dot(std::size_t row, std::span<const double> values) const {
  double total = 0.0;
  for (std::size_t e = first_[row]; e < first_[row + 1]; ++e) total += coefficients_[e] * values[columns_[e]];
  return total;
}

void SparseRows::add_multiple(std::size_t row, double factor, std::span<double> values) const {
  for (std::size_t e = first_[row]; e < first_[row + 1]; ++e) values[columns_[e]] += factor * coefficients_[e];
}

std::size_t LinearForm::add_column(std::string name, double lower, double upper) {
  columns.push_back({std::move(name), lower, upper});
  return columns.size() - 1;
}

void LinearForm::close_row(std::string name, double lower, double upper) {
  row_terms.close();
  rows.push_back({std::move(name), lower, upper});
}

void LinearForm::close_objective(double constant) {
  objective_terms.close();
  objective_constants.push_back(constant);
}

std::string LinearForm::error() const {
  if (objectives() == 0) return "a linear form needs an objective";
  if (columns.empty()) return "a linear form needs a column";
  if (row_terms.rows() != rows.size()) return "a linear form has as many rows of terms as rows";
  if (objective_terms.rows() != objectives()) return "a linear form has as many rows of terms as objectives";
  for (const double constant : objective_constants)
    if (!std::isfinite(constant)) return "the constant of an objective is not finite";
  for (const std::uint32_t column : decisions)
    if (column >= columns.size()) return fmt::format("decision column {} is not there", column);
  if (auto text = bounds_error(columns, "column"); !text.empty()) return text;
  if (auto text = bounds_error(rows, "row"); !text.empty()) return text;
  if (auto text = terms_error(row_terms, columns.size(), "row"); !text.empty()) return text;
  return terms_error(objective_terms, columns.size(), "objective");
}

}  // namespace millrace
