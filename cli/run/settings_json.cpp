#include "cli/run/settings_json.hpp"

#include "cli/exit_code.hpp"

namespace millrace::cli {
namespace {

using nlohmann::json;

template <class T>
json optional_json(const std::optional<T>& value) {
  return value ? json(*value) : json(nullptr);
}

template <class T>
std::optional<T> optional_value(const json& value) {
  return value.is_null() ? std::nullopt : std::optional<T>(value.get<T>());
}

json variation_json(const VariationOptions& variation) {
  using Crossover = VariationOptions::Crossover;
  json crossover;
  if (variation.crossover == Crossover::sbx)
    crossover = {{"kind", "sbx"}, {"probability", variation.sbx.probability}, {"eta", variation.sbx.eta}};
  if (variation.crossover == Crossover::uniform)
    crossover = {{"kind", "uniform"}, {"probability", variation.uniform.probability}};
  if (variation.crossover == Crossover::differential)
    crossover = {{"kind", "differential"}, {"f", variation.differential.f}, {"cr", variation.differential.cr}};
  if (variation.crossover == Crossover::pcx) crossover = {{"kind", "pcx"}};
  if (variation.crossover == Crossover::spx) crossover = {{"kind", "spx"}};
  if (variation.crossover == Crossover::undx) crossover = {{"kind", "undx"}};
  const json mutation = {{"kind", "polynomial"},
                         {"probability", optional_json(variation.mutation.probability)},
                         {"eta", variation.mutation.eta}};
  return {{"crossover", crossover}, {"mutation", mutation}};
}

VariationOptions variation_from_json(const json& saved) {
  using Crossover = VariationOptions::Crossover;
  VariationOptions variation;
  const auto& crossover = saved.at("crossover");
  const std::string kind = crossover.at("kind");
  if (kind == "sbx") {
    variation.sbx.probability = crossover.at("probability");
    variation.sbx.eta = crossover.at("eta");
  } else if (kind == "uniform") {
    variation.crossover = Crossover::uniform;
    variation.uniform.probability = crossover.at("probability");
  } else if (kind == "differential") {
    variation.crossover = Crossover::differential;
    variation.differential.f = crossover.at("f");
    variation.differential.cr = crossover.at("cr");
  } else if (kind == "pcx") {
    variation.crossover = Crossover::pcx;
  } else if (kind == "spx") {
    variation.crossover = Crossover::spx;
  } else if (kind == "undx") {
    variation.crossover = Crossover::undx;
  } else {
    throw UsageError("crossover '" + kind + "' is not known to this version");
  }
  const auto& mutation = saved.at("mutation");
  variation.mutation.probability = optional_value<double>(mutation.at("probability"));
  variation.mutation.eta = mutation.at("eta");
  return variation;
}

json budget_json(const Budget& budget) {
  json result = {{"generations", optional_json(budget.generations)},
                 {"evaluations", optional_json(budget.evaluations)},
                 {"seconds", optional_json(budget.seconds)},
                 {"target_hypervolume", optional_json(budget.target_hypervolume)},
                 {"stagnation", optional_json(budget.stagnation)},
                 {"stagnation_tolerance", budget.stagnation_tolerance},
                 {"failed_share", budget.failed_share}};
  // What a version before did not know is left out where it is not used: the address of a run stays what it was.
  if (budget.epsilon_stagnation) result["epsilon_stagnation"] = *budget.epsilon_stagnation;
  return result;
}

Budget budget_from_json(const json& saved) {
  Budget budget;
  budget.generations = optional_value<std::uint64_t>(saved.at("generations"));
  budget.evaluations = optional_value<std::uint64_t>(saved.at("evaluations"));
  budget.seconds = optional_value<double>(saved.at("seconds"));
  budget.target_hypervolume = optional_value<double>(saved.at("target_hypervolume"));
  budget.stagnation = optional_value<std::uint64_t>(saved.at("stagnation"));
  budget.stagnation_tolerance = saved.at("stagnation_tolerance");
  budget.failed_share = saved.at("failed_share");
  if (saved.contains("epsilon_stagnation")) budget.epsilon_stagnation = saved.at("epsilon_stagnation");
  return budget;
}

json archive_json(const ArchiveOptions& archive) {
  return {{"kind", name_of(archive.kind)}, {"epsilons", archive.epsilons}};
}

ArchiveOptions archive_from_json(const json& saved) {
  ArchiveOptions archive;
  const std::string kind = saved.at("kind");
  if (kind != name_of(archive.kind)) archive.kind = archive_kind(kind);
  archive.epsilons = saved.at("epsilons").get<std::vector<double>>();
  return archive;
}

/// Without the text, which has a file of its own.
json seeds_json(const SeedFile& seeds) {
  return {{"file", seeds.name}, {"digest", seeds.digest}, {"results_of", seeds.results_of}};
}

SeedFile seeds_from_json(const json& saved) {
  return {saved.at("file"), {}, saved.at("digest"), saved.at("results_of")};
}

/// Of the exact front: what evolution has besides is left out.
json exact_to_json(const RunSettings& settings) {
  json result = {{"problem", settings.problem},
                 {"scenarios", settings.scenarios},
                 {"objectives", optional_json(settings.objectives)},
                 {"variables", optional_json(settings.variables)},
                 {"repair", settings.repair},
                 {"method", "exact"},
                 {"directions", *settings.directions},
                 {"seed", settings.seed}};
  if (!settings.case_options.empty()) result["case_options"] = settings.case_options;
  if (settings.certify) result["certify"] = true;
  return result;
}

}  // namespace

nlohmann::json to_json(const RunSettings& settings) {
  if (settings.directions) return exact_to_json(settings);
  json result = variation_json(settings.method.variation);
  result.update({{"problem", settings.problem},
                 {"scenarios", settings.scenarios},
                 {"objectives", optional_json(settings.objectives)},
                 {"variables", optional_json(settings.variables)},
                 {"repair", settings.repair},
                 {"algorithm", settings.algorithm},
                 {"population", settings.method.population},
                 {"sampling", sampling_name(settings.method.sampling)},
                 {"budget", budget_json(settings.budget)},
                 {"seed", settings.seed}});
  if (!settings.case_options.empty()) result["case_options"] = settings.case_options;
  if (const json own = own_json(settings.method.own); !own.empty()) result["own"] = own;
  if (settings.method.excursion.share > 0.0) result["excursion"] = settings.method.excursion.share;
  if (settings.archive.needed()) result["archive"] = archive_json(settings.archive);
  if (settings.refinement)
    result["refinement"] = {{"every", settings.refinement->every}, {"count", settings.refinement->count}};
  if (settings.seeds) result["seeds"] = seeds_json(*settings.seeds);
  if (settings.seed_anchors) result["seed_anchors"] = true;
  if (settings.certify) result["certify"] = true;
  if (settings.polish) result["polish"] = true;
  return result;
}

RunSettings settings_from_json(const nlohmann::json& json) {
  RunSettings settings;
  settings.certify = json.value("certify", false);
  settings.polish = json.value("polish", false);
  settings.problem = json.at("problem");
  settings.scenarios = json.at("scenarios").get<std::vector<std::string>>();
  settings.objectives = optional_value<std::size_t>(json.at("objectives"));
  settings.variables = optional_value<std::size_t>(json.at("variables"));
  settings.repair = json.at("repair");
  if (json.contains("case_options")) settings.case_options = json.at("case_options").get<CaseOptions>();
  if (json.contains("directions")) {
    settings.algorithm = "exact";
    settings.directions = json.at("directions").get<std::size_t>();
    settings.method.population = *settings.directions;
    settings.seed = json.at("seed");
    return settings;
  }
  settings.algorithm = json.at("algorithm");
  if (find_algorithm(settings.algorithm) == nullptr)
    throw UsageError("algorithm '" + settings.algorithm + "' is not known to this version");
  settings.method.population = json.at("population");
  settings.method.sampling = sampling_method(json.at("sampling"));
  settings.method.variation = variation_from_json(json);
  settings.budget = budget_from_json(json.at("budget"));
  settings.method.planned_generations = planned_generations(settings.budget, settings.method.population);
  if (json.contains("own")) settings.method.own = own_from_json(json.at("own"));
  settings.method.excursion = excursion_within(settings.budget, json.value("excursion", 0.0));
  if (json.contains("archive")) settings.archive = archive_from_json(json.at("archive"));
  if (json.contains("refinement"))
    settings.refinement = {json.at("refinement").at("every"), json.at("refinement").at("count")};
  settings.archive.progress = settings.budget.epsilon_stagnation.has_value();
  settings.seed = json.at("seed");
  if (json.contains("seeds")) settings.seeds = seeds_from_json(json.at("seeds"));
  settings.seed_anchors = json.value("seed_anchors", false);
  return settings;
}

}  // namespace millrace::cli
