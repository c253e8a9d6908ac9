#pragma once

#include <filesystem>

#include "cli/cases/case_family.hpp"
#include "cli/dispatch/controller_totals.hpp"

namespace millrace::cli {

/// A plant in one scenario with what a page shows of controllers in it.
struct DispatchPictures {
  DispatchModel model;
  Futures certain;
  Futures evaluation;
  double tail = 0.1;
  /// The first is the one that the page is about.
  std::vector<NamedController> controllers;
};
/// `controllers` are followed by the rule-based and the collapsed one.
DispatchPictures make_pictures(const DispatchCase& dispatch, const DispatchScenario& scenario,
                               std::vector<NamedController> controllers);

/// The data of every picture, into a folder, one controller after the other:
/// dispatch_hours.csv   power and water by hour, the controls, the reservoir, hourly and cumulative WCMPI
/// dispatch_costs.csv   what the total consists of
/// dispatch_seeds.csv   total, carbon, water and violation of every evaluation seed
/// dispatch.json        totals, spreads over the seeds, and the published rows of the scenario
/// Throws StorageError.
void write_pictures(const DispatchPictures& pictures, std::span<const PublishedDispatch> published,
                    const std::filesystem::path& folder);

/// CaseFamily::finish: the pictures of every member's controller of least total over the futures it was made for.
void write_dispatch_pictures(const FinishedStudy& finished);

/// Rows of a finished member's front.csv as decisions. Throws UsageError where it is not one of this problem.
DecisionRows front_decisions(const std::filesystem::path& folder, const ProblemSpec& spec);

}  // namespace millrace::cli
