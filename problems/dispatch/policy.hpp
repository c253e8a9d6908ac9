#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/data/bounds.hpp"
#include "problems/dispatch/simulation.hpp"

namespace millrace {

/// A closed-loop policy: a function from what is seen of an hour to its three controls, whose parameters are the
/// variables (direct policy search).
///
/// It sees five numbers: carbon intensity and renewables of the hour, what is left of the day's fresh water, the
/// reservoir, the hour of the day.
enum class PolicyKind {
  /// Gaussian radial basis functions: control k is sum_i w_ik exp(-sum_j ((s_j - c_ij) / b_ij)^2), the weights of a
  /// control scaled to sum 1, s in [0, 1]. Giuliani, Castelletti, Pianosi, Mason and Reed 2016,
  /// doi:10.1061/(ASCE)WR.1943-5452.0000570. Parameters of a function: 5 centres in [-1, 1], 5 radii in (0, 1], 3
  /// weights in [0, 1].
  rbf,
  /// Six tanh units and three logistic outputs, s about -2 to 2. Parameters: of each unit 5 weights and a bias, then
  /// of each control 6 weights and a bias, all in [-6, 6].
  network
};

inline constexpr std::size_t kPolicyInputs = 5;
inline constexpr std::size_t kPolicyUnits = 6;

std::string_view name_of(PolicyKind kind);
/// 78 for rbf, 57 for network.
std::size_t policy_parameters(PolicyKind kind);
Bounds policy_bounds(PolicyKind kind);
std::vector<std::string> policy_parameter_names(PolicyKind kind);

/// Simulates 64 policies in every future; `x` holds policy_parameters(kind) columns of 64 lanes. O(futures * hours *
/// exponentials). `trace`, where not null, gets the hours of the first future.
void simulate_policies(const DispatchModel& model, const Futures& futures, PolicyKind kind, const double* x,
                       DispatchWork& work, DispatchTrace* trace = nullptr);

}  // namespace millrace
