#include "problems/urban/sensitivity_ranges.hpp"

#include <array>
#include <limits>

#include "problems/urban/urban_case.hpp"

namespace millrace {
namespace {

/// A quantity belongs to the sources or to the users.
struct Place {
  std::string_view name;
  Series UrbanSource::*of_source;
  Series UrbanUser::*of_user;
};
constexpr std::array<Place, 10> kPlaces = {{{"demand", nullptr, &UrbanUser::demand},
                                            {"available", &UrbanSource::available, nullptr},
                                            {"use_rate", &UrbanSource::use_rate, nullptr},
                                            {"source_carbon", &UrbanSource::carbon_kg_per_m3, nullptr},
                                            {"user_carbon", nullptr, &UrbanUser::carbon_kg_per_m3},
                                            {"benefit", nullptr, &UrbanUser::benefit_per_m3},
                                            {"shortage_weight", nullptr, &UrbanUser::shortage_weight},
                                            {"discharge", nullptr, &UrbanUser::discharge},
                                            {"quality", &UrbanSource::quality_g_per_m3, nullptr},
                                            {"energy", &UrbanSource::energy_kwh_per_m3, nullptr}}};

const Place& place_of(UrbanQuantity quantity) { return kPlaces[static_cast<std::size_t>(quantity)]; }

template <class Item>
void collect(std::vector<Item>& items, Series Item::*member, std::string_view of, std::vector<Series*>& found) {
  if (member == nullptr) return;
  for (Item& item : items)
    if ((of.empty() || item.name == of) && !(item.*member).empty()) found.push_back(&(item.*member));
}

}  // namespace

std::string_view name_of(UrbanQuantity quantity) { return place_of(quantity).name; }

std::vector<std::string_view> urban_quantity_names() {
  std::vector<std::string_view> names;
  for (const Place& place : kPlaces) names.push_back(place.name);
  return names;
}

std::optional<UrbanQuantity> urban_quantity(std::string_view name) {
  for (std::size_t k = 0; k < kPlaces.size(); ++k)
    if (kPlaces[k].name == name) return static_cast<UrbanQuantity>(k);
  return std::nullopt;
}

double most_of(UrbanQuantity quantity) {
  const bool share = quantity == UrbanQuantity::use_rate || quantity == UrbanQuantity::discharge;
  return share ? 1.0 : std::numeric_limits<double>::infinity();
}

std::string label_of(UrbanQuantity quantity, const std::string& of) {
  return std::string(name_of(quantity)) + (of.empty() ? "" : " of " + of);
}

std::vector<Series*> series_of(UrbanCase& urban, UrbanQuantity quantity, std::string_view of) {
  std::vector<Series*> found;
  collect(urban.sources, place_of(quantity).of_source, of, found);
  collect(urban.users, place_of(quantity).of_user, of, found);
  return found;
}

}  // namespace millrace
