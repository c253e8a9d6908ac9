#include "problems/park/modelled_quantity.hpp"

#include <array>

#include "problems/park/biological.hpp"
#include "problems/park/cooling_tower.hpp"
#include "problems/park/reverse_osmosis.hpp"

namespace millrace {

std::span<const ModelledQuantity> modelled_quantities() {
  static const std::array quantities = {osmosis_pressure(), osmosis_permeate(), biological_ammonia(), biological_cod(),
                                        tower_evaporation()};
  return quantities;
}

const ModelledQuantity* modelled_quantity(UnitModelKind unit, std::string_view name) {
  for (const ModelledQuantity& quantity : modelled_quantities())
    if (quantity.unit_kind == unit && quantity.name == name) return &quantity;
  return nullptr;
}

}  // namespace millrace
