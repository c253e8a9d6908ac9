#include "engine/decide/trade_off.hpp"

#include <catch2/catch.hpp>
#include <stdexcept>
#include <vector>

using namespace millrace;

namespace {

const std::vector<ObjectiveSpec> kWater = {{"benefit", "10^4 CNY", Sense::maximise},
                                           {"carbon", "t CO2", Sense::minimise},
                                           {"shortage", "m3", Sense::minimise}};
const std::vector<ObjectiveSpec> kCarbon = {{"carbon", "t", Sense::minimise}};
const std::vector<ObjectiveSpec> kProfit = {{"profit", "CNY", Sense::maximise}};

std::string against(std::vector<double> chosen, std::vector<double> other, std::vector<double> ranges = {}) {
  return trade_off_sentence(kWater, chosen, other, "the cheapest scheme", ranges);
}

std::string carbon(double chosen, double other, std::vector<double> ranges = {}) {
  return trade_off_sentence(kCarbon, std::vector{chosen}, std::vector{other}, "B", ranges);
}

}  // namespace

TEST_CASE("a trade-off in words", "[decide]") {
  CHECK(against({-969, 916, 880}, {-1000, 1000, 1000}) ==
        "gives up 3.1 % of benefit for 8.4 % less carbon and 12 % less shortage compared with the cheapest scheme");
  CHECK(against({-1100, 1020, 1000}, {-1000, 1000, 1000}) ==
        "accepts 2.0 % more carbon for 10 % more benefit compared with the cheapest scheme");
  CHECK(against({-900, 1020, 500}, {-1000, 1000, 1000}) ==
        "gives up 10 % of benefit and accepts 2.0 % more carbon for 50 % less shortage compared with the cheapest "
        "scheme");
  CHECK(against({-1000, 500, 900}, {-1000, 1000, 1000}) ==
        "has 50 % less carbon and 10 % less shortage compared with the cheapest scheme and gives up nothing");
  CHECK(against({-1000, 1500, 1900}, {-1000, 1000, 1000}) ==
        "accepts 50 % more carbon and 90 % more shortage for nothing in return compared with the cheapest scheme");
}

TEST_CASE("what hardly changes is left out", "[decide]") {
  CHECK(against({-1000.4, 1000.2, 1000}, {-1000, 1000, 1000}) ==
        "differs by no more than 0.05 % from the cheapest scheme");
  CHECK(against({-1000.4, 990, 1000.6}, {-1000, 1000, 1000}) ==
        "accepts 0.06 % more shortage for 1.0 % less carbon compared with the cheapest scheme");
  CHECK(carbon(0.0, 0.0) == "differs by no more than 0.05 % from B");
}

TEST_CASE("near zero a change is absolute", "[decide]") {
  CHECK(carbon(5.0, 0.0) == "accepts 5 t more carbon for nothing in return compared with B");
  CHECK(carbon(0.0, 5.0) == "has 100 % less carbon compared with B and gives up nothing");
  CHECK(carbon(-3.0, 2.0) == "has 5 t less carbon compared with B and gives up nothing");
  CHECK(carbon(56000.0, 1000.0) == "accepts 55,000 t more carbon for nothing in return compared with B");
  CHECK(carbon(9000.0, 1000.0) == "accepts 800 % more carbon for nothing in return compared with B");
  CHECK(carbon(2.0, 1.0, {1000.0}) == "accepts 1 t more carbon for nothing in return compared with B");
  CHECK(carbon(1e-12, 0.0, {1000.0}) == "differs by no more than 0.05 % from B");
  CHECK(carbon(-12.0, -10.0) == "has 20 % less carbon compared with B and gives up nothing");
}

TEST_CASE("a maximised objective that is a loss is turned back", "[decide]") {
  const auto profit = [](double chosen, double other) {
    return trade_off_sentence(kProfit, std::vector{-chosen}, std::vector{-other}, "B");
  };
  CHECK(profit(-8, -10) == "has 20 % more profit compared with B and gives up nothing");
  CHECK(profit(-12, -10) == "gives up 20 % of profit for nothing in return compared with B");
  CHECK(profit(5, -10) == "has 15 CNY more profit compared with B and gives up nothing");
}

TEST_CASE("numbers and quantities", "[decide]") {
  CHECK(number_text(0.0) == "0");
  CHECK(number_text(-0.0) == "0");
  CHECK(number_text(1234567.8) == "1,234,568");
  CHECK(number_text(-1234.5) == "-1,234");
  CHECK(number_text(999.96) == "1,000");
  CHECK(number_text(0.0241349) == "0.02413");
  CHECK(number_text(1e-9) == "1.000e-09");
  CHECK(number_text(1e300) == "1.000e+300");
  CHECK(quantity_text(kWater[0], -38120.0) == "38,120 10^4 CNY");
  CHECK(quantity_text({"f1", ""}, 0.25) == "0.25");
}

TEST_CASE("sizes that do not belong together are refused", "[decide]") {
  const std::vector<double> one = {1.0}, two = {1.0, 2.0};
  CHECK_THROWS_AS(trade_off_sentence({}, {}, {}, "B"), std::invalid_argument);
  CHECK_THROWS_AS(trade_off_sentence(kCarbon, two, one, "B"), std::invalid_argument);
  CHECK_THROWS_AS(trade_off_sentence(kCarbon, one, two, "B"), std::invalid_argument);
  CHECK_THROWS_AS(trade_off_sentence(kCarbon, one, one, "B", two), std::invalid_argument);
}
