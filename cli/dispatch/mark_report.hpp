#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "engine/parallel/workers.hpp"
#include "problems/dispatch/dispatch_case.hpp"

namespace millrace::cli {

/// One value of a report: as a program reads it and as a person does.
struct ReportCell {
  nlohmann::json value;
  std::string text;
};
ReportCell cell(std::string text);
/// With thousands grouped.
ReportCell cell(double value, int decimals = 0);
/// 0.834 as 83.4 %.
ReportCell percent(double share, int decimals = 1);
ReportCell yes_or_no(bool value);

/// A table that is computed, with what has to be said about it.
struct MarkReport {
  std::string name;
  std::string title;
  std::vector<std::string> heading;
  std::vector<std::vector<ReportCell>> rows;
  std::vector<std::string> notes;
  /// Empty where nothing is to be met.
  std::optional<bool> met;
};
void print_report(const MarkReport& report);
nlohmann::json to_json(const MarkReport& report);

struct MarkRequest {
  DispatchCase dispatch;
  /// Names of scenarios of the case.
  std::vector<std::string> scenarios;
  std::uint64_t seed = 1;
  Workers& workers;
};

/// Table 2 of the paper: its rows, ours of the same fixed policies, and evolved schedules.
MarkReport table2_report(const MarkRequest& request);
/// M1: the totals of the paper's SAC rows, reached by schedules.
MarkReport total_mark(const MarkRequest& request);
/// M2: schedules better than the paper's SAC rows in every column, in both profiles; and where reclaimed water is
/// limited.
MarkReport dominance_mark(const MarkRequest& request);
/// M3: the evolved front of `physical` beside the exact one.
MarkReport front_mark(const MarkRequest& request);
/// M4: closed-loop policies beside open-loop schedules, on seeds that none of them was made with.
MarkReport policy_mark(const MarkRequest& request);

}  // namespace millrace::cli
