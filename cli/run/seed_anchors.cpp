#include "cli/run/seed_anchors.hpp"

#include <algorithm>
#include <stdexcept>

#include "cli/exit_code.hpp"
#include "engine/exact/payoff.hpp"

namespace millrace::cli {
namespace {

DecisionRows anchors_of(const StudyMember& member) {
  const std::optional<LinearForm> form = member.whole_problem().linear_form();
  if (!form) throw UsageError("--seed-anchors: " + member.problem.spec().name + " is not a linear program");
  try {
    DecisionRows whole = payoff_table(*form).decisions;
    return member.whole != nullptr ? member.whole->encoded(whole) : whole;
  } catch (const std::runtime_error& error) {
    throw UsageError("--seed-anchors: " + member.problem.spec().name + ": " + error.what());
  }
}

}  // namespace

SeedDesigns anchor_designs(const StudyMember& member, std::size_t most) {
  const DecisionRows anchors = anchors_of(member);
  const std::size_t taken = std::min(anchors.rows(), most);
  SeedDesigns seeds{Population(taken, member.problem.spec().shape()), anchors.rows(), false};
  for (std::size_t i = 0; i < taken; ++i) std::ranges::copy(anchors.row(i), seeds.designs.x.row(i).begin());
  return seeds;
}

}  // namespace millrace::cli
