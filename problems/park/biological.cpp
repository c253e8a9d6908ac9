#include "problems/park/biological.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "problems/park/residual_fit.hpp"
#include "problems/park/unit_model_parts.hpp"

namespace millrace {
namespace {

enum Input : std::size_t { kRetention, kTemperature, kSludge, kCodIn, kAmmoniaIn, kInputs };

constexpr double kLeastInlet = 1.0;
/// Removal is at most 1 - this.
constexpr double kLeastShare = 0.001;

constexpr std::array<ModelInput, kInputs> kBiologicalInputs = {{{"retention_h", "h", 1.0, 100.0, -1},
                                                                {"temperature_c", "degrees C", 1.0, 45.0, 0},
                                                                {"mlss_g_l", "g/L", 0.5, 15.0, 0},
                                                                {"cod_in_mg_l", "mg/L", kLeastInlet, 20000.0, 0},
                                                                {"nh3n_in_mg_l", "mg/L", kLeastInlet, 2000.0, 0}}};

double most_taken(const BiologicalKinetics& kinetics, std::span<const double> u) {
  return kinetics.most_taken(u[kRetention], u[kTemperature], u[kSludge]);
}

double ammonia_by_monod(std::span<const double> u) {
  return kNitrification.outlet(u[kAmmoniaIn], most_taken(kNitrification, u));
}

double ammonia_by_first_order(std::span<const double> u) {
  return kNitrification.first_order_outlet(u[kAmmoniaIn], most_taken(kNitrification, u));
}

double cod_by_monod(std::span<const double> u) { return kCodOxidation.outlet(u[kCodIn], most_taken(kCodOxidation, u)); }

/// One unit of a case. Columns of `work`: retention, temperature, sludge, and what the sludge could
/// take of COD and of NH3-N.
class BiologicalUnit final : public UnitModel {
 public:
  BiologicalUnit(const UnitFigures& figures, const PlantData* data);

  std::span<const SetPoint> set_points() const override { return set_points_; }
  std::size_t work_columns() const override { return kWorkColumns; }
  void prepare(const double* settings, double* work) const override;
  void split(const UnitFeed& feed, const double* work, const UnitSplit& out) const override;
  void account(const UnitFeed& feed, const double* work, const UnitAccount& out) const override;
  std::string digest() const override;

 private:
  static constexpr std::size_t kWorkColumns = 5;
  std::array<const double*, kInputs> inputs_of(const UnitFeed& feed, const double* work) const {
    return {work, work + kLanes, work + 2 * kLanes, feed.concentration + cod_ * kLanes,
            feed.concentration + ammonia_ * kLanes};
  }
  void share_left(const BiologicalKinetics& kinetics, const std::optional<FittedQuantity>& fitted,
                  const double* most_taken, const double* inlet, const std::array<const double*, kInputs>& inputs,
                  double* share) const;

  UnitFigures figures_;
  std::array<SetPoint, 1> set_points_ = {{{"retention", "h", 14.0, 26.0, 20.0}}};
  std::size_t cod_;
  std::size_t ammonia_;
  std::optional<FittedQuantity> cod_out_;
  std::optional<FittedQuantity> ammonia_out_;
};

BiologicalUnit::BiologicalUnit(const UnitFigures& figures, const PlantData* data)
    : figures_(figures), cod_(contaminant_index(figures, "COD")), ammonia_(contaminant_index(figures, "NH3N")),
      cod_out_(fit_where_measured(biological_cod(), data)),
      ammonia_out_(fit_where_measured(biological_ammonia(), data)) {}

void BiologicalUnit::prepare(const double* settings, double* work) const {
  std::copy_n(settings, kLanes, work);
  std::fill_n(work + kLanes, kLanes, figures_.conditions.temperature_c);
  std::fill_n(work + 2 * kLanes, kLanes, figures_.conditions.mlss_g_l);
  const UnitConditions& at = figures_.conditions;
  const double cod = kCodOxidation.most_taken(1.0, at.temperature_c, at.mlss_g_l);
  const double ammonia = kNitrification.most_taken(1.0, at.temperature_c, at.mlss_g_l);
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    work[3 * kLanes + lane] = cod * settings[lane];
    work[4 * kLanes + lane] = ammonia * settings[lane];
  }
}

void BiologicalUnit::share_left(const BiologicalKinetics& kinetics, const std::optional<FittedQuantity>& fitted,
                                const double* most_taken, const double* inlet,
                                const std::array<const double*, kInputs>& inputs, double* share) const {
  if (fitted) fitted->factor_lanes(inputs, share);
  else std::fill_n(share, kLanes, 1.0);
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    const double entering = std::max(inlet[lane], kLeastInlet);
    share[lane] = std::clamp(share[lane] * kinetics.outlet(entering, most_taken[lane]) / entering, kLeastShare, 1.0);
  }
}

void BiologicalUnit::split(const UnitFeed& feed, const double* work, const UnitSplit& out) const {
  const std::array<const double*, kInputs> inputs = inputs_of(feed, work);
  std::fill_n(out.recovery, kLanes, figures_.recovery);
  for (std::size_t k = 0; k < figures_.product_share.size(); ++k)
    std::fill_n(out.product_share + k * kLanes, kLanes, figures_.product_share[k]);
  share_left(kCodOxidation, cod_out_, work + 3 * kLanes, inputs[kCodIn], inputs, out.product_share + cod_ * kLanes);
  share_left(kNitrification, ammonia_out_, work + 4 * kLanes, inputs[kAmmoniaIn], inputs,
             out.product_share + ammonia_ * kLanes);
}

void BiologicalUnit::account(const UnitFeed& feed, const double* work, const UnitAccount& out) const {
  std::fill_n(out.energy_kwh_per_m3, kLanes, figures_.energy_kwh_per_m3);
  for (std::size_t lane = 0; lane < kLanes; ++lane) out.capital_factor[lane] = work[lane] / set_points_[0].nominal;
  farthest_distance(inputs_of(feed, work), feed.flow, {&cod_out_, &ammonia_out_}, out.distance);
}

std::string BiologicalUnit::digest() const {
  return fmt::format("biological {:a} {:a} {:a} {:a} [{}] [{}]", figures_.conditions.temperature_c,
                     figures_.conditions.mlss_g_l, figures_.energy_kwh_per_m3, fmt::join(figures_.product_share, " "),
                     cod_out_ ? cod_out_->digest() : "mechanism", ammonia_out_ ? ammonia_out_->digest() : "mechanism");
}

}  // namespace

double BiologicalKinetics::most_taken(double retention_h, double temperature_c, double mlss_g_l) const {
  return most_rate * std::pow(growth_per_degree, temperature_c - 20.0) * mlss_g_l * retention_h / kTanks;
}

double BiologicalKinetics::outlet(double inlet_mg_l, double most_taken_mg_l) const {
  double s = inlet_mg_l;
  for (std::size_t tank = 0; tank < kTanks; ++tank) {
    const double b = half_saturation + most_taken_mg_l - s;
    const double product = half_saturation * s;
    const double root = std::sqrt(b * b + 4.0 * product);
    // The form that does not subtract two numbers that are nearly equal.
    s = b > 0.0 ? 2.0 * product / (b + root) : 0.5 * (root - b);
  }
  return s;
}

double BiologicalKinetics::first_order_outlet(double inlet_mg_l, double most_taken_mg_l) const {
  const double tank = 1.0 + most_taken_mg_l / half_saturation;
  return inlet_mg_l / std::pow(tank, static_cast<double>(kTanks));
}

ModelledQuantity biological_ammonia() {
  return {UnitModelKind::biological, "nh3n_out_mg_l", "mg/L", kBiologicalInputs, ammonia_by_monod};
}

ModelledQuantity biological_cod() {
  return {UnitModelKind::biological, "cod_out_mg_l", "mg/L", kBiologicalInputs, cod_by_monod};
}

ModelledQuantity biological_ammonia_first_order() {
  return {UnitModelKind::biological, "nh3n_out_mg_l", "mg/L", kBiologicalInputs, ammonia_by_first_order};
}

std::unique_ptr<const UnitModel> make_biological(const UnitFigures& figures, const PlantData* data) {
  return std::make_unique<BiologicalUnit>(figures, data);
}

}  // namespace millrace
