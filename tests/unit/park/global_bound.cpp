#include "problems/park/global_bound.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <vector>

#include "engine/random/philox.hpp"
#include "problems/park/global_bound_network.hpp"
#include "problems/park/global_bound_node.hpp"
#include "problems/park/load_case.hpp"

using namespace millrace;

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

ParkSystem system_of(const char* name) { return make_park_system(load_park_case(name), {}); }

double reference_of(const ParkSystem& system) { return system.park.reference->objective; }

/// A random program with two flows, one or two levels, their products, and rows that couple them; sometimes a power and
/// a switch.
BilinearProgram random_program(std::uint64_t seed) {
  RowDraws draws({seed, 0, Stage::problem}, 0);
  BilinearProgram program;
  LinearProgram& linear = program.linear;
  const auto column = [&](double upper) { return static_cast<std::uint32_t>(linear.add_column(0.0, upper)); };
  const std::uint32_t flows[2] = {column(10.0 + 200.0 * draws.next_double()), column(50.0)};
  const std::size_t levels = 1 + seed % 2;
  for (std::size_t y = 0; y < levels; ++y) {
    const std::uint32_t level = column(1000.0 * (0.1 + draws.next_double()));
    for (const std::uint32_t flow : flows)
      program.products.push_back({column(linear.upper[flow] * linear.upper[level]), flow, level});
  }
  for (double& cost : linear.cost) cost = 2.0 * draws.next_double() - 0.7;
  for (const auto& product : program.products) {
    linear.cost[product.value] /= linear.upper[product.level];
    linear.cost[product.level] *= 0.02;
  }
  for (int row = 0; row < 2; ++row) {
    double size = 0.0;
    for (std::uint32_t j = 0; j < program.columns(); ++j) {
      const double a = (2.0 * draws.next_double() - 0.8) / linear.upper[j];
      linear.rows.put(j, a);
      size += std::abs(a) * linear.upper[j];
    }
    linear.close_row(-kInfinity, 0.15 * size * draws.next_double());
  }
  if (seed % 3 == 0) {
    const std::uint32_t value = column(std::pow(linear.upper[flows[0]], 0.7));
    linear.cost[value] = 3.0;
    program.powers.push_back({value, flows[0], 0.7});
  }
  if (seed % 4 == 0) {
    const std::uint32_t on = column(1.0);
    program.switches.push_back(on);
    linear.cost[on] = 5.0;
    linear.rows.put(flows[1], 1.0);
    linear.rows.put(on, -40.0);
    linear.close_row(-kInfinity, 0.0);
  }
  return program;
}

/// The least cost over a grid of levels and all switches, everything else by a linear program each.
double best_on_grid(const BilinearProgram& program) {
  const ScaledProgram scaled(program);
  const ColumnBox box = ColumnBox::of(scaled.program);
  std::vector<double> point(program.columns(), 0.3);
  double best = kInfinity;
  std::size_t programs = 0;
  const std::uint32_t first = program.products.front().level;
  const std::uint32_t last = program.products.back().level;
  const int points = 40;
  for (int i = 0; i <= points; ++i)
    for (int j = 0; j <= (first == last ? 0 : points); ++j)
      for (int on = 0; on <= static_cast<int>(program.switches.size()); ++on) {
        point[first] = static_cast<double>(i) / points;
        if (first != last) point[last] = static_cast<double>(j) / points;
        for (const std::uint32_t s : program.switches) point[s] = on;
        const auto found = solve_at_levels(scaled.program, box, point, programs);
        if (found) best = std::min(best, scaled.original_cost(found->cost));
      }
  return best;
}

}  // namespace

TEST_CASE("bounds lie below everything that a grid of levels can find, and solutions are as good") {
  Workers workers(1);
  int solved = 0;
  for (std::uint64_t seed = 1; seed <= 24; ++seed) {
    const BilinearProgram program = random_program(seed);
    const GlobalBound bound = bound_globally(program, {.gap = 1e-4, .most_nodes = 3000, .starts = 4}, workers);
    const double grid = best_on_grid(program);
    INFO("seed " << seed << " lower " << bound.lower << " upper " << bound.upper << " grid " << grid);
    REQUIRE(bound.lower <= grid + 1e-7 * (1.0 + std::abs(grid)));
    CHECK(bound.closed);
    if (bound.values.empty()) {
      CHECK(grid == kInfinity);
      continue;
    }
    ++solved;
    CHECK(bound.upper <= grid + 2e-4 * std::abs(grid) + 1e-6);
    double largest = 0.0;
    for (std::size_t j = 0; j < program.columns(); ++j)
      largest = std::max(largest, std::abs(program.linear.cost[j] * ScaledProgram(program).unit[j]));
    CHECK(bound.upper - bound.lower <= 1.001e-4 * std::max(std::abs(bound.upper), 1e-4 * largest));
    for (const auto& [w, x, y] : program.products)
      CHECK(bound.values[w] == Approx(bound.values[x] * bound.values[y]).margin(1e-6 * program.linear.upper[w]));
  }
  CHECK(solved >= 15);
}

TEST_CASE("no multipliers, however wrong, make the Lagrangian bound exceed the optimum") {
  const ScaledProgram scaled(random_program(5));
  const LinearProgram relaxation = relaxation_over(scaled.program, ColumnBox::of(scaled.program));
  ClpSolver solver(relaxation);
  REQUIRE(solver.solve_primal() == LpStatus::optimal);
  std::vector<double> reduced;
  const std::vector<double> duals(solver.row_duals().begin(), solver.row_duals().end());
  CHECK(lagrangian_bound(relaxation, duals, reduced) == Approx(solver.objective()).margin(1e-8));
  RowDraws draws({9, 0, Stage::problem}, 0);
  for (int trial = 0; trial < 200; ++trial) {
    std::vector<double> wrong = duals;
    for (double& y : wrong) y += 4.0 * draws.next_double() - 2.0;
    CHECK(lagrangian_bound(relaxation, wrong, reduced) <= solver.objective() + 1e-9);
  }
}

TEST_CASE("tightening keeps every solution") {
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    const ScaledProgram scaled(random_program(seed));
    const ColumnBox whole = ColumnBox::of(scaled.program);
    std::vector<BilinearSolution> solutions;
    RowDraws draws({seed, 3, Stage::problem}, 0);
    std::size_t programs = 0;
    for (int trial = 0; trial < 20; ++trial) {
      std::vector<double> point;
      for (std::size_t j = 0; j < scaled.program.columns(); ++j) point.push_back(draws.next_double());
      if (auto found = solve_at_levels(scaled.program, whole, point, programs)) solutions.push_back(std::move(*found));
    }
    for (const BilinearSolution& reached : solutions) {
      ColumnBox box = whole;
      REQUIRE(tighten_box(scaled.program, reached.cost + 1e-7, box));
      for (const BilinearSolution& other : solutions)
        for (std::size_t j = 0; other.cost <= reached.cost && j < box.lower.size(); ++j) {
          CHECK(other.values[j] >= box.lower[j] - 1e-7);
          CHECK(other.values[j] <= box.upper[j] + 1e-7);
        }
    }
  }
}

TEST_CASE("published networks are certified to 1e-4") {
  Workers workers(2);
  for (const char* name : {"wastewater02m1", "ws94_4p", "refinery3p", "waterund01", "kg06_ex1", "waterund08",
                           "wastewater15m1", "rg09_wtn", "wastewater05m1"}) {
    const ParkSystem system = system_of(name);
    const NetworkBound result = bound_network(system, 0, {.gap = 1e-4, .most_nodes = 2000}, workers);
    const double optimum = reference_of(system);
    INFO(name << " lower " << result.bound.lower << " upper " << result.bound.upper);
    CHECK(result.bound.closed);
    CHECK(result.bound.gap() <= 1.001e-4);
    // Values recalled from papers have four digits.
    CHECK(result.bound.upper == Approx(optimum).epsilon(1e-4));
    CHECK(result.bound.lower <= optimum * (1.0 + 1e-9));
    CHECK(result.arc_flows.size() == system.network.arcs.size());
  }
}

TEST_CASE(
    "a cut-off above the optimum and nothing to begin with: the optimum is found again or stays above the bound") {
  Workers workers(2);
  for (const char* name : {"wastewater02m1", "ws94_4p", "refinery3p", "waterund01", "wastewater15m1", "rg09_wtn",
                           "wastewater05m1", "kg06_ex1"}) {
    const ParkSystem system = system_of(name);
    const double optimum = reference_of(system);
    GlobalBoundOptions options{.gap = 1e-4, .most_nodes = 400};
    options.cutoff = 1.03 * optimum;
    const NetworkBound result = bound_network(system, 0, options, workers);
    INFO(name << " lower " << result.bound.lower << " upper " << result.bound.upper);
    CHECK(result.bound.lower <= optimum * (1.0 + 1e-6));
    if (result.bound.closed) CHECK(result.bound.upper == Approx(optimum).epsilon(2e-4));
  }
}

TEST_CASE("a network of five processes and three treatments has a bound, below the best network known") {
  Workers workers(2);
  const NetworkBound result = bound_network(system_of("kg06_ex5"), 0, {.gap = 1e-4, .most_nodes = 12}, workers);
  INFO("lower " << result.bound.lower << " upper " << result.bound.upper);
  // tests/unit/park/golden.cpp balances the best one by itself.
  CHECK(result.bound.lower <= 1031888.2);
  CHECK(result.bound.lower >= 0.98 * 1031888.2);
  CHECK(result.bound.upper >= 1031888.1);
  CHECK(result.bound.upper <= 1.01 * 1031888.2);
}

TEST_CASE("a cut-off below the optimum is proved to be out of reach") {
  Workers workers(1);
  const ParkSystem system = system_of("ws94_4p");
  GlobalBoundOptions options{.gap = 1e-4, .most_nodes = 2000};
  options.cutoff = 0.97 * reference_of(system);
  const NetworkBound result = bound_network(system, 0, options, workers);
  CHECK(result.bound.closed);
  CHECK(result.bound.values.empty());
  CHECK(result.bound.lower >= 0.9699 * reference_of(system));
}

TEST_CASE("the same bits for any number of threads") {
  const ParkSystem system = system_of("wastewater15m1");
  Workers one(1);
  const GlobalBoundOptions options{.gap = 1e-3, .most_nodes = 12, .starts = 3};
  const NetworkBound first = bound_network(system, 0, options, one);
  for (const std::size_t threads : {2u, 7u}) {
    Workers workers(threads);
    const NetworkBound again = bound_network(system, 0, options, workers);
    CHECK(again.bound.lower == first.bound.lower);
    CHECK(again.bound.upper == first.bound.upper);
    CHECK(again.bound.values == first.bound.values);
    CHECK(again.bound.programs == first.bound.programs);
  }
}

TEST_CASE("what cannot be bounded is said in one sentence") {
  using Catch::Matchers::Contains;
  ParkCase park = load_park_case("park_steel");
  ParkOptions hybrid;
  hybrid.hybrid = true;
  CHECK_THROWS_WITH(network_program(make_park_system(park, hybrid), 0), Contains("not hybrid units"));
  ParkOptions charged;
  charged.piping.charge = 10.0;
  CHECK_THROWS_WITH(network_program(make_park_system(park, charged), 0), Contains("does not take piping charges"));
  ParkCase open = load_park_case("waterund01");
  open.processes[0].cout_max.assign(2, kInfinity);
  CHECK_THROWS_WITH(network_program(make_park_system(open, {}), 0), Contains("nothing limits C1 in what leaves 'P1'"));
  BilinearProgram endless;
  endless.linear.add_column(0.0, kInfinity);
  CHECK(endless.error() == "column 0 needs finite bounds that are not negative, not 0 to inf");
  CHECK(GlobalBoundOptions{.gap = 0.0}.error() == "the gap 0 must lie between 0 and 1");
}
