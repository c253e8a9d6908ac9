#include <catch2/catch.hpp>

#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "engine/run/front.hpp"
#include "tests/unit/run/small_problem.hpp"

using namespace millrace;
using testing::population_of;
using testing::SmallProblem;

namespace {

const double kInfinity = std::numeric_limits<double>::infinity();

double share_of(std::span<const std::array<double, 2>> values, const ReferenceBox& box) {
  Workers workers(1);
  return normalised_hypervolume(population_of<2>(values).f, box, workers);
}

}  // namespace

TEST_CASE("the problem's own box, where it knows one, else that of the finite points of the front") {
  const std::array<std::array<double, 2>, 3> values = {{{2, 7}, {4, 7}, {kInfinity, kInfinity}}};
  const Population front = population_of<2>(values);
  SmallProblem problem;
  const ReferenceBox known = ReferenceBox::of(problem.spec(), front.f);
  CHECK(known.known);
  CHECK(known.ideal == std::vector<double>{0.0, 0.0});
  CHECK(known.nadir == std::vector<double>{1.0, 1.0});
  problem.problem_spec.reference_ideal.clear();
  problem.problem_spec.reference_nadir.clear();
  const ReferenceBox seen = ReferenceBox::of(problem.spec(), front.f);
  CHECK_FALSE(seen.known);
  CHECK(seen.ideal == std::vector<double>{2.0, 7.0});
  CHECK(seen.nadir == std::vector<double>{4.0, 8.0});  // no range: one
  CHECK(ReferenceBox::of(problem.spec(), Columns(0, 2)).empty());
  const std::array<std::array<double, 2>, 1> failed = {{{kInfinity, kInfinity}}};
  CHECK(ReferenceBox::of(problem.spec(), population_of<2>(failed).f).empty());
}

TEST_CASE("an objective that is huge and constant still has a range") {
  SmallProblem problem;
  problem.problem_spec.reference_ideal.clear();
  problem.problem_spec.reference_nadir.clear();
  const std::array<std::array<double, 2>, 2> values = {{{1e300, 0.0}, {1e300, -1e17}}};
  const ReferenceBox box = ReferenceBox::of(problem.spec(), population_of<2>(values).f);
  CHECK(box.nadir[0] > box.ideal[0]);
  CHECK(std::isfinite(box.nadir[0]));
  CHECK(share_of(values, box) == Approx(1.0));
}

TEST_CASE("normalised hypervolume: known values") {
  const ReferenceBox box{{0.0, 10.0}, {2.0, 30.0}, true};
  using Points = std::vector<std::array<double, 2>>;
  CHECK(share_of(Points{{0.0, 10.0}}, box) == Approx(1.0).epsilon(1e-14));
  CHECK(share_of(Points{{2.0, 30.0}}, box) == Approx(0.01 / 1.21));
  CHECK(share_of(Points{{0.0, 30.0}, {2.0, 10.0}}, box) == Approx((0.11 + 0.11 - 0.01) / 1.21));
  CHECK(share_of(Points{{1.0, 20.0}}, box) == Approx(0.36 / 1.21));
  CHECK(share_of(Points{{-4.0, -50.0}}, box) == Approx(1.0));     // better than an estimated ideal: not above one
  CHECK(share_of(Points{{2.2, 10.0}, {0.0, 99.0}}, box) == 0.0);  // on or outside the reference point
  CHECK(share_of(Points{}, box) == 0.0);
  CHECK(share_of(Points{{1.0, 20.0}}, ReferenceBox{}) == 0.0);
  CHECK(share_of(Points{{1.0, 20.0}, {kInfinity, kInfinity}}, box) == Approx(0.36 / 1.21));
}
