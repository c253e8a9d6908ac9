#include "problems/park/unit_model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "problems/park/biological.hpp"
#include "problems/park/plant_data.hpp"
#include "problems/park/reverse_osmosis.hpp"
#include "problems/park/unit_model_parts.hpp"

namespace millrace {
namespace {

/// m3/h: less is no flow.
constexpr double kNoFlow = 1e-9;

std::string fault_of(const UnitFigures& figures) {
  if (figures.product_share.size() != figures.contaminants.size())
    return fmt::format("a unit needs a product share for each of the {} contaminants, not {}",
                       figures.contaminants.size(), figures.product_share.size());
  if (!(figures.recovery > 0.0 && figures.recovery <= 1.0))
    return fmt::format("the recovery {} of a unit must be above 0 and at most 1", figures.recovery);
  for (const double share : figures.product_share)
    if (!(share >= 0.0 && share <= 1.0)) return fmt::format("the product share {} must lie from 0 to 1", share);
  if (!(figures.energy_kwh_per_m3 >= 0.0))
    return fmt::format("the energy {} of a unit must not be negative", figures.energy_kwh_per_m3);
  const UnitConditions& at = figures.conditions;
  if (!(at.temperature_c >= 1.0 && at.temperature_c <= 45.0))
    return fmt::format("the temperature {} must lie from 1 to 45 degrees C", at.temperature_c);
  if (!(at.membrane_age_y >= 0.0 && at.membrane_age_y <= 15.0))
    return fmt::format("the membrane age {} must lie from 0 to 15 years", at.membrane_age_y);
  if (!(at.mlss_g_l >= 0.5 && at.mlss_g_l <= 15.0))
    return fmt::format("the sludge concentration {} must lie from 0.5 to 15 g/L", at.mlss_g_l);
  return "";
}

}  // namespace

std::string_view name_of(UnitModelKind kind) {
  switch (kind) {
    case UnitModelKind::reverse_osmosis: return "reverse_osmosis";
    case UnitModelKind::biological: return "biological";
    case UnitModelKind::cooling_tower: break;
  }
  return "cooling_tower";
}

std::optional<UnitModelKind> unit_model_kind(std::string_view name) {
  if (name == "reverse_osmosis" || name == "ro") return UnitModelKind::reverse_osmosis;
  if (name == "biological" || name == "bio") return UnitModelKind::biological;
  if (name == "cooling_tower" || name == "tower") return UnitModelKind::cooling_tower;
  return std::nullopt;
}

std::unique_ptr<const UnitModel> make_unit_model(UnitModelKind kind, const UnitFigures& figures,
                                                 const PlantData* data) {
  if (const std::string fault = fault_of(figures); !fault.empty()) throw std::invalid_argument(fault);
  switch (kind) {
    case UnitModelKind::reverse_osmosis: return make_reverse_osmosis(figures, data);
    case UnitModelKind::biological: return make_biological(figures, data);
    case UnitModelKind::cooling_tower: break;
  }
  throw std::invalid_argument("a cooling tower is no treatment unit; treatments may be reverse_osmosis or biological");
}

std::size_t contaminant_index(const UnitFigures& figures, std::string_view name) {
  const auto place = std::find(figures.contaminants.begin(), figures.contaminants.end(), name);
  if (place == figures.contaminants.end())
    throw std::invalid_argument(
        fmt::format("the model of a unit needs the contaminant {}, which the case lacks", name));
  return static_cast<std::size_t>(place - figures.contaminants.begin());
}

std::optional<FittedQuantity> fit_where_measured(const ModelledQuantity& quantity, const PlantData* data) {
  if (data == nullptr) return std::nullopt;
  const ModelledQuantity* listed = modelled_quantity(quantity.unit_kind, quantity.name);
  const QuantityData* measured = data->of(*listed);
  if (measured == nullptr)
    throw std::invalid_argument(fmt::format("the plant data have no {} of {}; measure it, or run without plant data",
                                            quantity.name, name_of(quantity.unit_kind)));
  return FittedQuantity::fit(*measured);
}

void farthest_distance(std::span<const double* const> inputs, const double* flow,
                       std::initializer_list<const std::optional<FittedQuantity>*> fitted, double* distance) {
  std::fill_n(distance, kLanes, 0.0);
  for (const auto* model : fitted) {
    if (!*model) continue;
    alignas(kAlignment) double squares[kLanes] = {};
    for (std::size_t i = 0; i < inputs.size(); ++i) (*model)->add_squared_excess(i, inputs[i], squares);
    for (std::size_t lane = 0; lane < kLanes; ++lane) distance[lane] = std::max(distance[lane], squares[lane]);
  }
  for (std::size_t lane = 0; lane < kLanes; ++lane)
    distance[lane] = flow[lane] > kNoFlow ? std::sqrt(distance[lane]) : 0.0;
}

}  // namespace millrace
