#include "cli/run/run_settings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <utility>

#include "cli/exact/exact_method.hpp"
#include "cli/exit_code.hpp"
#include "cli/suggestion.hpp"

namespace millrace::cli {
namespace {

constexpr std::array kSamplings = {std::pair{"uniform", SamplingMethod::uniform},
                                   std::pair{"latin-hypercube", SamplingMethod::latin_hypercube},
                                   std::pair{"sobol", SamplingMethod::sobol}};

constexpr std::array kArchives = {std::pair{"nondominated", ArchiveOptions::Kind::nondominated},
                                  std::pair{"epsilon", ArchiveOptions::Kind::epsilon}};

template <class Value, std::size_t n>
Value choice(const char* option, const std::string& word, const std::array<std::pair<const char*, Value>, n>& known) {
  std::vector<std::string> names;
  for (const auto& [name, value] : known) {
    if (word == name) return value;
    names.emplace_back(name);
  }
  throw UsageError(fmt::format("{}: '{}' is not known{}", option, word, suggestion(word, names)));
}

std::uint64_t at_least(const char* option, long long value, long long least) {
  if (value < least) throw UsageError(fmt::format("{}: must be at least {}, not {}", option, least, value));
  return static_cast<std::uint64_t>(value);
}

std::string known_algorithm(const std::string& word) {
  if (find_algorithm(word) != nullptr) return word;
  std::vector<std::string> names;
  for (const AlgorithmEntry& entry : algorithm_entries()) names.emplace_back(entry.name);
  throw UsageError(fmt::format("--algorithm: '{}' is not known{}", word, suggestion(word, names)));
}

VariationOptions variation(const RunRequest& request, const RecommendedSettings& recommended) {
  using Crossover = VariationOptions::Crossover;
  constexpr std::array kCrossovers = {std::pair{"sbx", Crossover::sbx},
                                      std::pair{"uniform", Crossover::uniform},
                                      std::pair{"differential", Crossover::differential},
                                      std::pair{"pcx", Crossover::pcx},
                                      std::pair{"spx", Crossover::spx},
                                      std::pair{"undx", Crossover::undx}};
  VariationOptions options;
  if (!request.crossover && !recommended.crossover.empty())
    options.crossover = choice("--crossover", recommended.crossover, kCrossovers);
  if (request.crossover) options.crossover = choice("--crossover", *request.crossover, kCrossovers);
  const auto probability =
      request.crossover_probability ? request.crossover_probability : recommended.crossover_probability;
  if (probability) {
    options.sbx.probability = *probability;
    options.uniform.probability = *probability;
  }
  const bool sbx = options.crossover == Crossover::sbx;
  const bool differential = options.crossover == Crossover::differential;
  const bool pairs = sbx || options.crossover == Crossover::uniform;
  if (request.crossover_eta && !sbx) throw UsageError("--crossover-eta: belongs to --crossover sbx");
  if (request.crossover_probability && !pairs)
    throw UsageError(fmt::format("--crossover-probability: belongs to --crossover sbx or uniform{}",
                                 differential ? "; differential evolution has --differential-rate" : ""));
  if ((request.differential_weight || request.differential_rate) && !differential)
    throw UsageError("--differential-weight and --differential-rate: belong to --crossover differential");
  if (request.crossover_eta) options.sbx.eta = *request.crossover_eta;
  if (request.differential_weight) options.differential.f = *request.differential_weight;
  if (request.differential_rate) options.differential.cr = *request.differential_rate;
  options.mutation.probability =
      request.mutation_probability ? request.mutation_probability : recommended.mutation_probability;
  if (request.mutation_eta) options.mutation.eta = *request.mutation_eta;
  return options;
}

/// What the library says of a value, with the option that the value came from.
std::string in_words_of_options(std::string error) {
  constexpr std::array kSubjects = {std::pair{"sbx: probability", "--crossover-probability:"},
                                    std::pair{"sbx: eta", "--crossover-eta:"},
                                    std::pair{"uniform crossover: probability", "--crossover-probability:"},
                                    std::pair{"differential: f", "--differential-weight:"},
                                    std::pair{"differential: cr", "--differential-rate:"},
                                    std::pair{"polynomial mutation: probability", "--mutation-probability:"},
                                    std::pair{"polynomial mutation: eta", "--mutation-eta:"},
                                    std::pair{"theta ", "--theta: "},
                                    std::pair{"neighbourhood ", "--neighbourhood: "},
                                    std::pair{"delta ", "--delta: "},
                                    std::pair{"replacement_limit ", "--replacement-limit: "},
                                    std::pair{"alpha ", "--alpha: "},
                                    std::pair{"batch and dynamic_allocation ", "--batch and --dynamic-allocation: "},
                                    std::pair{"batch ", "--batch: "},
                                    std::pair{"excursion ", "--excursion: "},
                                    std::pair{"seconds ", "--seconds: "},
                                    std::pair{"the target hypervolume ", "--target-hypervolume: "}};
  for (const auto& [subject, option] : kSubjects)
    if (error.starts_with(subject)) return error.replace(0, std::string_view(subject).size(), option);
  return error;
}

/// A size that a case recommends: what somebody published may be anything.
std::uint64_t recommended_size(const char* name, double value, double least) {
  if (!(value >= least && value <= 1e9 && value == std::floor(value)))
    throw UsageError(
        fmt::format("published.constants: {}: is {}; write a whole number from {} to 1e9, or name it "
                    "otherwise",
                    name, value, least));
  return static_cast<std::uint64_t>(value);
}

Budget budget(const RunRequest& request, const RecommendedSettings& recommended) {
  constexpr std::uint64_t kDefaultGenerations = 200;
  Budget budget;
  if (request.generations) budget.generations = at_least("--generations", *request.generations, 1);
  if (request.evaluations) budget.evaluations = at_least("--evaluations", *request.evaluations, 1);
  if (request.stagnation) budget.stagnation = at_least("--stagnation", *request.stagnation, 1);
  if (request.epsilon_stagnation)
    budget.epsilon_stagnation = at_least("--epsilon-stagnation", *request.epsilon_stagnation, 1);
  budget.seconds = request.seconds;
  budget.target_hypervolume = request.target_hypervolume;
  const bool limited =
      budget.generations || budget.evaluations || budget.seconds || budget.stagnation || budget.epsilon_stagnation;
  if (!limited)
    budget.generations =
        recommended.generations ? recommended_size("generations", *recommended.generations, 1) : kDefaultGenerations;
  return budget;
}

ArchiveOptions archive(const RunRequest& request, const RecommendedSettings& recommended) {
  ArchiveOptions options;
  if (!request.archive && !recommended.archive.empty()) options.kind = archive_kind(recommended.archive);
  if (request.archive) options.kind = archive_kind(*request.archive);
  options.progress = request.epsilon_stagnation.has_value();
  const bool used = options.kind == ArchiveOptions::Kind::epsilon || options.progress;
  if (used) options.epsilons = request.epsilons;
  else if (!request.epsilons.empty() && request.algorithm != "borg")
    throw UsageError("--epsilon: belongs to --archive epsilon, --epsilon-stagnation or --algorithm borg");
  return options;
}

std::optional<RefinementOptions> refinement(const RunRequest& request, const RecommendedSettings& recommended) {
  if (!recommended.refines) {
    if (request.refine_every || request.refine_count)
      throw UsageError(
          "--refine-every and --refine-count: belong to problems that refine designs by mathematical "
          "programming (industrial parks)");
    return std::nullopt;
  }
  RefinementOptions options;
  options.count = recommended.refine_count;
  if (request.refine_every == 0) {
    if (request.refine_count) throw UsageError("--refine-count: needs --refine-every of at least 1");
    return std::nullopt;
  }
  if (request.refine_every) options.every = at_least("--refine-every", *request.refine_every, 1);
  if (request.refine_count) options.count = at_least("--refine-count", *request.refine_count, 1);
  if (const auto error = options.error(); !error.empty()) throw UsageError("--refine-every, --refine-count: " + error);
  return options;
}

}  // namespace

std::string sampling_name(SamplingMethod method) {
  for (const auto& [name, value] : kSamplings)
    if (value == method) return name;
  return {};
}

SamplingMethod sampling_method(const std::string& name) { return choice("--sampling", name, kSamplings); }

ArchiveOptions::Kind archive_kind(const std::string& name) { return choice("--archive", name, kArchives); }

std::optional<std::uint64_t> planned_generations(const Budget& budget, std::size_t population) {
  std::optional<std::uint64_t> planned = budget.generations;
  if (budget.evaluations) {
    const std::uint64_t by_evaluations = (*budget.evaluations - 1) / std::max<std::size_t>(population, 1) + 1;
    planned = std::min(planned.value_or(by_evaluations), by_evaluations);
  }
  return planned;
}

ExcursionOptions excursion_within(const Budget& budget, double share) {
  return {.share = share, .generations = budget.generations, .evaluations = budget.evaluations};
}

RunSettings resolve(const RunRequest& request, const RecommendedSettings& recommended) {
  if (request.method == "exact") return resolve_exact(request, recommended);
  if (request.directions) throw UsageError("--directions: belongs to --method exact");
  RunSettings settings;
  settings.problem = request.problem;
  settings.scenarios = request.scenarios;
  settings.objectives = request.objectives;
  settings.variables = request.variables;
  settings.repair = !request.no_repair;
  settings.case_options = request.case_options;
  if (recommended.population && !request.population)
    settings.method.population = recommended_size("population", *recommended.population, 4);
  if (request.population) settings.method.population = at_least("--population", *request.population, 4);
  settings.algorithm = request.algorithm ? known_algorithm(*request.algorithm)
                       : !recommended.algorithm.empty()
                           ? recommended.algorithm
                           : std::string(default_algorithm(recommended.objectives, settings.method.population));
  if (request.sampling) settings.method.sampling = sampling_method(*request.sampling);
  settings.method.variation = variation(request, recommended);
  settings.method.own = resolve_own(request.own, *find_algorithm(settings.algorithm));
  if (settings.algorithm == "borg") settings.method.own.epsilons = request.epsilons;
  settings.budget = budget(request, recommended);
  settings.method.planned_generations = planned_generations(settings.budget, settings.method.population);
  const bool limited = settings.budget.generations || settings.budget.evaluations;
  settings.method.excursion =
      excursion_within(settings.budget, request.excursion.value_or(limited ? recommended.excursion : 0.0));
  settings.archive = archive(request, recommended);
  settings.refinement = refinement(request, recommended);
  settings.seed = request.seed.value_or(1);
  settings.certify = request.certify;
  settings.polish = request.polish;
  if (request.seed_from && request.seed_anchors)
    throw UsageError("--seed-from and --seed-anchors: both give the first designs; write one of them");
  if (request.seed_from) settings.seeds = read_seed_file(*request.seed_from);
  settings.seed_anchors = request.seed_anchors;
  if (const auto error = find_algorithm(settings.algorithm)->error(settings.method); !error.empty())
    throw UsageError(in_words_of_options(error));
  if (const auto error = settings.budget.error(); !error.empty()) throw UsageError(in_words_of_options(error));
  return settings;
}

}  // namespace millrace::cli
