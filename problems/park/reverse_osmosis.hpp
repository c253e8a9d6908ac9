#pragma once

#include <memory>

#include "problems/park/modelled_quantity.hpp"
#include "problems/park/plant_data.hpp"
#include "problems/park/unit_model.hpp"

namespace millrace {

/// Solution-diffusion with a mean feed concentration and constant polarisation, one stage seen as a whole.
struct ReverseOsmosis {
  /// l/(m2 h bar) and l/(m2 h) at 25 degrees.
  static constexpr double kWaterPermeability = 3.0;
  static constexpr double kSaltPermeability = 0.12;
  static constexpr double kPumpEfficiency = 0.70;
  /// Of the module's mean concentration to that at the membrane.
  static constexpr double kPolarisation = 0.7 * 0.15;
  static constexpr double kOsmoticBarPerMgL = 0.77e-3;
  static constexpr double kFrictionBar = 1.0;

  /// Temperature correction of both permeabilities, 1 at 25 degrees.
  static double temperature_factor(double temperature_c);
  /// Concentration at the membrane over that of the feed, for a recovery in (0, 1).
  static double enrichment(double recovery);
  /// Permeate concentration over that at the membrane.
  static double passage_at_membrane(double flux_lmh, double temperature_factor);
  /// Osmotic pressure at the membrane less that of the permeate, bar.
  static double net_osmotic_bar(double membrane_mg_l, double permeate_mg_l, double temperature_c);
  /// Feed pressure from flux and net osmotic pressure, bar.
  static double pressure_bar(double flux_lmh, double temperature_factor, double net_osmotic_bar);
  /// kWh a m3 of feed that the pump takes for a feed pressure: P / (36 efficiency), whatever the recovery is.
  static double pump_energy_kwh_per_m3(double pressure_bar);
};

/// "pressure_bar" and "permeate_tds_mg_l" on flux, temperature, feed TDS, recovery, membrane age and feed COD.
ModelledQuantity osmosis_pressure();
ModelledQuantity osmosis_permeate();

/// Set-points: recovery and flux. TDS passes as the model says and the other contaminants in proportion, as their
/// figures in the case are to that of TDS. Energy is what the case says plus that of the modelled pressure less that of
/// the mechanism at the nominal point (the rest of the unit: pre-filtration and the like). Membrane area follows the
/// permeate flow over the flux. Throws as make_unit_model.
std::unique_ptr<const UnitModel> make_reverse_osmosis(const UnitFigures& figures, const PlantData* data);

}  // namespace millrace
