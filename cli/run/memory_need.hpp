#pragma once

#include "cli/cases/problem_lookup.hpp"
#include "cli/run/run_settings.hpp"

namespace millrace::cli {

/// Memory of one run, estimated.
double bytes_needed(const Shape& shape, std::size_t population);

/// What Linux says that processes can still take; infinite without an answer.
double bytes_free();

/// Refuses a run that needs more memory than this machine has free (estimated from the population and the sizes of the
/// problem). Throws UsageError.
void check_memory(const RunSettings& settings, const Study& study);

}  // namespace millrace::cli
