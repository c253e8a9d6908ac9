#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "problems/urban/urban_case.hpp"

namespace millrace {

/// What makes a complete case unusable, and where: the loader turns it into a CaseError with the line.
struct CaseFault {
  enum class Part { general, source, user };
  Part part = Part::general;
  /// Index of the source or user.
  std::size_t index = 0;
  /// Key of the case file, "demand".
  std::string key;
  /// What is wrong; what to write instead.
  std::string message;
  /// Scenario of the value, where one value is wrong.
  std::optional<std::size_t> scenario = std::nullopt;
};

/// The first fault of a case: values out of range, bounds that cross, a factor that a chosen objective needs and that
/// is missing (an empty series), limits that no allocation can satisfy in some scenario (why_infeasible). Empty for a usable case, which
/// then has a feasible allocation in every scenario: a maximum-flow computation decides. Structure (sizes, links,
/// names) must be right already.
std::optional<CaseFault> case_fault(const UrbanCase& urban);

}  // namespace millrace
