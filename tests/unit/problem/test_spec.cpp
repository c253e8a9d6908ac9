#include <catch2/catch.hpp>

#include <limits>

#include "engine/problem/problem.hpp"
#include "engine/problem/violation.hpp"

using namespace millrace;
using Catch::Matchers::Contains;

namespace {

ProblemSpec sound() {
  ProblemSpec spec;
  spec.name = "sample";
  spec.bounds = Bounds(2);
  spec.objectives = {{"cost", "yuan", Sense::minimise}};
  spec.constraints = {{"limit", "m3", 10.0, 1e-3}};
  return spec;
}

}  // namespace

TEST_CASE("a sound specification has no error") { CHECK(sound().error().empty()); }

TEST_CASE("contradictions in a specification are named") {
  ProblemSpec spec = sound();
  spec.bounds.set(1, 2.0, 1.0);
  CHECK_THAT(spec.error(), Contains("x2") && Contains("above"));
  spec = sound();
  spec.bounds.set(0, 0.0, std::numeric_limits<double>::quiet_NaN());
  CHECK_THAT(spec.error(), Contains("not finite"));
  spec = sound();
  spec.objectives.clear();
  CHECK_THAT(spec.error(), Contains("no objectives"));
  spec = sound();
  spec.bounds = Bounds(0);
  CHECK_THAT(spec.error(), Contains("no variables"));
  spec = sound();
  spec.variable_names = {"a"};
  CHECK_THAT(spec.error(), Contains("1 of 2"));
  spec = sound();
  spec.constraints[0].scale = 0.0;
  CHECK_THAT(spec.error(), Contains("limit"));
  spec = sound();
  spec.reference_ideal = {1.0};
  spec.reference_nadir = {1.0};
  CHECK_THAT(spec.error(), Contains("ideal"));
}

TEST_CASE("bounds of variables with levels must be levels") {
  ProblemSpec spec = sound();
  spec.bounds.set_kind(1, VariableKind::integer);
  CHECK(spec.error().empty());
  spec.bounds.set(1, -3.0, 2147483647.0);
  CHECK(spec.error().empty());
  for (const double upper : {2.5, 2147483648.0}) {
    spec.bounds.set(1, -3.0, upper);
    CHECK_THAT(spec.error(), Contains("integer variable x2") && Contains("whole numbers"));
  }
  spec.bounds.set(1, 0.0, 2.0);
  spec.bounds.set_kind(1, VariableKind::binary);
  CHECK_THAT(spec.error(), Contains("binary variable x2 must be 0 and 1, not 0 and 2"));
  spec.bounds.set(1, 1.0, 1.0);
  CHECK(spec.error().empty());
}

TEST_CASE("violation is the excess over the tolerance as a share of the scale") {
  const ConstraintSpec limit{"limit", "m3", 10.0, 1e-3};
  CHECK(violation_of(limit, -5.0) == 0.0);
  CHECK(violation_of(limit, 0.01) == 0.0);
  CHECK(violation_of(limit, 2.0) == Approx(0.2 - 1e-3));
}

TEST_CASE("a maximised objective is shown with its sign") {
  const ObjectiveSpec benefit{"benefit", "yuan", Sense::maximise};
  CHECK(benefit.shown(-3.0) == 3.0);
}
