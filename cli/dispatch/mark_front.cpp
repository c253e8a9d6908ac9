#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "cli/dispatch/controller_totals.hpp"
#include "cli/dispatch/evolve_controllers.hpp"
#include "cli/dispatch/mark_report.hpp"
#include "engine/exact/payoff.hpp"
#include "engine/exact/upper_image.hpp"
#include "engine/indicator/hypervolume.hpp"
#include "engine/run/front.hpp"
#include "problems/dispatch/dispatch_program.hpp"
#include "problems/dispatch/perfect_foresight.hpp"

namespace millrace::cli {
namespace {

constexpr double kLargestGap = 0.01;
constexpr double kLeastShare = 0.97;
/// Of the exact front's volume, as a share of its box.
constexpr double kVolumeTolerance = 1e-3;
/// Of the bound of the total: one program, so that many cost little.
constexpr std::size_t kTangents = 128;
constexpr Evolution kFront = {
    .algorithm = "sms-emoa", .population = 300, .generations = 3000, .crossover_eta = 10, .mutation_eta = 10};

/// Volume that the exact front dominates below a reference point, at most: the program relaxes the simulator.
struct ExactVolume {
  std::vector<double> ideal, reference;
  double value = 0.0;
  double excess = 0.0;
};

ExactVolume exact_volume(const LinearForm& form, Workers& workers) {
  const PayoffTable payoff = payoff_table(form);
  ExactVolume exact{payoff.ideal, payoff.ideal};
  const auto range = payoff.range();
  for (std::size_t k = 0; k < range.size(); ++k) exact.reference[k] += kReferencePoint * range[k];
  const UpperImage image = upper_image(form, exact.ideal, exact.reference, {.tolerance = kVolumeTolerance}, workers);
  double box = 1.0;
  for (std::size_t k = 0; k < range.size(); ++k) box *= exact.reference[k] - exact.ideal[k];
  exact.value = image.complete ? image.volume / box : std::numeric_limits<double>::quiet_NaN();
  exact.excess = image.excess / box;
  return exact;
}

double volume_share(const Columns& f, const ExactVolume& exact, Workers& workers) {
  double box = 1.0;
  for (std::size_t k = 0; k < exact.ideal.size(); ++k) box *= exact.reference[k] - exact.ideal[k];
  return hypervolume(f, exact.reference, workers) / box;
}

/// One scenario as a row, and whether it is good enough.
bool add_scenario(MarkReport& report, const MarkRequest& request, const DispatchCase& dispatch,
                  const DispatchScenario& scenario) {
  const DispatchModel model = make_dispatch_model(dispatch, scenario);
  const Futures certain = certain_future(dispatch, scenario);
  const ForesightBound bound = perfect_foresight(model, certain, kTangents)[0];
  const ExactVolume exact = exact_volume(dispatch_program(model, certain, 0, {.total = false}).form, request.workers);
  Evolution evolution = kFront;
  evolution.seed = request.seed;
  const Evolved evolved =
      evolve(make_dispatch_problem(dispatch, {.scenario = scenario.name}), evolution, request.workers);
  double least = std::numeric_limits<double>::infinity();
  for (const DispatchTotals& t :
       totals_of_all(model, certain, DispatchController::schedule, evolved.front.x, request.workers).values)
    least = std::min(least, t.total);
  const double gap = least / bound.lower_gbp - 1.0;
  const double volume = volume_share(evolved.front.f, exact, request.workers);
  const double share = volume / exact.value;
  report.rows.push_back({cell(scenario.name), cell(bound.lower_gbp, 1), cell(bound.reached_gbp, 1), cell(least, 1),
                         percent(gap, 2), cell(exact.value, 4), cell(exact.excess, 4), cell(volume, 4),
                         percent(share, 2), cell(evolved.seconds, 1)});
  return gap <= kLargestGap && share >= kLeastShare;
}

/// What the tangents can take from the bound of the total, at most.
double tangent_error(const DispatchCase& dispatch, const std::vector<std::string>& scenarios) {
  double error = 0.0;
  for (const std::string& name : scenarios) {
    const DispatchScenario& scenario = *dispatch.scenario(name);
    const DispatchProgram program = dispatch_program(make_dispatch_model(dispatch, scenario),
                                                     certain_future(dispatch, scenario), 0, {.tangents = kTangents});
    error = std::max(error, program.total_error_gbp);
  }
  return error;
}

}  // namespace

MarkReport front_mark(const MarkRequest& request) {
  DispatchCase dispatch = request.dispatch;
  dispatch.profile = DispatchProfile::physical;
  MarkReport report{.name = "M3",
                    .title =
                        "The evolved front of operating cost, carbon and water beside the exact one (physical, every "
                        "balance kept)",
                    .heading = {"scenario", "least total, bound", "reached", "evolved", "gap", "exact volume",
                                "too large by", "evolved volume", "share", "seconds"},
                    .met = true};
  for (const std::string& name : request.scenarios)
    *report.met = add_scenario(report, request, dispatch, *dispatch.scenario(name)) && *report.met;
  report.notes = {
      fmt::format(
          "bound: no schedule has a lower total, a Lagrangian bound of the linear program; reached: its schedule "
          "in the simulator. The tangents of the capture's energy lower the bound by at most {:.2f} GBP.",
          tangent_error(dispatch, request.scenarios)),
      fmt::format(
          "volumes: shares of the box from the ideal point to {} of the range. The exact one is at most so much too "
          "large, which makes the share a lower bound. Asked: gap <= {:.0f} %, share >= {:.0f} %.",
          kReferencePoint, 100 * kLargestGap, 100 * kLeastShare)};
  return report;
}

}  // namespace millrace::cli
