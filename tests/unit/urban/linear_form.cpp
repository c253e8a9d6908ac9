#include "problems/urban/linear_form.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <cmath>

#include "problems/urban/urban.hpp"
#include "tests/unit/urban/lanes.hpp"
#include "tests/unit/urban/small_case.hpp"

namespace millrace {
namespace {

/// Values of all columns: the decisions, and every further column at the least value that its row allows.
std::vector<double> with_least_hinges(const LinearForm& form, const std::vector<double>& x) {
  std::vector<double> values(form.columns.size(), 0.0);
  for (std::size_t j = 0; j < x.size(); ++j) values[form.decisions[j]] = x[j];
  for (std::size_t i = 0; i < form.rows.size(); ++i) {
    const auto columns = form.row_terms.columns(i);
    if (columns.empty() || columns.back() < x.size()) continue;
    values[columns.back()] = std::max(0.0, form.rows[i].lower - form.row_terms.dot(i, values));
  }
  return values;
}

/// The largest amount by which a row or the bound of a column is broken.
double broken(const LinearForm& form, const std::vector<double>& values) {
  double most = 0.0;
  for (std::size_t c = 0; c < values.size(); ++c)
    most = std::max({most, form.columns[c].lower - values[c], values[c] - form.columns[c].upper});
  for (std::size_t i = 0; i < form.rows.size(); ++i) {
    const double sum = form.row_terms.dot(i, values);
    most = std::max({most, form.rows[i].lower - sum, sum - form.rows[i].upper});
  }
  return most;
}

void check_against_evaluate(const UrbanCase& urban, const std::string& scenario) {
  const UrbanProblem problem(urban, {.scenario = scenario});
  const auto form = problem.linear_form();
  REQUIRE(form);
  REQUIRE(form->error().empty());
  const std::size_t m = problem.spec().objectives.size();
  REQUIRE(form->objectives() == m);
  REQUIRE(form->decisions.size() == problem.spec().bounds.variables());
  Scratch scratch;
  Outcome outcome(m, problem.spec().constraints.size());
  std::array<double, kLanes> violation;
  for (std::uint32_t number = 0; number < 8; ++number) {
    Tile tile = random_tile(problem.network(), number, 0.2);
    // The first tiles are most often infeasible, and the form has to say so too.
    if (number >= 2) problem.repair(tile, scratch);
    problem.evaluate(tile, outcome, scratch);
    total_violation(problem.spec().constraints, outcome, violation);
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      const std::vector<double> values = with_least_hinges(*form, lane_of(tile, lane));
      if (number >= 2) REQUIRE(violation[lane] == 0.0);
      REQUIRE((violation[lane] == 0.0) == (broken(*form, values) < 1e-6));
      if (violation[lane] > 0.0) continue;
      for (std::size_t k = 0; k < m; ++k) {
        const double expected = outcome.objective(k)[lane];
        REQUIRE(std::abs(form->objective(k, values) - expected) <= 1e-9 * std::max(1.0, std::abs(expected)));
      }
    }
  }
}

}  // namespace

TEST_CASE("the linear form agrees with evaluate on Pingliang, a small case and a generated city") {
  const UrbanCase pingliang = load_urban_case("pingliang");
  for (const std::string& year : pingliang.scenarios) check_against_evaluate(pingliang, year);
  UrbanCase small = parse_urban_case(kSmallCase, "small.toml");
  for (const std::string& scenario : small.scenarios) check_against_evaluate(small, scenario);
  small.shortage_rule = ShortageRule::difference;
  check_against_evaluate(small, "wet");
  check_against_evaluate(generate_city({.sources = 9, .users = 14, .periods = 1, .seed = 2}), "2025");
  check_against_evaluate(generate_city({.sources = 1, .users = 1, .periods = 1, .links_per_user = 1}), "2025");
}

TEST_CASE("columns and rows of Pingliang carry the names of the case") {
  const UrbanCase urban = load_urban_case("pingliang");
  const auto form = make_urban_problem(urban, {.scenario = "2030", .repair = false}).linear_form();
  REQUIRE(form);
  REQUIRE(form->columns.size() == 15);
  REQUIRE(form->rows.size() == 12);
  CHECK(form->columns[0].name == "surface_to_domestic");
  CHECK(form->columns[11].name == "domestic shortage");
  // The demand less the 90 % that are supplied in any case.
  CHECK(form->columns[11].upper == Approx(0.1 * 1502.41));
  CHECK(form->rows[2].name == "recycled");
  CHECK(form->rows[2].lower == Approx(0.5 * 1727.71));
  CHECK(form->rows[8].name == "domestic shortage");
  CHECK(form->rows[8].lower == 1502.41);
}

TEST_CASE("a hinge with a negative weight is no linear program") {
  const UrbanCase urban = parse_urban_case(kSmallCase, "small.toml");
  const AllocationNetwork network(urban, 0);
  const std::vector<std::string> links(network.links(), "link");
  const std::vector<std::string> nodes(network.nodes(), "node");
  ObjectiveForm objective;
  objective.hinges.push_back({3, 40.0, 0.5});
  CHECK(make_linear_form(network, {&objective, 1}, links, nodes));
  objective.hinges.push_back({2, 50.0, -0.1});
  CHECK_FALSE(make_linear_form(network, {&objective, 1}, links, nodes));
}

TEST_CASE("objectives with the same hinge share its column") {
  const UrbanCase urban = parse_urban_case(kSmallCase, "small.toml");
  const AllocationNetwork network(urban, 0);
  const std::vector<std::string> links(network.links(), "link");
  const std::vector<std::string> nodes(network.nodes(), "node");
  std::vector<ObjectiveForm> objectives(2);
  objectives[0].hinges = {{3, 40.0, 0.5}, {3, 40.0, 0.25}};
  objectives[1].hinges = {{3, 40.0, 0.1}, {3, 30.0, 0.1}};
  const auto form = make_linear_form(network, objectives, links, nodes);
  REQUIRE(form);
  CHECK(form->columns.size() == network.links() + 2);
  CHECK(form->objective_terms.coefficients(0)[0] == 0.75);
}

}  // namespace millrace
