#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cli/cases/problem_lookup.hpp"
#include "cli/run/seed_designs.hpp"
#include "engine/parallel/workers.hpp"
#include "engine/run/front.hpp"

namespace millrace::cli {

/// For summary.json, how much of a front the seeds are, so that nobody takes them for found: "from", "individuals" (in
/// the first population), "solutions" (lines of the front, from 1, that equal a seed in every objective to 1e-9 of the
/// box), and the hypervolume of the others, "share_of_reference_box_without". Evaluates seeds whose results are not
/// known once more, which no count of the run has.
nlohmann::json seeds_json(const StudyMember& member, const SeedDesigns& seeds, const std::string& from,
                          const Population& front, const ReferenceBox& box, Workers& workers);

/// The same as sentences, one a run that has seeds, on standard output.
void print_seeds(const std::vector<nlohmann::json>& summaries);

}  // namespace millrace::cli
