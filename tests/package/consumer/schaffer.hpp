#pragma once

#include <engine/problem/problem.hpp>

/// Schaffer's first problem: x^2 and (x - 2)^2.
class Schaffer {
 public:
  Schaffer() {
    spec_.name = "schaffer";
    spec_.bounds = millrace::Bounds(1, -10.0, 10.0);
    spec_.objectives.resize(2);
    spec_.objectives[0].name = "from_zero";
    spec_.objectives[1].name = "from_two";
    spec_.data_digest = "1";
  }
  const millrace::ProblemSpec& spec() const { return spec_; }
  void evaluate(const millrace::Tile& tile, millrace::Outcome& outcome, millrace::Scratch&) const {
    const double* x = tile.column(0);
    for (std::size_t lane = 0; lane < millrace::kLanes; ++lane) {
      outcome.objective(0)[lane] = x[lane] * x[lane];
      outcome.objective(1)[lane] = (x[lane] - 2.0) * (x[lane] - 2.0);
    }
  }

 private:
  millrace::ProblemSpec spec_;
};
