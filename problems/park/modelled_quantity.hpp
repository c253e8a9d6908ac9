#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "problems/park/unit_model.hpp"

namespace millrace {

/// No quantity has more inputs.
inline constexpr std::size_t kMostInputs = 6;

/// What a predicted quantity depends on.
struct ModelInput {
  std::string_view name;
  std::string_view unit;
  /// Nothing outside can be measured, and no model is asked outside.
  double least = 0.0;
  double most = 0.0;
  /// Which way the quantity must go where the input rises: 1 up, -1 down, 0 either.
  int direction = 0;
};

/// A positive quantity that plant data measure and a mechanism predicts.
struct ModelledQuantity {
  UnitModelKind unit_kind;
  std::string_view name;
  std::string_view unit;
  std::span<const ModelInput> inputs;
  /// Positive and finite for inputs within their least and most.
  double (*mechanism)(std::span<const double> inputs);
};

/// All of them, units one after the other: reverse osmosis, biological treatment, cooling tower.
std::span<const ModelledQuantity> modelled_quantities();
/// Null where there is no such quantity.
const ModelledQuantity* modelled_quantity(UnitModelKind unit, std::string_view name);

}  // namespace millrace
