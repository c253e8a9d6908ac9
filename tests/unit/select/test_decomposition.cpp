#include "engine/select/decomposition.hpp"

#include <bit>
#include <catch2/catch.hpp>
#include <limits>
#include <vector>

#include "engine/data/simd_target.hpp"
#include "engine/random/philox.hpp"
#include "tests/reference/decomposition.hpp"

using namespace millrace;

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// Random points and violations, with zeros, equal columns and failed individuals among them.
struct RandomPoints {
  RandomPoints(std::size_t n, std::size_t m, std::uint32_t seed) : y(n, m), violation(n, 0.0) {
    for (std::uint32_t i = 0; i < n; ++i) {
      RowDraws draws({seed, 0, Stage::sample}, i);
      const std::uint32_t kind = draws.below(8);
      const double same = draws.next_double();
      for (std::size_t k = 0; k < m; ++k) {
        y(i, k) = kind == 0 ? 0.0 : kind == 1 ? same : 3.0 * draws.next_double();
        if (kind == 2 && k == 0) y(i, k) = 0.0;
        if (kind == 3) y(i, k) = kInfinity;
      }
      if (kind == 3) violation[i] = kInfinity;
      if (kind == 4) violation[i] = static_cast<double>(draws.below(3));
    }
  }
  std::vector<double> row(std::size_t i) const {
    std::vector<double> values(y.columns());
    for (std::size_t k = 0; k < values.size(); ++k) values[k] = y(i, k);
    return values;
  }
  ScalarPoints points() const { return {y, violation}; }
  Columns y;
  std::vector<double> violation;
};

std::vector<double> row_of(const Columns& columns, std::size_t i) {
  std::vector<double> values(columns.columns());
  for (std::size_t k = 0; k < values.size(); ++k) values[k] = columns(i, k);
  return values;
}

struct Result {
  std::vector<double> own;
  std::vector<std::uint64_t> improves;
  std::vector<double> gains;
};

Result compute(Decomposition& decomposition, const RandomPoints& newcomers, const RandomPoints& owners,
               std::span<const std::uint32_t> centres) {
  Workers workers(1);
  Result result;
  result.own.resize(owners.y.rows());
  decomposition.own_values(owners.y, result.own);
  result.improves.resize(centres.size());
  result.gains.resize(centres.size() * decomposition.stride());
  decomposition.compare(newcomers.points(), owners.points(), result.own, centres, result.improves, result.gains,
                        workers);
  return result;
}

void check_against_definitions(const ReferenceDirections& directions, std::size_t size, DecompositionOptions options) {
  const std::size_t n = directions.count();
  Workers workers(1);
  const Neighbourhood neighbourhood(directions, size, workers);
  Decomposition decomposition(directions, neighbourhood, options);
  const RandomPoints newcomers(n, directions.objectives(), 1);
  const RandomPoints owners(n, directions.objectives(), 2);
  std::vector<std::uint32_t> centres(n);
  RowDraws draws({3, 0, Stage::pair}, 0);
  for (auto& centre : centres) centre = draws.below(static_cast<std::uint32_t>(n));
  const Result result = compute(decomposition, newcomers, owners, centres);
  for (std::size_t i = 0; i < n; ++i) {
    const double own = reference::scalarise(options, owners.row(i), row_of(directions.weights(), i));
    if (std::isfinite(own)) REQUIRE(result.own[i] == Approx(own).epsilon(1e-9).margin(1e-9));
    for (std::size_t t = 0; t < 64; ++t) {
      const bool improves = (result.improves[i] >> t & 1) != 0;
      if (t >= neighbourhood.size()) {
        REQUIRE(!improves);
        continue;
      }
      const std::size_t j = neighbourhood.of(centres[i])[t];
      const double value = reference::scalarise(options, newcomers.row(i), row_of(directions.weights(), j));
      const double owner = reference::scalarise(options, owners.row(j), row_of(directions.weights(), j));
      if (newcomers.violation[i] != owners.violation[j]) {
        REQUIRE(improves == (newcomers.violation[i] < owners.violation[j]));
      } else if (!std::isfinite(value)) {
        REQUIRE(!improves);
      } else if (std::abs(value - owner) > 1e-9 * (1.0 + owner)) {
        REQUIRE(improves == (value < owner));
      }
      if (improves && std::isfinite(value))
        REQUIRE(result.gains[i * decomposition.stride() + t] == Approx(value).epsilon(1e-9).margin(1e-9));
    }
  }
}

constexpr Scalarisation kAll[] = {Scalarisation::tchebycheff, Scalarisation::modified_tchebycheff, Scalarisation::pbi,
                                  Scalarisation::weighted_sum};

}  // namespace

TEST_CASE("values and comparisons follow the definitions on every instruction set") {
  for (const std::string& target : simd_targets()) {
    use_simd_target(target);
    CAPTURE(target);
    for (const Scalarisation scalarisation : kAll) {
      CAPTURE(static_cast<int>(scalarisation));
      check_against_definitions(das_dennis(3, 12), 20, {scalarisation, 5.0});
      check_against_definitions(das_dennis(5, 4), 64, {scalarisation, 0.0});
      check_against_definitions(two_layer(10, 2, 1), 7, {scalarisation, 20.0});
      check_against_definitions(das_dennis(2, 4), 20, {scalarisation, 5.0});
      check_against_definitions(das_dennis(1, 1), 2, {scalarisation, 5.0});
    }
  }
  use_simd_target("");
}

TEST_CASE("instruction sets that fuse give the same bits") {
  Workers workers(1);
  const ReferenceDirections directions = das_dennis(5, 6);
  const Neighbourhood neighbourhood(directions, 20, workers);
  const RandomPoints newcomers(210, 5, 4);
  const RandomPoints owners(210, 5, 5);
  std::vector<std::uint32_t> centres(210);
  for (std::uint32_t i = 0; i < centres.size(); ++i) centres[i] = i;
  for (const Scalarisation scalarisation : kAll) {
    Decomposition decomposition(directions, neighbourhood, {scalarisation, 5.0});
    std::vector<std::uint64_t> bits;
    for (const std::string& target : simd_targets()) {
      if (target != "AVX3" && target != "AVX2") continue;
      use_simd_target(target);
      const Result result = compute(decomposition, newcomers, owners, centres);
      std::vector<std::uint64_t> here = result.improves;
      for (std::size_t i = 0; i < centres.size(); ++i)
        for (std::size_t t = 0; t < 20; ++t) {
          const double gain = result.gains[i * decomposition.stride() + t];
          here.push_back(std::isnan(gain) ? 0 : std::bit_cast<std::uint64_t>(gain));
        }
      if (bits.empty()) bits = here;
      CHECK(bits == here);
    }
  }
  use_simd_target("");
}

TEST_CASE("a penalty that is no number is refused") {
  CHECK(DecompositionOptions{}.error().empty());
  CHECK_FALSE(DecompositionOptions{.theta = -1.0}.error().empty());
  CHECK_FALSE(DecompositionOptions{.theta = kInfinity}.error().empty());
}
