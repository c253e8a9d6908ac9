#include "operators/uniform_mutation.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace millrace {
namespace {

double anywhere(const Bounds& bounds, std::size_t j, double unit) {
  const double width = bounds.upper(j) - bounds.lower(j);
  const double value = bounds.kind(j) == VariableKind::real ? unit * width : std::floor(unit * (width + 1.0));
  return std::min(bounds.lower(j) + value, bounds.upper(j));
}

}  // namespace

std::string UniformMutationOptions::error() const {
  if (probability && !(*probability >= 0.0 && *probability <= 1.0))
    return fmt::format("uniform mutation: probability is {}, but must be from 0 to 1", *probability);
  return {};
}

void uniform_mutation(const UniformMutationOptions& options, const Bounds& bounds, DecisionRows& x,
                      std::span<const Slot> slots, StreamKey key, std::uint32_t first_row) {
  const auto variables = static_cast<double>(bounds.variables());
  // From -infinity (never) to -0 (always): what turns the logarithm of a uniform number into a gap.
  const double gap_scale = 1.0 / std::log1p(-options.probability.value_or(1.0 / variables));
  for (std::size_t i = 0; i < slots.size(); ++i) {
    RowDraws draws(key, first_row + static_cast<std::uint32_t>(i));
    double* row = x.row_data(slots[i]);
    // Drawn above 0, so that no gap is 0 times infinity.
    const auto gap = [&] { return std::floor(std::log1p(-(draws.next_double() + 0x1p-54)) * gap_scale); };
    for (double at = gap(); at < variables; at += 1.0 + gap()) {
      const auto j = static_cast<std::size_t>(at);
      row[j] = anywhere(bounds, j, draws.next_double());
    }
  }
}

}  // namespace millrace
