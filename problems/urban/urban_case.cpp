#include "problems/urban/urban_case.hpp"

#include <array>

namespace millrace {
namespace {

constexpr std::array<std::string_view, 7> kObjectiveNames = {"carbon",      "benefit", "shortage", "wastewater",
                                                             "groundwater", "quality", "energy"};

}  // namespace

std::string_view name_of(UrbanObjective objective) { return kObjectiveNames[static_cast<std::size_t>(objective)]; }

std::vector<std::string_view> urban_objective_names() { return {kObjectiveNames.begin(), kObjectiveNames.end()}; }

std::optional<UrbanObjective> urban_objective(std::string_view name) {
  for (std::size_t k = 0; k < kObjectiveNames.size(); ++k)
    if (kObjectiveNames[k] == name) return static_cast<UrbanObjective>(k);
  return std::nullopt;
}

std::optional<std::size_t> UrbanCase::scenario_index(std::string_view scenario) const {
  for (std::size_t t = 0; t < scenarios.size(); ++t)
    if (scenarios[t] == scenario) return t;
  return std::nullopt;
}

const Series* UrbanCase::published_series(std::string_view wanted) const {
  for (const PublishedSeries& series : published.per_scenario)
    if (series.name == wanted) return &series.values;
  return nullptr;
}

const double* UrbanCase::published_constant(std::string_view wanted) const {
  for (const PublishedConstant& constant : published.constants)
    if (constant.name == wanted) return &constant.value;
  return nullptr;
}

}  // namespace millrace
