#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "problems/park/residual_evidence.hpp"
#include "problems/park/residual_fit.hpp"
#include "problems/park/residual_validation.hpp"

namespace millrace::cli {

/// One quantity of a plant's data: the fitted model and how it compares.
struct FitReport {
  FittedQuantity fitted;
  std::size_t measurements = 0;
  Validation validation;
};

/// Whether the hybrid is worth it for this quantity, in one sentence.
std::string verdict_of(const FitReport& report);
nlohmann::json to_json(const FitReport& report);
void print_fit(const FitReport& report);

nlohmann::json to_json(const EvidenceRow& row);
/// A table for docs/park.md: relative errors in percent, in range | out of range.
void print_evidence(const std::vector<EvidenceRow>& rows, const EvidenceOptions& options);

}  // namespace millrace::cli
