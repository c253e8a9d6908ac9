#include "cli/run/whole_plans.hpp"

#include "cli/run/evaluated_designs.hpp"
#include "engine/run/result_files.hpp"

namespace millrace::cli {

std::optional<std::string> plans_csv(const StudyMember& member, const Population& front, Workers& workers) {
  if (member.whole == nullptr) return std::nullopt;
  const AnyProblem& whole = member.whole->problem;
  if (front.size() * whole.spec().bounds.variables() > kMostPlanNumbers) return std::nullopt;
  return front_csv(whole.spec(), evaluated(whole, member.whole->decoded(front.x), workers));
}

}  // namespace millrace::cli
