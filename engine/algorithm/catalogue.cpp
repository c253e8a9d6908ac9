#include "engine/algorithm/catalogue.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "engine/algorithm/age_moea2.hpp"
#include "engine/algorithm/borg.hpp"
#include "engine/algorithm/excursion.hpp"
#include "engine/algorithm/moea_dd.hpp"
#include "engine/algorithm/moead.hpp"
#include "engine/algorithm/nsga2.hpp"
#include "engine/algorithm/nsga3.hpp"
#include "engine/algorithm/rvea.hpp"
#include "engine/algorithm/shade.hpp"
#include "engine/algorithm/sms_emoa.hpp"
#include "engine/algorithm/theta_dea.hpp"

namespace millrace {
namespace {

AgeMoea2Options age_moea2_options(const AlgorithmSettings& settings) {
  return {.population = settings.population, .sampling = settings.sampling, .variation = settings.variation};
}

SmsEmoaOptions sms_emoa_options(const AlgorithmSettings& settings) {
  return {.population = settings.population,
          .batch = settings.own.batch.value_or(0),
          .sampling = settings.sampling,
          .variation = settings.variation};
}

/// Of the variation its mutation and its sbx: which crossover makes a child it chooses itself.
BorgOptions borg_options(const AlgorithmSettings& settings) {
  return {.population = settings.population,
          .epsilons = {.epsilons = settings.own.epsilons},
          .sampling = settings.sampling,
          .operators = {.sbx = settings.variation.sbx, .mutation = settings.variation.mutation}};
}

Nsga3Options nsga3_options(const AlgorithmSettings& settings) {
  return {.population = settings.population,
          .directions = std::nullopt,
          .niche_tournament = false,
          .sampling = settings.sampling,
          .variation = settings.variation};
}

Nsga3Options unsga3_options(const AlgorithmSettings& settings) {
  Nsga3Options options = nsga3_options(settings);
  options.niche_tournament = true;
  return options;
}

Nsga2Options nsga2_options(const AlgorithmSettings& settings) {
  return {.population = settings.population, .sampling = settings.sampling, .variation = settings.variation};
}

MoeadOptions moead_options(const AlgorithmSettings& settings) {
  MoeadOptions options{
      .population = settings.population, .sampling = settings.sampling, .variation = settings.variation};
  const OwnSettings& own = settings.own;
  options.decomposition.scalarisation = own.scalarisation.value_or(options.decomposition.scalarisation);
  options.decomposition.theta = own.theta.value_or(options.decomposition.theta);
  options.neighbourhood = own.neighbourhood.value_or(options.neighbourhood);
  options.delta = own.delta.value_or(options.delta);
  options.replacement_limit = own.replacement_limit.value_or(options.replacement_limit);
  options.batch = own.batch.value_or(options.batch);
  options.normalise = own.normalise.value_or(options.normalise);
  options.dynamic_allocation = own.dynamic_allocation.value_or(options.dynamic_allocation);
  return options;
}

MoeaDdOptions moea_dd_options(const AlgorithmSettings& settings) {
  MoeaDdOptions options{
      .population = settings.population, .sampling = settings.sampling, .variation = settings.variation};
  const OwnSettings& own = settings.own;
  options.theta = own.theta.value_or(options.theta);
  options.neighbourhood = own.neighbourhood.value_or(options.neighbourhood);
  options.delta = own.delta.value_or(options.delta);
  options.normalise = own.normalise.value_or(options.normalise);
  return options;
}

RveaOptions rvea_options(const AlgorithmSettings& settings) {
  RveaOptions options{.population = settings.population,
                      .planned_generations = settings.planned_generations,
                      .sampling = settings.sampling,
                      .variation = settings.variation};
  options.alpha = settings.own.alpha.value_or(options.alpha);
  return options;
}

ThetaDeaOptions theta_dea_options(const AlgorithmSettings& settings) {
  ThetaDeaOptions options{
      .population = settings.population, .sampling = settings.sampling, .variation = settings.variation};
  options.theta = settings.own.theta.value_or(options.theta);
  options.normalise = settings.own.normalise.value_or(options.normalise);
  return options;
}

ShadeOptions shade_options(const AlgorithmSettings& settings) {
  return {.population = settings.population, .sampling = settings.sampling, .variation = settings.variation};
}

constexpr std::string_view kMoeadOwn[] = {"scalarisation",     "theta", "neighbourhood", "delta",
                                          "replacement-limit", "batch", "normalise",     "dynamic-allocation"};
constexpr std::string_view kMoeaDdOwn[] = {"theta", "neighbourhood", "delta", "normalise"};
constexpr std::string_view kThetaDeaOwn[] = {"theta", "normalise"};
constexpr std::string_view kRveaOwn[] = {"alpha"};
constexpr std::string_view kSmsEmoaOwn[] = {"batch"};
constexpr std::string_view kBorgOwn[] = {"epsilon"};

/// What is special about an algorithm.
struct Traits {
  bool fixed_size = true;
  std::size_t most_objectives = std::numeric_limits<std::size_t>::max();
  std::span<const std::string_view> own{};
};

template <class A, auto options_of>
AnyAlgorithm make_strict(Setup setup, const AlgorithmSettings& settings) {
  return AnyAlgorithm(std::make_unique<A>(setup, options_of(settings)));
}

template <auto options_of>
std::string error_of(const AlgorithmSettings& settings) {
  const std::string error = settings.excursion.error();
  return error.empty() ? options_of(settings).error() : error;
}

template <class A, auto options_of>
constexpr AlgorithmEntry entry(std::string_view name, std::string_view description, Traits traits = {}) {
  return {name,
          description,
          traits.fixed_size,
          error_of<options_of>,
          [](Setup setup, const AlgorithmSettings& settings) {
            return with_excursion(setup, settings, make_strict<A, options_of>);
          },
          traits.most_objectives,
          traits.own};
}

constexpr std::array kEntries = {
    entry<Nsga3, nsga3_options>("nsga3", "NSGA-III, reference directions, many objectives (Deb and Jain 2014)"),
    entry<Nsga3, unsga3_options>("unsga3", "U-NSGA-III, NSGA-III with niche tournaments (Seada and Deb 2016)"),
    entry<Nsga2, nsga2_options>("nsga2", "NSGA-II, crowding distance, two or three objectives (Deb et al. 2002)"),
    entry<ThetaDea, theta_dea_options>(
        "theta-dea", "theta-DEA, NSGA-III's directions with decomposition (Yuan et al. 2016)", {.own = kThetaDeaOwn}),
    entry<Rvea, rvea_options>("rvea", "RVEA, angle-penalised distance, many objectives (Cheng et al. 2016)",
                              {.fixed_size = false, .own = kRveaOwn}),
    entry<Moead, moead_options>("moead", "MOEA/D, one scalar subproblem a direction (Zhang and Li 2007)",
                                {.fixed_size = false, .own = kMoeadOwn}),
    entry<MoeaDd, moea_dd_options>("moea-dd", "MOEA/DD, dominance and decomposition, many objectives (Li et al. 2015)",
                                   {.fixed_size = false, .own = kMoeaDdOwn}),
    entry<SmsEmoa, sms_emoa_options>("sms-emoa",
                                     "SMS-EMOA, hypervolume contributions, up to six objectives (Beume et al. 2007)",
                                     {.most_objectives = SmsEmoa::kMostObjectives, .own = kSmsEmoaOwn}),
    entry<AgeMoea2, age_moea2_options>(
        "age-moea2", "AGE-MOEA-II, follows the shape of the front, many objectives (Panichella 2022)"),
    entry<Borg, borg_options>("borg", "Borg, epsilon archive, chooses its operators itself (Hadka and Reed 2013)",
                              {.fixed_size = false, .own = kBorgOwn}),
    entry<Shade, shade_options>("shade", "SHADE, differential evolution of one objective (Tanabe and Fukunaga 2013)",
                                {.most_objectives = Shade::kMostObjectives}),
};

}  // namespace

std::span<const AlgorithmEntry> algorithm_entries() { return kEntries; }

std::string_view default_algorithm(std::size_t objectives, std::size_t population) {
  return objectives <= 5 && population <= 300 ? "sms-emoa" : "age-moea2";
}

const AlgorithmEntry* find_algorithm(std::string_view name) {
  const auto found =
      std::find_if(kEntries.begin(), kEntries.end(), [&](const AlgorithmEntry& e) { return e.name == name; });
  return found == kEntries.end() ? nullptr : &*found;
}

}  // namespace millrace
