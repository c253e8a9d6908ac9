#include <catch2/catch.hpp>

#include <string>

#include "problems/dispatch/hours_file.hpp"

namespace millrace {
namespace {

constexpr const char* kHeading = "hour,carbon_intensity_kg_per_MWh,renewable_MWh\n";

std::string file_of(std::size_t hours) {
  std::string text = kHeading;
  for (std::size_t t = 0; t < hours; ++t) text += std::to_string(t) + ",100.5," + std::to_string(10 + t) + "\n";
  return text;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

void refuses(const std::string& text, const std::string& sentence) {
  INFO(sentence);
  CHECK_THROWS_WITH(parse_dispatch_hours(text, "h.csv"), Catch::Contains(sentence));
}

}  // namespace

TEST_CASE("hours are read") {
  for (const std::size_t days : {1, 3}) {
    const DispatchHours hours = parse_dispatch_hours(file_of(24 * days), "h.csv");
    REQUIRE(hours.size() == 24 * days);
    CHECK(hours.carbon_kg_per_MWh[7] == 100.5);
    CHECK(hours.renewable_MWh[7] == 17.0);
  }
  CHECK(parse_dispatch_hours(replaced(file_of(24), "\n", "\r\n"), "h.csv").size() == 24);
}

TEST_CASE("bad hours are refused with line and column") {
  const std::string good = file_of(24);
  refuses("", "h.csv:1: hour: the file is empty");
  refuses(good.substr(std::string(kHeading).size()), "h.csv:1: hour: the first line is '0,100.5,10'");
  refuses(replaced(good, "7,100.5,17\n", ""), "h.csv:9: hour: hour 7 is missing before hour 8");
  refuses(replaced(good, "7,100.5,17\n", "6,100.5,17\n"), "h.csv:9: hour: is 6 where hour 7 follows");
  refuses(replaced(good, "7,100.5,17\n", "7,nan,17\n"), "h.csv:9: carbon_intensity_kg_per_MWh: is nan");
  refuses(replaced(good, "7,100.5,17\n", "7,inf,17\n"), "is inf");
  refuses(replaced(good, "7,100.5,17\n", "7,100.5,-17\n"), "h.csv:9: renewable_MWh: is -17");
  refuses(replaced(good, "7,100.5,17\n", "7,100.5,\n"), "h.csv:9: renewable_MWh: '' is not a number");
  refuses(replaced(good, "7,100.5,17\n", "7,100.5,1x\n"), "'1x' is not a number");
  refuses(replaced(good, "7,100.5,17\n", "7,100.5\n"), "write three values");
  refuses(replaced(good, "7,100.5,17\n", "7,100.5,17,1\n"), "write three values");
  refuses(file_of(23), "the file has 23 hours; write 24, or more whole days");
  refuses(file_of(30), "the file has 30 hours");
  refuses(kHeading, "the file has 0 hours");
}

}  // namespace millrace
