#include "problems/park/synthetic_plant.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <stdexcept>

#include "engine/random/philox.hpp"
#include "problems/park/reverse_osmosis.hpp"

namespace millrace {
namespace {

/// What a draw is for; part of its address.
enum class Purpose : std::uint32_t { measure, in_range, out_of_range };

double arrhenius(double activation, double temperature_c) {
  return std::exp(activation * (1.0 / 298.15 - 1.0 / (temperature_c + 273.15)));
}

/// At the membrane of a fouled module: polarisation follows flux and recovery.
double true_membrane(std::span<const double> u) {
  return u[2] * -std::log1p(-u[3]) / u[3] * std::exp(0.0088 * u[0] * (0.55 + 0.55 * u[3]));
}

double true_permeate(std::span<const double> u) {
  const double salt =
      ReverseOsmosis::kSaltPermeability * arrhenius(3350.0, u[1]) * std::exp(0.11 * u[4]) * (1.0 + 0.005 * u[5]);
  return true_membrane(u) * salt / (u[0] + salt);
}

double true_pressure(std::span<const double> u) {
  const double membrane = true_membrane(u);
  const double water =
      ReverseOsmosis::kWaterPermeability * arrhenius(2850.0, u[1]) * std::exp(-0.075 * u[4] - 0.0045 * u[5]);
  const double osmotic_coefficient = 0.95 - 5e-6 * membrane;
  const double osmotic = 0.77e-3 * osmotic_coefficient * (membrane - true_permeate(u)) * (u[1] + 273.15) / 298.15;
  const double drop = 0.9 * std::pow(u[0] / 18.0, 1.6) * (1.3 - 0.5 * u[3]) * (1.0 + 0.1 * u[4]);
  return u[0] / water + osmotic + drop;
}

/// Latent heat carries more of the duty on warm and dry days; wind takes drift with it.
double true_evaporation(std::span<const double> u) {
  const double latent = 0.60 + 0.0105 * u[1] + 0.0062 * (u[2] - u[1]) + 0.0007 * (u[0] - 9.0) * (u[2] - 28.0);
  return u[0] * 4.187 / (2501.0 - 2.4 * u[1]) * latent * (1.0 + 0.004 * u[3]);
}

/// Three tanks in series with Haldane's rate: the root of S + taken S / (K + S + S^2 / K_i) = S_in in each, by
/// bisection from below.
double haldane_tanks(double inlet, double taken, double half_saturation, double inhibition) {
  double s = inlet;
  for (int tank = 0; tank < 3; ++tank) {
    double low = 0.0;
    double high = s;
    for (int step = 0; step < 60; ++step) {
      const double middle = 0.5 * (low + high);
      const double rate = middle / (half_saturation + middle + middle * middle / inhibition);
      (middle + taken * rate < s ? low : high) = middle;
    }
    s = 0.5 * (low + high);
  }
  return s;
}

/// Sludge that is thick or cold works less; above 29 degrees nitrifiers fade.
double true_ammonia(std::span<const double> u) {
  const double warmth = std::pow(1.075, u[1] - 20.0) / (1.0 + std::exp(0.5 * (u[1] - 32.0)));
  const double taken = 8.8 * warmth * std::pow(u[2], 0.85) * u[0] / 3.0 / (1.0 + u[3] / 12000.0);
  return haldane_tanks(u[4], taken, 55.0, 300.0) + 0.4;
}

double true_cod(std::span<const double> u) {
  const double taken = 104.0 * std::pow(1.035, u[1] - 20.0) * std::pow(u[2], 0.88) * u[0] / 3.0;
  return haldane_tanks(u[3], taken, 650.0, 9000.0) * (1.0 + 0.0006 * u[4]) + 15.0;
}

struct PlantPart {
  UnitModelKind unit;
  std::string_view quantity;
  double noise;
  double (*truth)(std::span<const double>);
  std::vector<double> lower;
  std::vector<double> upper;
};

const PlantPart& part_of(const ModelledQuantity& quantity) {
  static const std::vector<double> osmosis_lower = {14, 12, 800, 0.60, 0.2, 8};
  static const std::vector<double> osmosis_upper = {22, 28, 2500, 0.76, 2.5, 30};
  static const std::vector<double> biology_lower = {14, 14, 2.5, 600, 40};
  static const std::vector<double> biology_upper = {26, 30, 4.5, 3000, 160};
  static const std::array<PlantPart, 5> parts = {
      {{UnitModelKind::reverse_osmosis, "pressure_bar", 0.02, true_pressure, osmosis_lower, osmosis_upper},
       {UnitModelKind::reverse_osmosis, "permeate_tds_mg_l", 0.03, true_permeate, osmosis_lower, osmosis_upper},
       {UnitModelKind::biological, "nh3n_out_mg_l", 0.06, true_ammonia, biology_lower, biology_upper},
       {UnitModelKind::biological, "cod_out_mg_l", 0.04, true_cod, biology_lower, biology_upper},
       {UnitModelKind::cooling_tower, "evaporated_share", 0.03, true_evaporation, {6, 8, 23, 0.5}, {12, 22, 34, 6}}}};
  for (const PlantPart& part : parts)
    if (part.unit == quantity.unit_kind && part.quantity == quantity.name) return part;
  throw std::logic_error("the synthetic plant has no such quantity");
}

/// Rows of different purposes and quantities share no draws.
RowDraws draws_for(const ModelledQuantity& quantity, std::uint64_t seed, Purpose purpose, std::size_t row) {
  std::uint32_t address = static_cast<std::uint32_t>(purpose);
  for (const char letter : quantity.name) address = address * 31u + static_cast<unsigned char>(letter);
  return RowDraws({seed, address, Stage::problem}, static_cast<std::uint32_t>(row));
}

std::vector<double> uniform_in(const OperatingBox& box, RowDraws& draws) {
  std::vector<double> u;
  for (std::size_t i = 0; i < box.lower.size(); ++i)
    u.push_back(box.lower[i] + (box.upper[i] - box.lower[i]) * draws.next_double());
  return u;
}

bool inside(const OperatingBox& box, std::span<const double> u) {
  for (std::size_t i = 0; i < u.size(); ++i)
    if (u[i] < box.lower[i] || u[i] > box.upper[i]) return false;
  return true;
}

/// By Box and Muller's transformation.
double standard_normal(RowDraws& draws) {
  const double radius = std::sqrt(-2.0 * std::log1p(-draws.next_double()));
  return radius * std::cos(2.0 * std::numbers::pi * draws.next_double());
}

}  // namespace

OperatingBox OperatingBox::widened(const ModelledQuantity& quantity, double share) const {
  OperatingBox wider = *this;
  for (std::size_t i = 0; i < lower.size(); ++i) {
    const double beyond = share * (upper[i] - lower[i]);
    wider.lower[i] = std::max(quantity.inputs[i].least, lower[i] - beyond);
    wider.upper[i] = std::min(quantity.inputs[i].most, upper[i] + beyond);
  }
  return wider;
}

OperatingBox operating_box(const ModelledQuantity& quantity) {
  const PlantPart& part = part_of(quantity);
  return {part.lower, part.upper};
}

double synthetic_truth(const ModelledQuantity& quantity, std::span<const double> inputs) {
  return part_of(quantity).truth(inputs);
}

double synthetic_noise(const ModelledQuantity& quantity) { return part_of(quantity).noise; }

QuantityData measure_synthetic(const ModelledQuantity& quantity, std::size_t count, std::uint64_t seed) {
  QuantityData data{&quantity, {}, {}};
  for (std::size_t i = 0; i < count; ++i) {
    RowDraws draws = draws_for(quantity, seed, Purpose::measure, i);
    const std::vector<double> u = uniform_in(operating_box(quantity), draws);
    data.add(u, synthetic_truth(quantity, u) * std::exp(synthetic_noise(quantity) * standard_normal(draws)));
  }
  return data;
}

QuantityData truth_in_range(const ModelledQuantity& quantity, std::size_t count, std::uint64_t seed) {
  QuantityData data{&quantity, {}, {}};
  for (std::size_t i = 0; i < count; ++i) {
    RowDraws draws = draws_for(quantity, seed, Purpose::in_range, i);
    const std::vector<double> u = uniform_in(operating_box(quantity), draws);
    data.add(u, synthetic_truth(quantity, u));
  }
  return data;
}

QuantityData truth_out_of_range(const ModelledQuantity& quantity, std::size_t count, std::uint64_t seed) {
  QuantityData data{&quantity, {}, {}};
  const OperatingBox box = operating_box(quantity);
  const OperatingBox wider = box.widened(quantity, 0.3);
  for (std::size_t i = 0; i < count; ++i) {
    RowDraws draws = draws_for(quantity, seed, Purpose::out_of_range, i);
    std::vector<double> u = uniform_in(wider, draws);
    while (inside(box, u)) u = uniform_in(wider, draws);
    data.add(u, synthetic_truth(quantity, u));
  }
  return data;
}

PlantData measure_synthetic_plant(std::size_t rows, std::uint64_t seed) {
  PlantData data;
  for (const ModelledQuantity& quantity : modelled_quantities())
    data.quantities.push_back(measure_synthetic(quantity, rows, seed));
  return data;
}

}  // namespace millrace
