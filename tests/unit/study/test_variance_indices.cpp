#include "engine/study/variance_indices.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "engine/random/philox.hpp"
#include "tests/reference/variance_indices.hpp"
#include "tests/unit/study/sensitivity_functions.hpp"

using namespace millrace;
using namespace millrace::test;

namespace {

constexpr FirstEstimator kEstimators[] = {FirstEstimator::saltelli_2010, FirstEstimator::jansen_1999};
const std::vector<double> kG{0.0, 1.0, 4.5, 9.0, 99.0, 99.0};

/// How many of the known indices lie in their intervals.
std::size_t covered(const VarianceIndices& indices, const KnownIndices& known) {
  std::size_t count = 0;
  for (std::size_t k = 0; k < known.first.size(); ++k) {
    const auto inside = [](const VarianceShare& share, double value) {
      return share.interval.lower - 1e-9 <= value && value <= share.interval.upper + 1e-9;
    };
    count += inside(indices.first[k], known.first[k]) + inside(indices.total[k], known.total[k]);
  }
  return count;
}

struct Parts {
  std::vector<double> a, b, ab;
};
Parts parts_of(const std::vector<double>& values, SaltelliShape shape, std::size_t k) {
  Parts parts;
  for (std::size_t base = 0; base < values.size() / shape.block(); ++base) {
    parts.a.push_back(values[shape.row_a(base)]);
    parts.b.push_back(values[shape.row_b(base)]);
    parts.ab.push_back(values[shape.row_ab(base, k)]);
  }
  return parts;
}

}  // namespace

TEST_CASE("Sobol indices are the formulas of their papers") {
  const SaltelliShape shape{6, true};
  std::vector<double> values =
      values_on(saltelli_design(64, shape, 3), [](auto x) { return 1e3 + sobol_g(x, kG) + x[0] * x[1]; });
  for (const FirstEstimator estimator : kEstimators) {
    const VarianceIndices indices =
        variance_indices(values, shape, {.first = estimator, .bootstrap = {.resamples = 50}});
    CHECK(indices.base_points == 64);
    for (std::size_t k = 0; k < 6; ++k) {
      const Parts parts = parts_of(values, shape, k);
      const auto slow = reference::jansen_indices(parts.a, parts.b, parts.ab);
      const double first =
          estimator == FirstEstimator::jansen_1999 ? slow.first : reference::saltelli_first(parts.a, parts.b, parts.ab);
      CHECK(indices.first[k].value == Approx(first).epsilon(1e-8).margin(1e-9));
      CHECK(indices.total[k].value == Approx(slow.total).epsilon(1e-8));
      const SharePair pair = jansen_shares(parts.a, parts.b, parts.ab, reference::pair_variance(parts.a, parts.b));
      CHECK(pair.first == Approx(slow.first).epsilon(1e-8).margin(1e-9));
      CHECK(pair.total == Approx(slow.total).epsilon(1e-8));
    }
  }
}

TEST_CASE("known indices of Ishigami's function lie in their intervals") {
  const SaltelliShape shape{3, false};
  const KnownIndices known = ishigami_indices();
  CHECK(known.first[0] == Approx(0.3139).margin(5e-5));
  CHECK(known.total[2] == Approx(0.2437).margin(5e-5));
  for (const FirstEstimator estimator : kEstimators) {
    std::size_t count = 0;
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
      const VarianceIndices indices = variance_indices(values_on(saltelli_design(1024, shape, seed), ishigami), shape,
                                                       {.first = estimator, .bootstrap = {.resamples = 400}});
      count += covered(indices, known);
      for (std::size_t k = 0; k < 3; ++k) {
        CHECK(indices.first[k].value == Approx(known.first[k]).margin(0.04));
        CHECK(indices.total[k].value == Approx(known.total[k]).margin(0.04));
      }
      CHECK(indices.mean == Approx(3.5).margin(0.05));
      CHECK(indices.variance == Approx(13.8446).epsilon(0.03));
    }
    CHECK(count >= 28);  // of 30
  }
}

TEST_CASE("known indices of Sobol's g function lie in their intervals") {
  const SaltelliShape shape{6, false};
  const KnownIndices known = sobol_g_indices(kG);
  for (const FirstEstimator estimator : kEstimators) {
    std::size_t count = 0;
    for (std::uint64_t seed = 1; seed <= 5; ++seed)
      count +=
          covered(variance_indices(values_on(saltelli_design(1024, shape, seed), [](auto x) { return sobol_g(x, kG); }),
                                   shape, {.first = estimator, .bootstrap = {.resamples = 400}}),
                  known);
    CHECK(count >= 57);  // of 60
  }
}

TEST_CASE("intervals of independent points cover the known indices as often as they say") {
  // Without a sequence that fills the cube evenly the intervals are neither too narrow nor much too wide.
  const SaltelliShape shape{3, false};
  const KnownIndices known = ishigami_indices();
  std::size_t count = 0;
  for (std::uint32_t trial = 0; trial < 60; ++trial) {
    Columns design(128 * shape.block(), 3);
    RowDraws draws({7, 0, Stage::problem}, trial);
    for (std::size_t base = 0; base < 128; ++base)
      for (std::size_t j = 0; j < 3; ++j) {
        const double a = draws.next_double(), b = draws.next_double();
        design(shape.row_a(base), j) = a;
        design(shape.row_b(base), j) = b;
        for (std::size_t k = 0; k < 3; ++k) design(shape.row_ab(base, k), j) = j == k ? b : a;
      }
    count += covered(variance_indices(values_on(design, ishigami), shape, {.bootstrap = {.resamples = 200}}), known);
  }
  CHECK(count > 360 * 88 / 100);
  CHECK(count < 360 * 99 / 100);
}

TEST_CASE("second indices find the interaction of Ishigami's function, and only it") {
  const SaltelliShape shape{3, true};
  const VarianceIndices indices =
      variance_indices(values_on(saltelli_design(4096, shape, 1), ishigami), shape, {.bootstrap = {.resamples = 100}});
  REQUIRE(indices.second.size() == 3);
  CHECK(indices.second[0].value == Approx(0.0).margin(0.03));
  CHECK(indices.second[1].value == Approx(ishigami_indices().total[2]).margin(0.03));  // of factors 0 and 2
  CHECK(indices.second[2].value == Approx(0.0).margin(0.03));
}

TEST_CASE("few base points mean nothing yet, and enough of them do") {
  const SaltelliShape shape{3, false};
  const auto indices_of = [&](std::size_t points) {
    return variance_indices(values_on(saltelli_design(points, shape, 2), ishigami), shape,
                            {.bootstrap = {.resamples = 300}});
  };
  const VarianceIndices few = indices_of(32), many = indices_of(2048);
  CHECK_FALSE(few.meaningful);
  CHECK(few.widest > 0.2);
  CHECK(few.enough_base_points >= 128);
  CHECK(many.meaningful);
  CHECK(many.widest < 0.2);
  CHECK(many.enough_base_points == 2048);
  CHECK(few.first[few.widest_factor].width() <= few.widest);
}

TEST_CASE("a factor without influence has no share, and noise goes to the total indices") {
  const SaltelliShape shape{2, false};
  const auto exact =
      variance_indices(values_on(saltelli_design(64, shape, 1), [](auto x) { return 5.0 + x[0]; }), shape);
  CHECK(exact.first[0].value == 1.0);
  CHECK(exact.first[1].value == 0.0);
  CHECK(exact.total[1].value == 0.0);
  CHECK(exact.total[1].width() == 0.0);
  RowDraws noise({3, 0, Stage::problem}, 0);
  const auto noisy =
      variance_indices(values_on(saltelli_design(1024, shape, 1), [&](auto x) { return x[0] + noise.next_double(); }),
                       shape, {.bootstrap = {.resamples = 100}});
  CHECK(noisy.first[0].value == Approx(0.5).margin(0.1));
  CHECK(noisy.total[1].value == Approx(0.5).margin(0.1));
}

TEST_CASE("values that do not vary, that are missing, and shapes that do not fit") {
  const SaltelliShape shape{2, false};
  const VarianceIndices constant = variance_indices(std::vector<double>(40, 0.1), shape);
  CHECK(constant.base_points == 10);
  CHECK(constant.variance == 0.0);
  CHECK(constant.first.empty());
  CHECK_FALSE(constant.meaningful);
  std::vector<double> values = values_on(saltelli_design(64, shape, 1), [](auto x) { return x[0] + 2.0 * x[1]; });
  std::vector<double> whole(values.begin() + 8, values.end());
  values[2] = std::nan("");
  values[5] = std::numeric_limits<double>::infinity();
  const VarianceIndices dropped = variance_indices(values, shape), without = variance_indices(whole, shape);
  CHECK(dropped.base_points == 62);
  CHECK(dropped.dropped == 2);
  CHECK(dropped.first[0].value == without.first[0].value);
  CHECK(dropped.total[1].interval.upper == without.total[1].interval.upper);
  CHECK(variance_indices({}, shape).base_points == 0);
  CHECK(variance_indices(std::vector<double>(4, 1.0), shape).first.empty());
  CHECK(variance_indices(std::vector<double>{1.0, 2.0, 3.0, 4.0}, {0, false}).first.empty());
  CHECK_THROWS_AS(variance_indices(std::vector<double>(5, 1.0), shape), std::invalid_argument);
  CHECK_THROWS_AS(variance_indices(values, shape, {.widest_interval = 0.0}), std::invalid_argument);
  CHECK_THROWS_AS(variance_indices(values, shape, {.bootstrap = {.resamples = 0}}), std::invalid_argument);
}
