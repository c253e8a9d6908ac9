#include "cli/exact/exact_method.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <string_view>
#include <utility>

#include "cli/exact/exact_front.hpp"
#include "cli/exit_code.hpp"
#include "cli/run/evaluated_designs.hpp"
#include "engine/exact/front_extent.hpp"
#include "engine/exact/reference_front.hpp"
#include "engine/run/digest.hpp"
#include "engine/run/result_files.hpp"

namespace millrace::cli {
namespace {

using nlohmann::json;

/// The first typed option that has no meaning without evolution, or empty.
std::string_view evolution_option(const RunRequest& typed) {
  const std::array options = {std::pair{"--algorithm", typed.algorithm.has_value()},
                              std::pair{"--sampling", typed.sampling.has_value()},
                              std::pair{"--seed-from", typed.seed_from.has_value()},
                              std::pair{"--seed-anchors", typed.seed_anchors},
                              std::pair{"--crossover", typed.crossover.has_value()},
                              std::pair{"--crossover-probability", typed.crossover_probability.has_value()},
                              std::pair{"--crossover-eta", typed.crossover_eta.has_value()},
                              std::pair{"--differential-weight", typed.differential_weight.has_value()},
                              std::pair{"--differential-rate", typed.differential_rate.has_value()},
                              std::pair{"--mutation-probability", typed.mutation_probability.has_value()},
                              std::pair{"--mutation-eta", typed.mutation_eta.has_value()},
                              std::pair{"--excursion", typed.excursion.has_value()},
                              std::pair{"--generations", typed.generations.has_value()},
                              std::pair{"--evaluations", typed.evaluations.has_value()},
                              std::pair{"--seconds", typed.seconds.has_value()},
                              std::pair{"--target-hypervolume", typed.target_hypervolume.has_value()},
                              std::pair{"--stagnation", typed.stagnation.has_value()},
                              std::pair{"--epsilon-stagnation", typed.epsilon_stagnation.has_value()},
                              std::pair{"--archive", typed.archive.has_value()},
                              std::pair{"--epsilon", !typed.epsilons.empty()},
                              std::pair{"--polish", typed.polish},
                              std::pair{"--profile", typed.execution.profile}};
  for (const auto& [name, is_typed] : options)
    if (is_typed) return name;
  return {};
}

std::size_t points_wanted(const RunRequest& typed, const RecommendedSettings& recommended) {
  if (typed.directions && typed.population)
    throw UsageError("--directions and --population: both give the number of points; write one of them");
  const auto typed_size = typed.directions ? typed.directions : typed.population;
  if (typed_size) return static_cast<std::size_t>(*typed_size);
  return recommended.population && *recommended.population >= 1.0 ? static_cast<std::size_t>(*recommended.population)
                                                                  : AlgorithmSettings{}.population;
}

/// What is known of the best and worst values of the efficient solutions.
json extent_json(const ProblemSpec& spec, const FrontExtent& extent) {
  json objectives = json::array();
  for (std::size_t k = 0; k < spec.objectives.size(); ++k) {
    const ObjectiveSpec& objective = spec.objectives[k];
    objectives.push_back({{"name", objective.name},
                          {"ideal", objective.shown(extent.ideal[k])},
                          {"nadir_at_least", objective.shown(extent.nadir[k])},
                          {"nadir_at_most", objective.shown(extent.nadir_bound[k])}});
  }
  json document = {{"nadir_exact", extent.nadir_exact}, {"objectives", objectives}};
  if (extent.nadir_exact) document["corners"] = extent.corners.rows();
  return document;
}

}  // namespace

RunSettings resolve_exact(const RunRequest& typed, const RecommendedSettings& recommended) {
  if (const std::string_view option = evolution_option(typed); !option.empty())
    throw UsageError(
        fmt::format("{}: belongs to evolution; --method exact takes --directions, --seed and --certify", option));
  AlgorithmEntry without_settings{};
  without_settings.name = "--method exact";
  resolve_own(typed.own, without_settings);
  RunSettings settings;
  settings.scenarios = typed.scenarios;
  settings.objectives = typed.objectives;
  settings.variables = typed.variables;
  settings.repair = !typed.no_repair;
  settings.case_options = typed.case_options;
  settings.algorithm = "exact";
  settings.directions = points_wanted(typed, recommended);
  settings.method.population = *settings.directions;
  settings.seed = typed.seed.value_or(1);
  settings.certify = typed.certify;
  return settings;
}

json solve_exactly(const RunSettings& settings, const StudyMember& member, const std::filesystem::path& folder,
                   Workers& workers) {
  const auto start = std::chrono::steady_clock::now();
  const ProblemSpec& spec = member.problem.spec();
  const ExactFront exact = exact_front(member, workers);
  const ReferenceFront points = reference_front(exact.form, exact.payoff, exact.nadir(),
                                                {.size = *settings.directions, .seed = settings.seed}, workers);
  const Population pool = evaluated(member.problem, points.decisions, workers);
  const std::vector<Slot> all = all_slots(pool);
  RunSummary summary;
  for (const Slot i : all) summary.feasible_in_population += pool.feasible(i);
  summary.problem = spec.name;
  summary.population = pool.size();
  summary.count = {.evaluations = pool.size(), .failed = 0, .feasible = summary.feasible_in_population};
  summary.front = final_front(pool, all);
  summary.box = exact.box;
  summary.hypervolume = normalised_hypervolume(summary.front.f, summary.box, workers);
  summary.balanced = balanced_scheme(summary.front, summary.box);
  const FrontExtent extent = front_extent(exact.form, exact.payoff, {}, workers);
  summary.progress.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  json result = json::parse(summary_json(spec, summary));
  for (const char* of_evolution : {"generations", "stopped_by"}) result.erase(of_evolution);
  result["method"] = "exact";
  result["points_wanted"] = *settings.directions;
  result["linear_programs"] = points.programs;
  result["exact_front"] = exact_json(spec, exact);
  result["exact_front"]["extent"] = extent_json(spec, extent);
  result["share_of_exact_hypervolume"] = summary.hypervolume / exact.share.value;
  const std::string text = front_csv(spec, summary.front);
  write_file(folder / "front.csv", text);
  result["files"]["front.csv"] = digest_of(text);
  return result;
}

}  // namespace millrace::cli
