#include "problems/park/park_case.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace millrace {
namespace {

constexpr std::array<std::pair<ParkObjective, std::string_view>, 7> kObjectives = {{
    {ParkObjective::cost, "cost"},
    {ParkObjective::freshwater, "fw"},
    {ParkObjective::co2, "co2"},
    {ParkObjective::discharge, "dis"},
    {ParkObjective::treated_flow, "treated_flow"},
    {ParkObjective::freshwater_and_treated, "freshwater+treated"},
    {ParkObjective::annual_cost, "annual_cost"},
}};

template <class List>
std::optional<std::uint32_t> index_of(const List& list, std::string_view id) {
  const auto found = std::find_if(list.begin(), list.end(), [&](const auto& entry) { return entry.id == id; });
  if (found == list.end()) return std::nullopt;
  return static_cast<std::uint32_t>(found - list.begin());
}

}  // namespace

std::string_view name_of(ParkObjective objective) {
  for (const auto& [value, name] : kObjectives)
    if (value == objective) return name;
  return {};
}

std::optional<ParkObjective> park_objective(std::string_view name) {
  // What a person says, beside what files say.
  if (name == "freshwater") return ParkObjective::freshwater;
  if (name == "discharge") return ParkObjective::discharge;
  for (const auto& [value, text] : kObjectives)
    if (text == name) return value;
  return std::nullopt;
}

std::optional<std::uint32_t> ParkCase::port(std::string_view id) const { return index_of(ports, id); }
std::optional<std::uint32_t> ParkCase::node(std::string_view id) const { return index_of(nodes, id); }
std::optional<std::uint32_t> ParkCase::freshwater_index(std::string_view id) const { return index_of(freshwater, id); }

}  // namespace millrace
