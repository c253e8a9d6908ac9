#include "problems/dispatch/hours_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>

namespace millrace {
namespace {

constexpr std::array<std::string_view, 3> kColumns = {"hour", "carbon_intensity_kg_per_MWh", "renewable_MWh"};
constexpr std::string_view kHeading = "hour,carbon_intensity_kg_per_MWh,renewable_MWh";

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

std::optional<std::array<std::string_view, 3>> fields_of(std::string_view line) {
  std::array<std::string_view, 3> fields;
  for (std::size_t k = 0; k < 3; ++k) {
    const auto comma = line.find(',');
    if ((comma == std::string_view::npos) != (k == 2)) return std::nullopt;
    fields[k] = trimmed(line.substr(0, comma));
    if (k < 2) line.remove_prefix(comma + 1);
  }
  return fields;
}

class HoursReader {
 public:
  explicit HoursReader(const std::string& file) : file_(file) {}

  DispatchHours read(std::string_view text) {
    bool heading = false;
    while (!text.empty()) {
      const auto end = text.find('\n');
      const std::string_view line = trimmed(text.substr(0, end));
      text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
      ++line_;
      if (line.empty()) continue;
      if (heading) read_hour(line);
      else check_heading(line);
      heading = true;
    }
    line_ = std::max<std::size_t>(line_, 1);
    if (!heading) fail("hour", fmt::format("the file is empty; write the line {} and 24 hours below it", kHeading));
    if (hours_.size() < kHoursOfDay || hours_.size() % kHoursOfDay != 0)
      fail("hour", fmt::format("the file has {} hours; write 24, or more whole days", hours_.size()));
    return std::move(hours_);
  }

 private:
  [[noreturn]] void fail(std::string_view column, const std::string& message) const {
    throw CaseError(file_, line_, std::string(column), message);
  }

  void check_heading(std::string_view line) const {
    const auto fields = fields_of(line);
    if (!fields || *fields != kColumns) fail("hour", fmt::format("the first line is '{}'; write {}", line, kHeading));
  }

  void read_hour(std::string_view line) {
    const auto fields = fields_of(line);
    if (!fields) fail("hour", fmt::format("the line is '{}'; write three values separated by commas", line));
    const double hour = number((*fields)[0], kColumns[0]);
    const auto next = static_cast<double>(hours_.size());
    if (hour > next) fail("hour", fmt::format("hour {} is missing before hour {}; write every hour once", next, hour));
    if (hour != next)
      fail("hour", fmt::format("is {} where hour {} follows; write every hour once, in order", hour, next));
    hours_.carbon_kg_per_MWh.push_back(number((*fields)[1], kColumns[1]));
    hours_.renewable_MWh.push_back(number((*fields)[2], kColumns[2]));
  }

  double number(std::string_view field, std::string_view column) const {
    double value = 0.0;
    const auto [stop, error] = std::from_chars(field.data(), field.data() + field.size(), value);
    if (error != std::errc() || stop != field.data() + field.size() || field.empty())
      fail(column, fmt::format("'{}' is not a number; write a number that is at least 0", field));
    if (!std::isfinite(value) || value < 0.0)
      fail(column, fmt::format("is {}; write a finite number that is at least 0", value));
    return value;
  }

  const std::string& file_;
  std::size_t line_ = 0;
  DispatchHours hours_;
};

}  // namespace

DispatchHours parse_dispatch_hours(std::string_view text, const std::string& file) {
  return HoursReader(file).read(text);
}

}  // namespace millrace
