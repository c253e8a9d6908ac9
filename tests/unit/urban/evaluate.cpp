#include <catch2/catch.hpp>

#include <cstring>

#include "engine/data/simd_target.hpp"
#include "problems/urban/urban.hpp"
#include "tests/unit/urban/lanes.hpp"
#include "tests/unit/urban/small_case.hpp"

namespace millrace {
namespace {

void check_against_formulas(const UrbanCase& urban, const std::string& scenario) {
  const UrbanProblem problem(urban, {.scenario = scenario});
  const ProblemSpec& spec = problem.spec();
  REQUIRE(spec.error().empty());
  const reference::UrbanModel model(urban, *urban.scenario_index(scenario));
  Scratch scratch;
  Outcome outcome(spec.objectives.size(), spec.constraints.size());
  for (std::uint32_t number = 0; number < 3; ++number) {
    const Tile tile = random_tile(problem.network(), number, 0.2 * number);
    problem.evaluate(tile, outcome, scratch);
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      const auto x = lane_of(tile, lane);
      for (std::size_t k = 0; k < spec.objectives.size(); ++k) {
        const double expected = model.objective(x, urban.objectives[k]);
        REQUIRE(spec.objectives[k].shown(outcome.objective(k)[lane]) == Approx(expected).epsilon(1e-12).margin(1e-12));
      }
      const auto g = model.constraints(x);
      REQUIRE(g.size() == spec.constraints.size());
      for (std::size_t c = 0; c < g.size(); ++c)
        REQUIRE(std::abs(outcome.constraint(c)[lane] - g[c]) <= 1e-12 * spec.constraints[c].scale);
    }
  }
}

}  // namespace

TEST_CASE("objectives and constraints equal the formulas") {
  const UrbanCase pingliang = load_urban_case("pingliang");
  for (const std::string& year : pingliang.scenarios) check_against_formulas(pingliang, year);
  UrbanCase small = parse_urban_case(kSmallCase, "small.toml");
  check_against_formulas(small, "dry");
  check_against_formulas(small, "wet");
  small.shortage_rule = ShortageRule::difference;
  check_against_formulas(small, "wet");
  const UrbanCase city = generate_city({.sources = 9, .users = 14, .periods = 2, .seed = 2});
  for (const std::string& period : city.scenarios) check_against_formulas(city, period);
}

TEST_CASE("one source, one user, and quantities of zero") {
  const UrbanCase one = generate_city({.sources = 1, .users = 1, .periods = 1, .links_per_user = 1});
  check_against_formulas(one, one.scenarios[0]);
  UrbanCase small = parse_urban_case(kSmallCase, "small.toml");
  small.users[1].demand = {0.0, 0.0};
  check_against_formulas(small, "dry");
  const UrbanProblem problem(small, {});
  CHECK(problem.spec().bounds.upper(1) == 0.0);
}

TEST_CASE("the specification names variables, objectives and limits with their units") {
  const UrbanProblem problem(load_urban_case("pingliang"), {.scenario = "2030"});
  const ProblemSpec& spec = problem.spec();
  CHECK(spec.name == "pingliang 2030");
  CHECK(spec.shape() == Shape{11, 5, 14});
  CHECK(spec.variable_names ==
        std::vector<std::string>{"surface_to_domestic", "surface_to_industrial", "surface_to_municipal",
                                 "surface_to_ecological", "groundwater_to_domestic", "groundwater_to_industrial",
                                 "recycled_to_industrial", "recycled_to_municipal", "recycled_to_ecological",
                                 "rainwater_to_municipal", "rainwater_to_ecological"});
  CHECK(spec.variable_unit == "1e4 m3");
  CHECK(spec.bounds.upper(0) == 730.0);
  CHECK(spec.bounds.upper(3) == Approx(1.1 * 213.0));
  CHECK(spec.objectives[0].unit == "t CO2");
  CHECK(spec.objectives[1].sense == Sense::maximise);
  CHECK(spec.objectives[1].unit == "1e4 yuan");
  CHECK(spec.objectives[4].name == "groundwater");
  CHECK(spec.constraints[0].name == "surface available");
  CHECK(spec.constraints[4].name == "domestic lower demand");
  CHECK(spec.constraints[4].scale == 1502.41);
  CHECK(spec.constraints[8].name == "domestic upper demand");
  CHECK(spec.constraints[12].name == "recycled use rate");
  CHECK(spec.constraints[13].name == "rainwater use rate");
}

TEST_CASE("every instruction set computes the same bits") {
  const UrbanCase city = generate_city({.sources = 7, .users = 11, .periods = 1, .seed = 5});
  for (const UrbanCase& urban : {load_urban_case("pingliang"), city}) {
    const UrbanProblem problem(urban, {});
    const std::size_t variables = problem.network().links();
    const Shape shape = problem.spec().shape();
    std::vector<double> first;
    for (const std::string& target : simd_targets()) {
      use_simd_target(target);
      Scratch scratch;
      Outcome outcome(shape.objectives, shape.constraints);
      std::vector<double> bits;
      for (std::uint32_t number = 0; number < 20; ++number) {
        Tile tile = random_tile(problem.network(), number, 0.3);
        problem.repair(tile, scratch);
        problem.evaluate(tile, outcome, scratch);
        bits.insert(bits.end(), tile.column(0), tile.column(0) + variables * kLanes);
        bits.insert(bits.end(), outcome.objective(0), outcome.objective(0) + shape.objectives * kLanes);
        bits.insert(bits.end(), outcome.constraint(0), outcome.constraint(0) + shape.constraints * kLanes);
      }
      if (first.empty()) first = bits;
      INFO(target);
      CHECK(std::memcmp(first.data(), bits.data(), bits.size() * sizeof(double)) == 0);
    }
    use_simd_target("");
  }
}

}  // namespace millrace
