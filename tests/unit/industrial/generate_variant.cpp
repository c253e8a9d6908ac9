#include <array>
#include <catch2/catch.hpp>
#include <cmath>

#include "engine/exact/clp_solver.hpp"
#include "problems/industrial/generate_variant.hpp"
#include "tests/unit/industrial/plans.hpp"

namespace millrace::test {
namespace {

struct Checksums {
  std::size_t regions;
  double requirement, benefit, caps, discharge, benefit_of_one, reuse_of_one;
};

// Computed independently.
constexpr Checksums kChecksums[] = {{1, 37217.6617, 1240691.3, 5.83306679, 19.1276759, 312.767606, 0.110981595},
                                    {6, 36532.0124, 1248902.49, 34.8123122, 112.760854, 12.2332613, 0.590928475}};

double largest_benefit(const IndustrialCase& industrial, double stress) {
  const IndustrialOptions options{
      .objectives = objective_set("benefit"), .encoding = PlanEncoding::full, .stress = stress};
  const LinearForm form = *IndustrialProblem(industrial, options).linear_form();
  LinearProgram program = LinearProgram::from(form);
  form.objective_terms.add_multiple(0, 1.0, program.cost);
  ClpSolver solver(program);
  REQUIRE(solver.solve_dual() == LpStatus::optimal);
  return -solver.objective() * 1e-6;
}

}  // namespace

TEST_CASE("Draws of variants are the published ones", "[industrial]") {
  const std::uint64_t seed = 20220139;
  CHECK(variant_draw(seed, 3, 0, 0, 0) == 0.9627500262850796);
  CHECK(variant_draw(seed, 3, 17, 39, 0) == 0.5329481443391241);
  CHECK(variant_draw(seed, 5, 4, 7, 2) == 0.3074018832910034);
  CHECK(variant_draw(seed, 8, 100, 0, 0) == 0.42898415121706124);
}

TEST_CASE("Variants meet the checksums to 1e-8", "[industrial]") {
  for (const Checksums& row : kChecksums) {
    const IndustrialCase c = generate_variant(henan(), {.regions = row.regions, .parts = 1});
    REQUIRE(c.sectors.size() == 40 * row.regions);
    double requirement = 0.0, benefit = 0.0, caps = 0.0, discharge = 0.0;
    for (const IndustrialSector& s : c.sectors) {
      requirement += s.requirement.lower;
      benefit += s.requirement.lower * s.benefit.lower;
      caps += s.cap_lower_model;
      discharge += s.discharge.lower;
    }
    CHECK(requirement == Approx(row.requirement).epsilon(1e-8));
    CHECK(benefit == Approx(row.benefit).epsilon(1e-8));
    CHECK(caps == Approx(row.caps).epsilon(1e-8));
    CHECK(discharge == Approx(row.discharge).epsilon(1e-8));
    CHECK(c.sectors[c.sectors.size() / 2].benefit.lower == Approx(row.benefit_of_one).epsilon(1e-8));
    CHECK(c.sectors[c.sectors.size() / 3].reuse_rate == Approx(row.reuse_of_one).epsilon(1e-8));
  }
  // Of eighteen regions, what does not depend on their weights.
  const IndustrialCase c = generate_variant(henan(), {.regions = 18, .parts = 1});
  double discharge = 0.0;
  for (const IndustrialSector& s : c.sectors) discharge += s.discharge.lower;
  CHECK(discharge == Approx(338.134105).epsilon(1e-8));
  CHECK(c.sectors[240].reuse_rate == Approx(0.587370717).epsilon(1e-8));
}

TEST_CASE("The largest benefits of variants are the reference values to 1e-6", "[industrial]") {
  CHECK(largest_benefit(henan(), 0.0) == Approx(22.720261).epsilon(1e-6));
  CHECK(largest_benefit(generate_variant(henan(), {.regions = 1, .parts = 1}), 0.0) == Approx(22.632413).epsilon(1e-6));
  CHECK(largest_benefit(generate_variant(henan(), {.regions = 1, .parts = 1}), 0.12) ==
        Approx(22.326745).epsilon(1e-6));
  const IndustrialCase six = generate_variant(henan(), {.regions = 6, .parts = 1});
  CHECK(largest_benefit(six, 0.0) == Approx(22.789664).epsilon(1e-6));
  CHECK(largest_benefit(six, 0.12) == Approx(22.499338).epsilon(1e-6));
}

TEST_CASE("Programs of variants have the published sizes", "[industrial]") {
  const auto size_of = [](std::size_t regions, std::size_t parts) {
    const IndustrialCase c = generate_variant(henan(), {.regions = regions, .parts = parts});
    const IndustrialOptions options{.objectives = objective_set("benefit"), .encoding = PlanEncoding::full};
    const LinearForm form = *IndustrialProblem(c, options).linear_form();
    return std::array{form.columns.size(), form.rows.size(), form.row_terms.terms()};
  };
  CHECK(size_of(1, 1) == std::array<std::size_t, 3>{720, 735, 3120});
  CHECK(size_of(6, 1) == std::array<std::size_t, 3>{4320, 4395, 18720});
  CHECK(size_of(18, 1) == std::array<std::size_t, 3>{12960, 13179, 56160});
  CHECK(size_of(18, 4) == std::array<std::size_t, 3>{51840, 52059, 224640});
}

TEST_CASE("A variant of 103,680 variables has as many", "[industrial]") {
  const IndustrialCase c = generate_variant(henan(), {.regions = 18, .parts = 8});
  const IndustrialOptions options{.objectives = objective_set("supply"), .encoding = PlanEncoding::full};
  CHECK(IndustrialProblem(c, options).spec().bounds.variables() == 103680);
}

TEST_CASE("Variants that cannot be are refused", "[industrial]") {
  CHECK_THROWS_AS(generate_variant(henan(), {.regions = 0}), std::invalid_argument);
  CHECK_THROWS_AS(generate_variant(generate_variant(henan(), {.regions = 2, .parts = 1}), {}), std::invalid_argument);
}

}  // namespace millrace::test
