#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "problems/park/cooling_tower.hpp"
#include "problems/park/residual_evidence.hpp"
#include "problems/park/residual_fit.hpp"
#include "problems/park/residual_validation.hpp"
#include "problems/park/synthetic_plant.hpp"

using namespace millrace;

namespace {

const ModelledQuantity& quantity(UnitModelKind kind, const char* name) { return *modelled_quantity(kind, name); }
const ModelledQuantity& pressure() { return quantity(UnitModelKind::reverse_osmosis, "pressure_bar"); }
const ModelledQuantity& permeate() { return quantity(UnitModelKind::reverse_osmosis, "permeate_tds_mg_l"); }
const ModelledQuantity& cod() { return quantity(UnitModelKind::biological, "cod_out_mg_l"); }

double error_of(const std::array<double, kPredictors.size()>& errors, PredictorKind kind) {
  return errors[static_cast<std::size_t>(kind)];
}

/// Measurements that fall with the flux, which the pressure must not.
QuantityData upside_down(double bend) {
  QuantityData data = measure_synthetic(pressure(), 60, 4);
  for (std::size_t i = 0; i < data.rows(); ++i) {
    const double z = (data.row(i)[0] - 18.0) / 4.0;
    data.measured[i] = data.quantity->mechanism(data.row(i)) * std::exp(-1.2 * z - bend * z * z);
  }
  return data;
}

bool rises_with_flux(const FittedQuantity& fitted) {
  std::vector<double> u;
  for (std::size_t i = 0; i < kMostInputs; ++i) u.push_back(0.5 * (fitted.box().lower[i] + fitted.box().upper[i]));
  double before = 0.0;
  for (int step = 0; step <= 60; ++step) {
    u[0] = fitted.guard_lower()[0] + (fitted.guard_upper()[0] - fitted.guard_lower()[0]) * step / 60.0;
    const double value = fitted.at(u);
    if (value < before * (1.0 - 1e-12)) return false;
    before = value;
  }
  return true;
}

}  // namespace

TEST_CASE("where the mechanism has the right structure the hybrid beats mechanism and data, in range and out") {
  EvidenceOptions options;
  options.training_sets = 10;
  const EvidenceRow row = hybrid_evidence_of(permeate(), 20, options);
  for (const auto& errors : {row.in_range, row.out_of_range}) {
    const double data = std::min(
        error_of(errors, PredictorKind::data_linear),
        std::min(error_of(errors, PredictorKind::data_quadratic), error_of(errors, PredictorKind::data_gaussian)));
    const double mechanism = error_of(errors, PredictorKind::mechanism_bias);
    CHECK(error_of(errors, PredictorKind::hybrid) < 0.7 * std::min(data, mechanism));
  }
}

TEST_CASE("where it has not, data alone do better in range: the case that docs/park.md shows") {
  EvidenceOptions options;
  options.training_sets = 10;
  const EvidenceRow row = hybrid_evidence_of(cod(), 20, options);
  CHECK(error_of(row.in_range, PredictorKind::data_gaussian) < error_of(row.in_range, PredictorKind::hybrid));
}

TEST_CASE("the linear residual stays as it is at the widened box, the quadratic one at the training box") {
  const auto check_guard = [](const FittedQuantity& fitted, double margin) {
    const std::size_t last = fitted.quantity().inputs.size() - 1;
    const double width = fitted.box().upper[last] - fitted.box().lower[last];
    CHECK(fitted.guard_upper()[last] == Approx(fitted.box().upper[last] + margin * width));
    std::vector<double> u;
    for (std::size_t i = 0; i <= last; ++i) u.push_back(0.5 * (fitted.box().lower[i] + fitted.box().upper[i]));
    const auto residual_at = [&](double value) {
      u[last] = value;
      return std::log(fitted.at(u) / fitted.quantity().mechanism(u));
    };
    const double at_guard = residual_at(fitted.guard_upper()[last]);
    CHECK(residual_at(fitted.guard_upper()[last] + 2.0 * width) == Approx(at_guard).margin(1e-12));
    CHECK(std::abs(residual_at(fitted.guard_upper()[last] - 0.2 * width) - at_guard) > 1e-6);
  };
  const FittedQuantity linear = FittedQuantity::fit(measure_synthetic(permeate(), 20, 2));
  REQUIRE(linear.residual().degree() == ResidualDegree::linear);
  check_guard(linear, 0.5);
  const ModelledQuantity& ammonia = quantity(UnitModelKind::biological, "nh3n_out_mg_l");
  const FittedQuantity quadratic = FittedQuantity::fit(measure_synthetic(ammonia, 200, 2));
  REQUIRE(quadratic.residual().degree() == ResidualDegree::quadratic);
  check_guard(quadratic, 0.0);
}

TEST_CASE("the monotone clamp: a residual cannot turn a declared direction round") {
  const FittedQuantity linear = FittedQuantity::fit(upside_down(0.0));
  REQUIRE(linear.residual().degree() == ResidualDegree::linear);
  CHECK(linear.clamped() == std::vector<std::size_t>{0});
  CHECK(rises_with_flux(linear));
  const FittedQuantity bent = FittedQuantity::fit(upside_down(0.6));
  CHECK(bent.quadratic_refused());
  CHECK(rises_with_flux(bent));
  const FittedQuantity sound = FittedQuantity::fit(measure_synthetic(permeate(), 40, 1));
  CHECK(sound.clamped().empty());
  CHECK_FALSE(sound.quadratic_refused());
}

TEST_CASE("extrapolation distance by hand") {
  const FittedQuantity fitted = FittedQuantity::fit(measure_synthetic(permeate(), 40, 1));
  std::vector<double> u;
  for (std::size_t i = 0; i < kMostInputs; ++i) u.push_back(fitted.box().lower[i]);
  CHECK(fitted.distance(u) == 0.0);
  u[3] = fitted.box().upper[3] + 0.3 * fitted.box().width(3);
  u[0] = fitted.box().lower[0] - 0.4 * fitted.box().width(0);
  CHECK(fitted.distance(u) == Approx(0.5));
}

TEST_CASE("errors on rows left out tell a good mechanism from none, and say when rows are too few") {
  const Validation sound = cross_validate(measure_synthetic(permeate(), 40, 1), 1);
  CHECK(sound.folds == 10);
  CHECK(Validation::hybrid(sound.in_range) < Validation::best_mechanism(sound.in_range));
  CHECK(Validation::hybrid(sound.at_edges) < 0.5 * Validation::best_data(sound.at_edges));
  // The noise of 3 % is part of every error.
  CHECK(Validation::hybrid(sound.in_range) > 0.02);
  CHECK_THROWS_WITH(cross_validate(measure_synthetic(permeate(), 9, 1), 1),
                    "permeate_tds_mg_l of reverse_osmosis: 9 measurements are too few to leave a fifth of them out and "
                    "fit 6 inputs to the rest; at least 10 are needed");
}

TEST_CASE("evaporation of a cooling tower") {
  const CoolingTower mechanism(nullptr);
  const TowerWeather weather;
  CHECK(mechanism.evaporated_share(weather) == Approx(9.0 * 4.187 / 2418.0 * 0.85));
  CHECK(mechanism.distance({9.0, 60.0, 90.0, 50.0}) == 0.0);
  const PlantData plant = measure_synthetic_plant(40, 1);
  const CoolingTower hybrid(&plant);
  const std::vector<double> u = {weather.range_k, weather.wet_bulb_c, weather.dry_bulb_c, weather.wind_m_s};
  const double truth = synthetic_truth(quantity(UnitModelKind::cooling_tower, "evaporated_share"), u);
  CHECK(hybrid.evaporated_share(weather) == Approx(truth).epsilon(0.03));
  CHECK(hybrid.distance(weather) == 0.0);
  CHECK(hybrid.distance({9.0, 15.0, 45.0, 3.0}) > kMostExtrapolation);
  CHECK(hybrid.digest() != mechanism.digest());
}
