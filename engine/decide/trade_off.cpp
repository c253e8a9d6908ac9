#include "engine/decide/trade_off.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <vector>

namespace millrace {
namespace {

/// Changes up to this share are none.
constexpr double kUnchanged = 0.0005;
/// Values below this share of the range are near zero.
constexpr double kNearZero = 0.01;
/// So many times its value is no percentage a person can read.
constexpr double kTenfold = 10.0;

std::string percent_text(double share) {
  const double percent = 100.0 * share;
  return fmt::format("{:.{}f} %", percent, percent < 0.995 ? 2 : percent < 9.95 ? 1 : 0);
}

/// "3.1 %" or "12 t", empty where there is no change.
std::string change_text(const ObjectiveSpec& objective, double chosen, double other, double range) {
  const double size = std::abs(chosen - other);
  const bool near_zero = std::abs(other) < kNearZero * range || chosen * other < 0.0;
  if (size <= kUnchanged * std::max(std::abs(chosen), std::abs(other)) || (near_zero && size <= kUnchanged * range))
    return {};
  if (near_zero || size > kTenfold * std::abs(other)) {
    const std::string unit = objective.unit.empty() ? "" : " " + objective.unit;
    return number_text(size) + unit;
  }
  return percent_text(size / std::abs(other));
}

std::string listing(const std::vector<std::string>& parts) {
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i)
    text += (i == 0 ? "" : i + 1 < parts.size() ? ", " : " and ") + parts[i];
  return text;
}

/// What is lost, as a clause of its own: maximised objectives are given up, more of minimised ones is accepted.
std::string price(const std::vector<std::string>& given_up, const std::vector<std::string>& accepted) {
  std::vector<std::string> clauses;
  if (!given_up.empty()) clauses.push_back("gives up " + listing(given_up));
  if (!accepted.empty()) clauses.push_back("accepts " + listing(accepted));
  return listing(clauses);
}

}  // namespace

std::string number_text(double value) {
  const double magnitude = std::abs(value);
  if (magnitude == 0.0) return "0";
  if (magnitude < 1e-4 || magnitude >= 1e15) return fmt::format("{:.3e}", value);
  if (magnitude < 999.95) return fmt::format("{:.4g}", value);
  std::string text = fmt::format("{:.0f}", value);
  const std::size_t sign = value < 0.0 ? 1 : 0;
  for (std::size_t at = text.size(); at > sign + 3;) text.insert(at -= 3, ",");
  return text;
}

std::string quantity_text(const ObjectiveSpec& objective, double minimised) {
  return number_text(objective.shown(minimised)) + (objective.unit.empty() ? "" : " " + objective.unit);
}

std::string trade_off_sentence(std::span<const ObjectiveSpec> objectives, std::span<const double> chosen,
                               std::span<const double> other, const std::string& label,
                               std::span<const double> ranges) {
  const std::size_t m = objectives.size();
  if (m == 0 || chosen.size() != m || other.size() != m || (!ranges.empty() && ranges.size() != m))
    throw std::invalid_argument(fmt::format("two solutions with {} and {} values for {} objectives cannot be compared",
                                            chosen.size(), other.size(), m));
  std::vector<std::string> given_up, accepted, gained;
  for (std::size_t k = 0; k < m; ++k) {
    const std::string change = change_text(objectives[k], chosen[k], other[k], ranges.empty() ? 0.0 : ranges[k]);
    if (change.empty()) continue;
    const bool maximised = objectives[k].sense == Sense::maximise;
    const std::string& name = objectives[k].name;
    const bool worse = chosen[k] > other[k];
    if (worse && maximised) given_up.push_back(fmt::format("{} of {}", change, name));
    else if (worse) accepted.push_back(fmt::format("{} more {}", change, name));
    else gained.push_back(fmt::format("{} {} {}", change, maximised ? "more" : "less", name));
  }
  const std::string lost = price(given_up, accepted);
  if (lost.empty() && gained.empty()) return fmt::format("differs by no more than 0.05 % from {}", label);
  if (lost.empty()) return fmt::format("has {} compared with {} and gives up nothing", listing(gained), label);
  if (gained.empty()) return fmt::format("{} for nothing in return compared with {}", lost, label);
  return fmt::format("{} for {} compared with {}", lost, listing(gained), label);
}

}  // namespace millrace
