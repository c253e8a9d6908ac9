#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/data/tile.hpp"

namespace millrace {

struct PlantData;

/// An operating variable of a unit that the optimiser chooses.
struct SetPoint {
  std::string name;
  std::string unit;
  double lower = 0.0;
  double upper = 1.0;
  /// Where the figures of the case hold.
  double nominal = 0.5;
};

/// What enters a unit. Every pointer is to columns of kLanes values, one after the other.
struct UnitFeed {
  /// m3/h.
  const double* flow = nullptr;
  /// mg/L, a column a contaminant of the case. Where nothing flows any finite value will do.
  const double* concentration = nullptr;
};

/// How a unit divides what enters: shares of the inlet, so that no balance can fail to close. What is not product leaves
/// with the reject of a unit that has one, and is removed (water: lost) otherwise.
struct UnitSplit {
  /// Of the flow, 0 to 1.
  double* recovery = nullptr;
  /// Of the load, 0 to 1, a column a contaminant. The product has share / recovery times the inlet concentration.
  double* product_share = nullptr;
};

/// What treating costs, and how far the answer is from what the plant data support.
struct UnitAccount {
  /// A m3 of feed.
  double* energy_kwh_per_m3 = nullptr;
  /// Size of the unit for its flow, over that at the nominal set-points: multiplies the capital cost of the case.
  double* capital_factor = nullptr;
  /// Extrapolation distance: 0 within the box of the training data, then the length of what sticks out, each input as a
  /// share of its width. A constraint: at most kMostExtrapolation. 0 for a pure mechanism.
  double* distance = nullptr;
};

/// A model may be believed this far outside its data.
inline constexpr double kMostExtrapolation = 0.25;

/// A treatment unit whose figures depend on what enters it and how it is run: a mechanism times exp(residual), the
/// residual fitted to plant data when the model is made.
///
/// For 64 individuals at a time: prepare once for the set-points, split in every sweep of the balance, account once at
/// its end. None allocates; all are pure functions, safe to call from many threads. An answer never leaves its physical
/// range, whatever enters: shares stay in 0 to 1, energy does not fall below what the osmotic pressure asks for.
class UnitModel {
 public:
  virtual ~UnitModel() = default;

  virtual std::span<const SetPoint> set_points() const = 0;
  /// Columns of kLanes values that `work` must hold between prepare and account.
  virtual std::size_t work_columns() const = 0;
  /// `settings`: a column a set-point, within its bounds.
  virtual void prepare(const double* settings, double* work) const = 0;
  virtual void split(const UnitFeed& feed, const double* work, const UnitSplit& out) const = 0;
  virtual void account(const UnitFeed& feed, const double* work, const UnitAccount& out) const = 0;
  /// Text that changes whenever the answers change: part of a run's digest.
  virtual std::string digest() const = 0;
};

enum class UnitModelKind { reverse_osmosis, biological, cooling_tower };
/// "reverse_osmosis", "biological", "cooling_tower": as in plant data; case files may also say "ro", "bio", "tower".
std::string_view name_of(UnitModelKind kind);
std::optional<UnitModelKind> unit_model_kind(std::string_view name);

/// How a unit of a case is run where the optimiser does not choose it.
struct UnitConditions {
  double temperature_c = 20.0;
  double membrane_age_y = 1.35;
  double mlss_g_l = 3.5;
};

/// The figures of a treatment unit in its case, which hold at the nominal set-points.
struct UnitFigures {
  std::vector<std::string> contaminants;
  double recovery = 1.0;
  /// Share of the inlet load in the product at the nominal set-points, one a contaminant.
  std::vector<double> product_share;
  double energy_kwh_per_m3 = 0.0;
  UnitConditions conditions;
};

/// A model of a treatment unit (reverse_osmosis or biological; towers: cooling_tower.hpp). Without data it is the pure
/// mechanism. What the mechanism does not speak of keeps the figures of the case.
/// Throws std::invalid_argument with one sentence: a contaminant that the mechanism needs is missing (TDS and COD; COD
/// and NH3N), the data have no rows of a needed quantity or too few, or a number is out of range.
std::unique_ptr<const UnitModel> make_unit_model(UnitModelKind kind, const UnitFigures& figures, const PlantData* data);

}  // namespace millrace
