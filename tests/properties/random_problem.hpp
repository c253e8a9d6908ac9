#pragma once

#include <cmath>
#include <limits>
#include <vector>

#include "engine/problem/problem.hpp"
#include "engine/random/philox.hpp"

namespace millrace::testing {

/// What a random problem is made of.
struct RandomProblemShape {
  std::size_t variables = 1;
  std::size_t objectives = 1;
  std::size_t constraints = 0;
  /// Objectives take whole values only, so that many individuals are equal.
  bool coarse = false;
  /// Individuals with a first variable in this share of its interval are not finite.
  double failing = 0.0;
  /// Variables of every kind, in turn.
  bool mixed = false;
};

/// Quadratic objectives around random centres, linear constraints, random bounds; one variable may be fixed.
class RandomProblem {
 public:
  RandomProblem(const RandomProblemShape& shape, std::uint64_t seed) : shape_(shape) {
    RowDraws draws({seed, 0, Stage::problem}, 0);
    spec_.name = "random";
    spec_.bounds = Bounds(shape.variables);
    for (std::size_t j = 0; j < shape.variables; ++j) {
      const double lower = 10.0 * draws.next_double() - 5.0;
      const bool fixed = j > 0 && draws.below(6) == 0;
      spec_.bounds.set(j, lower, fixed ? lower : lower + 0.1 + 5.0 * draws.next_double());
    }
    for (std::size_t j = 0; shape.mixed && j < shape.variables; ++j) make_levels(j, draws.below(30));
    for (std::size_t k = 0; k < shape.objectives; ++k) spec_.objectives.push_back({"f", "", Sense::minimise});
    for (std::size_t c = 0; c < shape.constraints; ++c) spec_.constraints.push_back({"g", "", 1.0, 0.0});
    coefficients_.resize((shape.objectives + shape.constraints) * shape.variables);
    for (double& value : coefficients_) value = draws.next_double();
  }

  const ProblemSpec& spec() const { return spec_; }

  void evaluate(const Tile& tile, Outcome& outcome, Scratch&) const {
    const Bounds& bounds = spec_.bounds;
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      const auto place = [&](std::size_t j) {
        const double width = bounds.upper(j) - bounds.lower(j);
        return width > 0.0 ? (tile.column(j)[lane] - bounds.lower(j)) / width : 0.0;
      };
      for (std::size_t k = 0; k < shape_.objectives; ++k) {
        double sum = 0.0;
        for (std::size_t j = 0; j < shape_.variables; ++j) sum += std::pow(place(j) - coefficient(k, j), 2.0);
        outcome.objective(k)[lane] = shape_.coarse ? std::floor(8.0 * sum) : sum;
      }
      for (std::size_t c = 0; c < shape_.constraints; ++c) {
        double sum = 0.0;
        for (std::size_t j = 0; j < shape_.variables; ++j) sum += place(j) * coefficient(shape_.objectives + c, j);
        outcome.constraint(c)[lane] = sum - 0.15 * static_cast<double>(shape_.variables);
      }
      if (place(0) < shape_.failing) outcome.objective(0)[lane] = std::numeric_limits<double>::quiet_NaN();
    }
  }

 private:
  void make_levels(std::size_t j, std::uint32_t levels) {
    const auto kind = static_cast<VariableKind>(j % 4);
    const double lower = std::floor(spec_.bounds.lower(j));
    spec_.bounds.set_kind(j, kind);
    if (kind == VariableKind::binary) spec_.bounds.set(j, 0.0, 1.0);
    else if (kind != VariableKind::real) spec_.bounds.set(j, lower, lower + static_cast<double>(levels));
  }
  double coefficient(std::size_t function, std::size_t j) const {
    return coefficients_[function * shape_.variables + j];
  }

  RandomProblemShape shape_;
  ProblemSpec spec_;
  std::vector<double> coefficients_;
};

}  // namespace millrace::testing
