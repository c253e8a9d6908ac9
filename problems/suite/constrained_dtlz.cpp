#include "problems/suite/constrained_dtlz.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "problems/suite/position.hpp"

namespace millrace {
namespace {

/// sum[lane] = f_1^power + .. + f_M^power for power 1 or 2.
void sum_of_powers(const Outcome& outcome, bool squared, double* sum) {
  std::fill_n(sum, kLanes, 0.0);
  for (std::size_t k = 0; k < outcome.objectives(); ++k) {
    const double* f = outcome.objective(k);
    if (squared) {
      for (std::size_t lane = 0; lane < kLanes; ++lane) sum[lane] += f[lane] * f[lane];
    } else {
      for (std::size_t lane = 0; lane < kLanes; ++lane) sum[lane] += f[lane];
    }
  }
}

/// distance2[lane] = sum_k (f_k - centre)^2, with a centre of its own for each lane.
void squared_distance_to(const Outcome& outcome, const double* centre, double* distance2) {
  std::fill_n(distance2, kLanes, 0.0);
  for (std::size_t k = 0; k < outcome.objectives(); ++k) {
    const double* f = outcome.objective(k);
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      const double offset = f[lane] - centre[lane];
      distance2[lane] += offset * offset;
    }
  }
}

double constraint_scale(DtlzConstraint constraint, double radius) {
  switch (constraint) {
    case DtlzConstraint::c1_dtlz3: return 16.0 * radius * radius;
    case DtlzConstraint::c2_dtlz2:
    case DtlzConstraint::convex_c2_dtlz2: return radius * radius;
    default: return 1.0;
  }
}

void half_plane(Outcome& outcome) {
  double* g = outcome.constraint(0);
  sum_of_powers(outcome, false, g);
  const double* last = outcome.objective(outcome.objectives() - 1);
  for (std::size_t lane = 0; lane < kLanes; ++lane) g[lane] = last[lane] / 0.6 + (g[lane] - last[lane]) / 0.5 - 1.0;
}

void ring(Outcome& outcome, double radius) {
  double* g = outcome.constraint(0);
  sum_of_powers(outcome, true, g);
  for (std::size_t lane = 0; lane < kLanes; ++lane) g[lane] = -(g[lane] - 16.0) * (g[lane] - radius * radius);
}

void balls(Outcome& outcome, double radius) {
  alignas(kAlignment) double centre[kLanes];
  alignas(kAlignment) double nearest[kLanes];
  double* g = outcome.constraint(0);
  std::fill_n(centre, kLanes, 1.0 / std::sqrt(static_cast<double>(outcome.objectives())));
  squared_distance_to(outcome, centre, nearest);
  sum_of_powers(outcome, true, g);
  for (std::size_t k = 0; k < outcome.objectives(); ++k) {
    const double* f = outcome.objective(k);
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      const double to_corner = g[lane] - 2.0 * f[lane] + 1.0;
      nearest[lane] = to_corner < nearest[lane] ? to_corner : nearest[lane];
    }
  }
  for (std::size_t lane = 0; lane < kLanes; ++lane) g[lane] = nearest[lane] - radius * radius;
}

void cylinder(Outcome& outcome, double radius) {
  alignas(kAlignment) double mean[kLanes];
  double* g = outcome.constraint(0);
  sum_of_powers(outcome, false, mean);
  for (std::size_t lane = 0; lane < kLanes; ++lane) mean[lane] /= static_cast<double>(outcome.objectives());
  squared_distance_to(outcome, mean, g);
  for (std::size_t lane = 0; lane < kLanes; ++lane) g[lane] = radius * radius - g[lane];
}

// With t = f (linear) or f^2 (spherical): 1 - w t_j - (sum t - t_j), w = 2 or 1/4.
void surfaces(Outcome& outcome, bool spherical) {
  alignas(kAlignment) double sum[kLanes];
  sum_of_powers(outcome, spherical, sum);
  for (std::size_t k = 0; k < outcome.objectives(); ++k) {
    const double* f = outcome.objective(k);
    double* g = outcome.constraint(k);
    if (spherical) {
      for (std::size_t lane = 0; lane < kLanes; ++lane) g[lane] = 1.0 - (sum[lane] - 0.75 * f[lane] * f[lane]);
    } else {
      for (std::size_t lane = 0; lane < kLanes; ++lane) g[lane] = 1.0 - (sum[lane] + f[lane]);
    }
  }
}

}  // namespace

int dtlz_number(DtlzConstraint constraint) {
  switch (constraint) {
    case DtlzConstraint::c1_dtlz1:
    case DtlzConstraint::c3_dtlz1: return 1;
    case DtlzConstraint::c1_dtlz3: return 3;
    case DtlzConstraint::c3_dtlz4: return 4;
    default: return 2;
  }
}

double dtlz_radius(DtlzConstraint constraint, std::size_t objectives) {
  switch (constraint) {
    case DtlzConstraint::c1_dtlz3: return objectives < 5 ? 9.0 : objectives < 10 ? 12.5 : 15.0;
    case DtlzConstraint::c2_dtlz2: return objectives == 2 ? 0.2 : objectives == 3 ? 0.4 : 0.5;
    case DtlzConstraint::convex_c2_dtlz2: return objectives < 8 ? 0.225 : objectives < 15 ? 0.26 : 0.27;
    default: return 0.0;
  }
}

void constrain_dtlz(DtlzConstraint constraint, Outcome& outcome) {
  const double radius = dtlz_radius(constraint, outcome.objectives());
  switch (constraint) {
    case DtlzConstraint::c1_dtlz1: return half_plane(outcome);
    case DtlzConstraint::c1_dtlz3: return ring(outcome, radius);
    case DtlzConstraint::c2_dtlz2: return balls(outcome, radius);
    case DtlzConstraint::convex_c2_dtlz2: return cylinder(outcome, radius);
    case DtlzConstraint::c3_dtlz1: return surfaces(outcome, false);
    case DtlzConstraint::c3_dtlz4: return surfaces(outcome, true);
  }
}

ConstrainedDtlz::ConstrainedDtlz(std::string name, DtlzConstraint constraint, std::size_t objectives,
                                 std::size_t variables)
    : objectives_(std::move(name),
                  {.number = dtlz_number(constraint), .convex = constraint == DtlzConstraint::convex_c2_dtlz2},
                  objectives, variables),
      constraint_(constraint), spec_(objectives_.spec()) {
  const bool one_each = constraint == DtlzConstraint::c3_dtlz1 || constraint == DtlzConstraint::c3_dtlz4;
  const double scale = constraint_scale(constraint, dtlz_radius(constraint, objectives));
  for (std::size_t c = 0; c < (one_each ? objectives : 1); ++c) add_constraint(spec_, scale);
}

}  // namespace millrace
