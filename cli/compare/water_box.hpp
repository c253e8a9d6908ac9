#pragma once

#include "engine/run/front.hpp"

namespace millrace::cli {

/// Bounds of the objectives of the water problem over its feasible decisions, rounded outwards: each objective is
/// monotonic in every variable; the first limit keeps the last objective at 25,000.
inline ReferenceBox box_of_water() {
  return {{63800.0, 30.0, 284000.0, 183000.0, 7.0}, {83100.0, 1350.0, 2860000.0, 16100000.0, 25000.0}, true};
}

}  // namespace millrace::cli
