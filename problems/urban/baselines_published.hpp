#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "problems/urban/baselines.hpp"

namespace millrace {

/// A number of ours beside the one published. The name is that of [published]; it ends in the unit.
struct ComparedFigure {
  std::string name;
  std::optional<double> ours;
  std::optional<double> published;
  /// How ours is made, from which keys of the case file and columns of front.csv.
  std::string from;

  /// Ours - published, and that in percent of the published one; empty where either is missing (or 0).
  std::optional<double> difference() const;
  std::optional<double> difference_percent() const;
};

/// The figures of one scheme: carbon in total, a m3 supplied and used, a head and an area, the two baselines and the
/// reductions against them, the shortage without unconventional water. Ours are there whether published or not.
std::vector<ComparedFigure> compared_figures(const UrbanCase& urban, const SchemeAccount& scheme);

/// The figures of a whole study, one scheme a scenario: cumulative reductions and what they are worth in trade.
/// Published ones are there only where every scenario has a scheme.
std::vector<ComparedFigure> compared_study_figures(const UrbanCase& urban, std::span<const SchemeAccount> schemes);

/// Two numbers of the source that ought to agree and do not.
struct Contradiction {
  /// Name of the figure in [published], and the scenario where it has one a scenario.
  std::string name;
  std::string scenario;
  double printed = 0.0;
  /// What the other numbers of the source give.
  double follows = 0.0;
  /// Whether the last printed digits of the numbers can account for it.
  bool rounding = false;
  /// For a reader.
  std::string sentence;
};

/// Checks of the published numbers against each other, by their names: percentages of reduction against the totals,
/// cumulative reductions against the sum of the scenarios, "abstract_NAME" against NAME, values in trade against price
/// times reduction, the shortage without unconventional water against demands and availabilities. Half a unit of the
/// last digit printed is what rounding explains: that of percentages is 0.01, that of t in a scenario 100.
std::vector<Contradiction> source_contradictions(const UrbanCase& urban);

}  // namespace millrace
