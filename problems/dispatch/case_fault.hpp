#pragma once

#include <optional>
#include <string>

#include "problems/dispatch/dispatch_case.hpp"

namespace millrace {

/// The first thing that makes the numbers of a case contradict each other.
struct DispatchFault {
  /// Table and key of the case file, "hydro" and "reservoir_start_MWh".
  std::string section;
  std::string key;
  /// What is wrong and what to write instead.
  std::string message;
  /// Which of the [[scenarios]], where section says so.
  std::size_t index = 0;
};

/// Empty where the case can be simulated.
std::optional<DispatchFault> dispatch_fault(const DispatchCase& dispatch);

}  // namespace millrace
