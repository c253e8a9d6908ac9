#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "problems/urban/urban_case.hpp"

namespace millrace {

/// A synthetic city. With the same options it is the same on every machine.
struct GeneratorOptions {
  std::size_t sources = 20;
  std::size_t users = 50;
  /// Scenarios; demand grows from one to the next.
  std::size_t periods = 3;
  std::uint64_t seed = 1;
  /// Links of a user, at most `sources`. A source that no user drew gets one user of its own on top.
  std::size_t links_per_user = 4;
  /// One sentence where a value is out of range, else empty.
  std::string error() const;
};

/// Feasible by construction: a hidden allocation meets every demand exactly, and the sources hold 5 to 40 % more than
/// it takes. All seven objectives have data; carbon, benefit, shortage, wastewater and groundwater are chosen.
/// Throws std::invalid_argument with options.error().
UrbanCase generate_city(const GeneratorOptions& options);

}  // namespace millrace
