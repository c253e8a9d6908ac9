#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "engine/data/simd_target.hpp"
#include "engine/exact/clp_solver.hpp"
#include "engine/exact/payoff.hpp"
#include "tests/unit/industrial/plans.hpp"

namespace millrace::test {
namespace {

constexpr double kFeasible = 1e-9;

IndustrialOptions options_of(PlanEncoding encoding, double stress) {
  return {.objectives = objective_set("supply"), .encoding = encoding, .stress = stress};
}

Tile random_tile(const IndustrialProblem& problem, std::uint64_t seed) {
  std::vector<std::vector<double>> decisions;
  for (std::uint32_t row = 0; row < kLanes; ++row)
    decisions.push_back(random_decision(problem.spec().bounds, seed, row));
  return tile_of(decisions);
}

std::size_t feasible_of(const IndustrialProblem& problem, const Tile& tile) {
  const auto values = evaluate(problem, tile);
  return static_cast<std::size_t>(
      std::count_if(values.begin(), values.end(), [](const Evaluated& v) { return v.breach <= kFeasible; }));
}

double largest_move(const Tile& before, const Tile& after) {
  double most = 0.0;
  for (std::size_t j = 0; j < before.variables(); ++j)
    for (std::size_t lane = 0; lane < before.count(); ++lane)
      most = std::max(most, std::abs(before.column(j)[lane] - after.column(j)[lane]));
  return most;
}

/// Least penalty of shortages, by Clp, of the targets and supplies of one plan at level h of period t.
double cheapest_shortages(const IndustrialInstance& in, std::span<const double> plan, std::size_t t, std::size_t h) {
  const PlanLayout at(in);
  LinearProgram program;
  double promised = 0.0;
  for (std::size_t u = 0; u < in.users; ++u) {
    const IndustrialCell& c = in.cell(t, u);
    const double w = plan[at.target(t, u)];
    const double all = w + plan[at.ground(t, u)] + plan[at.diverted(t, u)];
    const double most = std::max(0.0, std::min(w - c.target_least, all - c.floor));
    program.cost[program.add_column(0.0, most)] = c.penalty;
    program.rows.put(u, 1.0);
    promised += w;
  }
  program.close_row(promised - in.surface_at(0, t, h), INFINITY);
  ClpSolver solver(program);
  REQUIRE(solver.solve_dual() == LpStatus::optimal);
  return solver.objective();
}

}  // namespace

TEST_CASE("Repair makes random plans feasible", "[industrial]") {
  for (const double stress : {0.0, 0.05, 0.12, 0.3})
    for (const PlanEncoding encoding :
         {PlanEncoding::full, PlanEncoding::first_stage, PlanEncoding::places, PlanEncoding::merits}) {
      const IndustrialProblem problem(henan(), options_of(encoding, stress));
      Tile tile = random_tile(problem, 3);
      if (encoding == PlanEncoding::full) CHECK(feasible_of(problem, tile) == 0);
      Scratch scratch;
      problem.repair(tile, scratch);
      INFO(name_of(encoding) << " " << stress);
      CHECK(feasible_of(problem, tile) == kLanes);
      for (std::size_t j = 0; j < tile.variables(); ++j)
        for (std::size_t lane = 0; lane < kLanes; ++lane) {
          CHECK_FALSE(tile.column(j)[lane] < problem.spec().bounds.lower(j));
          CHECK_FALSE(tile.column(j)[lane] > problem.spec().bounds.upper(j));
        }
    }
}

TEST_CASE("A feasible plan stays where it is", "[industrial]") {
  const IndustrialProblem problem(henan(), options_of(PlanEncoding::full, 0.12));
  Tile tile = random_tile(problem, 4);
  Scratch scratch;
  problem.repair(tile, scratch);
  Tile again = tile;
  problem.repair(again, scratch);
  CHECK(largest_move(tile, again) <= 1e-9);
  // So do the corners of the exact front, which lie on many limits at once.
  const PayoffTable payoff = payoff_table(*problem.linear_form());
  std::vector<std::vector<double>> corners;
  for (std::size_t k = 0; k < 3; ++k) {
    const auto row = payoff.decisions.row(k);
    corners.emplace_back(row.begin(), row.end());
  }
  const Tile exact = tile_of(corners);
  Tile repaired = exact;
  problem.repair(repaired, scratch);
  CHECK(largest_move(exact, repaired) <= 1e-7);
}

TEST_CASE("What a repaired first stage stands for is what was evaluated", "[industrial]") {
  const IndustrialProblem problem(henan(), options_of(PlanEncoding::first_stage, 0.12));
  Tile tile = random_tile(problem, 8);
  const auto before = evaluate(problem, tile);
  Scratch scratch;
  problem.repair(tile, scratch);
  const auto after = evaluate(problem, tile);
  for (std::size_t lane = 0; lane < kLanes; ++lane)
    for (std::size_t k = 0; k < 3; ++k)
      CHECK(after[lane].objectives[k] == Approx(before[lane].objectives[k]).epsilon(1e-9).margin(1e-6));
}

TEST_CASE("Shortages of the first stage are the cheapest possible ones", "[industrial]") {
  const IndustrialProblem problem(henan(), options_of(PlanEncoding::first_stage, 0.12));
  const IndustrialInstance& in = problem.instance();
  const PlanLayout at(in);
  Tile tile = random_tile(problem, 5);
  Scratch scratch;
  problem.repair(tile, scratch);
  std::size_t short_plans = 0;
  for (std::size_t lane = 0; lane < 12; ++lane) {
    // The plan of the repaired decision, without shortages, then with those of repair_period.
    AlignedVector<double> plan(at.variables() * kLanes, 0.0);
    std::vector<double> one(at.variables(), 0.0);
    const std::vector<double> x = lane_of(tile, lane);
    for (std::size_t c = 0; c < at.cells(); ++c) {
      one[c] = x[c];
      one[2 * at.cells() + c] = x[2 * at.cells() + c];
      one[at.cells() + c] = std::max(0.0, x[at.cells() + c] - x[c] - x[2 * at.cells() + c]);
    }
    for (std::size_t j = 0; j < at.variables(); ++j)
      for (std::size_t k = 0; k < kLanes; ++k) plan[j * kLanes + k] = one[j];
    for (std::size_t t = 0; t < 3; ++t) {
      EditablePeriod period{
          &plan[at.target(t, 0) * kLanes], &plan[at.ground(t, 0) * kLanes], &plan[at.diverted(t, 0) * kLanes], {}};
      for (std::size_t h = 0; h < 3; ++h) period.shortage[h] = &plan[at.shortage(t, h, 0) * kLanes];
      repair_period(in, t, period);
      for (std::size_t h = 0; h < 3; ++h) {
        double penalty = 0.0;
        for (std::size_t u = 0; u < in.users; ++u)
          penalty += in.cell(t, u).penalty * plan[at.shortage(t, h, u) * kLanes];
        const double least = cheapest_shortages(in, one, t, h);
        short_plans += least > 0.0;
        CHECK(penalty == Approx(least).epsilon(1e-9).margin(1e-6));
      }
    }
  }
  CHECK(short_plans > 36);
}

TEST_CASE("Repairs are the same bits on every instruction set, lane by lane", "[industrial]") {
  const IndustrialProblem problem(henan(), options_of(PlanEncoding::full, 0.12));
  Scratch scratch;
  Tile expected = random_tile(problem, 6);
  const Tile random = expected;
  problem.repair(expected, scratch);
  for (const auto& target : simd_targets()) {
    use_simd_target(target);
    Tile tile = random;
    problem.repair(tile, scratch);
    CHECK(largest_move(tile, expected) == 0.0);
  }
  use_simd_target("");
  Tile alone = tile_of({lane_of(random, 17)});
  problem.repair(alone, scratch);
  CHECK(lane_of(alone, 0) == lane_of(expected, 17));
}

}  // namespace millrace::test
