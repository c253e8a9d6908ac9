#pragma once

#include <optional>
#include <string>

#include "problems/park/modelled_quantity.hpp"
#include "problems/park/plant_data.hpp"
#include "problems/park/residual_fit.hpp"

namespace millrace {

/// What a tower works in. Its heat duty fixes circulation times range.
struct TowerWeather {
  /// Cooling range, K.
  double range_k = 9.0;
  double wet_bulb_c = 15.0;
  double dry_bulb_c = 28.0;
  double wind_m_s = 3.0;
};

/// "evaporated_share" of the circulation on range, wet bulb, dry bulb and wind.
ModelledQuantity tower_evaporation();

/// Evaporation of a cooling tower: range * heat capacity / heat of vaporisation * 0.85, times exp(residual).
///
/// A pure function of the weather, so it is asked once a season and not once an individual. Blowdown and cycles of
/// concentration follow from the balance: blowdown = make-up - evaporation, cycles = make-up / blowdown.
class CoolingTower {
 public:
  /// Without data the pure mechanism. Throws std::invalid_argument as fit_quantity does.
  explicit CoolingTower(const PlantData* data);

  /// m3 evaporated a m3 circulated, 0 to 1.
  double evaporated_share(const TowerWeather& weather) const;
  static double mechanism_share(double range_k);
  /// As UnitAccount::distance.
  double distance(const TowerWeather& weather) const;
  std::string digest() const;

 private:
  std::optional<FittedQuantity> evaporation_;
};

}  // namespace millrace
