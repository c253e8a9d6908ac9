#include "engine/store/stored_run.hpp"

#include <fmt/format.h>

#include <limits>

namespace millrace {

std::string text_of(const SettingValue& value) {
  if (const auto* number = std::get_if<double>(&value)) return fmt::format("{}", *number);
  return std::get<std::string>(value);
}

std::string_view name_of(RunStatus status) { return status == RunStatus::finished ? "finished" : "failed"; }

double StoredRun::indicator(std::string_view name) const {
  for (const auto& [known, value] : indicators)
    if (known == name) return value;
  return std::numeric_limits<double>::quiet_NaN();
}

}  // namespace millrace
