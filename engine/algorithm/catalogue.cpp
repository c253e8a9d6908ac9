#include "engine/algorithm/catalogue.hpp"

#include <algorithm>
#include <array>

#include "engine/algorithm/nsga2.hpp"
#include "engine/algorithm/nsga3.hpp"

namespace millrace {
namespace {

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

template <class A, auto options_of>
constexpr AlgorithmEntry entry(std::string_view name, std::string_view description, bool fixed_size = true) {
  return {name, description, fixed_size, [](const AlgorithmSettings& settings) { return options_of(settings).error(); },
          [](Setup setup, const AlgorithmSettings& settings) {
            return AnyAlgorithm(std::make_unique<A>(setup, options_of(settings)));
          }};
}

constexpr std::array kEntries = {
    entry<Nsga3, nsga3_options>("nsga3", "NSGA-III, reference directions, many objectives (Deb and Jain 2014)"),
    entry<Nsga3, unsga3_options>("unsga3", "U-NSGA-III, NSGA-III with niche tournaments (Seada and Deb 2016)"),
    entry<Nsga2, nsga2_options>("nsga2", "NSGA-II, crowding distance, two or three objectives (Deb et al. 2002)"),
};

}  // namespace

std::span<const AlgorithmEntry> algorithm_entries() { return kEntries; }

const AlgorithmEntry* find_algorithm(std::string_view name) {
  const auto found =
      std::find_if(kEntries.begin(), kEntries.end(), [&](const AlgorithmEntry& e) { return e.name == name; });
  return found == kEntries.end() ? nullptr : &*found;
}

}  // namespace millrace
