#include "engine/study/elementary_effects.hpp"

#include <fmt/format.h>

#include <cmath>
#include <numeric>
#include <stdexcept>

namespace millrace {
namespace {

/// The one factor in which a row differs from the one before; throws where it is not one.
std::size_t moved_factor(const Columns& design, std::size_t row) {
  std::size_t moved = design.columns();
  for (std::size_t k = 0; k < design.columns(); ++k) {
    if (design(row, k) == design(row - 1, k)) continue;
    if (moved != design.columns())
      throw std::invalid_argument(fmt::format("rows {} and {} differ in more than one factor", row - 1, row));
    moved = k;
  }
  if (moved == design.columns())
    throw std::invalid_argument(fmt::format("rows {} and {} differ in no factor", row - 1, row));
  return moved;
}

double mean_of(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

ElementaryEffects summary_of(const std::vector<double>& effects, const BootstrapOptions& options) {
  ElementaryEffects summary{.steps = effects.size()};
  if (effects.empty()) return summary;
  std::vector<double> sizes;
  for (const double effect : effects) sizes.push_back(std::fabs(effect));
  summary.mu = mean_of(effects);
  summary.mu_star = mean_of(sizes);
  double squares = 0.0;
  for (const double effect : effects) squares += (effect - summary.mu) * (effect - summary.mu);
  if (effects.size() > 1) summary.sigma = std::sqrt(squares / static_cast<double>(effects.size() - 1));
  summary.mu_star_interval = bootstrap_interval(sizes, mean_of, options);
  return summary;
}

}  // namespace

std::vector<ElementaryEffects> elementary_effects(const Columns& design, std::span<const double> values,
                                                  const BootstrapOptions& options) {
  const std::size_t length = design.columns() + 1;
  if (values.size() != design.rows())
    throw std::invalid_argument(fmt::format("{} values for {} rows of a design", values.size(), design.rows()));
  if (design.rows() % length != 0)
    throw std::invalid_argument(
        fmt::format("{} rows are no whole number of trajectories of {}", design.rows(), length));
  std::vector<std::vector<double>> effects(design.columns());
  for (std::size_t row = 0; row < design.rows(); ++row) {
    if (row % length == 0) continue;
    const std::size_t k = moved_factor(design, row);
    const double effect = (values[row] - values[row - 1]) / (design(row, k) - design(row - 1, k));
    if (std::isfinite(effect)) effects[k].push_back(effect);
  }
  std::vector<ElementaryEffects> summaries;
  for (const std::vector<double>& of_factor : effects) summaries.push_back(summary_of(of_factor, options));
  return summaries;
}

}  // namespace millrace
