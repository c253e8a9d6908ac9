#pragma once

#include "problems/park/json_reader.hpp"
#include "problems/park/park_case.hpp"

namespace millrace {

/// Reads contaminants, economics, waters and units of a case file; the network between them is left.
/// Throws CaseError.
void read_park_units(const JsonReader& file, ParkCase& park);

}  // namespace millrace
