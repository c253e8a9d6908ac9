#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace millrace::reference {

/// Fronts of theta-dominance by their definition (Yuan, Xu, Wang and Yao 2016): a front is what nobody left dominates.
/// Among equal values of a cluster the first one dominates. Positions, ascending in a front.
inline std::vector<std::vector<std::uint32_t>> theta_fronts(std::span<const std::uint32_t> cluster,
                                                            std::span<const double> value) {
  const auto dominates = [&](std::uint32_t a, std::uint32_t b) {
    return cluster[a] == cluster[b] && (value[a] < value[b] || (value[a] == value[b] && a < b));
  };
  std::vector<std::uint32_t> left;
  for (std::uint32_t i = 0; i < cluster.size(); ++i) left.push_back(i);
  std::vector<std::vector<std::uint32_t>> fronts;
  while (!left.empty()) {
    std::vector<std::uint32_t> front, rest;
    for (const std::uint32_t b : left) {
      bool dominated = false;
      for (const std::uint32_t a : left) dominated = dominated || dominates(a, b);
      (dominated ? rest : front).push_back(b);
    }
    fronts.push_back(front);
    left = rest;
  }
  return fronts;
}

}  // namespace millrace::reference
