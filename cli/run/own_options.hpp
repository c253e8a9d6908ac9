#pragma once

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "engine/algorithm/catalogue.hpp"

namespace millrace::cli {

/// What a person typed of the settings that only some algorithms have.
struct OwnRequest {
  std::optional<std::string> scalarisation;
  std::optional<double> theta, delta, alpha;
  std::optional<long long> neighbourhood, replacement_limit, batch;
  bool no_normalise = false;
  bool dynamic_allocation = false;
};

void add_own_options(CLI::App& verb, OwnRequest& request);

/// Throws UsageError with one sentence for a setting that the algorithm does not have or a value it cannot take.
OwnSettings resolve_own(const OwnRequest& request, const AlgorithmEntry& algorithm);

/// Only what differs from the defaults, so that a run that uses none of it keeps its address.
nlohmann::json own_json(const OwnSettings& own);
OwnSettings own_from_json(const nlohmann::json& saved);

}  // namespace millrace::cli
