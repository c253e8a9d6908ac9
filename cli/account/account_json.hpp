#pragma once

#include <nlohmann/json.hpp>

#include "cli/account/account_study.hpp"

namespace millrace::cli {

/// Everything that print_accounts and print_sensitivity show, unrounded; what is missing is null. With `samples` 0 the
/// sensitivity is left out.
nlohmann::json accounts_json(const AccountedStudy& study, std::size_t samples);

}  // namespace millrace::cli
