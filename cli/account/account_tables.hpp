#pragma once

#include "cli/account/account_study.hpp"

namespace millrace::cli {

/// The accounts of a study, to standard output: one block a scenario, then the study's own figures, the contradictions
/// of the source and how every number is made.
void print_accounts(const AccountedStudy& study);

/// One at a time, shares of variance and what-ifs of every scheme, to standard output; `samples` rows of the Sobol
/// design.
void print_sensitivity(const AccountedStudy& study, std::size_t samples);

}  // namespace millrace::cli
