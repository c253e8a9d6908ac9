#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "engine/data/aligned.hpp"
#include "engine/random/philox.hpp"
#include "problems/park/biological.hpp"
#include "problems/park/reverse_osmosis.hpp"
#include "problems/park/synthetic_plant.hpp"
#include "problems/park/unit_model.hpp"

using namespace millrace;

namespace {

constexpr std::size_t kCount = 5;
enum Place : std::size_t { kTds, kHard, kCod, kAmmonia, kSolids };

UnitFigures osmosis_figures() {
  const double recovery = 0.72;
  UnitFigures figures{{"TDS", "HARD", "COD", "NH3N", "SS"}, recovery, {}, 1.05, {}};
  for (const double passage : {0.03, 0.01, 0.08, 0.15, 0.0}) figures.product_share.push_back(passage * recovery);
  return figures;
}

UnitFigures biology_figures() { return {{"TDS", "HARD", "COD", "NH3N", "SS"}, 1.0, {1, 1, 0.1, 0.03, 0.5}, 1.6, {}}; }

/// One call of a model for 64 lanes, with everything it may write to.
struct Answer {
  AlignedVector<double> settings, flow, concentration, work, recovery, share, energy, capital, distance;

  explicit Answer(const UnitModel& model)
      : settings(model.set_points().size() * kLanes), flow(kLanes, 100.0), concentration(kCount * kLanes),
        work(model.work_columns() * kLanes), recovery(kLanes), share(kCount * kLanes), energy(kLanes), capital(kLanes),
        distance(kLanes) {
    for (std::size_t s = 0; s < model.set_points().size(); ++s) set(s, model.set_points()[s].nominal);
  }
  void set(std::size_t s, double value) { std::fill_n(settings.data() + s * kLanes, kLanes, value); }
  void enter(std::size_t k, double value) { std::fill_n(concentration.data() + k * kLanes, kLanes, value); }
  void ask(const UnitModel& model) {
    const UnitFeed feed{flow.data(), concentration.data()};
    model.prepare(settings.data(), work.data());
    model.split(feed, work.data(), {recovery.data(), share.data()});
    model.account(feed, work.data(), {energy.data(), capital.data(), distance.data()});
  }
};

std::unique_ptr<const UnitModel> osmosis(const PlantData* data) {
  return make_unit_model(UnitModelKind::reverse_osmosis, osmosis_figures(), data);
}
std::unique_ptr<const UnitModel> biology(const PlantData* data) {
  return make_unit_model(UnitModelKind::biological, biology_figures(), data);
}

}  // namespace

TEST_CASE("the pure mechanism of reverse osmosis, by hand, and the figures of the case at the nominal point") {
  const auto model = osmosis(nullptr);
  Answer answer(*model);
  answer.enter(kTds, 1650.0);
  answer.ask(*model);
  const double kelvin = 293.15;
  const double factor = std::exp(3020.0 * (1.0 / 298.15 - 1.0 / kelvin));
  const double membrane = 1650.0 * -std::log(1.0 - 0.72) / 0.72 * std::exp(0.7 * 0.15);
  const double permeate = 0.12 * factor * membrane / (18.0 + 0.12 * factor);
  CHECK(answer.recovery[5] == 0.72);
  CHECK(answer.share[kTds * kLanes + 5] == Approx(0.72 * permeate / 1650.0));
  // The others keep their relation to TDS.
  CHECK(answer.share[kAmmonia * kLanes] == Approx(answer.share[kTds * kLanes] * 0.15 / 0.03));
  CHECK(answer.share[kSolids * kLanes] == 0.0);
  CHECK(answer.energy[63] == Approx(1.05));
  CHECK(answer.capital[0] == Approx(1.0));
  CHECK(answer.distance[0] == 0.0);
  // Another point: energy by hand, area by flux and recovery.
  answer.set(0, 0.60);
  answer.set(1, 14.0);
  answer.enter(kTds, 2400.0);
  answer.ask(*model);
  const auto pump = [&](double tds, double r, double flux) {
    const double cm = tds * -std::log(1.0 - r) / r * std::exp(0.105);
    const double cp = 0.12 * factor * cm / (flux + 0.12 * factor);
    return (flux / (3.0 * factor) + 0.77e-3 * (cm - cp) * kelvin / 298.15 + 1.0) / (36.0 * 0.7);
  };
  CHECK(answer.energy[0] == Approx(1.05 + pump(2400.0, 0.60, 14.0) - pump(1650.0, 0.72, 18.0)));
  CHECK(answer.capital[0] == Approx(0.60 / 14.0 / (0.72 / 18.0)));
}

TEST_CASE("biological kinetics: each tank solves its own balance") {
  for (const double taken : {0.0, 0.5, 30.0, 400.0, 1e5})
    for (const double inlet : {1.0, 80.0, 3000.0}) {
      const BiologicalKinetics one = {1.0, 1.0, 50.0};
      double s = inlet;
      for (std::size_t tank = 0; tank < BiologicalKinetics::kTanks; ++tank) {
        double low = 0.0;
        double high = s;
        for (int step = 0; step < 200; ++step) {
          const double middle = 0.5 * (low + high);
          (middle + taken * middle / (50.0 + middle) < s ? low : high) = middle;
        }
        s = 0.5 * (low + high);
      }
      CHECK(one.outlet(inlet, taken) == Approx(s).epsilon(1e-9));
    }
}

TEST_CASE("with plant data the answers are those of the synthetic truth, to its noise") {
  const PlantData plant = measure_synthetic_plant(60, 2);
  const auto model = osmosis(&plant);
  Answer answer(*model);
  answer.enter(kTds, 1500.0);
  answer.enter(kCod, 18.0);
  answer.ask(*model);
  const std::vector<double> u = {18.0, 20.0, 1500.0, 0.72, 1.35, 18.0};
  const ModelledQuantity& permeate = *modelled_quantity(UnitModelKind::reverse_osmosis, "permeate_tds_mg_l");
  CHECK(answer.share[kTds * kLanes] * 1500.0 / 0.72 == Approx(synthetic_truth(permeate, u)).epsilon(0.03));
  CHECK(answer.distance[0] == 0.0);
  const auto tanks = biology(&plant);
  Answer treated(*tanks);
  treated.enter(kCod, 2000.0);
  treated.enter(kAmmonia, 100.0);
  treated.ask(*tanks);
  const ModelledQuantity& cod = *modelled_quantity(UnitModelKind::biological, "cod_out_mg_l");
  CHECK(treated.share[kCod * kLanes] * 2000.0 ==
        Approx(synthetic_truth(cod, std::vector<double>{20.0, 20.0, 3.5, 2000.0, 100.0})).epsilon(0.1));
  CHECK(treated.share[kSolids * kLanes] == 0.5);
  CHECK(treated.energy[0] == 1.6);
}

TEST_CASE("whatever enters, no share leaves 0 to 1 and no pressure falls below what osmosis asks for") {
  const PlantData plant = measure_synthetic_plant(12, 5);
  for (const PlantData* data : {static_cast<const PlantData*>(nullptr), &plant})
    for (const auto& model : {osmosis(data), biology(data)}) {
      Answer answer(*model);
      for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        RowDraws draws({seed, 0, Stage::problem}, 0);
        for (double& flow : answer.flow) flow = draws.next_double() < 0.2 ? 0.0 : 1000.0 * draws.next_double();
        for (double& c : answer.concentration)
          c = draws.next_double() < 0.1 ? 0.0 : std::exp(30.0 * draws.next_double() - 10.0);
        for (std::size_t s = 0; s < model->set_points().size(); ++s)
          for (std::size_t lane = 0; lane < kLanes; ++lane) {
            const SetPoint& point = model->set_points()[s];
            answer.settings[s * kLanes + lane] = point.lower + draws.next_double() * (point.upper - point.lower);
          }
        answer.ask(*model);
        for (const double share : answer.share) REQUIRE((share >= 0.0 && share <= 1.0));
        for (const double recovery : answer.recovery) REQUIRE((recovery > 0.0 && recovery <= 1.0));
        for (const double energy : answer.energy) REQUIRE((energy > 0.0 && std::isfinite(energy)));
        for (const double distance : answer.distance) REQUIRE((distance >= 0.0 && std::isfinite(distance)));
        for (std::size_t lane = 0; lane < kLanes; ++lane)
          if (answer.flow[lane] == 0.0) REQUIRE(answer.distance[lane] == 0.0);
      }
    }
}

TEST_CASE("distance grows beyond the data and becomes a constraint at a quarter of a width") {
  const PlantData plant = measure_synthetic_plant(40, 1);
  const auto model = osmosis(&plant);
  Answer answer(*model);
  answer.enter(kTds, 1500.0);
  answer.enter(kCod, 18.0);
  answer.set(0, 0.75);
  answer.ask(*model);
  CHECK(answer.distance[0] < 0.01);
  answer.set(0, 0.82);
  answer.ask(*model);
  CHECK(answer.distance[0] > kMostExtrapolation);
}

TEST_CASE("what a model cannot be made from is said in one sentence") {
  using Catch::Matchers::Contains;
  UnitFigures figures = osmosis_figures();
  figures.contaminants[kTds] = "SALT";
  CHECK_THROWS_WITH(make_unit_model(UnitModelKind::reverse_osmosis, figures, nullptr),
                    "the model of a unit needs the contaminant TDS, which the case lacks");
  figures = osmosis_figures();
  figures.product_share.pop_back();
  CHECK_THROWS_WITH(make_unit_model(UnitModelKind::reverse_osmosis, figures, nullptr),
                    "a unit needs a product share for each of the 5 contaminants, not 4");
  figures = osmosis_figures();
  figures.recovery = 0.95;
  CHECK_THROWS_WITH(make_unit_model(UnitModelKind::reverse_osmosis, figures, nullptr),
                    "the nominal recovery 0.95 of a reverse osmosis unit must lie from 0.55 to 0.82");
  figures = biology_figures();
  figures.conditions.temperature_c = 80.0;
  CHECK_THROWS_WITH(make_unit_model(UnitModelKind::biological, figures, nullptr),
                    "the temperature 80 must lie from 1 to 45 degrees C");
  CHECK_THROWS_WITH(make_unit_model(UnitModelKind::cooling_tower, biology_figures(), nullptr),
                    Contains("a cooling tower is no treatment unit"));
  PlantData plant = measure_synthetic_plant(40, 1);
  plant.quantities.erase(plant.quantities.begin());
  CHECK_THROWS_WITH(osmosis(&plant),
                    "the plant data have no pressure_bar of reverse_osmosis; measure it, or run without plant data");
  const PlantData few = measure_synthetic_plant(7, 1);
  CHECK_THROWS_WITH(osmosis(&few),
                    "pressure_bar of reverse_osmosis: 7 measurements are too few for 6 inputs; at least "
                    "8 are needed");
}

TEST_CASE("the digest follows data and conditions") {
  const PlantData plant = measure_synthetic_plant(40, 1);
  const PlantData other = measure_synthetic_plant(40, 2);
  CHECK(osmosis(&plant)->digest() == osmosis(&plant)->digest());
  CHECK(osmosis(&plant)->digest() != osmosis(&other)->digest());
  CHECK(osmosis(nullptr)->digest() != osmosis(&plant)->digest());
  UnitFigures warm = biology_figures();
  warm.conditions.temperature_c = 28.0;
  CHECK(make_unit_model(UnitModelKind::biological, warm, nullptr)->digest() != biology(nullptr)->digest());
}
