#include "engine/run/budget.hpp"

#include <cmath>

namespace millrace {

std::string Budget::error() const {
  if (!generations && !evaluations && !seconds && !target_hypervolume && !stagnation && !epsilon_stagnation)
    return "a run needs a limit: generations, evaluations, seconds, a target or stagnation";
  if (generations == 0u) return "generations must be at least 1";
  if (evaluations == 0u) return "evaluations must be at least 1";
  if (seconds && !(*seconds > 0.0 && std::isfinite(*seconds))) return "seconds must be a positive number";
  if (target_hypervolume && !(*target_hypervolume > 0.0 && *target_hypervolume <= 1.0))
    return "the target hypervolume is a share of the reference box: above 0, at most 1";
  if (stagnation == 0u) return "stagnation must be at least 1 generation";
  if (epsilon_stagnation == 0u) return "stagnation of epsilon-progress must be at least 1 generation";
  if (!(stagnation_tolerance >= 0.0)) return "the stagnation tolerance must be at least 0";
  if (!(failed_share >= 0.0 && failed_share <= 1.0)) return "the share of failed evaluations lies between 0 and 1";
  return {};
}

std::string_view name_of(StopReason reason) {
  switch (reason) {
    case StopReason::generations: return "generations";
    case StopReason::evaluations: return "evaluations";
    case StopReason::seconds: return "seconds";
    case StopReason::target: return "target";
    case StopReason::stagnation: return "stagnation";
    case StopReason::epsilon_stagnation: return "epsilon-stagnation";
    case StopReason::interrupted: return "interrupted";
    case StopReason::failures: return "failures";
  }
  return "unknown";
}

}  // namespace millrace
