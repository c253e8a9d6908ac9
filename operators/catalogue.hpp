#pragma once

#include <span>
#include <string_view>

namespace millrace {

/// What a person is told of an operator.
struct OperatorEntry {
  std::string_view kind;
  std::string_view name;
  std::string_view description;
};

/// Every operator of this library, grouped by kind: "sampling", "crossover", "mutation".
std::span<const OperatorEntry> operator_catalogue();

}  // namespace millrace
