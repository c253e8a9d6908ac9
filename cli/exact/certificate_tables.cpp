#include "cli/exact/certificate_tables.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/run/result_table.hpp"

namespace millrace::cli {
namespace {

using nlohmann::json;
using Row = std::vector<std::string>;

std::string label_of(const json& summary) {
  const std::string scenario = summary.at("scenario");
  return scenario.empty() ? summary.at("problem").get<std::string>() : scenario;
}

/// A dash where there is no number: nothing feasible, or a front outside of its box.
std::string percent(const json& part, const char* key, int decimals) {
  if (!part.contains(key) || !part.at(key).is_number()) return "-";
  const std::string text = fmt::format("{:.{}f} %", 100.0 * part.at(key).get<double>(), decimals);
  // A gap below 0 by rounding alone is none.
  return text.find_first_of("123456789") == std::string::npos && text[0] == '-' ? text.substr(1) : text;
}

std::string count_of(const json& part, const char* key) {
  return part.contains(key) ? std::to_string(part.at(key).get<std::uint64_t>()) : "-";
}

/// The part of that name, or an empty object.
json part_of(const json& summary, const char* key) { return summary.value(key, json::object()); }

bool any_has(const std::vector<json>& summaries, const char* key) {
  return std::any_of(summaries.begin(), summaries.end(), [&](const json& s) { return s.contains(key); });
}

/// What belongs to a certificate besides the front itself.
void print_apart(const json& summary) {
  const json certificate = part_of(summary, "certificate");
  if (certificate.contains("share_with_seeds"))
    fmt::print("{}: seeds in the front are not counted; with them it has {}\n", label_of(summary),
               percent(certificate, "share_with_seeds", 2));
  if (certificate.contains("archive"))
    fmt::print("{}: the {} plans of archive.csv have {} of the exact hypervolume\n", label_of(summary),
               count_of(certificate.at("archive"), "solutions"),
               percent(certificate.at("archive"), "share_of_exact_hypervolume", 2));
}

void print_certificates(const std::string& heading, const std::vector<json>& summaries) {
  if (!any_has(summaries, "certificate")) return;
  std::vector<Row> rows;
  for (const json& summary : summaries) {
    const json certificate = part_of(summary, "certificate");
    const json points = part_of(certificate, "exact_points");
    rows.push_back({label_of(summary), count_of(certificate, "solutions"), percent(certificate, "median_gap", 3),
                    percent(certificate, "largest_gap", 3), percent(certificate, "share_of_exact_hypervolume", 2),
                    count_of(points, "solutions"), percent(points, "share_of_exact_hypervolume", 2)});
  }
  fmt::print("{}", format_table({heading, "certified", "median gap", "largest gap", "of exact hypervolume",
                                 "exact points", "of exact hypervolume"},
                                rows));
  fmt::print(
      "gap: what a solution could still improve in all objectives at once, as a share of their ranges "
      "(certificate.csv)\n");
  fmt::print("of exact hypervolume: share of what the whole exact front has; beside it that of as many exact points\n");
  for (const json& summary : summaries) print_apart(summary);
  fmt::print("\n");
}

void print_polished(const std::string& heading, const std::vector<json>& summaries) {
  if (!any_has(summaries, "polished")) return;
  std::vector<Row> rows;
  for (const json& summary : summaries) {
    const json polished = part_of(summary, "polished");
    rows.push_back({label_of(summary), count_of(polished, "solutions"), count_of(polished, "distinct"),
                    percent(polished, "largest_gap", 3), percent(polished, "share_of_exact_hypervolume", 2)});
  }
  fmt::print("{}", format_table({heading, "polished", "distinct", "largest gap", "of exact hypervolume"}, rows));
  fmt::print(
      "polished: the exact solutions that linear programs reach from the evolved ones, apart from them "
      "(polished.csv)\n\n");
}

void print_exact_method(const std::string& heading, const std::vector<json>& summaries) {
  if (!any_has(summaries, "points_wanted")) return;
  std::vector<Row> rows;
  for (const json& summary : summaries) {
    const json extent = summary.at("exact_front").at("extent");
    rows.push_back({label_of(summary), count_of(summary, "points_wanted"), count_of(summary, "front_size"),
                    percent(summary, "share_of_exact_hypervolume", 2), count_of(summary, "linear_programs"),
                    extent.at("nadir_exact") ? count_of(extent, "corners") : "too many to count"});
  }
  fmt::print("{}", format_table({heading, "points wanted", "points", "of exact hypervolume", "linear programs",
                                 "corners of the front"},
                                rows));
  fmt::print(
      "of exact hypervolume: share of what the whole exact front has, the surface between its points included\n\n");
}

/// Where the volume of a front is only estimated, a reader must know.
void print_estimates(const std::vector<json>& summaries) {
  for (const json& summary : summaries) {
    const json exact = part_of(summary, "exact_front");
    if (exact.value("method", "exact") != "estimate") continue;
    fmt::print(
        "{}: the exact front has too many corners or objectives to measure; its hypervolume is estimated, with a "
        "standard error of {:.2g} of {:.4f}\n",
        label_of(summary), exact.at("standard_error").get<double>(), exact.at("share_of_reference_box").get<double>());
  }
}

}  // namespace

void print_exact_tables(const std::string& label_heading, const std::vector<json>& summaries) {
  if (any_has(summaries, "exact_front")) fmt::print("\n");
  print_exact_method(label_heading, summaries);
  print_certificates(label_heading, summaries);
  print_polished(label_heading, summaries);
  print_estimates(summaries);
}

}  // namespace millrace::cli
