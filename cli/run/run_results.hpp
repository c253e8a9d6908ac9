#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>

#include "cli/cases/problem_lookup.hpp"
#include "cli/run/run_settings.hpp"
#include "engine/parallel/workers.hpp"
#include "engine/run/result_files.hpp"
#include "engine/run/run_archive.hpp"
#include "engine/run/trace.hpp"

namespace millrace::cli {

/// What an earlier run left must not stand beside a checkpoint of this one.
void remove_results(const std::filesystem::path& folder);

/// Milliseconds a generation by stage; "sum" adds them up, "total" was measured apart from them.
nlohmann::json profile_json(const Profile& profile, std::uint64_t generations);
nlohmann::json refinement_json(const RefinementCount& count);

/// Whether all of a run's non-dominated designs are its front: where the family keeps them without being asked.
bool front_is_archive(const RunSettings& settings, const Study& study);
/// Puts all of the archive into the summary in place of the population's front.
void show_archive(const RunArchive& archive, const ProblemSpec& spec, Workers& workers, RunSummary& summary);

/// Writes front.csv, plans.csv where its decisions encode plans, trace.csv, archive.csv where one is kept apart (null:
/// none), and the summary, which vouches for them.
void write_results(const std::filesystem::path& folder, const StudyMember& member, const Population& front,
                   const Trace& trace, const RunArchive* archive, Workers& workers, nlohmann::json& json);

}  // namespace millrace::cli
