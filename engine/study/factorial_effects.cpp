#include "engine/study/factorial_effects.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "engine/statistics/distributions.hpp"

namespace millrace {
namespace {

/// Mean of every cell and what its repeats leave.
struct CellMeans {
  std::vector<double> mean;
  std::size_t runs = 0;
  double repeat_squares = 0.0;
  /// Harmonic mean of the numbers of runs.
  double weight = 0.0;
};

CellMeans cell_means(std::size_t cells, std::span<const std::size_t> cell, std::span<const double> values) {
  CellMeans means{std::vector<double>(cells, 0.0)};
  std::vector<std::size_t> count(cells, 0);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (cell[i] >= cells)
      throw std::invalid_argument(fmt::format("the grid has {} cells, not a cell {}", cells, cell[i]));
    if (!std::isfinite(values[i])) continue;
    means.mean[cell[i]] += values[i];
    ++count[cell[i]];
    ++means.runs;
  }
  const auto empty = static_cast<std::size_t>(std::count(count.begin(), count.end(), std::size_t{0}));
  if (empty > 0) throw std::invalid_argument(fmt::format("{} of {} cells of the grid have no run", empty, cells));
  double inverse = 0.0;
  for (std::size_t c = 0; c < cells; ++c) {
    means.mean[c] /= static_cast<double>(count[c]);
    inverse += 1.0 / static_cast<double>(count[c]);
  }
  means.weight = static_cast<double>(cells) / inverse;
  for (std::size_t i = 0; i < values.size(); ++i)
    if (std::isfinite(values[i]))
      means.repeat_squares += (values[i] - means.mean[cell[i]]) * (values[i] - means.mean[cell[i]]);
  return means;
}

/// The grid of cells: where the level of a factor is in the number of a cell.
class Grid {
 public:
  explicit Grid(std::span<const std::size_t> levels) : levels_(levels), stride_(levels.size()) {
    for (std::size_t k = levels.size(); k-- > 0; cells_ *= levels[k]) stride_[k] = cells_;
  }
  std::size_t cells() const { return cells_; }
  std::size_t level(std::size_t cell, std::size_t k) const { return cell / stride_[k] % levels_[k]; }

  /// Deviations of the means of the cells that share the levels of j and k from `mean`; j == k: of one factor.
  std::vector<double> margin(std::span<const double> cell_mean, double mean, std::size_t j, std::size_t k) const {
    const std::size_t inner = j == k ? 1 : levels_[k];
    std::vector<double> margin(levels_[j] * inner, 0.0);
    const double members = static_cast<double>(cells_ / margin.size());
    for (std::size_t c = 0; c < cells_; ++c)
      margin[level(c, j) * inner + (j == k ? 0 : level(c, k))] += (cell_mean[c] - mean) / members;
    return margin;
  }

 private:
  std::span<const std::size_t> levels_;
  std::vector<std::size_t> stride_;
  std::size_t cells_ = 1;
};

double squares_of(std::span<const double> deviations) {
  double sum = 0.0;
  for (const double d : deviations) sum += d * d;
  return sum;
}

/// An effect whose share is still its sum of squares over the cells.
FactorialEffect effect_of(std::span<const double> margin, std::size_t cells, std::size_t freedom) {
  return {.share = squares_of(margin) * static_cast<double>(cells / margin.size()), .freedom = freedom};
}

void finish(FactorialEffect& effect, const CellMeans& means, const FactorialEffects& all, double total) {
  const double squares = means.weight * effect.share;
  effect.share = total > 0.0 ? squares / total : 0.0;
  if (effect.freedom == 0 || all.repeats_freedom == 0 || !(total > 0.0)) return;
  const double spread = means.repeat_squares / static_cast<double>(all.repeats_freedom);
  if (squares == 0.0) return;
  effect.f = squares / static_cast<double>(effect.freedom) / spread;
  effect.p_value = f_upper_tail(effect.f, effect.freedom, all.repeats_freedom);
}

}  // namespace

FactorialEffects factorial_effects(std::span<const std::size_t> levels, std::span<const std::size_t> cell,
                                   std::span<const double> values) {
  if (cell.size() != values.size())
    throw std::invalid_argument(fmt::format("{} cells for {} values", cell.size(), values.size()));
  const Grid grid(levels);
  const CellMeans means = cell_means(grid.cells(), cell, values);
  FactorialEffects effects{.runs = means.runs};
  for (const double mean : means.mean) effects.mean += mean / static_cast<double>(grid.cells());

  std::vector<std::vector<double>> main;
  double explained = 0.0;
  std::size_t freedom = 0;
  const auto add = [&](std::vector<FactorialEffect>& list, const std::vector<double>& margin, std::size_t degrees) {
    list.push_back(effect_of(margin, grid.cells(), degrees));
    explained += list.back().share;
    freedom += degrees;
  };
  for (std::size_t k = 0; k < levels.size(); ++k) {
    main.push_back(grid.margin(means.mean, effects.mean, k, k));
    add(effects.main, main.back(), levels[k] - 1);
    for (const double deviation : main.back()) effects.level_means.push_back(effects.mean + deviation);
  }
  for (std::size_t j = 0; j < levels.size(); ++j)
    for (std::size_t k = j + 1; k < levels.size(); ++k) {
      std::vector<double> margin = grid.margin(means.mean, effects.mean, j, k);
      for (std::size_t c = 0; c < margin.size(); ++c) margin[c] -= main[j][c / levels[k]] + main[k][c % levels[k]];
      add(effects.interactions, margin, (levels[j] - 1) * (levels[k] - 1));
    }

  double between = 0.0;
  for (const double mean : means.mean) between += (mean - effects.mean) * (mean - effects.mean);
  effects.higher = {.share = std::max(0.0, between - explained), .freedom = grid.cells() - 1 - freedom};
  const double total = means.weight * between + means.repeat_squares;
  effects.repeats_freedom = means.runs - grid.cells();
  effects.repeats_share = total > 0.0 ? means.repeat_squares / total : 0.0;
  for (FactorialEffect& effect : effects.main) finish(effect, means, effects, total);
  for (FactorialEffect& effect : effects.interactions) finish(effect, means, effects, total);
  finish(effects.higher, means, effects, total);
  return effects;
}

}  // namespace millrace
