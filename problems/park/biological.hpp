#pragma once

#include <memory>

#include "problems/park/modelled_quantity.hpp"
#include "problems/park/plant_data.hpp"
#include "problems/park/unit_model.hpp"

namespace millrace {

/// Growth that a contaminant feeds, in equal tanks in series.
struct BiologicalKinetics {
  static constexpr std::size_t kTanks = 3;
  /// mg of the contaminant a g of sludge and h at 20 degrees, and its growth a degree.
  double most_rate = 0.0;
  double growth_per_degree = 1.0;
  /// mg/L at half of the most rate.
  double half_saturation = 0.0;

  /// mg/L that the sludge could take in each tank: the most rate times sludge times the time in the tank.
  double most_taken(double retention_h, double temperature_c, double mlss_g_l) const;
  /// Outlet of the last tank by Monod's rate: in each the positive root of S^2 + (K + most_taken - S_in) S - K S_in.
  double outlet(double inlet_mg_l, double most_taken_mg_l) const;
  /// The same with a rate in proportion to S (K much larger than S): S_in / (1 + most_taken / K)^n. Cruder.
  double first_order_outlet(double inlet_mg_l, double most_taken_mg_l) const;
};
inline constexpr BiologicalKinetics kNitrification = {6.5, 1.07, 60.0};
inline constexpr BiologicalKinetics kCodOxidation = {90.0, 1.04, 700.0};

/// "nh3n_out_mg_l" and "cod_out_mg_l" on retention time, temperature, sludge, COD in and NH3-N in.
ModelledQuantity biological_ammonia();
ModelledQuantity biological_cod();
/// The same quantity as biological_ammonia by the cruder mechanism: for comparison.
ModelledQuantity biological_ammonia_first_order();

/// Set-point: hydraulic retention time, which the capital cost follows. COD and NH3-N leave as the model says, removed to
/// 99.9 % at most; everything else, energy included, keeps the figures of the case. Throws as make_unit_model.
std::unique_ptr<const UnitModel> make_biological(const UnitFigures& figures, const PlantData* data);

}  // namespace millrace
