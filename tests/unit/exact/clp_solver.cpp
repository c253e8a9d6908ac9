#include "engine/exact/clp_solver.hpp"

#include <catch2/catch.hpp>

#include <cmath>

#include "tests/reference/linear_program.hpp"
#include "tests/unit/exact/small_forms.hpp"

namespace millrace {
namespace {

LinearProgram random_program(std::uint64_t seed) {
  LinearProgram program = LinearProgram::from(random_form(4, 3, 1, seed));
  RowDraws draws({seed, 1, Stage::problem}, 0);
  for (double& cost : program.cost) cost = draws.next_double() - 0.5;
  return program;
}

}  // namespace

TEST_CASE("random programs have the optimum of the best vertex, from cold and from warm") {
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    LinearProgram program = random_program(seed);
    ClpSolver solver(program);
    REQUIRE(solver.solve_primal() == LpStatus::optimal);
    CHECK(solver.objective() == Approx(reference::least_over_vertices(program)).margin(1e-9));
    for (std::size_t j = 0; j < 4; ++j) {
      program.cost[j] = -program.cost[j];
      solver.set_cost(j, program.cost[j]);
    }
    REQUIRE(solver.solve_primal() == LpStatus::optimal);
    CHECK(solver.objective() == Approx(reference::least_over_vertices(program)).margin(1e-9));
    program.row_upper[0] -= 0.25;
    solver.set_row_bounds(0, program.row_lower[0], program.row_upper[0]);
    program.upper[1] = 0.625;
    solver.set_bounds(1, 0.0, 0.625);
    REQUIRE(solver.solve_dual() == LpStatus::optimal);
    CHECK(solver.objective() == Approx(reference::least_over_vertices(program)).margin(1e-9));
  }
}

TEST_CASE("a changed coefficient is the same as a new program") {
  LinearProgram program;
  program.add_column(0.0, 10.0);
  program.add_column(0.0, 10.0);
  program.cost = {1.0, 1.0};
  program.rows.put(0, 1.0);
  program.rows.put(1, 2.0);
  program.close_row(4.0, kNoBound);
  ClpSolver solver(program);
  REQUIRE(solver.solve_dual() == LpStatus::optimal);
  CHECK(solver.objective() == Approx(2.0));
  CHECK(solver.row_duals()[0] == Approx(0.5));
  solver.set_coefficient(0, 1, 0.0);
  REQUIRE(solver.solve_dual() == LpStatus::optimal);
  CHECK(solver.objective() == Approx(4.0));
  solver.set_coefficient(0, 1, 8.0);
  REQUIRE(solver.solve_dual() == LpStatus::optimal);
  CHECK(solver.objective() == Approx(0.5));
}

TEST_CASE("what has no optimum is said in words") {
  LinearProgram program;
  program.add_column(0.0, kNoBound);
  program.cost = {-1.0};
  program.rows.put(0, 1.0);
  program.close_row(2.0, kNoBound);
  ClpSolver solver(program);
  CHECK(name_of(solver.solve_primal()) == "unbounded");
  solver.set_bounds(0, 0.0, 1.0);
  CHECK(name_of(solver.solve_primal()) == "infeasible");
  solver.set_bounds(0, 0.0, 3.0);
  CHECK(name_of(solver.solve_primal()) == "optimal");
  CHECK(solver.columns()[0] == 3.0);
}

TEST_CASE("a kept basis is returned to") {
  const LinearProgram program = random_program(7);
  ClpSolver solver(program);
  REQUIRE(solver.solve_primal() == LpStatus::optimal);
  const double first = solver.objective();
  solver.keep_basis();
  for (std::size_t j = 0; j < 4; ++j) solver.set_cost(j, -program.cost[j]);
  REQUIRE(solver.solve_primal() == LpStatus::optimal);
  for (std::size_t j = 0; j < 4; ++j) solver.set_cost(j, program.cost[j]);
  solver.return_to_kept_basis();
  const std::size_t before = solver.iterations();
  REQUIRE(solver.solve_primal() == LpStatus::optimal);
  CHECK(solver.objective() == Approx(first));
  CHECK(solver.iterations() == before);
}

}  // namespace millrace
