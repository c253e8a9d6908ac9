#pragma once

#include <string>
#include <string_view>

#include "engine/data/simd_target.hpp"

namespace millrace::testing {

/// Makes the kernels use one instruction set for as long as it lives.
class ChosenTarget {
 public:
  explicit ChosenTarget(std::string_view name) { use_simd_target(name); }
  ~ChosenTarget() { use_simd_target(""); }
  ChosenTarget(const ChosenTarget&) = delete;
  ChosenTarget& operator=(const ChosenTarget&) = delete;
};

/// True where a multiplication and an addition are rounded once: these instruction sets agree to the bit.
inline bool fuses(std::string_view target) {
  return target.starts_with("AVX") || target.starts_with("NEON") || target.starts_with("SVE");
}

}  // namespace millrace::testing
