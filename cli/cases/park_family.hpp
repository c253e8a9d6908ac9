#pragma once

#include "cli/cases/case_family.hpp"
#include "problems/park/park_case.hpp"
#include "problems/park/park_system.hpp"

namespace millrace::cli {

/// A park case with what its case options say.
struct ParkStudy {
  ParkCase park;
  ParkOptions options;
  /// The two-season variant.
  bool seasons = false;
  /// What ParkOptions::data points to, where there are any.
  std::shared_ptr<const PlantData> data;
};

/// Throws UsageError.
ParkStudy park_study(const std::string& problem, const CaseOptions& options);

/// Water networks of industrial parks: problems/park.
CaseFamily park_family();

}  // namespace millrace::cli
