#include "cli/run/run_results.hpp"

#include "cli/run/run_trace.hpp"
#include "cli/run/study_folder.hpp"
#include "cli/run/whole_plans.hpp"
#include "engine/run/digest.hpp"

namespace millrace::cli {

void remove_results(const std::filesystem::path& folder) {
  std::error_code ignored;
  for (const char* name :
       {"front.csv", "plans.csv", "archive.csv", "trace.csv", "certificate.csv", "polished.csv", "summary.json"})
    std::filesystem::remove(folder / name, ignored);
}

nlohmann::json profile_json(const Profile& profile, std::uint64_t generations) {
  const double scale = generations == 0 ? 0.0 : 1e3 / static_cast<double>(generations);
  nlohmann::json stages = nlohmann::json::array();
  double sum = 0.0;
  for (std::size_t s = 0; s < kProfileStages; ++s) {
    const double seconds = profile.seconds(static_cast<ProfileStage>(s));
    sum += seconds;
    if (seconds > 0.0)
      stages.push_back({{"stage", name_of(static_cast<ProfileStage>(s))}, {"ms_a_generation", scale * seconds}});
  }
  return {{"generations", generations},
          {"stages", stages},
          {"sum_ms_a_generation", scale * sum},
          {"total_ms_a_generation", scale * profile.total_seconds()}};
}

nlohmann::json refinement_json(const RefinementCount& count) {
  return {{"refined", count.refined}, {"moved", count.moved}, {"programs", count.programs}, {"seconds", count.seconds}};
}

bool front_is_archive(const RunSettings& settings, const Study& study) {
  return settings.archive.kind == ArchiveOptions::Kind::nondominated && study.recommended.archive == "nondominated";
}

void show_archive(const RunArchive& archive, const ProblemSpec& spec, Workers& workers, RunSummary& summary) {
  summary.front = final_front(archive.population(), archive.members());
  summary.box = ReferenceBox::of(spec, summary.front.f);
  if (summary.front.size() == 0) return;
  if (summary.front.feasible(0)) summary.hypervolume = normalised_hypervolume(summary.front.f, summary.box, workers);
  summary.balanced = balanced_scheme(summary.front, summary.box);
}

void write_results(const std::filesystem::path& folder, const StudyMember& member, const Population& front,
                   const Trace& trace, const RunArchive* archive, Workers& workers, nlohmann::json& json) {
  const ProblemSpec& spec = member.problem.spec();
  const auto write = [&](const char* name, const std::string& text) {
    write_file(folder / name, text);
    json["files"][name] = digest_of(text);
  };
  write("front.csv", front_csv(spec, front));
  if (const auto plans = plans_csv(member, front, workers)) write("plans.csv", *plans);
  write("trace.csv", trace_csv(trace.points()));
  json["trace"] = trace_json(trace.points());
  if (archive != nullptr && archive->kind() != ArchiveOptions::Kind::none) {
    write("archive.csv", front_csv(spec, final_front(archive->population(), archive->members())));
    json["archive"] = {{"kind", name_of(archive->kind())},
                       {"size", archive->members().size()},
                       {"epsilons", std::vector<double>(archive->epsilons().begin(), archive->epsilons().end())}};
  }
  write_file(folder / "summary.json", json.dump(2) + "\n");
}

}  // namespace millrace::cli
