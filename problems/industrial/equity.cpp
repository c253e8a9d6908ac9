#include "problems/industrial/equity.hpp"

#include <algorithm>

namespace millrace {

double gini(std::span<double> values) {
  std::sort(values.begin(), values.end());
  const auto n = static_cast<double>(values.size());
  double total = 0.0;
  double weighted = 0.0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    total += values[i];
    weighted += (2.0 * static_cast<double>(i + 1) - n - 1.0) * values[i];
  }
  return total > 0.0 ? weighted / (n * total) : 0.0;
}

}  // namespace millrace
