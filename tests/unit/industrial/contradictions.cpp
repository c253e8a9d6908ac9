#include <algorithm>
#include <catch2/catch.hpp>

#include "problems/industrial/contradictions.hpp"
#include "tests/unit/industrial/plans.hpp"

namespace millrace::test {

TEST_CASE("Contradictions of the published values are found", "[industrial]") {
  const auto found = published_contradictions(henan());
  const auto says = [&](const char* text) {
    return std::count_if(found.begin(), found.end(),
                         [&](const std::string& sentence) { return sentence.find(text) != sentence.npos; });
  };
  // Misprints T1 to T5 of the case's list of corrections, found from the numbers alone.
  CHECK(says("electric power and heat power in 2021-2025 is printed as [240.58, 75.72]") == 1);
  CHECK(says("groundwater in 2026-2030 is printed as [1780, 1840]") == 1);
  CHECK(says("groundwater in 2031-2035 is printed as [1760, 1820]") == 1);
  CHECK(says("distribution of water in S0R1: printed surface and groundwater add up to [2034.79, 2188.3") == 1);
  CHECK(says("the upper benefit of S1R1 (24.38) is above that of S2R1 (24.33)") == 1);
  CHECK(says("non-ferrous metals in 2031-2035 is given as [153.74, 172.8]") == 1);
  CHECK(found.size() == 6);
}

TEST_CASE("Consistent values are left alone", "[industrial]") {
  IndustrialCase fair = henan();
  fair.published.clear();
  for (IndustrialSector& sector : fair.sectors)
    for (Interval& value : sector.published.surface_low)
      if (value.lower > value.upper) value.upper = value.lower;
  CHECK(published_contradictions(fair).empty());
}

}  // namespace millrace::test
