#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <string>
#include <string_view>
#include <vector>

#include "engine/data/bounds.hpp"
#include "engine/data/decision_rows.hpp"
#include "engine/data/population.hpp"
#include "engine/data/simd_target.hpp"
#include "engine/random/philox.hpp"

namespace millrace::test {

inline constexpr std::size_t kSizes[] = {1, 2, 7, 8, 9, 14, 17, 1000};

/// Uneven bounds: variable j spans [j - 2, 3 j + 1], except that every fifth, from the fourth on, is fixed.
inline Bounds uneven_bounds(std::size_t d) {
  Bounds bounds(d);
  for (std::size_t j = 0; j < d; ++j) {
    const double x = static_cast<double>(j);
    bounds.set(j, x - 2.0, j % 5 == 3 ? x - 2.0 : 3.0 * x + 1.0);
  }
  return bounds;
}

/// Rows 0 .. parents-1 uniform inside the bounds, the rest zero. Some variables of odd rows equal those of the row
/// before, and some lie on a bound.
inline DecisionRows random_rows(const Bounds& bounds, std::size_t parents, std::size_t rows, std::uint64_t seed = 1) {
  DecisionRows x(rows, bounds.variables());
  for (std::size_t i = 0; i < parents; ++i) {
    RowDraws draws({seed, 0, Stage::problem}, static_cast<std::uint32_t>(i));
    for (std::size_t j = 0; j < bounds.variables(); ++j) {
      const double u = draws.next_double();
      const std::uint32_t special = draws.below(12);
      double value = bounds.lower(j) + u * (bounds.upper(j) - bounds.lower(j));
      if (special == 0) value = bounds.lower(j);
      if (special == 1) value = bounds.upper(j);
      if (special == 2 && i % 2 == 1) value = x.row_data(i - 1)[j];
      if (special == 3 && i % 2 == 1) value = 0.999 * x.row_data(i - 1)[j] + 0.001 * value;
      x.row_data(i)[j] = std::clamp(value, bounds.lower(j), bounds.upper(j));
    }
  }
  return x;
}

inline std::vector<Slot> slots(std::size_t first, std::size_t count) {
  std::vector<Slot> result(count);
  std::iota(result.begin(), result.end(), static_cast<Slot>(first));
  return result;
}

inline bool inside(const Bounds& bounds, const DecisionRows& x, std::size_t row) {
  for (std::size_t j = 0; j < x.variables(); ++j)
    if (!(x.row_data(row)[j] >= bounds.lower(j) && x.row_data(row)[j] <= bounds.upper(j))) return false;
  for (std::size_t j = x.variables(); j < x.stride(); ++j)
    if (x.row_data(row)[j] != 0.0) return false;
  return true;
}

/// Every value of every row, padding included.
inline std::vector<double> all_values(const DecisionRows& x) {
  return {x.row_data(0), x.row_data(0) + x.rows() * x.stride()};
}

/// Instruction sets of this machine that fuse multiplication and addition, which all give the same bits.
inline std::vector<std::string> fusing_targets() {
  std::vector<std::string> names;
  for (const std::string& name : simd_targets())
    if (name == "AVX3" || name == "AVX2" || name == "AVX3_DL") names.push_back(name);
  return names;
}

/// Chooses an instruction set for a scope.
struct TargetGuard {
  explicit TargetGuard(std::string_view name) { use_simd_target(name); }
  ~TargetGuard() { use_simd_target(""); }
};

}  // namespace millrace::test
