#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "engine/exact/clp_solver.hpp"
#include "engine/exact/payoff.hpp"
#include "problems/industrial/supply_merits.hpp"
#include "tests/unit/industrial/plans.hpp"

namespace millrace::test {
namespace {

IndustrialOptions options_of(PlanEncoding encoding) {
  return {.objectives = objective_set("supply"), .encoding = encoding, .stress = 0.12};
}

/// What a m3 more for a user is worth by these weights of benefit, energy and shortage, before and after its requirement
/// is met; `sizes` are the largest of each.
double worth(const IndustrialInstance& in, std::size_t t, std::size_t u, bool met, const double* weights,
             const double* sizes) {
  const IndustrialCell& c = in.cell(t, u);
  return weights[0] * c.value_surface / sizes[0] - weights[1] * in.energy[t].wastewater * c.discharge / sizes[1] +
         (met ? 0.0 : weights[2] / sizes[2]);
}

}  // namespace

TEST_CASE("Supplies by merit are worth most, by linear programming", "[industrial]") {
  const IndustrialProblem problem(henan(), options_of(PlanEncoding::merits));
  const IndustrialInstance& in = problem.instance();
  const SupplyMerits merits(in, objective_set("supply"));
  REQUIRE(merits.variables() == 6);
  double sizes[3] = {0.0, 0.0, 1.0};
  for (std::size_t t = 0; t < 3; ++t)
    for (std::size_t u = 0; u < in.users; ++u) {
      sizes[0] = std::max(sizes[0], std::abs(in.cell(t, u).value_surface));
      sizes[1] = std::max(sizes[1], in.energy[t].wastewater * in.cell(t, u).discharge);
    }
  std::vector<std::vector<double>> decisions;
  for (std::uint32_t row = 0; row < 8; ++row) decisions.push_back(random_decision(problem.spec().bounds, 2, row));
  const Tile tile = tile_of(decisions);
  std::vector<double> supply(in.users * kLanes);
  for (std::size_t t = 0; t < 3; ++t) {
    merits.fill(in, tile, 0, t, 0, supply.data());
    for (std::size_t lane = 0; lane < decisions.size(); ++lane) {
      double weights[3];
      for (std::size_t k = 0; k < 3; ++k) weights[k] = std::pow(decisions[lane][k], 8);
      LinearProgram program;
      double room = 0.0, ours = 0.0;
      for (std::size_t u = 0; u < in.users; ++u) {
        const IndustrialCell& c = in.cell(t, u);
        const double met = std::clamp(c.fresh, c.floor, c.ceiling);
        const double given = supply[u * kLanes + lane];
        CHECK(given >= c.floor);
        CHECK(given <= c.ceiling * (1.0 + 1e-12));
        room += c.ceiling - c.floor;
        for (const bool second : {false, true}) {
          const double value = worth(in, t, u, second, weights, sizes);
          const std::size_t column = program.add_column(0.0, second ? c.ceiling - met : met - c.floor);
          program.cost[column] = -value;
          program.rows.put(column, 1.0);
          ours += value * (second ? std::max(0.0, given - met) : std::min(given, met) - c.floor);
        }
      }
      program.close_row(-INFINITY, room * decisions[lane][3 + t]);
      program.row_lower[0] = program.row_upper[0];
      ClpSolver solver(program);
      REQUIRE(solver.solve_dual() == LpStatus::optimal);
      CHECK(ours == Approx(-solver.objective()).epsilon(1e-9).margin(1e-12));
    }
  }
}

TEST_CASE("Exact solutions have decisions in every encoding", "[industrial]") {
  const PayoffTable payoff = payoff_table(*IndustrialProblem(henan(), options_of(PlanEncoding::full)).linear_form());
  const std::vector<double> range = payoff.range();
  for (const PlanEncoding encoding :
       {PlanEncoding::full, PlanEncoding::first_stage, PlanEncoding::places, PlanEncoding::merits}) {
    INFO(name_of(encoding));
    const IndustrialProblem problem(henan(), options_of(encoding));
    const DecisionRows decisions = problem.decisions_of(payoff.decisions);
    std::vector<std::vector<double>> rows;
    for (std::size_t k = 0; k < 3; ++k) rows.emplace_back(decisions.row(k).begin(), decisions.row(k).end());
    const auto values = evaluate(problem, tile_of(rows));
    for (std::size_t k = 0; k < 3; ++k) {
      CHECK(values[k].breach <= 1e-9);
      // The objective that it is the best of; the whole plan only where it is the decision.
      const double lost = (values[k].objectives[k] - payoff.ideal[k]) / range[k];
      CHECK(lost >= -1e-9);
      CHECK(lost <= (encoding == PlanEncoding::full ? 1e-9 : 1e-3));
    }
  }
}

TEST_CASE("Plans of decisions are what was evaluated", "[industrial]") {
  const IndustrialProblem full(henan(), options_of(PlanEncoding::full));
  for (const PlanEncoding encoding : {PlanEncoding::first_stage, PlanEncoding::places, PlanEncoding::merits}) {
    const IndustrialProblem problem(henan(), options_of(encoding));
    DecisionRows decisions(70, problem.spec().bounds.variables());
    for (std::uint32_t row = 0; row < 70; ++row)
      std::ranges::copy(random_decision(problem.spec().bounds, 9, row), decisions.row(row).begin());
    const DecisionRows plans = problem.plans_of(decisions);
    for (const std::size_t i : {std::size_t{0}, std::size_t{63}, std::size_t{69}}) {
      const auto encoded = evaluate(problem, tile_of({{decisions.row(i).begin(), decisions.row(i).end()}}));
      const auto whole = evaluate(full, tile_of({{plans.row(i).begin(), plans.row(i).end()}}));
      CHECK(whole[0].objectives == encoded[0].objectives);
      CHECK(whole[0].breach == encoded[0].breach);
    }
  }
}

}  // namespace millrace::test
