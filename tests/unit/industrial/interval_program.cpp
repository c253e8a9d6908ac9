#include <catch2/catch.hpp>
#include <cmath>

#include "problems/industrial/interval_program.hpp"
#include "tests/reference/interval_model.hpp"
#include "tests/unit/industrial/plans.hpp"

namespace millrace::test {
namespace {

struct ReferenceRow {
  std::size_t energy, risk;
  double upper, lower;
};

// Computed independently; the program is a linear one with a unique optimum.
constexpr ReferenceRow kReference[] = {{0, 0, 24316817.67, 19229091.13},
                                       {0, 1, 24749806.56, 19576362.02},
                                       {0, 2, 25380861.78, 20067328.05},
                                       {1, 0, 24327007.04, 19196144.17},
                                       {2, 0, 24327478.75, 19216594.71}};

double total_of(const SubmodelSolution& solution, const PlanLayout& at, std::size_t kind) {
  double total = 0.0;
  for (std::size_t u = 0; u < at.users; ++u) {
    total += solution.plan[at.at(kind, 0, u)];
    if (kind == 0) total -= solution.plan[at.shortage(0, 1, u)];
  }
  return total;
}

}  // namespace

TEST_CASE("The interval program meets the reference values to 1e-6", "[industrial]") {
  for (const ReferenceRow& row : kReference) {
    const IntervalSolution solution = solve_interval_program(henan(), row.energy, row.risk);
    REQUIRE(solution.upper.solved);
    REQUIRE(solution.lower.solved);
    CHECK(solution.coupling == Coupling::every_variable);
    CHECK(solution.upper.benefit == Approx(row.upper).epsilon(1e-9));
    CHECK(solution.lower.benefit == Approx(row.lower).epsilon(1e-9));
  }
}

TEST_CASE("The uncoupled lower bound and the rest of the scenarios", "[industrial]") {
  for (std::size_t energy = 0; energy < 3; ++energy) {
    double before = 0.0;
    for (std::size_t risk = 0; risk < 3; ++risk) {
      const IntervalSolution solution = solve_interval_program(henan(), energy, risk);
      REQUIRE(solution.lower.solved);
      // What is coupled has no more room than what is not, and more allowed surplus brings more.
      CHECK(solution.lower.benefit <= solution.uncoupled.benefit * (1.0 + 1e-9));
      CHECK(solution.lower.benefit <= solution.upper.benefit);
      CHECK(solution.upper.benefit > before);
      before = solution.upper.benefit;
      if (risk == 0) {
        CHECK(solution.uncoupled.benefit >= 19.271e6);
        CHECK(solution.uncoupled.benefit <= 19.274e6 * (1.0 + 1e-5));
      }
    }
  }
}

TEST_CASE("All nine scenarios are those of the model written down another way", "[industrial]") {
  for (std::size_t energy = 0; energy < 3; ++energy)
    for (std::size_t risk = 0; risk < 3; ++risk) {
      INFO(henan().energy_scenarios[energy].name << henan().risk_levels[risk].name);
      const IntervalSolution solution = solve_interval_program(henan(), energy, risk);
      reference::IntervalModel upper(henan(), energy, risk, true);
      CHECK(solution.upper.benefit == Approx(upper.benefit()).epsilon(1e-9));
      const reference::IntervalModel::Plan plan = upper.plan();
      reference::IntervalModel lower(henan(), energy, risk, false);
      lower.follow(plan, false);
      CHECK(solution.uncoupled.benefit == Approx(lower.benefit()).epsilon(1e-9));
      lower.follow(plan, true);
      CHECK(solution.coupling == Coupling::every_variable);
      CHECK(solution.lower.benefit == Approx(lower.benefit()).epsilon(1e-9));
    }
}

TEST_CASE("Totals are within 3 % and benefits within 0.1 % of the published ones", "[industrial]") {
  std::size_t benefits = 0;
  for (const PublishedValue& published : henan().published) {
    if (published.sector || published.energy_scenario.empty() || published.quantity == "available ground") continue;
    const IntervalSolution solution =
        solve_interval_program(henan(), *henan().energy_scenario_index(published.energy_scenario),
                               *henan().risk_level_index(published.risk_level));
    const bool is_benefit = published.quantity == "benefit";
    const PlanLayout at(make_instance(henan(), {}));
    const std::size_t kind = published.quantity == "surface" ? 0 : published.quantity == "ground" ? 1 : 2;
    for (const bool upper : {false, true}) {
      const SubmodelSolution& side = upper ? solution.upper : solution.lower;
      const double ours = is_benefit ? side.benefit * 1e-6 : total_of(side, at, kind);
      const double theirs = upper ? published.value.upper : published.value.lower;
      const bool misprint = is_benefit && published.energy_scenario == "S1" && upper;
      INFO(published.quantity << " " << published.energy_scenario << published.risk_level << " " << ours << " "
                              << theirs);
      CHECK(std::abs(ours / theirs - 1.0) <= (misprint ? 0.0025 : is_benefit ? 0.001 : 0.03));
    }
    benefits += is_benefit;
  }
  CHECK(benefits == 7);
}

TEST_CASE("What has no solution says which rows conflict, in words", "[industrial]") {
  // Groundwater as Table 2 of the source prints it: too little in the later periods.
  IndustrialCase printed = henan();
  printed.regions[0].ground = {{2100, 2200}, {1780, 1840}, {1760, 1820}};
  const IntervalSolution solution = solve_interval_program(printed, 0, 0);
  REQUIRE_FALSE(solution.upper.solved);
  const auto& words = solution.upper.conflict.sentences;
  REQUIRE_FALSE(words.empty());
  const auto says = [&](const char* text) {
    return std::any_of(words.begin(), words.end(), [&](const std::string& w) { return w.find(text) != w.npos; });
  };
  CHECK((says("groundwater of province, 2026-2030") || says("groundwater of province, 2031-2035")));
  CHECK(says("supply of "));
  CHECK(says("at least "));
}

TEST_CASE("A conflict is irreducible", "[industrial]") {
  // x + y <= 1, x >= 2 (row), y <= 5, and a row that matters to nobody.
  LinearProgram program;
  program.add_column(0.0, 10.0);
  program.add_column(0.0, 10.0);
  program.rows.put(0, 1.0);
  program.rows.put(1, 1.0);
  program.close_row(-INFINITY, 1.0);
  program.rows.put(0, 1.0);
  program.close_row(2.0, INFINITY);
  program.rows.put(1, 1.0);
  program.close_row(-INFINITY, 5.0);
  const std::vector<LinearForm::Row> names = {{"both", 0, 0}, {"first", 0, 0}, {"second", 0, 0}};
  const Conflict conflict = find_conflict(program, names);
  CHECK(conflict.sentences == std::vector<std::string>{"both: at most 1", "first: at least 2"});
  program.row_lower[1] = 0.5;
  CHECK(find_conflict(program, names).rows.empty());
}

}  // namespace millrace::test
