#include "engine/store/store_json.hpp"

#include <nlohmann/json.hpp>
#include <utility>

namespace millrace {

using nlohmann::json;

std::string json_of(const std::vector<StoredObjective>& objectives) {
  json list = json::array();
  for (const StoredObjective& o : objectives)
    list.push_back({{"name", o.name}, {"unit", o.unit}, {"maximised", o.maximised}});
  return list.dump();
}

std::vector<StoredObjective> objectives_from_json(const std::string& text) {
  std::vector<StoredObjective> objectives;
  for (const json& o : json::parse(text)) objectives.push_back({o.at("name"), o.at("unit"), o.at("maximised")});
  return objectives;
}

std::string json_of(const StoredReference& reference) {
  return json{{"ideal", reference.ideal}, {"nadir", reference.nadir}}.dump();
}

StoredReference reference_from_json(const std::string& text, std::string source) {
  const json box = json::parse(text);
  return {std::move(source), box.at("ideal"), box.at("nadir")};
}

std::string json_of(const std::vector<std::string>& names) { return json(names).dump(); }

std::vector<std::string> names_from_json(const std::string& text) { return json::parse(text); }

}  // namespace millrace
