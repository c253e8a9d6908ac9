#pragma once

#include "cli/cases/case_family.hpp"
#include "problems/dispatch/dispatch_problem.hpp"

namespace millrace::cli {

/// Dispatch of a plant hour by hour: problems/dispatch.
CaseFamily dispatch_family();

/// A dispatch case as its options change it, and what they say of the controller.
struct DispatchStudy {
  DispatchCase dispatch;
  DispatchController controller = DispatchController::schedule;
  std::vector<DispatchGoal> goals;
};
/// Throws UsageError.
DispatchStudy dispatch_study(const std::string& problem, const CaseOptions& options);

}  // namespace millrace::cli
