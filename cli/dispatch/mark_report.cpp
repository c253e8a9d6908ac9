#include "cli/dispatch/mark_report.hpp"

#include <fmt/format.h>

#include <cmath>

#include "cli/run/result_table.hpp"

namespace millrace::cli {

ReportCell cell(std::string text) { return {text, text}; }

ReportCell cell(double value, int decimals) {
  if (!std::isfinite(value)) return {nullptr, "-"};
  std::string text = fmt::format("{:.{}f}", value, decimals);
  const std::size_t sign = text[0] == '-' ? 1 : 0;
  const std::size_t dot = std::min(text.find('.'), text.size());
  for (std::size_t at = dot; at > sign + 3;) text.insert(at -= 3, ",");
  return {value, text};
}

ReportCell percent(double share, int decimals) { return {share, fmt::format("{:.{}f} %", 100.0 * share, decimals)}; }

ReportCell yes_or_no(bool value) { return {value, value ? "yes" : "no"}; }

void print_report(const MarkReport& report) {
  fmt::print("{}\n", report.title);
  std::vector<std::vector<std::string>> rows;
  for (const auto& row : report.rows) {
    rows.emplace_back();
    for (const ReportCell& item : row) rows.back().push_back(item.text);
  }
  fmt::print("{}", format_table(report.heading, rows));
  for (const std::string& note : report.notes) fmt::print("{}\n", note);
  if (report.met) fmt::print("{}: {}\n", report.name, *report.met ? "met" : "not met");
}

nlohmann::json to_json(const MarkReport& report) {
  nlohmann::json rows = nlohmann::json::array();
  for (const auto& row : report.rows) {
    nlohmann::json object;
    for (std::size_t k = 0; k < row.size(); ++k) object[report.heading[k]] = row[k].value;
    rows.push_back(object);
  }
  nlohmann::json json = {{"name", report.name}, {"title", report.title}, {"rows", rows}, {"notes", report.notes}};
  if (report.met) json["met"] = *report.met;
  return json;
}

}  // namespace millrace::cli
