#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace millrace {

/// Name of the instruction set that the kernels use now: "AVX3" (AVX-512), "AVX2", "SSE4" or "SCALAR".
std::string simd_target();

/// Names of the instruction sets that this machine can run, best first.
std::vector<std::string> simd_targets();

/// Makes every kernel use the named instruction set from now on; an empty name returns to the best one.
/// For tests and for reproducing a run of another machine. Call it before any other thread runs a kernel.
/// Throws std::invalid_argument where this machine cannot run it.
void use_simd_target(std::string_view name);

}  // namespace millrace
