#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace millrace::cli {

/// What is measured of the last population of a run.
enum class Measurement {
  /// IGD to the points where the reference lines of NSGA-III meet the true front.
  igd_on_reference_lines,
  /// IGD to 20,000 independent, uniform points of the unit sphere's positive part.
  igd_to_sphere,
  /// IGD to 1,000 points of the front of a ZDT problem, even in its first objective.
  igd_to_zdt_front,
  /// IGD to about 10,000 points of the front, as in the competition at CEC 2018.
  igd_to_front,
  /// Hypervolume in a fixed box.
  hypervolume_of_box,
};

/// The three figures of a published table. For hypervolumes best is the largest.
struct Spread {
  double best = 0.0;
  double median = 0.0;
  double worst = 0.0;
};

/// One line of the table: an algorithm on a problem with a population and a number of generations.
struct FidelityRow {
  std::string_view problem;
  std::size_t objectives;
  std::size_t population;
  std::size_t generations;
  std::optional<Spread> published = {};
  /// A published single value (the sphere), instead of a spread.
  std::optional<double> published_value = {};
  /// Our median must not exceed this.
  std::optional<double> bar = {};
  /// In place of the section's; empty: the section's.
  std::string_view algorithm = {};
};

/// Rows that share a protocol and, on the page, a heading, a paragraph and columns.
struct FidelitySection {
  std::string_view title;
  std::string_view text;
  std::string_view algorithm;
  Measurement measurement;
  double crossover_probability;
  double crossover_eta;
  std::span<const FidelityRow> rows;
  /// Of MOEA/D and theta-DEA: whether they normalise; empty: as by default.
  std::optional<bool> normalise = {};
  /// Share of every run that searches beyond the constraints.
  double excursion = 0.0;
};

inline std::string_view algorithm_of(const FidelitySection& section, const FidelityRow& row) {
  return row.algorithm.empty() ? section.algorithm : row.algorithm;
}

/// Everything that `millrace fidelity` measures, in the order of its page.
std::span<const FidelitySection> fidelity_sections();

/// The bar for a published median of NSGA-III: our median is at most this many times as large.
inline constexpr double kMedianTolerance = 1.5;
/// The bar for a published IGD to the sphere: our median is at most this many times as large.
inline constexpr double kSphereTolerance = 1.01;

}  // namespace millrace::cli
