#pragma once

#include <initializer_list>
#include <optional>
#include <string_view>

#include "problems/park/residual_fit.hpp"
#include "problems/park/unit_model.hpp"

namespace millrace {

/// Place of a contaminant among those of the case; throws std::invalid_argument where it is missing.
std::size_t contaminant_index(const UnitFigures& figures, std::string_view name);

/// The quantity fitted to the data; empty where there are none at all (the pure mechanism). Throws std::invalid_argument
/// where there are plant data but none of this quantity, or too few.
std::optional<FittedQuantity> fit_where_measured(const ModelledQuantity& quantity, const PlantData* data);

/// The largest distance of the fitted quantities, which have the same inputs, in kLanes lanes; 0 where less than 1e-9
/// m3/h enters, and where nothing is fitted.
void farthest_distance(std::span<const double* const> inputs, const double* flow,
                       std::initializer_list<const std::optional<FittedQuantity>*> fitted, double* distance);

}  // namespace millrace
