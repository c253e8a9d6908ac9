#include "engine/run/result_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>

#include "engine/indicator/hypervolume.hpp"
#include "engine/run/checkpoint_file.hpp"

namespace millrace {
namespace {

std::string with_unit(const std::string& name, const std::string& unit) {
  return unit.empty() ? name : fmt::format("{} [{}]", name, unit);
}

/// RFC 4180: quotes where a heading holds a comma, a quote or a line break.
std::string csv_field(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

/// A level as a whole number.
nlohmann::json decision_json(const ProblemSpec& spec, std::size_t j, double x) {
  if (spec.bounds.kind(j) == VariableKind::real) return x;
  return static_cast<std::int64_t>(x);
}

nlohmann::json objective_summary(const ProblemSpec& spec, const RunSummary& summary, std::size_t k) {
  const ObjectiveSpec& objective = spec.objectives[k];
  const auto column = summary.front.f.column(k);
  const auto [lowest, highest] = std::minmax_element(column.begin(), column.end());
  return {{"name", objective.name},
          {"unit", objective.unit},
          {"sense", objective.sense == Sense::maximise ? "max" : "min"},
          {"best_of_front", objective.shown(*lowest)},
          {"worst_of_front", objective.shown(*highest)},
          {"balanced", objective.shown(column[summary.balanced])},
          {"reference_ideal", objective.shown(summary.box.ideal[k])},
          {"reference_nadir", objective.shown(summary.box.nadir[k])}};
}

}  // namespace

double RunSummary::feasible_share() const {
  return count.evaluations == 0 ? 0.0 : static_cast<double>(count.feasible) / static_cast<double>(count.evaluations);
}

RunSummary summarise(const AnyAlgorithm& algorithm, const Evaluator& evaluator, Workers& workers,
                     const Progress& progress, StopReason reason) {
  const ProblemSpec& spec = evaluator.problem().spec();
  const Population& pool = algorithm.pool();
  RunSummary summary;
  summary.problem = spec.name;
  summary.stopped_by = reason;
  summary.progress = progress;
  summary.count = evaluator.count();
  summary.first_failure = evaluator.first_failure();
  summary.population = algorithm.survivors().size();
  for (const Slot i : algorithm.survivors()) summary.feasible_in_population += pool.feasible(i);
  summary.front = final_front(pool, algorithm.survivors());
  summary.box = ReferenceBox::of(spec, summary.front.f);
  if (summary.feasible_in_population > 0)
    summary.hypervolume = normalised_hypervolume(summary.front.f, summary.box, workers);
  if (summary.front.size() > 0) summary.balanced = balanced_scheme(summary.front, summary.box);
  return summary;
}

std::string objective_heading(const ObjectiveSpec& objective) {
  return with_unit(objective.name + (objective.sense == Sense::maximise ? " (max)" : " (min)"), objective.unit);
}

std::vector<std::string> front_headings(const ProblemSpec& spec) {
  std::vector<std::string> names;
  for (std::size_t j = 0; j < spec.bounds.variables(); ++j)
    names.push_back(with_unit(spec.variable_name(j), spec.variable_unit));
  for (const auto& objective : spec.objectives) names.push_back(objective_heading(objective));
  for (const auto& constraint : spec.constraints)
    names.push_back(with_unit("violation of " + constraint.name, constraint.unit));
  names.emplace_back("total violation");
  return names;
}

std::string front_csv(const ProblemSpec& spec, const Population& front) {
  fmt::memory_buffer out;
  const auto append = [&out](std::string_view text) { out.append(text.data(), text.data() + text.size()); };
  const auto names = front_headings(spec);
  for (std::size_t c = 0; c < names.size(); ++c) append((c == 0 ? "" : ",") + csv_field(names[c]));
  append("\n");
  for (Slot i = 0; i < front.size(); ++i) {
    for (const double x : front.x.row(i)) fmt::format_to(std::back_inserter(out), "{},", x);
    for (std::size_t k = 0; k < spec.objectives.size(); ++k)
      // Adding zero turns a negated 0 into 0, which reads better and is the same number.
      fmt::format_to(std::back_inserter(out), "{},", spec.objectives[k].shown(front.f(i, k)) + 0.0);
    for (std::size_t c = 0; c < spec.constraints.size(); ++c)
      fmt::format_to(std::back_inserter(out), "{},", std::max(0.0, front.g(i, c)));
    fmt::format_to(std::back_inserter(out), "{}\n", front.violation[i]);
  }
  return fmt::to_string(out);
}

std::string summary_json(const ProblemSpec& spec, const RunSummary& summary) {
  nlohmann::json objectives = nlohmann::json::array();
  nlohmann::json scheme = nlohmann::json::object();
  if (summary.front.size() > 0) {
    for (std::size_t k = 0; k < spec.objectives.size(); ++k) objectives.push_back(objective_summary(spec, summary, k));
    for (std::size_t j = 0; j < spec.bounds.variables(); ++j)
      scheme[spec.variable_name(j)] = decision_json(spec, j, summary.front.x.row(summary.balanced)[j]);
  }
  const nlohmann::json json = {
      {"problem", summary.problem},
      {"stopped_by", name_of(summary.stopped_by)},
      {"generations", summary.progress.generation},
      {"evaluations", summary.count.evaluations},
      {"failed_evaluations", summary.count.failed},
      {"first_failure", summary.first_failure},
      {"seconds", summary.progress.seconds},
      {"feasible_share", summary.feasible_share()},
      {"population", summary.population},
      {"feasible_in_population", summary.feasible_in_population},
      {"front_size", summary.front.size()},
      {"hypervolume",
       {{"share_of_reference_box", summary.hypervolume},
        {"method",
         exact_hypervolume_is_affordable(summary.front.size(), spec.objectives.size()) ? "exact" : "estimate"},
        {"reference_point", kReferencePoint},
        {"box", summary.box.known ? "of the problem" : "of this front"}}},
      {"objectives", objectives},
      {"balanced_scheme", scheme}};
  return json.dump(2) + "\n";
}

void write_file(const std::filesystem::path& path, std::string_view content) {
  const std::filesystem::path partial = path.string() + ".partial";
  const auto refuse = [&](const std::string& reason) {
    std::error_code ignored;
    std::filesystem::remove(partial, ignored);
    throw StorageError(fmt::format("{}: cannot write ({})", path.string(), reason));
  };
  {
    std::ofstream out(partial, std::ios::binary | std::ios::trunc);
    out.write(content.data(), static_cast<std::streamsize>(content.size()));
    out.flush();
    if (!out) refuse(std::strerror(errno));
  }
  std::error_code error;
  std::filesystem::rename(partial, path, error);
  if (error) refuse(error.message());
}

}  // namespace millrace
