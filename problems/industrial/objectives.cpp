#include "problems/industrial/objectives.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <stdexcept>

namespace millrace {
namespace {

struct NamedSet {
  std::string_view name;
  std::string_view members;
};

constexpr std::array<NamedSet, 5> kSets = {{{"planner", "1,2,3,5,7"},
                                            {"supply", "1,2,4"},
                                            {"environment", "1,3,5,6,7"},
                                            {"all", "1,2,3,4,5,6,7"},
                                            {"equity", "1,2,8"}}};

constexpr std::array<std::string_view, kIndustrialObjectives> kNames = {
    "benefit", "energy", "risk", "shortage", "groundwater", "wastewater", "carbon", "equity"};

std::vector<std::string_view> parts_of(std::string_view list) {
  std::vector<std::string_view> parts;
  for (std::size_t from = 0; from <= list.size();) {
    const std::size_t to = std::min(list.find(',', from), list.size());
    parts.push_back(list.substr(from, to - from));
    from = to + 1;
  }
  return parts;
}

IndustrialObjective objective_of(std::string_view text) {
  for (std::size_t k = 0; k < kIndustrialObjectives; ++k)
    if (text == kNames[k] || text == std::to_string(k + 1)) return static_cast<IndustrialObjective>(k + 1);
  throw std::invalid_argument(fmt::format("'{}' is no objective; write a set ({}) or a list of {} (or 1 to {})", text,
                                          fmt::join(objective_set_names(), "; "), fmt::join(kNames, ", "),
                                          kIndustrialObjectives));
}

}  // namespace

std::string_view name_of(IndustrialObjective objective) { return kNames[static_cast<std::size_t>(objective) - 1]; }

ObjectiveSpec objective_spec(IndustrialObjective objective) {
  const std::string name(name_of(objective));
  switch (objective) {
    case IndustrialObjective::benefit: return {name, "1e6 RMB", Sense::maximise};
    case IndustrialObjective::energy: return {name, "1e6 kWh", Sense::minimise};
    case IndustrialObjective::risk: return {name, "%", Sense::minimise};
    case IndustrialObjective::carbon: return {name, "kt CO2", Sense::minimise};
    case IndustrialObjective::equity: return {name, "Gini", Sense::minimise};
    case IndustrialObjective::shortage:
    case IndustrialObjective::groundwater:
    case IndustrialObjective::wastewater: break;
  }
  return {name, "1e6 m3", Sense::minimise};
}

ObjectiveSet objective_set(std::string_view text) {
  for (const NamedSet& set : kSets)
    if (set.name == text) return objective_set(set.members);
  ObjectiveSet objectives;
  for (const std::string_view part : parts_of(text)) {
    const IndustrialObjective objective = objective_of(part);
    if (std::find(objectives.begin(), objectives.end(), objective) != objectives.end())
      throw std::invalid_argument(fmt::format("'{}' occurs twice in '{}'", part, text));
    objectives.push_back(objective);
  }
  return objectives;
}

std::vector<std::string> objective_set_names() {
  std::vector<std::string> names;
  for (const NamedSet& set : kSets) names.push_back(fmt::format("{} = {}", set.name, set.members));
  return names;
}

}  // namespace millrace
