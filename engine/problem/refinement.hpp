#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>

namespace millrace {

/// What a refinement is to reach: one objective as low as it gets, the others within limits, all minimised.
struct RefinementAim {
  std::size_t objective = 0;
  /// One an objective; infinite where there is none.
  std::span<const double> limits;
};

struct RefinementWork {
  /// Whether the decision was replaced.
  bool moved = false;
  /// Mathematical programs solved.
  std::uint64_t programs = 0;
};

/// A problem that can move a decision to a local optimum by mathematical programming. What refine writes is a decision
/// like any other, within the bounds and on levels; it is evaluated afterwards. Must be a pure function of its
/// arguments; called from several threads at once. May allocate.
template <class P>
concept RefiningProblem = requires(const P& problem, std::span<double> decision, const RefinementAim& aim) {
  { problem.refine(decision, aim) } -> std::same_as<RefinementWork>;
};

}  // namespace millrace
