#include "cli/exact/certificate_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include "cli/run/evaluated_designs.hpp"
#include "cli/run/run_trace.hpp"
#include "cli/table/front_file.hpp"
#include "engine/exact/certificate.hpp"
#include "engine/exact/reference_front.hpp"
#include "engine/run/digest.hpp"
#include "engine/run/result_files.hpp"

namespace millrace::cli {
namespace {

using nlohmann::json;

void write_result(const std::filesystem::path& folder, const char* name, const std::string& text, json& summary) {
  write_file(folder / name, text);
  summary["files"][name] = digest_of(text);
}

/// The upper median: a value that some solution has.
double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

/// certificate.csv: line i belongs to line i of front.csv.
std::string certificate_csv(const Certificate& certificate) {
  std::string text = "solution,gap,bound,largest improvement\n";
  for (std::size_t i = 0; i < certificate.gap.size(); ++i)
    text += fmt::format("{},{},{},{}\n", i + 1, certificate.gap[i], certificate.bound[i],
                        certificate.largest_improvement[i]);
  return text;
}

double exact_share(const Columns& f, const ExactFront& exact, Workers& workers) {
  return normalised_hypervolume(f, exact.box, workers) / exact.share.value;
}

json gaps_json(const Certificate& certificate) {
  return {{"median_gap", median(certificate.gap)},
          {"largest_gap", *std::max_element(certificate.gap.begin(), certificate.gap.end())},
          {"largest_bound", *std::max_element(certificate.bound.begin(), certificate.bound.end())}};
}

/// Where none is feasible there is nothing to prove.
json nothing_certified() { return {{"solutions", 0}}; }

/// What is left of a front without the seeds that summary.json counts in it: what evolution found.
Columns without_seeds(const Columns& f, const json& summary) {
  if (!summary.contains("seeds")) return f;
  const json lines = summary.at("seeds").at("solutions");
  std::vector<bool> seeded(f.rows(), false);
  for (const json& line : lines) seeded.at(line.get<std::size_t>() - 1) = true;
  Columns found(f.rows() - lines.size(), f.columns());
  for (std::size_t i = 0, to = 0; i < f.rows(); ++i) {
    if (seeded[i]) continue;
    for (std::size_t k = 0; k < f.columns(); ++k) found(to, k) = f(i, k);
    ++to;
  }
  return found;
}

json certify_front(const Columns& f, const ExactFront& exact, const std::filesystem::path& folder, Workers& workers,
                   json& summary) {
  const auto start = std::chrono::steady_clock::now();
  const Certificate certificate = certify(exact.form, exact.range, f, workers);
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  write_result(folder, "certificate.csv", certificate_csv(certificate), summary);
  const ReferenceFront same_size =
      reference_front(exact.form, exact.payoff, exact.nadir(), {.size = f.rows()}, workers);
  json result = gaps_json(certificate);
  result["solutions"] = f.rows();
  result["seconds"] = seconds;
  result["share_of_exact_hypervolume"] = exact_share(without_seeds(f, summary), exact, workers);
  if (summary.contains("seeds")) result["share_with_seeds"] = exact_share(f, exact, workers);
  if (summary.contains("archive")) {
    const Columns all = read_front_file(folder / "archive.csv").f;
    result["archive"] = {{"solutions", all.rows()}, {"share_of_exact_hypervolume", exact_share(all, exact, workers)}};
  }
  result["exact_points"] = {{"solutions", same_size.objectives.rows()},
                            {"share_of_exact_hypervolume", exact_share(same_size.objectives, exact, workers)}};
  return result;
}

json polish_front(const StudyMember& member, const Columns& f, const ExactFront& exact,
                  const std::filesystem::path& folder, Workers& workers, json& summary) {
  const Certificate polished = polish(exact.form, exact.payoff.ideal, exact.range, f, workers);
  const AnyProblem& whole = member.whole_problem();
  const Population solutions = evaluated(whole, polished.decisions, workers);
  write_result(folder, "polished.csv", front_csv(whole.spec(), solutions), summary);
  json result = gaps_json(certify(exact.form, exact.range, solutions.f, workers));
  result["solutions"] = f.rows();
  result["distinct"] = final_front(solutions, all_slots(solutions)).size();
  result["share_of_exact_hypervolume"] = exact_share(solutions.f, exact, workers);
  return result;
}

/// What the run recorded on its way, as shares of the exact front's hypervolume.
void add_exact_shares(const ExactFront& exact, const std::filesystem::path& folder, json& summary) {
  if (!summary.contains("trace")) return;
  std::vector<TracePoint> points = trace_from_json(summary.at("trace"));
  for (TracePoint& point : points) point.exact_share = point.hypervolume / exact.share.value;
  summary["trace"] = trace_json(points);
  write_result(folder, "trace.csv", trace_csv(points), summary);
}

bool has(const json& summary, const char* key, const std::filesystem::path& file) {
  if (!summary.contains(key)) return false;
  return summary.at(key).at("solutions") == 0 || std::filesystem::exists(file);
}

}  // namespace

bool lacks_certificates(const RunSettings& settings, const json& summary, const std::filesystem::path& folder) {
  return (settings.certify && !has(summary, "certificate", folder / "certificate.csv")) ||
         (settings.polish && !has(summary, "polished", folder / "polished.csv"));
}

void add_certificates(const RunSettings& settings, const StudyMember& member, const ExactFront& exact,
                      const std::filesystem::path& folder, Workers& workers, json& summary) {
  summary["exact_front"].update(exact_json(member.problem.spec(), exact));
  const bool any = summary.at("feasible_in_population") != 0;
  Columns f;
  if (any) f = read_front_file(folder).f;
  if (settings.certify) {
    summary["certificate"] = any ? certify_front(f, exact, folder, workers, summary) : nothing_certified();
    add_exact_shares(exact, folder, summary);
  }
  if (settings.polish)
    summary["polished"] = any ? polish_front(member, f, exact, folder, workers, summary) : nothing_certified();
  write_file(folder / "summary.json", summary.dump(2) + "\n");
}

}  // namespace millrace::cli
