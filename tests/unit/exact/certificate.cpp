#include "engine/exact/certificate.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <limits>

#include "engine/exact/payoff.hpp"
#include "engine/exact/reference_front.hpp"
#include "engine/problem/evaluator.hpp"
#include "problems/urban/urban.hpp"
#include "tests/unit/exact/small_forms.hpp"

namespace millrace {
namespace {

/// Feasible plans of a Pingliang year, evaluated: uniform samples after repair.
Population random_plans(const AnyProblem& problem, std::size_t count, Workers& workers) {
  Population plans(count, problem.spec().shape());
  std::vector<Slot> slots(count);
  for (Slot i = 0; i < count; ++i) {
    slots[i] = i;
    RowDraws draws({11, 0, Stage::sample}, i);
    for (std::size_t j = 0; j < plans.x.variables(); ++j)
      plans.x.row(i)[j] = problem.spec().bounds.upper(j) * draws.next_double();
  }
  Evaluator(problem, workers).evaluate(plans, slots);
  return plans;
}

/// Objectives, evaluated and not from the program, of the decisions of a certificate; all must be feasible.
Columns evaluated(const AnyProblem& problem, const DecisionRows& decisions, Workers& workers) {
  Population plans(decisions.rows(), problem.spec().shape());
  std::vector<Slot> slots(decisions.rows());
  for (Slot i = 0; i < decisions.rows(); ++i) {
    slots[i] = i;
    std::ranges::copy(decisions.row(i), plans.x.row(i).begin());
  }
  Evaluator(problem, workers).evaluate(plans, slots);
  for (const Slot i : slots) REQUIRE(plans.feasible(i));
  return plans.f;
}

}  // namespace

TEST_CASE("points of the front moved away from it have the gap of the move") {
  Workers workers(1);
  const UrbanCase urban = load_urban_case("pingliang");
  for (const std::string& year : urban.scenarios) {
    const LinearForm form = *make_urban_problem(urban, {.scenario = year}).linear_form();
    const PayoffTable payoff = payoff_table(form);
    const std::vector<double> range = payoff.range();
    const ReferenceFront front = reference_front(form, payoff, payoff.nadir, {.size = 24}, workers);
    Columns moved = front.objectives;
    for (std::size_t i = 0; i < moved.rows(); ++i)
      for (std::size_t k = 0; k < 5; ++k) moved(i, k) += 0.01 * (static_cast<double>(i) - 4.0) * range[k];
    const Certificate certificate = certify(form, range, moved, workers);
    for (std::size_t i = 0; i < moved.rows(); ++i) {
      // Below the front nothing is feasible, and the gap is negative.
      const double expected = 0.01 * (static_cast<double>(i) - 4.0);
      CHECK(certificate.gap[i] == Approx(expected).margin(1e-7));
      CHECK(certificate.bound[i] == Approx(expected).margin(1e-7));
      CHECK(certificate.bound[i] >= certificate.gap[i] - 1e-10);
    }
  }
}

TEST_CASE("certificates and polished plans of random plans") {
  Workers workers(1);
  const UrbanCase urban = load_urban_case("pingliang");
  for (const std::string& year : urban.scenarios) {
    const AnyProblem problem = make_urban_problem(urban, {.scenario = year});
    // Without the repair, which would hide a plan that is not quite feasible.
    const AnyProblem unrepaired = make_urban_problem(urban, {.scenario = year, .repair = false});
    const LinearForm form = *problem.linear_form();
    const PayoffTable payoff = payoff_table(form);
    const std::vector<double> range = payoff.range();
    const Population plans = random_plans(problem, 40, workers);
    const Certificate gaps = certify(form, range, plans.f, workers);
    const Certificate polished = polish(form, payoff.ideal, range, plans.f, workers);
    const Columns improved = evaluated(unrepaired, gaps.decisions, workers);
    const Columns better = evaluated(unrepaired, polished.decisions, workers);
    CHECK(gaps.programs == 80);
    for (std::size_t i = 0; i < 40; ++i) {
      CHECK(gaps.gap[i] >= -1e-9);
      CHECK(std::abs(gaps.bound[i] - gaps.gap[i]) < 1e-9);
      CHECK(gaps.largest_improvement[i] >= gaps.gap[i] - 1e-9);
      CHECK(polished.gap[i] >= gaps.gap[i] * 0.3 - 1e-9);
      CHECK(std::abs(polished.bound[i] - polished.gap[i]) < 1e-9);
      for (std::size_t k = 0; k < 5; ++k) {
        CHECK(improved(i, k) <= plans.f(i, k) - (gaps.gap[i] - 1e-8) * range[k]);
        const double way = plans.f(i, k) - payoff.ideal[k];
        CHECK(better(i, k) <= plans.f(i, k) - polished.gap[i] * way + 1e-7 * range[k]);
      }
    }
    const Certificate again = certify(form, range, better, workers);
    for (std::size_t i = 0; i < 40; ++i) {
      CHECK(std::abs(again.gap[i]) < 1e-7);
      CHECK(again.largest_improvement[i] < 1e-5);
    }
  }
}

TEST_CASE("a weakly efficient point has no gap and still room in one objective") {
  Workers workers(1);
  const LinearForm form = simplex_form(2);
  // x2 cannot be less than 0, so (1, 0) bounds both from together; the first may still fall from 1.5.
  const Certificate certificate = certify(form, std::vector<double>{1.0, 1.0}, one_point({1.5, 0.0}), workers);
  CHECK(certificate.gap[0] == Approx(0.0).margin(1e-12));
  CHECK(certificate.bound[0] == Approx(0.0).margin(1e-12));
  CHECK(certificate.largest_improvement[0] == Approx(0.5));
  CHECK(certificate.objectives(0, 0) == Approx(1.0));
  const Certificate polished =
      polish(form, std::vector<double>{0.0, 0.0}, std::vector<double>{1.0, 1.0}, one_point({1.5, 0.0}), workers);
  CHECK(polished.gap[0] == Approx(1.0 / 3.0));
}

TEST_CASE("rows that are not finite, no rows, and the ideal point") {
  Workers workers(1);
  const LinearForm form = simplex_form(2);
  const std::vector<double> range = {1.0, 1.0};
  CHECK(certify(form, range, Columns(0, 2), workers).gap.empty());
  Columns points(4, 2);
  points(0, 0) = kNoBound;
  points(1, 1) = std::numeric_limits<double>::quiet_NaN();
  points(2, 0) = points(2, 1) = 1.0;
  for (const Certificate& certificate :
       {certify(form, range, points, workers), polish(form, std::vector<double>{0.0, 0.0}, range, points, workers)}) {
    CHECK(certificate.gap[0] == kNoBound);
    CHECK(certificate.bound[1] == kNoBound);
    CHECK(std::isnan(certificate.objectives(1, 1)));
    CHECK(certificate.gap[2] == Approx(0.5));
    CHECK(certificate.gap[3] == Approx(-0.5));
    CHECK(certificate.programs == 4);
  }
}

TEST_CASE("a front of one point") {
  Workers workers(1);
  const LinearForm form = simplex_form(1);
  const Certificate certificate = certify(form, std::vector<double>{0.0}, one_point({1.25}), workers);
  CHECK(certificate.gap[0] == Approx(0.25));
  CHECK(certificate.objectives(0, 0) == Approx(1.0));
  const std::vector<double> ideal = {1.0};
  CHECK(polish(form, ideal, std::vector<double>{0.0}, one_point({1.25}), workers).gap[0] == Approx(0.25));
  CHECK(polish(form, ideal, std::vector<double>{2.0}, one_point({1.25}), workers).gap[0] == Approx(1.0));
}

TEST_CASE("certificates are the same bits for any number of threads") {
  const AnyProblem problem = make_urban_problem(load_urban_case("pingliang"), {});
  const LinearForm form = *problem.linear_form();
  const PayoffTable payoff = payoff_table(form);
  Workers one(1);
  const Population plans = random_plans(problem, 100, one);
  const Certificate first = polish(form, payoff.ideal, payoff.range(), plans.f, one);
  for (const std::size_t threads : {2u, 7u}) {
    Workers workers(threads);
    const Certificate other = polish(form, payoff.ideal, payoff.range(), plans.f, workers);
    CHECK(std::memcmp(first.gap.data(), other.gap.data(), 100 * sizeof(double)) == 0);
    CHECK(std::memcmp(first.bound.data(), other.bound.data(), 100 * sizeof(double)) == 0);
    CHECK(std::memcmp(first.decisions.row_data(0), other.decisions.row_data(0),
                      100 * first.decisions.stride() * sizeof(double)) == 0);
  }
}

}  // namespace millrace
