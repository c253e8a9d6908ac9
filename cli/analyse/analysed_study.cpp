#include "cli/analyse/analysed_study.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "cli/exit_code.hpp"

namespace millrace::cli {
namespace {

AnalysedRun analysed(const StoredRun& run) {
  AnalysedRun result{.failed = run.status == RunStatus::failed};
  if (result.failed) return result;
  result.figures = run.indicators;
  result.figures.emplace_back("evaluations", static_cast<double>(run.evaluations));
  result.figures.emplace_back("front_size", static_cast<double>(run.front_size));
  result.figures.emplace_back("seconds", run.seconds);
  return result;
}

/// Numbers things in the order in which they are met.
template <class Key>
class Numbering {
 public:
  std::size_t operator()(const Key& key) { return index_.try_emplace(key, index_.size()).first->second; }
  std::size_t size() const { return index_.size(); }

 private:
  std::map<Key, std::size_t> index_;
};

/// What a setting is, whatever it is called: the addresses of its runs with the first seed.
std::string address_of(const SweepPlan& plan, std::size_t algorithm, std::size_t point) {
  std::string address;
  for (std::size_t p = 0; p < plan.problems.size(); ++p)
    address += plan.digest(plan.setting_index(p, algorithm, point), 0);
  return address;
}

/// Settings of the plan, each once, and where the points of the design find theirs.
void number_settings(const SweepPlan& plan, AnalysedStudy& study) {
  Numbering<std::string> numbering;
  for (std::size_t a = 0; a < plan.file.algorithms.size(); ++a)
    for (std::size_t point = 0; point < plan.points(); ++point) {
      const std::size_t setting = numbering(address_of(plan, a, point));
      if (setting == study.settings.size())
        study.settings.push_back({plan.file.algorithms[a], plan.settings[plan.setting_index(0, a, point)].values});
      study.setting_of_point.push_back(setting);
      if (point == plan.baseline_point() && !study.baseline) study.baseline = setting;
    }
}

std::string label_of(const StoredProblem& problem) {
  return problem.scenario.empty() ? problem.name : problem.name + " " + problem.scenario;
}

}  // namespace

const SettingValue* AnalysedSetting::find(const std::string& parameter) const {
  for (const auto& [name, value] : values)
    if (name == parameter) return &value;
  return nullptr;
}

std::string AnalysedSetting::text(bool with_algorithm) const {
  std::string text = with_algorithm ? algorithm : "";
  for (const auto& [name, value] : values)
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", name, text_of(value));
  return text.empty() ? algorithm : text;
}

std::size_t AnalysedStudy::finished() const {
  return static_cast<std::size_t>(
      std::count_if(runs.begin(), runs.end(), [](const auto& r) { return r && !r->failed; }));
}

std::size_t AnalysedStudy::failed() const {
  return static_cast<std::size_t>(
      std::count_if(runs.begin(), runs.end(), [](const auto& r) { return r && r->failed; }));
}

AnalysedStudy analysed_study(const SweepPlan& plan, const Store& store) {
  AnalysedStudy study{.source = plan.file.path.string(), .algorithms = plan.file.algorithms, .seeds = plan.file.seeds};
  for (const PlannedProblem& problem : plan.problems) study.problems.push_back(problem.label());
  number_settings(plan, study);
  study.design = plan.file.design;
  study.points = plan.design;
  for (const std::size_t factor : plan.factors) study.factors.push_back(plan.file.parameters[factor].name);
  for (const StudyParameter& parameter : plan.file.parameters)
    if (parameter.range && parameter.range->logarithmic) study.logarithmic.push_back(parameter.name);

  study.runs.resize(study.problems.size() * study.settings.size() * study.seeds.size());
  study.wanted = study.runs.size();
  for (std::size_t p = 0; p < plan.problems.size(); ++p)
    for (std::size_t a = 0; a < plan.file.algorithms.size(); ++a)
      for (std::size_t point = 0; point < plan.points(); ++point) {
        const std::size_t setting = study.setting_of_point[a * plan.points() + point];
        for (std::size_t k = 0; k < study.seeds.size(); ++k) {
          auto& run = study.runs[study.run_index(p, setting, k)];
          if (run) continue;
          if (const auto found = store.find(plan.digest(plan.setting_index(p, a, point), k))) run = analysed(*found);
        }
      }
  return study;
}

AnalysedStudy analysed_store(const Store& store) {
  AnalysedStudy study{.source = store.path().string()};
  std::map<std::string, std::size_t> problem_index;
  for (const StoredProblem& problem : store.problems()) {
    problem_index.emplace(problem.digest, study.problems.size());
    study.problems.push_back(label_of(problem));
  }
  struct Place {
    std::size_t problem, setting;
    std::uint64_t seed;
    AnalysedRun run;
  };
  std::vector<Place> places;
  std::set<std::uint64_t> seeds;
  Numbering<std::pair<std::string, std::vector<std::pair<std::string, SettingValue>>>> numbering;
  store.for_each_run({}, [&](const StoredRun& run) {
    const std::size_t setting = numbering({run.algorithm, run.settings});
    if (setting == study.settings.size()) study.settings.push_back({run.algorithm, run.settings});
    places.push_back({problem_index.at(run.problem), setting, run.seed, analysed(run)});
    seeds.insert(run.seed);
  });
  if (places.empty()) throw UsageError(fmt::format("{}: has no runs yet; run a sweep first", study.source));
  study.seeds.assign(seeds.begin(), seeds.end());
  for (const AnalysedSetting& setting : study.settings)
    if (std::find(study.algorithms.begin(), study.algorithms.end(), setting.algorithm) == study.algorithms.end())
      study.algorithms.push_back(setting.algorithm);
  std::sort(study.algorithms.begin(), study.algorithms.end());
  study.runs.resize(study.problems.size() * study.settings.size() * study.seeds.size());
  for (Place& place : places) {
    const auto seed = std::lower_bound(study.seeds.begin(), study.seeds.end(), place.seed) - study.seeds.begin();
    study.runs[study.run_index(place.problem, place.setting, static_cast<std::size_t>(seed))] = std::move(place.run);
  }
  study.wanted = places.size();
  return study;
}

}  // namespace millrace::cli
