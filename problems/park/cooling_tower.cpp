#include "problems/park/cooling_tower.hpp"

#include <algorithm>
#include <array>

#include "problems/park/unit_model_parts.hpp"

namespace millrace {
namespace {

/// kJ/(kg K), kJ/kg at about 35 degrees, and the part of the heat that leaves as vapour.
constexpr double kHeatCapacity = 4.187;
constexpr double kHeatOfVaporisation = 2418.0;
constexpr double kLatentShare = 0.85;

constexpr std::array<ModelInput, 4> kTowerInputs = {{{"range_k", "K", 0.5, 40.0, 1},
                                                     {"wet_bulb_c", "degrees C", -30.0, 40.0, 0},
                                                     {"dry_bulb_c", "degrees C", -30.0, 55.0, 0},
                                                     {"wind_m_s", "m/s", 0.0, 40.0, 0}}};

double share_by_mechanism(std::span<const double> u) { return CoolingTower::mechanism_share(u[0]); }

std::array<double, 4> inputs_of(const TowerWeather& weather) {
  return {weather.range_k, weather.wet_bulb_c, weather.dry_bulb_c, weather.wind_m_s};
}

}  // namespace

ModelledQuantity tower_evaporation() {
  return {UnitModelKind::cooling_tower, "evaporated_share", "m3 a m3 circulated", kTowerInputs, share_by_mechanism};
}

CoolingTower::CoolingTower(const PlantData* data) : evaporation_(fit_where_measured(tower_evaporation(), data)) {}

double CoolingTower::evaporated_share(const TowerWeather& weather) const {
  if (!evaporation_) return std::clamp(mechanism_share(weather.range_k), 0.0, 1.0);
  return std::clamp(evaporation_->at(inputs_of(weather)), 0.0, 1.0);
}

double CoolingTower::mechanism_share(double range_k) {
  return range_k * kHeatCapacity / kHeatOfVaporisation * kLatentShare;
}

double CoolingTower::distance(const TowerWeather& weather) const {
  return evaporation_ ? evaporation_->distance(inputs_of(weather)) : 0.0;
}

std::string CoolingTower::digest() const { return evaporation_ ? evaporation_->digest() : "mechanism"; }

}  // namespace millrace
