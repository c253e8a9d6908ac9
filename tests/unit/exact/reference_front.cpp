#include "engine/exact/reference_front.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstring>
#include <stdexcept>

#include "engine/exact/certificate.hpp"
#include "engine/exact/front_extent.hpp"
#include "engine/exact/neighbour_order.hpp"
#include "engine/exact/upper_image.hpp"
#include "engine/indicator/hypervolume.hpp"
#include "engine/indicator/nondominated_subset.hpp"
#include "problems/suite/catalogue.hpp"
#include "problems/urban/urban.hpp"
#include "tests/unit/exact/small_forms.hpp"

namespace millrace {
namespace {

bool same_bits(const Columns& a, const Columns& b) {
  if (a.rows() != b.rows() || a.columns() != b.columns()) return false;
  for (std::size_t k = 0; k < a.columns(); ++k)
    if (std::memcmp(a.column_data(k), b.column_data(k), a.rows() * sizeof(double)) != 0) return false;
  return true;
}

struct Pingliang {
  explicit Pingliang(const std::string& year)
      : problem(make_urban_problem(load_urban_case("pingliang"), {.scenario = year})), form(*problem.linear_form()),
        payoff(payoff_table(form)) {}
  AnyProblem problem;
  LinearForm form;
  PayoffTable payoff;
};

}  // namespace

TEST_CASE("a reference front of Pingliang is efficient, distinct and covers the front") {
  Workers workers(1);
  const Pingliang city("2030");
  const FrontExtent extent = front_extent(city.form, city.payoff, {}, workers);
  const ReferenceFront front = reference_front(city.form, city.payoff, extent.nadir, {.size = 212}, workers);
  REQUIRE(front.objectives.rows() == 212);
  CHECK(front.programs == 424);
  CHECK(nondominated_subset(front.objectives).size() == 212);
  const Certificate certificate = certify(city.form, city.payoff.range(), front.objectives, workers);
  CHECK(*std::ranges::max_element(certificate.gap) < 1e-7);
  CHECK(*std::ranges::min_element(certificate.gap) > -1e-7);
  CHECK(*std::ranges::max_element(certificate.largest_improvement) < 1e-5);
  // The ends of the front are there.
  for (std::size_t k = 0; k < 5; ++k)
    CHECK(std::ranges::min(front.objectives.column(k)) == Approx(city.payoff.ideal[k]).margin(1e-6));
  std::vector<double> upper = city.problem.spec().reference_nadir;
  for (std::size_t k = 0; k < 5; ++k) upper[k] += 0.1 * (upper[k] - city.payoff.ideal[k]);
  const double whole = upper_image(city.form, city.payoff.ideal, upper, {}, workers).volume;
  const double covered = hypervolume(front.objectives, upper, workers);
  CHECK(covered > 0.93 * whole);
  CHECK(covered < whole);
  const ReferenceFront more = reference_front(city.form, city.payoff, extent.nadir, {.size = 600}, workers);
  CHECK(hypervolume(more.objectives, upper, workers) > 0.96 * whole);
}

TEST_CASE("decisions of a reference front evaluate to its objectives and are feasible") {
  Workers workers(1);
  const Pingliang city("2040");
  const ReferenceFront front = reference_front(city.form, city.payoff, city.payoff.nadir, {.size = 64}, workers);
  REQUIRE(front.objectives.rows() == 64);
  std::vector<Slot> slots(64);
  for (Slot i = 0; i < 64; ++i) slots[i] = i;
  Tile tile(front.decisions.variables());
  tile.gather(front.decisions, slots);
  Outcome outcome(5, city.problem.spec().constraints.size());
  Scratch scratch;
  city.problem.evaluate(tile, outcome, scratch);
  for (std::size_t i = 0; i < 64; ++i) {
    for (std::size_t k = 0; k < 5; ++k)
      CHECK(outcome.objective(k)[i] == Approx(front.objectives(i, k)).epsilon(1e-9).margin(1e-7));
    for (std::size_t c = 0; c < outcome.constraints(); ++c) CHECK(outcome.constraint(c)[i] <= 1e-7);
  }
}

TEST_CASE("reference fronts are the same bits for any number of threads") {
  const Pingliang city("2025");
  Workers one(1);
  const ReferenceFront front = reference_front(city.form, city.payoff, city.payoff.nadir, {.size = 150}, one);
  for (const std::size_t threads : {2u, 7u}) {
    Workers workers(threads);
    const ReferenceFront other = reference_front(city.form, city.payoff, city.payoff.nadir, {.size = 150}, workers);
    CHECK(same_bits(front.objectives, other.objectives));
    CHECK(front.iterations == other.iterations);
    CHECK(std::memcmp(front.decisions.row_data(0), other.decisions.row_data(0),
                      150 * front.decisions.stride() * sizeof(double)) == 0);
  }
}

TEST_CASE("fronts of few points end early") {
  Workers workers(1);
  LinearForm one = simplex_form(1);
  const PayoffTable single = payoff_table(one);
  const ReferenceFront point = reference_front(one, single, single.nadir, {.size = 20}, workers);
  REQUIRE(point.objectives.rows() == 1);
  CHECK(point.objectives(0, 0) == Approx(1.0));
  one.close_objective(4.0);
  const PayoffTable constant = payoff_table(one);
  CHECK(reference_front(one, constant, constant.nadir, {.size = 20}, workers).objectives.rows() == 1);
  const LinearForm line = simplex_form(2);
  const PayoffTable payoff = payoff_table(line);
  CHECK(reference_front(line, payoff, payoff.nadir, {.size = 1}, workers).objectives.rows() == 1);
  CHECK(reference_front(line, payoff, payoff.nadir, {.size = 2}, workers).objectives.rows() == 2);
  CHECK(reference_front(line, payoff, payoff.nadir, {.size = 33}, workers).objectives.rows() == 33);
  CHECK_THROWS_AS(reference_front(line, payoff, payoff.nadir, {.size = 0}, workers), std::invalid_argument);
  CHECK_THROWS_AS(reference_front(line, payoff, payoff.nadir, {.lines_per_point = 0}, workers), std::invalid_argument);
}

TEST_CASE("benchmarks are no linear programs") { CHECK_FALSE(make_suite_problem("dtlz2").linear_form()); }

TEST_CASE("the order of neighbours is a permutation with short steps") {
  CHECK(neighbour_order(Columns(0, 3)).empty());
  CHECK(neighbour_order(Columns(2, 3)) == std::vector<std::uint32_t>{0, 1});
  CHECK(neighbour_order(Columns(4, 2)) == std::vector<std::uint32_t>{0, 1, 2, 3});
  const std::vector<double> zeros(3, 0.0);
  const std::vector<double> ones(3, 1.0);
  const Columns points = line_starts(zeros, ones, 1000, 5);
  const auto length = [&](const std::vector<std::uint32_t>& order) {
    double total = 0.0;
    for (std::size_t i = 1; i < order.size(); ++i)
      for (std::size_t k = 0; k < 3; ++k) total += std::abs(points(order[i], k) - points(order[i - 1], k));
    return total;
  };
  std::vector<std::uint32_t> given(1000);
  for (std::uint32_t i = 0; i < 1000; ++i) given[i] = i;
  std::vector<std::uint32_t> order = neighbour_order(points);
  CHECK(length(order) < 0.25 * length(given));
  std::ranges::sort(order);
  CHECK(order == given);
  for (std::size_t k = 0; k < 3; ++k) {
    CHECK(std::ranges::min(points.column(k)) >= 0.0);
    CHECK(std::ranges::max(points.column(k)) < 1.0);
  }
}

}  // namespace millrace
