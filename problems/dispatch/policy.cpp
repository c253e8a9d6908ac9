#include "problems/dispatch/policy.hpp"

#include <fmt/format.h>

#include <array>

namespace millrace {
namespace {

constexpr std::array<std::string_view, kPolicyInputs> kInputs = {"carbon", "renewable", "fresh_left", "reservoir",
                                                                 "hour"};
constexpr std::array<std::string_view, kControls> kOutputs = {"capture", "hydro", "reclaim"};
constexpr double kLeastRadius = 0.01;
constexpr double kLargestWeight = 6.0;

std::vector<std::string> rbf_names() {
  std::vector<std::string> names;
  for (std::size_t i = 1; i <= kPolicyUnits; ++i) {
    for (const auto input : kInputs) names.push_back(fmt::format("centre{}_{}", i, input));
    for (const auto input : kInputs) names.push_back(fmt::format("radius{}_{}", i, input));
    for (const auto output : kOutputs) names.push_back(fmt::format("weight{}_{}", i, output));
  }
  return names;
}

std::vector<std::string> network_names() {
  std::vector<std::string> names;
  for (std::size_t i = 1; i <= kPolicyUnits; ++i) {
    for (const auto input : kInputs) names.push_back(fmt::format("unit{}_{}", i, input));
    names.push_back(fmt::format("unit{}_bias", i));
  }
  for (const auto output : kOutputs) {
    for (std::size_t i = 1; i <= kPolicyUnits; ++i) names.push_back(fmt::format("{}_unit{}", output, i));
    names.push_back(fmt::format("{}_bias", output));
  }
  return names;
}

}  // namespace

std::string_view name_of(PolicyKind kind) { return kind == PolicyKind::rbf ? "rbf" : "network"; }

std::size_t policy_parameters(PolicyKind kind) {
  if (kind == PolicyKind::rbf) return kPolicyUnits * (2 * kPolicyInputs + kControls);
  return kPolicyUnits * (kPolicyInputs + 1) + kControls * (kPolicyUnits + 1);
}

Bounds policy_bounds(PolicyKind kind) {
  if (kind == PolicyKind::network) return Bounds(policy_parameters(kind), -kLargestWeight, kLargestWeight);
  Bounds bounds(policy_parameters(kind));
  for (std::size_t i = 0; i < kPolicyUnits; ++i)
    for (std::size_t j = 0; j < kPolicyInputs; ++j) {
      const std::size_t centre = i * (2 * kPolicyInputs + kControls) + j;
      bounds.set(centre, -1.0, 1.0);
      bounds.set(centre + kPolicyInputs, kLeastRadius, 1.0);
    }
  return bounds;
}

std::vector<std::string> policy_parameter_names(PolicyKind kind) {
  return kind == PolicyKind::rbf ? rbf_names() : network_names();
}

}  // namespace millrace
