#include <fmt/format.h>

#include <cmath>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "cli/command_line.hpp"
#include "cli/exit_code.hpp"
#include "cli/table/csv_table.hpp"
#include "cli/verbs.hpp"
#include "engine/indicator/distance.hpp"
#include "engine/indicator/epsilon.hpp"
#include "engine/indicator/hypervolume.hpp"
#include "engine/indicator/nondominated_subset.hpp"
#include "engine/indicator/spacing.hpp"
#include "engine/run/front.hpp"

namespace millrace::cli {
namespace {

struct MetricsRequest {
  std::string front;
  std::string reference;
  std::vector<std::string> objectives;
  std::vector<double> reference_point;
  std::size_t threads = 0;
  bool json = false;
};

ReferenceBox box_of(const Columns& front) { return ReferenceBox::of(ProblemSpec{}, front); }

/// All distances are taken in the box of the reference front, so that tonnes and cubic metres count alike.
Columns in_box(const Columns& values, const ReferenceBox& box) {
  Columns scaled(values.rows(), values.columns());
  for (std::size_t k = 0; k < values.columns(); ++k)
    for (std::size_t i = 0; i < values.rows(); ++i)
      scaled(i, k) = (values(i, k) - box.ideal[k]) / (box.nadir[k] - box.ideal[k]);
  return scaled;
}

/// The point as a person gives it, in the shown senses, to the minimised one.
std::vector<double> minimised_point(const MetricsRequest& request, const ObjectiveTable& front) {
  if (request.reference_point.size() != front.names.size())
    throw UsageError(fmt::format("--reference-point: {} numbers for {} objectives", request.reference_point.size(),
                                 front.names.size()));
  std::vector<double> point = request.reference_point;
  for (std::size_t k = 0; k < point.size(); ++k) {
    if (!std::isfinite(point[k])) throw UsageError("--reference-point: every number must be finite");
    if (front.maximised[k]) point[k] = -point[k];
  }
  return point;
}

void check_points(const ObjectiveTable& table, const std::string& file) {
  if (table.values.rows() == 0)
    throw UsageError(fmt::format("{}: has a heading and no points; write one point a line", file));
  for (std::size_t k = 0; k < table.values.columns(); ++k)
    for (const double value : table.values.column(k))
      if (!std::isfinite(value))
        throw UsageError(fmt::format("{}: column {}: a value is not finite", file, table.names[k]));
}

void add_hypervolume(const Columns& front, const std::vector<double>& reference_point, Workers& workers,
                     nlohmann::json& result) {
  if (exact_hypervolume_is_affordable(front.rows(), front.columns())) {
    result["hypervolume"] = hypervolume(front, reference_point, workers);
    return;
  }
  const HypervolumeEstimate estimate = estimate_hypervolume(front, reference_point, kHypervolumeSamples, 1, workers);
  result["hypervolume"] = estimate.value;
  result["hypervolume_standard_error"] = estimate.standard_error;
}

nlohmann::json measure(const MetricsRequest& request) {
  Workers workers(request.threads);
  const ObjectiveTable front = read_objectives(request.front, request.objectives);
  check_points(front, request.front);
  nlohmann::json result = {{"points", front.values.rows()},
                           {"objectives", front.names},
                           {"nondominated", nondominated_subset(front.values).size()},
                           {"spacing", spacing(front.values, workers)}};
  if (!request.reference_point.empty()) add_hypervolume(front.values, minimised_point(request, front), workers, result);
  if (request.reference.empty()) return result;
  const ObjectiveTable reference = read_objectives(request.reference, request.objectives);
  check_points(reference, request.reference);
  if (reference.names.size() != front.names.size())
    throw UsageError(fmt::format(
        "--reference: has {} objectives, and the front has {}; name the columns to compare with --objectives",
        reference.names.size(), front.names.size()));
  const ReferenceBox box = box_of(reference.values);
  const Columns points = in_box(front.values, box);
  const Columns targets = in_box(reference.values, box);
  const double mine = normalised_hypervolume(front.values, box, workers);
  const double theirs = normalised_hypervolume(reference.values, box, workers);
  result["igd"] = igd(points, targets, workers);
  result["igd_plus"] = igd_plus(points, targets, workers);
  result["gd"] = gd(points, targets, workers);
  result["gd_plus"] = gd_plus(points, targets, workers);
  result["additive_epsilon"] = additive_epsilon(points, targets);
  result["normalised_hypervolume"] = mine;
  result["hypervolume_of_reference"] = theirs;
  if (theirs > 0.0) result["hypervolume_ratio"] = mine / theirs;
  return result;
}

void print(const nlohmann::json& result, bool json) {
  if (json) {
    fmt::print("{}\n", result.dump());
    return;
  }
  for (const auto& [name, value] : result.items()) {
    if (value.is_number_float()) fmt::print("{:<26} {:.6g}\n", name, value.get<double>());
    else fmt::print("{:<26} {}\n", name, value.dump());
  }
  if (result.contains("igd"))
    fmt::print("distances, epsilon and normalised hypervolume are measured in the box of the reference front\n");
}

}  // namespace

void add_metrics_verb(CLI::App& app) {
  CLI::App* verb = app.add_subcommand("metrics", "Indicators of a front, alone or against a reference front");
  auto request = std::make_shared<MetricsRequest>();
  verb->add_option("front", request->front,
                   "CSV; objectives are the columns headed (min) or (max), or all of them, minimised")
      ->required();
  verb->add_option("--reference", request->reference, "CSV of a reference front, same objectives");
  verb->add_option("--objectives", request->objectives, "Names of the columns that are objectives")->delimiter(',');
  verb->add_option("--reference-point", request->reference_point, "For the hypervolume, one number an objective")
      ->delimiter(',')
      ->check(finite_number());
  verb->add_option("--threads", request->threads, "Threads (default 0: every core)")->check(whole_number(0, 4096));
  verb->add_flag("--json", request->json, "One JSON object");
  verb->callback([request] { print(measure(*request), request->json); });
}

}  // namespace millrace::cli
