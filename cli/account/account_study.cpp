#include "cli/account/account_study.hpp"

#include <fmt/format.h>

#include <charconv>

#include "cli/exit_code.hpp"
#include "cli/run/settings_json.hpp"
#include "cli/run/study_folder.hpp"
#include "cli/table/csv_table.hpp"
#include "engine/run/digest.hpp"
#include "problems/urban/builtin_cases.hpp"
#include "problems/urban/load_case.hpp"

namespace millrace::cli {
namespace {

using nlohmann::json;

json manifest_of(const std::filesystem::path& folder) {
  const auto manifest = read_manifest(folder);
  if (!manifest)
    throw UsageError(fmt::format("{}: holds no manifest.json; name a folder that millrace run wrote", folder.string()));
  return *manifest;
}

RunSettings settings_of(const json& manifest, const std::filesystem::path& folder) {
  try {
    return settings_from_json(manifest.at("settings"));
  } catch (const json::exception&) {
    throw UsageError(
        fmt::format("{}/manifest.json: was written by another version; run the study again", folder.string()));
  }
}

UrbanCase urban_case_of(const RunSettings& settings, const std::filesystem::path& folder) {
  if (!case_text(urban_cases(), settings.problem) && !std::filesystem::path(settings.problem).is_absolute())
    throw UsageError(fmt::format("{}: holds runs of {}, which is no urban case; accounts are made of urban cases",
                                 folder.string(), settings.problem));
  try {
    return load_urban_case(settings.problem);
  } catch (const CaseError& error) {
    throw UsageError(error.what());
  }
}

/// Titles, published figures and the inputs of accounts may have changed since the run; what it computed with may not.
void check_data(const json& manifest, const Study& study, const std::filesystem::path& folder) {
  const json runs = manifest.value("runs", json::array());
  for (std::size_t k = 0; k < study.members.size(); ++k)
    if (k >= runs.size() || runs[k].value("data_digest", "") != digest_of(study.members[k].problem.spec().data_digest))
      throw UsageError(fmt::format("{}: the data of the case {} changed since; run the study again", folder.string(),
                                   study.address));
}

/// Row of front.csv whose decisions are the balanced scheme of summary.json.
std::size_t balanced_row(const CsvTable& front, const ProblemSpec& spec, const std::filesystem::path& folder) {
  const std::string path = (folder / "summary.json").string();
  const json summary = json::parse(read_text(path), nullptr, false);
  const auto fail = [&] {
    throw UsageError(fmt::format("{}: names no balanced scheme of front.csv; run the study again", path));
  };
  if (summary.is_discarded() || !summary.contains("balanced_scheme")) fail();
  const json& scheme = summary["balanced_scheme"];
  for (std::size_t row = 0; row < front.values.rows(); ++row) {
    bool same = true;
    for (std::size_t j = 0; same && j < spec.bounds.variables(); ++j)
      same = scheme.value(spec.variable_name(j), -1.0) == front.values(row, j);
    if (same) return row;
  }
  fail();
  return 0;
}

std::size_t numbered_row(const CsvTable& front, const std::string& solution, const std::string& path) {
  std::size_t number = 0;
  const char* end = solution.data() + solution.size();
  const auto [stop, error] = std::from_chars(solution.data(), end, number);
  if (error != std::errc() || stop != end)
    throw UsageError(fmt::format("--solution: '{}' is neither balanced nor the number of a scheme", solution));
  if (number < 1 || number > front.values.rows())
    throw UsageError(fmt::format("--solution: {} has the schemes 1 to {}, not {}", path, front.values.rows(), number));
  return number - 1;
}

}  // namespace

AccountedStudy read_accounted_study(const std::filesystem::path& folder, const std::string& solution) {
  const json manifest = manifest_of(folder);
  const RunSettings settings = settings_of(manifest, folder);
  AccountedStudy accounted{urban_case_of(settings, folder), settings.problem, solution, {}};
  const Study study = find_study(problem_request(settings));
  check_data(manifest, study, folder);
  for (const StudyMember& member : study.members) {
    const std::filesystem::path run = member_folder(folder, study, member);
    AccountedScheme scheme;
    scheme.front_file = run / "front.csv";
    const CsvTable front = read_csv(scheme.front_file);
    const ProblemSpec& spec = member.problem.spec();
    if (front.values.rows() == 0 || front.values.columns() < spec.bounds.variables())
      throw UsageError(fmt::format("{}: holds no scheme of this case", scheme.front_file.string()));
    const std::size_t row = solution == "balanced" ? balanced_row(front, spec, run)
                                                   : numbered_row(front, solution, scheme.front_file.string());
    scheme.line = front.lines[row];
    for (std::size_t j = 0; j < spec.bounds.variables(); ++j) scheme.x.push_back(front.values(row, j));
    scheme.account = account_of(accounted.urban, *accounted.urban.scenario_index(member.scenario), scheme.x);
    accounted.schemes.push_back(std::move(scheme));
  }
  return accounted;
}

}  // namespace millrace::cli
