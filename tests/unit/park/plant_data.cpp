#include "problems/park/plant_data.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "problems/park/synthetic_plant.hpp"

using namespace millrace;

namespace {

const std::string kHeading = "unit,quantity,range_k,wet_bulb_c,dry_bulb_c,wind_m_s,y\n";
const std::string kRow = "cooling_tower,evaporated_share,9,15,28,3,0.0131\n";

std::string defect_of(const std::string& text) {
  try {
    parse_plant_data(text, "plant.csv");
  } catch (const CaseError& error) {
    return error.what();
  }
  return "none";
}

}  // namespace

TEST_CASE("plant data read back as written, bit for bit") {
  const PlantData plant = measure_synthetic_plant(9, 3);
  const PlantData again = parse_plant_data(plant_data_csv(plant), "plant.csv");
  REQUIRE(again.quantities.size() == modelled_quantities().size());
  for (std::size_t q = 0; q < again.quantities.size(); ++q) {
    CHECK(again.quantities[q].quantity == plant.quantities[q].quantity);
    CHECK(again.quantities[q].inputs == plant.quantities[q].inputs);
    CHECK(again.quantities[q].measured == plant.quantities[q].measured);
  }
}

TEST_CASE("inputs may come in any order, with spaces, comments, empty lines and line ends of Windows") {
  const PlantData plant = parse_plant_data(
      "# summer\r\nunit, quantity ,wind_m_s,range_k,dry_bulb_c,wet_bulb_c,y\r\n\r\n"
      "tower,evaporated_share, 3 ,9,28,15,0.0131\r\n",
      "plant.csv");
  REQUIRE(plant.quantities.size() == 1);
  CHECK(plant.quantities[0].inputs == std::vector<double>{9, 15, 28, 3});
  CHECK(plant.quantities[0].measured == std::vector<double>{0.0131});
}

TEST_CASE("every defect is one sentence with its line") {
  CHECK(defect_of("") == "plant.csv:1: y: there are no measurements; write one a line below the heading");
  CHECK(defect_of(kHeading) == "plant.csv:1: y: there are no measurements; write one a line below the heading");
  CHECK(defect_of(kRow) == "plant.csv:1: unit: there is no heading yet; begin with unit,quantity,<inputs>,y");
  CHECK(defect_of("unit,range_k,y\n") == "plant.csv:1: unit: a heading reads unit,quantity,<inputs>,y");
  CHECK(defect_of("unit,quantity,range_k,range_k,y\n") ==
        "plant.csv:1: range_k: the heading names this column twice; keep one");
  CHECK(defect_of("unit,quantity,,range_k,y\n") == "plant.csv:1: unit: column 3 of the heading has no name");
  CHECK(defect_of("unit,quantity,range_k,y\n" + std::string("cooling_tower,evaporated_share,9,0.01\n")) ==
        "plant.csv:2: wet_bulb_c: the heading lacks this input [degrees C] of evaporated_share");
  CHECK(defect_of("unit,quantity,range_k,wet_bulb_c,dry_bulb_c,wind_ms,y\n" + kRow) ==
        "plant.csv:2: wind_ms: evaporated_share does not depend on this input; did you mean wind_m_s?");
  CHECK(defect_of(kHeading + "cooling_towr,evaporated_share,9,15,28,3,0.0131\n") ==
        "plant.csv:2: unit: there is no unit 'cooling_towr'; did you mean cooling_tower?");
  CHECK(defect_of(kHeading + "cooling_tower,blowdown,9,15,28,3,0.0131\n") ==
        "plant.csv:2: quantity: cooling_tower has no quantity 'blowdown'; write one of evaporated_share");
  CHECK(defect_of(kHeading + kRow + "cooling_tower,evaporated_share,9,15,28,0.0131\n") ==
        "plant.csv:3: y: the line has 6 fields where its heading has 7");
  CHECK(defect_of(kHeading + "cooling_tower,evaporated_share,9,warm,28,3,0.0131\n") ==
        "plant.csv:2: wet_bulb_c: 'warm' is not a finite number with a decimal point");
  CHECK(defect_of(kHeading + "cooling_tower,evaporated_share,9,nan,28,3,0.0131\n") ==
        "plant.csv:2: wet_bulb_c: 'nan' is not a finite number with a decimal point");
  CHECK(defect_of(kHeading + "cooling_tower,evaporated_share,9,15,288,3,0.0131\n") ==
        "plant.csv:2: dry_bulb_c: 288 degrees C is outside of what can be, -30 to 55; check the unit");
  CHECK(defect_of(kHeading + "cooling_tower,evaporated_share,9,15,28,3,0\n") ==
        "plant.csv:2: y: evaporated_share is measured as 0; it must be above 0");
  CHECK_THROWS_WITH(load_plant_data("/nowhere/plant.csv"),
                    "/nowhere/plant.csv: plant data cannot be read; name a CSV file");
}
