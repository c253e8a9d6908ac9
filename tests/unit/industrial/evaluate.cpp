#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "engine/data/simd_target.hpp"
#include "problems/industrial/equity.hpp"
#include "problems/industrial/generate_variant.hpp"
#include "tests/reference/industrial.hpp"
#include "tests/unit/industrial/plans.hpp"
#include "tests/unit/industrial/vectors.hpp"

namespace millrace::test {
namespace {

std::vector<double> plan_of(const TestVector& vector, const IndustrialInstance& in) {
  const PlanLayout at(in);
  std::vector<double> x(at.variables(), 0.0);
  for (std::size_t t = 0; t < in.periods; ++t)
    for (std::size_t u = 0; u < in.users; ++u) {
      const IndustrialCell& c = in.cell(t, u);
      if (vector.plan == 1) {
        x[at.target(t, u)] = c.target_least;
        x[at.ground(t, u)] = c.fresh - c.target_least;
        continue;
      }
      const double w = 0.5 * (c.target_least + c.target_most);
      x[at.target(t, u)] = w;
      x[at.ground(t, u)] = 0.9 * (c.fresh - c.target_least);
      x[at.diverted(t, u)] = 0.02 * c.fresh;
      x[at.shortage(t, 0, u)] = 0.5 * (w - c.target_least);
      x[at.shortage(t, 1, u)] = 0.25 * (w - c.target_least);
    }
  return x;
}

IndustrialOptions all_linear(double lambda, double stress, const std::string& energy_scenario) {
  return {.objectives = objective_set("all"),
          .encoding = PlanEncoding::full,
          .lambda = lambda,
          .stress = stress,
          .energy_scenario = energy_scenario};
}

void check_against_reference(const IndustrialProblem& problem, const Tile& tile) {
  const auto values = evaluate(problem, tile);
  for (std::size_t lane = 0; lane < tile.count(); ++lane) {
    const auto slow = reference::evaluate_plan(problem.instance(), lane_of(tile, lane));
    for (std::size_t k = 0; k < problem.options().objectives.size(); ++k) {
      const double expected = slow.objectives[static_cast<std::size_t>(problem.options().objectives[k]) - 1];
      CHECK(values[lane].objectives[k] == Approx(expected).epsilon(1e-12).margin(1e-12));
    }
    CHECK(values[lane].breach == Approx(slow.violation).epsilon(1e-11).margin(1e-11));
  }
}

}  // namespace

TEST_CASE("The published test vectors are met to 1e-9", "[industrial]") {
  for (const TestVector& vector : kTestVectors) {
    INFO("V" << vector.plan << " stress " << vector.stress << " lambda " << vector.lambda << " "
             << vector.energy_scenario);
    const IndustrialProblem problem(henan(), all_linear(vector.lambda, vector.stress, vector.energy_scenario));
    const auto values = evaluate(problem, tile_of({plan_of(vector, problem.instance())}));
    for (std::size_t k = 0; k < 7; ++k)
      CHECK(values[0].objectives[k] == Approx(vector.objectives[k]).epsilon(1e-9).margin(1e-9));
    CHECK(values[0].breach == Approx(vector.violation).epsilon(1e-9));
  }
}

TEST_CASE("The fused pass equals the model written down term by term", "[industrial]") {
  for (const char* scenario : {"S0", "S2"}) {
    IndustrialOptions options = all_linear(0.3, 0.05, scenario);
    options.objectives.push_back(IndustrialObjective::equity);
    const IndustrialProblem problem(henan(), options);
    std::vector<std::vector<double>> decisions;
    for (std::uint32_t row = 0; row < 5; ++row) decisions.push_back(random_decision(problem.spec().bounds, 7, row));
    // Every variable at its lower, and at its upper bound.
    decisions.emplace_back();
    decisions.emplace_back();
    for (std::size_t j = 0; j < problem.spec().bounds.variables(); ++j) {
      decisions[5].push_back(problem.spec().bounds.lower(j));
      decisions[6].push_back(problem.spec().bounds.upper(j));
    }
    check_against_reference(problem, tile_of(decisions));
  }
}

TEST_CASE("The fused pass equals the model in several regions and off the route", "[industrial]") {
  const IndustrialCase variant = generate_variant(henan(), {.regions = 3, .parts = 2});
  const IndustrialProblem problem(variant, all_linear(0.5, 0.12, "S1"));
  check_against_reference(problem, tile_of({random_decision(problem.spec().bounds, 3, 0)}));
}

TEST_CASE("Five levels are computed like three", "[industrial]") {
  IndustrialCase five = henan();
  five.levels = {{"a", 0.1, {}}, {"b", 0.1, {}}, {"c", 0.2, {}}, {"d", 0.3, {}}, {"e", 0.3, {}}};
  for (auto& period : five.regions[0].surface) period = {period[0], period[0], period[1], period[2], period[2]};
  const IndustrialProblem problem(five, all_linear(0.5, 0.0, ""));
  REQUIRE(problem.spec().bounds.variables() == 40 * 3 * 8);
  check_against_reference(problem, tile_of({random_decision(problem.spec().bounds, 5, 0)}));
}

TEST_CASE("The evaluator agrees with the rows of the linear program to 1e-12", "[industrial]") {
  const IndustrialProblem problem(henan(), all_linear(0.5, 0.12, ""));
  const LinearForm form = *problem.linear_form();
  REQUIRE(form.error().empty());
  CHECK(form.columns.size() == 720 + 360);
  std::vector<double> x = random_decision(problem.spec().bounds, 11, 0);
  const auto values = evaluate(problem, tile_of({x}));
  const PlanLayout at(problem.instance());
  for (std::size_t h = 0; h < 3; ++h)
    for (std::size_t t = 0; t < 3; ++t)
      for (std::size_t u = 0; u < 40; ++u) {
        const double supply = x[at.target(t, u)] - x[at.shortage(t, h, u)] + x[at.ground(t, u)] + x[at.diverted(t, u)];
        x.push_back(std::max(0.0, problem.instance().cell(t, u).fresh - supply));
      }
  for (std::size_t k = 0; k < 7; ++k)
    CHECK(form.objective(k, x) == Approx(values[0].objectives[k]).epsilon(1e-12).margin(1e-12));
}

TEST_CASE("The program has the published size", "[industrial]") {
  const auto size_of = [](const char* scenario) {
    const IndustrialOptions options{
        .objectives = objective_set("benefit"), .encoding = PlanEncoding::full, .energy_scenario = scenario};
    const LinearForm form = *IndustrialProblem(henan(), options).linear_form();
    // Least surface water and band are rows of their own.
    return std::array{form.columns.size(), form.rows.size(), form.row_terms.terms()};
  };
  CHECK(size_of("S2") == std::array<std::size_t, 3>{720, 735, 3120});
  CHECK(size_of("S0") == std::array<std::size_t, 3>{720, 744, 4560});
}

TEST_CASE("Lanes are individuals, and every instruction set computes the same bits", "[industrial]") {
  for (const PlanEncoding encoding :
       {PlanEncoding::full, PlanEncoding::first_stage, PlanEncoding::places, PlanEncoding::merits}) {
    IndustrialOptions options{.objectives = objective_set("all"), .encoding = encoding, .stress = 0.12};
    const IndustrialProblem problem(henan(), options);
    std::vector<std::vector<double>> decisions;
    for (std::uint32_t row = 0; row < 64; ++row) decisions.push_back(random_decision(problem.spec().bounds, 1, row));
    const Tile tile = tile_of(decisions);
    const auto together = evaluate(problem, tile);
    for (const std::size_t lane : {0u, 13u, 63u}) {
      const auto alone = evaluate(problem, tile_of({decisions[lane]}));
      CHECK(alone[0].objectives == together[lane].objectives);
      CHECK(alone[0].breach == together[lane].breach);
    }
    for (const auto& target : simd_targets()) {
      use_simd_target(target);
      const auto values = evaluate(problem, tile);
      for (std::size_t lane = 0; lane < 64; ++lane) CHECK(values[lane].objectives == together[lane].objectives);
    }
    use_simd_target("");
  }
}

TEST_CASE("The Gini coefficient is that of all pairs", "[industrial]") {
  for (const std::size_t n : {1u, 2u, 7u, 40u}) {
    RowDraws draws({5, 0, Stage::sample}, static_cast<std::uint32_t>(n));
    std::vector<double> values(n);
    for (double& v : values) v = draws.next_double();
    if (n > 2) values[1] = values[2];
    const double slow = reference::gini_of_pairs(values);
    CHECK(gini(values) == Approx(slow).margin(1e-15));
  }
  std::vector<double> none(3, 0.0);
  CHECK(gini(none) == 0.0);
  CHECK(gini({}) == 0.0);
}

TEST_CASE("A charge is paid for every user with diverted water, once", "[industrial]") {
  IndustrialOptions options{.objectives = objective_set("benefit"), .encoding = PlanEncoding::full};
  const IndustrialProblem free(henan(), options);
  options.connection_charge = 1000.0;
  const IndustrialProblem charged(henan(), options);
  CHECK_FALSE(charged.linear_form());
  const PlanLayout at(free.instance());
  std::vector<double> x = random_decision(free.spec().bounds, 2, 0);
  for (std::size_t t = 0; t < 3; ++t)
    for (std::size_t u = 0; u < 40; ++u) x[at.diverted(t, u)] = 0.0;
  x[at.diverted(0, 3)] = x[at.diverted(2, 3)] = 0.5;
  x[at.diverted(1, 20)] = 0.25;
  const double difference =
      evaluate(charged, tile_of({x}))[0].objectives[0] - evaluate(free, tile_of({x}))[0].objectives[0];
  CHECK(difference == Approx(2000.0));
}

}  // namespace millrace::test
