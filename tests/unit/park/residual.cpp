#include "problems/park/residual.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "engine/data/tile.hpp"
#include "engine/random/philox.hpp"
#include "tests/reference/ridge.hpp"

using namespace millrace;

namespace {

std::vector<double> random_rows(std::size_t rows, std::size_t inputs, std::uint64_t seed) {
  RowDraws draws({seed, 0, Stage::problem}, 0);
  std::vector<double> values;
  for (std::size_t i = 0; i < rows * inputs; ++i) values.push_back(10.0 * draws.next_double() - 3.0);
  return values;
}

/// Features as the fit makes them: inputs standardised by all rows.
std::vector<std::vector<double>> standardised_features(const std::vector<double>& rows, std::size_t inputs,
                                                       ResidualDegree degree) {
  const std::size_t n = rows.size() / inputs;
  std::vector<std::vector<double>> x(n, std::vector<double>{1.0});
  for (std::size_t i = 0; i < inputs; ++i) {
    double mean = 0.0;
    double square = 0.0;
    for (std::size_t r = 0; r < n; ++r) mean += rows[r * inputs + i] / static_cast<double>(n);
    for (std::size_t r = 0; r < n; ++r) square += std::pow(rows[r * inputs + i] - mean, 2) / static_cast<double>(n);
    for (std::size_t r = 0; r < n; ++r) x[r].push_back((rows[r * inputs + i] - mean) / std::sqrt(square));
  }
  if (degree == ResidualDegree::quadratic)
    for (auto& row : x)
      for (std::size_t i = 1; i <= inputs; ++i)
        for (std::size_t j = i; j <= inputs; ++j) row.push_back(row[i] * row[j]);
  return x;
}

}  // namespace

TEST_CASE("the leave-one-out error is that of one fit a row, and the penalty the best of the grid") {
  for (const ResidualDegree degree : {ResidualDegree::linear, ResidualDegree::quadratic})
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
      const std::size_t inputs = 1 + seed % 4;
      const std::size_t n = inputs + 2 + 3 * seed;
      const std::vector<double> rows = random_rows(n, inputs, seed);
      RowDraws noise({seed, 1, Stage::problem}, 0);
      std::vector<double> targets;
      for (std::size_t r = 0; r < n; ++r)
        targets.push_back(0.3 * rows[r * inputs] + std::sin(rows[r * inputs]) + noise.next_double());
      const RidgePolynomial fitted = RidgePolynomial::fit(rows, targets, inputs, degree);
      const auto x = standardised_features(rows, inputs, degree);
      double best = 1e300;
      for (int exponent = -4; exponent <= 4; ++exponent)
        best = std::min(best, reference::leave_one_out_by_refitting(x, targets, std::pow(10.0, exponent)));
      CHECK(fitted.leave_one_out() == Approx(best).epsilon(1e-6));
      CHECK(reference::leave_one_out_by_refitting(x, targets, fitted.penalty()) == Approx(best).epsilon(1e-6));
    }
}

TEST_CASE("lanes are clipped and have the value of single points") {
  for (const ResidualDegree degree : {ResidualDegree::linear, ResidualDegree::quadratic}) {
    const std::size_t inputs = 3;
    const std::vector<double> rows = random_rows(40, inputs, 7);
    std::vector<double> targets;
    for (std::size_t r = 0; r < 40; ++r) targets.push_back(rows[3 * r] * rows[3 * r + 1] - rows[3 * r + 2]);
    const RidgePolynomial fitted = RidgePolynomial::fit(rows, targets, inputs, degree);
    const std::vector<double> lower = {-2.0, -1.0, 0.0};
    const std::vector<double> upper = {3.0, 2.0, 0.0};
    const std::vector<double> lanes = random_rows(kLanes, inputs, 8);
    const double* columns[3] = {lanes.data(), lanes.data() + kLanes, lanes.data() + 2 * kLanes};
    double values[kLanes];
    fitted.at_lanes(columns, lower.data(), upper.data(), values);
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      std::vector<double> u;
      for (std::size_t i = 0; i < inputs; ++i) u.push_back(std::clamp(columns[i][lane], lower[i], upper[i]));
      CHECK(values[lane] == Approx(fitted.at(u)).epsilon(1e-12));
    }
  }
}

TEST_CASE("slopes are derivatives, and a slope that is set keeps the mean of the training rows") {
  const std::vector<double> rows = random_rows(30, 2, 3);
  std::vector<double> targets;
  for (std::size_t r = 0; r < 30; ++r) targets.push_back(rows[2 * r] * rows[2 * r] - 2.0 * rows[2 * r + 1]);
  const RidgePolynomial quadratic = RidgePolynomial::fit(rows, targets, 2, ResidualDegree::quadratic);
  const std::vector<double> u = {0.7, -1.1};
  for (std::size_t i = 0; i < 2; ++i) {
    std::vector<double> left = u;
    std::vector<double> right = u;
    left[i] -= 1e-5;
    right[i] += 1e-5;
    CHECK(quadratic.slope(i, u) == Approx((quadratic.at(right) - quadratic.at(left)) / 2e-5).epsilon(1e-6));
  }
  RidgePolynomial linear = RidgePolynomial::fit(rows, targets, 2, ResidualDegree::linear);
  const auto mean = [&] {
    double sum = 0.0;
    for (std::size_t r = 0; r < 30; ++r) sum += linear.at(std::span(rows).subspan(2 * r, 2)) / 30.0;
    return sum;
  };
  const double before = mean();
  linear.set_slope(0, 5.0);
  CHECK(linear.slope(0, u) == Approx(5.0));
  CHECK(mean() == Approx(before).margin(1e-9));
}

TEST_CASE("leave-one-out takes the quadratic form where the data are curved, else the linear one") {
  const std::vector<double> rows = random_rows(40, 2, 5);
  std::vector<double> straight;
  std::vector<double> curved;
  RowDraws noise({5, 1, Stage::problem}, 0);
  for (std::size_t r = 0; r < 40; ++r) {
    straight.push_back(2.0 * rows[2 * r] - rows[2 * r + 1] + noise.next_double());
    curved.push_back(rows[2 * r] * rows[2 * r + 1] + noise.next_double());
  }
  CHECK(RidgePolynomial::fit_by_leave_one_out(rows, straight, 2).degree() == ResidualDegree::linear);
  CHECK(RidgePolynomial::fit_by_leave_one_out(rows, curved, 2).degree() == ResidualDegree::quadratic);
}

TEST_CASE("degenerate data: a constant column, equal rows, too few rows") {
  std::vector<double> rows;
  std::vector<double> targets;
  for (int r = 0; r < 12; ++r) {
    rows.insert(rows.end(), {static_cast<double>(r % 3), 25.0});
    targets.push_back(0.5 * (r % 3));
  }
  const RidgePolynomial fitted = RidgePolynomial::fit_by_leave_one_out(rows, targets, 2);
  CHECK(fitted.at(std::vector<double>{1.0, 25.0}) == Approx(0.5).epsilon(1e-3));
  CHECK(std::isfinite(fitted.at(std::vector<double>{1.0, 26.0})));
  const TrainingBox box = TrainingBox::of(rows, 2);
  CHECK(box.width(1) == Approx(0.25));
  CHECK(box.distance(std::vector<double>{1.0, 25.0}) == 0.0);
  CHECK(box.distance(std::vector<double>{4.0, 25.25}) == Approx(std::sqrt(2.0)));
  CHECK_THROWS_WITH(
      RidgePolynomial::fit(std::span(rows).first(6), std::span(targets).first(3), 2, ResidualDegree::linear),
      "3 measurements are too few for 2 inputs; at least 4 are needed");
}
