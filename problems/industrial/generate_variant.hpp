#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "problems/industrial/industrial_case.hpp"

namespace millrace {

struct VariantOptions {
  std::size_t regions = 18;
  /// Parts that every sector of a region is divided into.
  std::size_t parts = 4;
  std::uint64_t seed = 20220139;

  /// One sentence where an option is out of its range, else empty.
  std::string error() const;
};

/// A number in [0, 1) that belongs to (seed, stream, a, b, c): a chain of splitmix64, upper 53 bits.
double variant_draw(std::uint64_t seed, std::uint64_t stream, std::uint64_t a, std::uint64_t b, std::uint64_t c);

/// A large synthetic variant of a case of one region: its sectors are spread over regions and parts with drawn shares,
/// benefits, reuse rates, discharges and surcharges, so that water and value in all stay near those of the case. Equal
/// options give equal cases. Variables of the full encoding: regions * sectors * parts * periods * (3 + levels).
///
/// Everything drawn is synthetic, and the case says so. Throws std::invalid_argument with options.error(), or where
/// `base` has more than one region.
IndustrialCase generate_variant(const IndustrialCase& base, const VariantOptions& options);

}  // namespace millrace
