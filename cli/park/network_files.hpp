#pragma once

#include "cli/cases/case_family.hpp"

namespace millrace::cli {

/// Writes into the folder of a finished park study what its schemes look like: sankey.json and, where the case says how
/// the park is operated today, pathway.json and pathway.txt, for the balanced scheme and the best in each objective
/// (for each season, where there are seasons). Prints the pathway of the balanced scheme.
void write_network_files(const FinishedStudy& finished);

}  // namespace millrace::cli
