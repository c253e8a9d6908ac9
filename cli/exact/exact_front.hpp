#pragma once

#include <nlohmann/json.hpp>
#include <string_view>
#include <vector>

#include "cli/cases/problem_lookup.hpp"
#include "engine/exact/front_share.hpp"
#include "engine/exact/payoff.hpp"
#include "engine/parallel/workers.hpp"
#include "engine/run/front.hpp"

namespace millrace::cli {

/// What linear programs say of one problem's whole front. Everything is minimised.
struct ExactFront {
  LinearForm form;
  PayoffTable payoff;
  /// The problem's own box, or else that of the payoff table: where hypervolumes are measured.
  ReferenceBox box;
  /// Of the box; 0 for an objective that all solutions share.
  std::vector<double> range;
  /// Where every range ends: the box, or the one value of an objective that all solutions share.
  std::vector<double> nadir() const;

  /// Hypervolume of the front as a share of the box, up to kReferencePoint.
  FrontShare share;
};

/// Refuses, with one sentence, a study with a member that is not a linear program, or whose program has no solution.
/// `option` is what needs it, "--certify". Throws UsageError.
void require_linear_programs(std::string_view option, const Study& study);

/// Solves what there is to know. Throws UsageError where the program has no solution.
ExactFront exact_front(const StudyMember& member, Workers& workers);

/// For summary.json: the volume and how it was found, and per objective the ideal and the payoff table's nadir as shown.
nlohmann::json exact_json(const ProblemSpec& spec, const ExactFront& exact);

}  // namespace millrace::cli
