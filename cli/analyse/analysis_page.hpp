#pragma once

#include <string>

#include "cli/analyse/analysis.hpp"

namespace millrace::cli {

struct PageOptions {
  /// The command line that makes the page again.
  std::string command;
  std::string indicator;
  /// Settings shown of each table, the best first.
  std::size_t top = 20;
  /// Hypervolume of the exact front of every problem, NaN where it is not known; empty: not asked for.
  std::vector<double> exact;
};

/// The Markdown page: what was run, what to set, and the figures that say so.
std::string analysis_page(const AnalysedStudy& study, const Analysis& analysis, const PageOptions& options);

/// Its second half: main effects, Sobol indices, Morris's effects and control maps.
std::string effects_sections(const AnalysedStudy& study, const Analysis& analysis, const PageOptions& options);

/// The recommended settings, a line each; says so where there is none.
std::string recommendation_text(const AnalysedStudy& study, const Analysis& analysis, const std::string& indicator);

/// Five significant digits; "–" for what is not known.
std::string figure(double value);
/// "0.012", "< 0.001".
std::string p_text(double p);
/// "+1.8 %".
std::string percent_text(double share);

}  // namespace millrace::cli
