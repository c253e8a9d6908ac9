#include "engine/data/simd_target.hpp"

#include <hwy/highway.h>
#include <hwy/targets.h>

#include <stdexcept>

namespace millrace {

std::vector<std::string> simd_targets() {
  std::vector<std::string> names;
  for (const auto target : hwy::SupportedAndGeneratedTargets()) names.emplace_back(hwy::TargetName(target));
  return names;
}

std::string simd_target() { return simd_targets().front(); }

void use_simd_target(std::string_view name) {
  hwy::SetSupportedTargetsForTest(0);
  std::string known;
  for (const auto target : hwy::SupportedAndGeneratedTargets()) {
    if (name == hwy::TargetName(target)) {
      hwy::SetSupportedTargetsForTest(target);
      hwy::GetChosenTarget().Update(hwy::SupportedTargets());
      return;
    }
    known += (known.empty() ? "" : ", ") + std::string(hwy::TargetName(target));
  }
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
  if (!name.empty())
    throw std::invalid_argument("SIMD target '" + std::string(name) + "' cannot run here; this machine has " + known);
}

}  // namespace millrace
