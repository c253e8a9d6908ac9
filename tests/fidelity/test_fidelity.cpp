#include <catch2/catch.hpp>

#include <cmath>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cli/fidelity/fidelity_page.hpp"
#include "cli/fidelity/fidelity_run.hpp"

namespace millrace::cli {
namespace {

const auto kSilent = [](const FidelityResult&) {};

/// Results without running anything: every row with the values 3, 1, 2 and 4.
std::vector<FidelityResult> made_up_results() {
  std::vector<FidelityResult> results;
  for (const FidelitySection& section : fidelity_sections())
    for (const FidelityRow& row : section.rows)
      results.push_back({&section, &row, {{3.0, 1.0}, {1.0, 1.0}, {2.0, 0.5}, {4.0, 0.5}}});
  return results;
}

const FidelitySection& section_measuring(Measurement measurement) {
  for (const FidelitySection& section : fidelity_sections())
    if (section.measurement == measurement) return section;
  FAIL("no section measures that");
  return fidelity_sections().front();
}

std::vector<double> values_of(const FidelityResult& result) {
  std::vector<double> values;
  for (const FidelityValue& run : result.runs) values.push_back(run.value);
  return values;
}

}  // namespace

TEST_CASE("NSGA-III reaches the published medians with three and five objectives", "[fidelity]") {
  const auto results = measure_fidelity(
      {.seeds = 11, .threads = 0, .problems = {"dtlz1", "dtlz2", "dtlz3"}, .most_objectives = 5}, kSilent);
  std::size_t held = 0;
  for (const FidelityResult& result : results) {
    if (!result.passes() || result.row->population > 300 || result.section->algorithm != "nsga3") continue;
    INFO(result.row->problem << " with " << result.row->objectives << " objectives: " << result.spread().median);
    CHECK(*result.passes());
    ++held;
  }
  CHECK(held == 8);  // DTLZ1, 2 and 3 on the reference lines, DTLZ2 against the sphere
}

TEST_CASE("MOEA/D and MOEA/DD reach the published medians with three and five objectives", "[fidelity]") {
  const auto results = measure_fidelity(
      {.seeds = 11, .threads = 0, .problems = {"dtlz1", "dtlz2", "dtlz4"}, .most_objectives = 5}, kSilent);
  std::size_t held = 0;
  for (const FidelityResult& result : results) {
    const auto algorithm = algorithm_of(*result.section, *result.row);
    if (!result.passes() || (algorithm != "moead" && algorithm != "moea-dd")) continue;
    INFO(algorithm << " on " << result.row->problem << " with " << result.row->objectives
                   << " objectives: " << result.spread().median);
    CHECK(*result.passes());
    ++held;
  }
  CHECK(held == 8);  // MOEA/D on DTLZ1 and 2, MOEA/DD on DTLZ1 and 4
}

TEST_CASE("The values of a row do not depend on the number of threads", "[fidelity]") {
  FidelityRequest request{.seeds = 3, .threads = 1, .problems = {"c2-dtlz2"}, .most_objectives = 3};
  const auto alone = measure_fidelity(request, kSilent);
  request.threads = 3;
  const auto together = measure_fidelity(request, kSilent);
  REQUIRE(alone.size() == 2);  // without an excursion and with one
  REQUIRE(together.size() == 2);
  for (std::size_t r = 0; r < 2; ++r) CHECK(values_of(alone[r]) == values_of(together[r]));
  CHECK(values_of(alone[0]) != values_of(alone[1]));
  CHECK(alone[0].runs[0].value != alone[0].runs[1].value);
}

TEST_CASE("Constrained, water and ZDT rows give sound values", "[fidelity]") {
  const auto results = measure_fidelity({.seeds = 1,
                                         .threads = 0,
                                         .problems = {"c1-dtlz1", "c2-dtlz2", "water", "zdt1", "zdt3", "zdt6"},
                                         .most_objectives = 5},
                                        kSilent);
  REQUIRE(results.size() == 12);
  for (const FidelityResult& result : results) {
    const double value = result.spread().median;
    INFO(result.row->problem << " " << result.row->objectives << ": " << value);
    CHECK(result.mean_feasible() == 1.0);
    if (result.section->measurement == Measurement::hypervolume_of_box) {
      CHECK(value > 0.6);
      CHECK(value < 0.7);
    } else {
      CHECK(value > 0.0);
      CHECK(value < 0.05);
    }
  }
}

TEST_CASE("A spread is best, median and worst in the sense of its measurement", "[fidelity]") {
  FidelityResult result = made_up_results().front();
  CHECK(result.spread().best == 1.0);
  CHECK(result.spread().median == 2.5);
  CHECK(result.spread().worst == 4.0);
  CHECK(result.mean_feasible() == 0.75);
  result.runs.pop_back();
  CHECK(result.spread().median == 2.0);
  const FidelitySection& larger_is_better = section_measuring(Measurement::hypervolume_of_box);
  result.section = &larger_is_better;
  CHECK(result.spread().best == 3.0);
  CHECK(result.spread().worst == 1.0);
}

TEST_CASE("Bars are met up to the tolerance", "[fidelity]") {
  FidelityResult result = made_up_results().front();  // DTLZ1 with three objectives
  REQUIRE(result.row->bar);
  CHECK(*result.row->bar == Approx(1.5 * 1.3e-3));
  CHECK(*result.passes() == false);
  result.runs = {{*result.row->bar, 1.0}};
  CHECK(*result.passes() == true);
  CHECK(*result.ratio() == Approx(1.95e-3 / 1.308e-3));
}

TEST_CASE("Reference sets have the points of the protocol", "[fidelity]") {
  for (const FidelitySection& section : fidelity_sections()) {
    for (const FidelityRow& row : section.rows) {
      const Columns points = reference_set_of(section, row);
      INFO(row.problem << " " << row.objectives);
      if (section.measurement == Measurement::igd_to_sphere) CHECK(points.rows() == 20000);
      if (section.measurement == Measurement::hypervolume_of_box) CHECK(points.rows() == 0);
      if (section.measurement == Measurement::igd_to_zdt_front) CHECK(points.rows() == 1000);
      if (section.measurement == Measurement::igd_to_front) CHECK(points.rows() >= 8000);
      if (section.measurement != Measurement::igd_on_reference_lines) continue;
      const std::size_t directions = row.objectives == 3   ? 91
                                     : row.objectives == 5 ? 210
                                     : row.objectives == 8 ? 156
                                                           : 275;
      if (row.problem == "c2-dtlz2") CHECK(points.rows() < directions);
      else CHECK(points.rows() == directions);
    }
  }
}

TEST_CASE("The page and the JSON have every row", "[fidelity]") {
  const auto results = made_up_results();
  const std::string page = fidelity_page(results, {.seeds = 4}, "millrace fidelity --seeds 4");
  const auto json = nlohmann::json::parse(fidelity_json(results));
  REQUIRE(json.size() == results.size());
  std::size_t at = 0;
  for (std::size_t r = 0; r < results.size(); ++r) {
    const FidelityRow& row = *results[r].row;
    const std::string first = row.algorithm.empty() ? "\n| " : "\n| " + std::string(row.algorithm) + " | ";
    const std::string line = first + std::string(row.problem) + " | " + std::to_string(row.objectives) + " | " +
                             std::to_string(row.population) + " | " + std::to_string(row.generations) + " | ";
    INFO(line);
    at = page.find(line, at);
    REQUIRE(at != std::string::npos);
    CHECK(json[r].at("problem") == std::string(row.problem));
    CHECK(json[r].at("algorithm") == std::string(algorithm_of(*results[r].section, row)));
    CHECK(json[r].at("ours").at("median") == 2.5);
  }
  for (const FidelitySection& section : fidelity_sections())
    CHECK(page.find("\n## " + std::string(section.title) + "\n") != std::string::npos);
  CHECK(page.find("millrace fidelity --seeds 4\n") != std::string::npos);
  CHECK(page.find("Of 36 rows with a bar, 0 meet it.") != std::string::npos);
}

}  // namespace millrace::cli
