#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/analyse/analysed_study.hpp"
#include "engine/study/control_map.hpp"
#include "engine/study/elementary_effects.hpp"
#include "engine/study/factorial_effects.hpp"
#include "engine/study/recommendation.hpp"
#include "engine/study/setting_table.hpp"
#include "engine/study/variance_indices.hpp"

namespace millrace::cli {

struct AnalysisOptions {
  std::string indicator = "hypervolume";
  /// "population=100,generations=200"; empty: the study's.
  std::string baseline;
  FirstEstimator estimator = FirstEstimator::jansen_1999;
  BootstrapOptions bootstrap;
  /// A run counts in a control map where it reaches this share of the best value of its problem, or this value.
  double reach = 0.95;
  std::optional<double> threshold;
  /// Bins of a parameter with many values in a control map.
  std::size_t bins = 8;
};

/// Of one algorithm on one problem.
struct EffectScope {
  std::size_t algorithm = 0;
  std::size_t problem = 0;
};

/// Main effects and interactions of a full grid.
struct GridReport {
  EffectScope scope;
  std::vector<std::string> factors;
  /// Levels of every factor as text, factor after factor.
  std::vector<std::vector<std::string>> levels;
  FactorialEffects effects;
};
struct SobolReport {
  EffectScope scope;
  VarianceIndices indices;
};
struct MorrisReport {
  EffectScope scope;
  std::vector<ElementaryEffects> effects;
};
/// Which runs of one algorithm reach the threshold, over two parameters.
struct MapReport {
  EffectScope scope;
  std::string x, y;
  ParameterBins x_bins, y_bins;
  double threshold = 0.0;
  ControlMap map;
};

struct Analysis {
  /// Of the settings of the study, the chosen indicator.
  SettingTable table;
  /// What every other setting is compared with: the baseline, or else the best by its rank.
  std::optional<std::size_t> reference;
  bool has_baseline = false;
  /// [problem * settings + setting].
  std::vector<std::optional<SampleSummary>> summaries;
  std::vector<SettingComparison> comparisons;
  SettingRanking ranking;
  /// Mean evaluations of a run, [problem * settings + setting]; NaN where there is none.
  std::vector<double> evaluations;
  /// Only where there is a baseline.
  Recommendation recommendation;
  std::vector<GridReport> grids;
  std::vector<SobolReport> sobol;
  std::vector<MorrisReport> morris;
  std::vector<MapReport> maps;
  /// What could not be analysed, and why; what to be careful with.
  std::vector<std::string> notes;
};

/// Throws UsageError where no run has the indicator, or the baseline is not a setting of the study.
Analysis analyse(const AnalysedStudy& study, const AnalysisOptions& options);

// The parts of it that have files of their own; each appends to `analysis`, whose table is filled in.

/// Main effects and interactions, where the settings of an algorithm are a full grid.
void add_grid_effects(const AnalysedStudy& study, Analysis& analysis);
/// Sobol indices or Morris's effects, where the design is for them.
void add_sensitivities(const AnalysedStudy& study, const AnalysisOptions& options, Analysis& analysis);
/// Control maps of all pairs of numeric parameters that vary.
void add_maps(const AnalysedStudy& study, const AnalysisOptions& options, Analysis& analysis);

}  // namespace millrace::cli
