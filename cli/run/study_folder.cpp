#include "cli/run/study_folder.hpp"

#include <fcntl.h>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <ctime>
#include <fstream>

#include "cli/exit_code.hpp"
#include "cli/run/settings_json.hpp"
#include "engine/data/simd_target.hpp"
#include "engine/run/checkpoint_file.hpp"
#include "engine/run/digest.hpp"

namespace millrace::cli {
namespace {

using nlohmann::json;

std::optional<json> read_json(const std::filesystem::path& path) {
  std::ifstream in(path);
  if (!in) return std::nullopt;
  json parsed = json::parse(in, nullptr, false);
  if (parsed.is_discarded()) throw UsageError(fmt::format("{}: is not a JSON file of millrace", path.string()));
  return parsed;
}

std::filesystem::path nearest_existing(std::filesystem::path folder) {
  folder = std::filesystem::absolute(folder);
  std::error_code ignored;
  while (!std::filesystem::exists(folder, ignored) && folder.has_relative_path()) folder = folder.parent_path();
  return folder;
}

/// Tries it: permissions alone do not tell what root, a read-only mount or /proc refuse.
void check_writable(const std::filesystem::path& folder) {
  const std::filesystem::path probe = folder / fmt::format(".millrace-{}", ::getpid());
  const int file = ::open(probe.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  const int reason = errno;
  if (file >= 0) {
    ::close(file);
    ::unlink(probe.c_str());
    return;
  }
  if (reason == ENOSPC || reason == EDQUOT)
    throw StorageError(fmt::format("{}: cannot write ({})", folder.string(), std::strerror(reason)));
  throw UsageError(
      fmt::format("--output: {} is not writable ({}); name another folder", folder.string(), std::strerror(reason)));
}

/// How many variables there are of each kind that occurs.
json kinds_json(const Bounds& bounds) {
  json kinds = json::object();
  for (std::size_t j = 0; j < bounds.variables(); ++j) {
    json& count = kinds[std::string(name_of(bounds.kind(j)))];
    count = count.is_null() ? 1 : count.get<std::size_t>() + 1;
  }
  return kinds;
}

json data_json(const ProblemSpec& spec) {
  json data = {spec.name, spec.data_digest, spec.bounds.variables(), spec.objectives.size()};
  for (const std::uint32_t j : spec.bounds.discrete()) data.push_back({j, name_of(spec.bounds.kind(j))});
  return data;
}

}  // namespace

std::string problem_digest(const StudyMember& member) {
  const json address = {
      {"data", data_json(member.problem.spec())}, {"scenario", member.scenario}, {"numerics", kNumericsVersion}};
  return digest_of(address.dump());
}

bool seeds_are_known(const RunSettings& settings, const StudyMember& member) {
  return settings.seeds && settings.seeds->results_of == problem_digest(member);
}

std::string run_digest(const RunSettings& settings, const StudyMember& member) {
  json address = to_json(settings);
  // The data decide, not the name of the file they came from, nor which other scenarios are solved beside this one.
  address.erase("problem");
  address.erase("scenarios");
  address.erase("case_options");
  // Added to the result of a run, which stays what it is.
  address.erase("certify");
  address.erase("polish");
  address["data"] = data_json(member.problem.spec());
  // What is known already is not evaluated, which a budget of evaluations feels.
  if (settings.seeds) address["seeds"] = {settings.seeds->digest, seeds_are_known(settings, member)};
  address["scenario"] = member.scenario;
  address["numerics"] = kNumericsVersion;
  return digest_of(address.dump());
}

std::string study_digest(const RunSettings& settings, const Study& study) {
  std::string digests;
  for (const StudyMember& member : study.members) digests += run_digest(settings, member);
  return digest_of(digests);
}

std::filesystem::path default_folder(const RunSettings& settings, const Study& study) {
  return std::filesystem::path("results") / fmt::format("{}-{}-seed{}-{}", study.name, settings.algorithm,
                                                        settings.seed, study_digest(settings, study).substr(0, 6));
}

std::filesystem::path member_folder(const std::filesystem::path& study_folder, const Study& study,
                                    const StudyMember& member) {
  return study.members.size() == 1 ? study_folder : study_folder / member.scenario;
}

void check_folder(const std::filesystem::path& folder, const std::string& digest, bool force) {
  const std::filesystem::path existing = nearest_existing(folder);
  if (!std::filesystem::is_directory(existing))
    throw UsageError(fmt::format("--output: {} is a file, not a folder; name another one", existing.string()));
  check_writable(existing);
  if (force) return;
  const auto manifest = read_manifest(folder);
  if (manifest && manifest->value("digest", "") != digest)
    throw UsageError(
        fmt::format("--output: {} holds another study ({}); name another folder, or replace it with --force",
                    folder.string(), manifest->value("title", "unnamed")));
}

std::optional<json> read_manifest(const std::filesystem::path& folder) { return read_json(folder / "manifest.json"); }

std::optional<json> finished_summary(const std::filesystem::path& folder, const std::string& digest) {
  const auto summary = read_json(folder / "summary.json");
  bool whole = summary && summary->value("digest", "") == digest && std::filesystem::exists(folder / "front.csv");
  if (whole && summary->contains("archive")) whole = std::filesystem::exists(folder / "archive.csv");
  if (whole && summary->contains("trace")) whole = std::filesystem::exists(folder / "trace.csv");
  return whole ? summary : std::nullopt;
}

RunTimes times_so_far(const std::filesystem::path& folder, const std::string& digest) {
  const auto begun = read_manifest(folder);
  if (!begun || begun->value("digest", "") != digest || begun->value("status", "") == "finished")
    return {timestamp(), 0.0};
  return {begun->value("started", timestamp()), begun->value("wall_seconds", 0.0)};
}

json manifest(const RunSettings& settings, const Study& study, std::size_t threads, const RunTimes& times,
              const std::string& status) {
  json runs = json::array();
  for (const StudyMember& member : study.members)
    runs.push_back({{"problem", member.problem.spec().name},
                    {"scenario", member.scenario},
                    {"digest", run_digest(settings, member)},
                    {"data_digest", digest_of(member.problem.spec().data_digest)},
                    {"variables", kinds_json(member.problem.spec().bounds)}});
  utsname system = {};
  ::uname(&system);
  return {{"millrace", MILLRACE_VERSION},
          {"numerics", kNumericsVersion},
          {"title", study.title},
          {"digest", study_digest(settings, study)},
          {"status", status},
          {"settings", to_json(settings)},
          {"runs", runs},
          {"threads", threads},
          {"simd", simd_target()},
          {"compiler", __VERSION__},
          {"system", fmt::format("{} {} {}", system.sysname, system.release, system.machine)},
          {"started", times.started},
          {"wall_seconds", times.wall_seconds},
          {"written", timestamp()}};
}

std::string timestamp() { return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr))); }

}  // namespace millrace::cli
