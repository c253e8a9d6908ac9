#pragma once

#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "problems/park/cooling_tower.hpp"
#include "problems/park/unit_model.hpp"

namespace millrace {

/// A limit that is not there.
inline constexpr double kNoLimit = std::numeric_limits<double>::infinity();

/// Most contaminants of a case: the state of a node is kept in registers.
inline constexpr std::size_t kMostContaminants = 12;

/// Flows are m3/h or t/h, concentrations mg/l or ppm (g a m3 or t), loads g/h, energies kWh a m3, in every case.
/// A list over contaminants has one value each, in the order of ParkCase::contaminants.
using ByContaminant = std::vector<double>;

struct ParkEconomics {
  double electricity_price = 0.0;
  /// kg CO2 a kWh.
  double grid_co2 = 0.0;
  double hours = 8760.0;
  /// kg CO2e a kg of ammonia nitrogen that a treatment with `n2o` removes.
  double n2o_kgco2_per_kgN = 0.0;
};

struct ParkFreshwater {
  std::string id, name;
  ByContaminant conc;
  double cost = 0.0;
  double energy = 0.0;
  double max = kNoLimit;
  /// Share of it that counts as freshwater: 0 for reclaimed or desalinated water.
  double fw_weight = 1.0;
};

/// A wastewater whose whole flow must go somewhere.
struct ParkSource {
  std::string id, name;
  double flow = 0.0;
  ByContaminant conc;
};

/// free: takes as much water as its limits need; fixed: its inflow is `flow`; tower: free, and loses water.
enum class ParkProcessKind { free, fixed, tower };

struct ParkProcess {
  std::string id, name;
  ParkProcessKind kind = ParkProcessKind::fixed;
  /// Load picked up.
  ByContaminant load;
  ByContaminant cin_max, cout_max;
  double flow = 0.0;
  double flow_max = kNoLimit;
  /// Inflow that leaves as vapour or product; the rest is the outflow, at least `bmin` of it.
  double loss = 0.0;
  double bmin = 0.0;
  double energy = 0.0;
  double op_cost = 0.0;
  /// Kind of its hybrid model, where it has one: a cooling tower, whose evaporation is then its loss.
  std::optional<UnitModelKind> model;
  /// Of a tower with a model, m3/h, and what it works in.
  double circulation = 0.0;
  TowerWeather weather;
};

struct ParkTreatment {
  std::string id, name;
  /// Share of the inflow that leaves by the product port.
  double recovery = 1.0;
  /// Share of each inlet load that leaves by the product port: 1 - removal, pass, or cpass times recovery. The rest
  /// leaves by the reject port, or with the sludge where there is none.
  ByContaminant kept;
  /// The case gives concentrations of the product over those of the inlet (cpass): `kept` follows `recovery`.
  bool kept_follows_recovery = false;
  /// Name of the second port, or empty.
  std::string reject;
  ByContaminant cin_max;
  double flow_min = 0.0;
  double flow_max = kNoLimit;
  bool optional = false;
  double energy = 0.0;
  double op_cost = 0.0, cap_cost = 0.0;
  double inv_coef = 0.0, inv_exp = 1.0;
  double co2_direct = 0.0;
  bool n2o = false;
  /// Kind of its hybrid model, where it has one.
  std::optional<UnitModelKind> model;
  UnitConditions conditions;
};

struct ParkDemand {
  std::string id, name;
  double flow = 0.0;
  ByContaminant cmax;
};

struct ParkDischarge {
  std::string id, name;
  ByContaminant cmax;
  ByContaminant loadmax;
  double cost = 0.0;
  double energy = 0.0;
  ByContaminant eq_weight;
};

}  // namespace millrace
