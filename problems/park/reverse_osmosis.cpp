#include "problems/park/reverse_osmosis.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>

#include "problems/park/residual_fit.hpp"
#include "problems/park/unit_model_parts.hpp"

namespace millrace {
namespace {

using RO = ReverseOsmosis;

enum Input : std::size_t { kFlux, kTemperature, kFeedTds, kRecovery, kAge, kFeedCod, kInputs };

constexpr double kLeastTds = 1.0;
/// Where the figures of a case are taken to hold.
constexpr double kNominalTds = 1650.0;

constexpr std::array<ModelInput, kInputs> pressure_inputs(int of_tds, int of_flux, int of_recovery,
                                                          int of_temperature) {
  return {{{"flux_lmh", "l/(m2 h)", 1.0, 60.0, of_flux},
           {"temperature_c", "degrees C", 1.0, 45.0, of_temperature},
           {"feed_tds_mg_l", "mg/L", kLeastTds, 60000.0, of_tds},
           {"recovery", "share", 0.05, 0.95, of_recovery},
           {"membrane_age_y", "years", 0.0, 15.0, 0},
           {"feed_cod_mg_l", "mg/L", 0.0, 1000.0, 0}}};
}
constexpr auto kPressureInputs = pressure_inputs(1, 1, 1, 0);
constexpr auto kPermeateInputs = pressure_inputs(1, 0, 1, 1);

double membrane_mg_l(std::span<const double> u) { return u[kFeedTds] * RO::enrichment(u[kRecovery]); }

double permeate_by_mechanism(std::span<const double> u) {
  return membrane_mg_l(u) * RO::passage_at_membrane(u[kFlux], RO::temperature_factor(u[kTemperature]));
}

double pressure_by_mechanism(std::span<const double> u) {
  const double osmotic = RO::net_osmotic_bar(membrane_mg_l(u), permeate_by_mechanism(u), u[kTemperature]);
  return RO::pressure_bar(u[kFlux], RO::temperature_factor(u[kTemperature]), osmotic);
}

/// One unit of a case. Columns of `work`: the inputs that do not depend on what enters, enrichment and passage of the
/// mechanism.
class ReverseOsmosisUnit final : public UnitModel {
 public:
  ReverseOsmosisUnit(const UnitFigures& figures, const PlantData* data);

  std::span<const SetPoint> set_points() const override { return set_points_; }
  std::size_t work_columns() const override { return kWorkColumns; }
  void prepare(const double* settings, double* work) const override;
  void split(const UnitFeed& feed, const double* work, const UnitSplit& out) const override;
  void account(const UnitFeed& feed, const double* work, const UnitAccount& out) const override;
  std::string digest() const override;

 private:
  enum Work : std::size_t {
    kWorkFlux,
    kWorkRecovery,
    kWorkTemperature,
    kWorkAge,
    kWorkEnrichment,
    kWorkPassage,
    kWorkColumns
  };
  static const double* column(const double* work, std::size_t k) { return work + k * kLanes; }
  std::array<const double*, kInputs> inputs_of(const UnitFeed& feed, const double* work) const;
  void tds_passage(const UnitFeed& feed, const double* work, double* passage) const;
  void feed_pressure(const UnitFeed& feed, const double* work, double* pressure) const;

  UnitFigures figures_;
  std::array<SetPoint, 2> set_points_;
  std::size_t tds_;
  std::size_t cod_;
  /// Passage of a contaminant over that of TDS, in the figures of the case; negative where TDS has none.
  std::vector<double> relative_passage_;
  double temperature_factor_;
  /// Energy that does not follow the pressure, kWh a m3 of feed.
  double other_energy_;
  std::optional<FittedQuantity> pressure_;
  std::optional<FittedQuantity> permeate_;
};

ReverseOsmosisUnit::ReverseOsmosisUnit(const UnitFigures& figures, const PlantData* data)
    : figures_(figures), set_points_{{{"recovery", "share", 0.55, 0.82, figures.recovery},
                                      {"flux", "l/(m2 h)", 12.0, 24.0, 18.0}}},
      tds_(contaminant_index(figures, "TDS")), cod_(contaminant_index(figures, "COD")),
      temperature_factor_(RO::temperature_factor(figures.conditions.temperature_c)),
      pressure_(fit_where_measured(osmosis_pressure(), data)), permeate_(fit_where_measured(osmosis_permeate(), data)) {
  const SetPoint& recovery = set_points_[0];
  if (figures.recovery < recovery.lower || figures.recovery > recovery.upper)
    throw std::invalid_argument(fmt::format("the nominal recovery {} of a reverse osmosis unit must lie from {} to {}",
                                            figures.recovery, recovery.lower, recovery.upper));
  const double nominal_tds = figures.product_share[tds_];
  for (const double share : figures.product_share)
    relative_passage_.push_back(nominal_tds > 0.0 ? share / nominal_tds : -1.0);
  const std::array<double, kInputs> nominal = {
      set_points_[1].nominal, figures.conditions.temperature_c, kNominalTds, figures.recovery, 0.0, 0.0};
  other_energy_ = std::max(0.0, figures.energy_kwh_per_m3 - RO::pump_energy_kwh_per_m3(pressure_by_mechanism(nominal)));
}

void ReverseOsmosisUnit::prepare(const double* settings, double* work) const {
  const double* recovery = settings;
  const double* flux = settings + kLanes;
  double* const enrichment = work + kWorkEnrichment * kLanes;
  double* const passage = work + kWorkPassage * kLanes;
  std::copy_n(flux, kLanes, work + kWorkFlux * kLanes);
  std::copy_n(recovery, kLanes, work + kWorkRecovery * kLanes);
  std::fill_n(work + kWorkTemperature * kLanes, kLanes, figures_.conditions.temperature_c);
  std::fill_n(work + kWorkAge * kLanes, kLanes, figures_.conditions.membrane_age_y);
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    enrichment[lane] = RO::enrichment(recovery[lane]);
    passage[lane] = enrichment[lane] * RO::passage_at_membrane(flux[lane], temperature_factor_);
  }
}

std::array<const double*, kInputs> ReverseOsmosisUnit::inputs_of(const UnitFeed& feed, const double* work) const {
  return {column(work, kWorkFlux),     column(work, kWorkTemperature), feed.concentration + tds_ * kLanes,
          column(work, kWorkRecovery), column(work, kWorkAge),         feed.concentration + cod_ * kLanes};
}

void ReverseOsmosisUnit::tds_passage(const UnitFeed& feed, const double* work, double* passage) const {
  if (permeate_) permeate_->factor_lanes(inputs_of(feed, work), passage);
  else std::fill_n(passage, kLanes, 1.0);
  const double* mechanism = column(work, kWorkPassage);
  const double* recovery = column(work, kWorkRecovery);
  // A permeate that took more salt than enters would leave less than none for the concentrate.
  for (std::size_t lane = 0; lane < kLanes; ++lane)
    passage[lane] = std::min(passage[lane] * mechanism[lane], std::min(1.0, 1.0 / recovery[lane]));
}

void ReverseOsmosisUnit::split(const UnitFeed& feed, const double* work, const UnitSplit& out) const {
  alignas(kAlignment) double passage[kLanes];
  tds_passage(feed, work, passage);
  const double* recovery = column(work, kWorkRecovery);
  std::copy_n(recovery, kLanes, out.recovery);
  for (std::size_t k = 0; k < relative_passage_.size(); ++k) {
    double* const share = out.product_share + k * kLanes;
    const double relative = relative_passage_[k];
    if (relative < 0.0)
      for (std::size_t lane = 0; lane < kLanes; ++lane)
        share[lane] = figures_.product_share[k] / figures_.recovery * recovery[lane];
    else
      for (std::size_t lane = 0; lane < kLanes; ++lane)
        share[lane] = recovery[lane] * std::min(relative * passage[lane], 1.0);
  }
}

void ReverseOsmosisUnit::feed_pressure(const UnitFeed& feed, const double* work, double* pressure) const {
  alignas(kAlignment) double passage[kLanes];
  tds_passage(feed, work, passage);
  if (pressure_) pressure_->factor_lanes(inputs_of(feed, work), pressure);
  else std::fill_n(pressure, kLanes, 1.0);
  const double* tds = feed.concentration + tds_ * kLanes;
  const double* flux = column(work, kWorkFlux);
  const double* enrichment = column(work, kWorkEnrichment);
  const double* mechanism_passage = column(work, kWorkPassage);
  const double temperature = figures_.conditions.temperature_c;
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    const double entering = std::max(tds[lane], kLeastTds);
    const double membrane = entering * enrichment[lane];
    const double mechanism = RO::net_osmotic_bar(membrane, entering * mechanism_passage[lane], temperature);
    const double net = RO::net_osmotic_bar(membrane, entering * passage[lane], temperature);
    pressure[lane] = std::max(pressure[lane] * RO::pressure_bar(flux[lane], temperature_factor_, mechanism), net);
  }
}

void ReverseOsmosisUnit::account(const UnitFeed& feed, const double* work, const UnitAccount& out) const {
  feed_pressure(feed, work, out.energy_kwh_per_m3);
  const double* recovery = column(work, kWorkRecovery);
  const double* flux = column(work, kWorkFlux);
  const double nominal_area = set_points_[0].nominal / set_points_[1].nominal;
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    out.energy_kwh_per_m3[lane] = other_energy_ + RO::pump_energy_kwh_per_m3(out.energy_kwh_per_m3[lane]);
    out.capital_factor[lane] = recovery[lane] / flux[lane] / nominal_area;
  }
  farthest_distance(inputs_of(feed, work), feed.flow, {&pressure_, &permeate_}, out.distance);
}

std::string ReverseOsmosisUnit::digest() const {
  return fmt::format("reverse_osmosis {:a} {:a} {:a} {:a} {:a} [{}] [{}]", figures_.recovery,
                     figures_.conditions.temperature_c, figures_.conditions.membrane_age_y, other_energy_,
                     fmt::join(relative_passage_, " "), pressure_ ? pressure_->digest() : "mechanism",
                     permeate_ ? permeate_->digest() : "mechanism");
}

}  // namespace

double ReverseOsmosis::temperature_factor(double temperature_c) {
  const double activation = temperature_c > 25.0 ? 2640.0 : 3020.0;
  return std::exp(activation * (1.0 / 298.15 - 1.0 / (temperature_c + 273.15)));
}

double ReverseOsmosis::enrichment(double recovery) {
  return -std::log1p(-recovery) / recovery * std::exp(kPolarisation);
}

double ReverseOsmosis::passage_at_membrane(double flux_lmh, double temperature_factor) {
  const double salt = kSaltPermeability * temperature_factor;
  return salt / (flux_lmh + salt);
}

double ReverseOsmosis::net_osmotic_bar(double membrane_mg_l, double permeate_mg_l, double temperature_c) {
  return kOsmoticBarPerMgL * (membrane_mg_l - permeate_mg_l) * (temperature_c + 273.15) / 298.15;
}

double ReverseOsmosis::pressure_bar(double flux_lmh, double temperature_factor, double net_osmotic_bar) {
  return flux_lmh / (kWaterPermeability * temperature_factor) + net_osmotic_bar + kFrictionBar;
}

double ReverseOsmosis::pump_energy_kwh_per_m3(double pressure_bar) { return pressure_bar / (36.0 * kPumpEfficiency); }

ModelledQuantity osmosis_pressure() {
  return {UnitModelKind::reverse_osmosis, "pressure_bar", "bar", kPressureInputs, pressure_by_mechanism};
}

ModelledQuantity osmosis_permeate() {
  return {UnitModelKind::reverse_osmosis, "permeate_tds_mg_l", "mg/L", kPermeateInputs, permeate_by_mechanism};
}

std::unique_ptr<const UnitModel> make_reverse_osmosis(const UnitFigures& figures, const PlantData* data) {
  return std::make_unique<ReverseOsmosisUnit>(figures, data);
}

}  // namespace millrace
