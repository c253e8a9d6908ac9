#include "problems/dispatch/goals.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace millrace {
namespace {

struct QuantityName {
  DispatchQuantity quantity;
  std::string_view name;
  std::string_view unit;
};

constexpr std::array kQuantities = {
    QuantityName{DispatchQuantity::operating_cost, "operating_cost", "GBP"},
    QuantityName{DispatchQuantity::carbon, "carbon", "kg CO2"},
    QuantityName{DispatchQuantity::water, "water", "m3"},
    QuantityName{DispatchQuantity::violation, "violation", "GBP"},
    QuantityName{DispatchQuantity::wcmpi, "wcmpi", "m3/t CO2"},
    QuantityName{DispatchQuantity::fines, "fines", "GBP"},
    QuantityName{DispatchQuantity::total, "total", "GBP"},
};

constexpr std::string_view kViolatingShare = "violating_share";

const QuantityName& entry_of(DispatchQuantity quantity) {
  return *std::find_if(kQuantities.begin(), kQuantities.end(),
                       [&](const QuantityName& entry) { return entry.quantity == quantity; });
}

std::string_view suffix_of(RiskMeasure measure) {
  if (measure == RiskMeasure::cvar) return "_cvar";
  return measure == RiskMeasure::worst ? "_worst" : "";
}

}  // namespace

std::string DispatchGoal::name() const {
  if (measure == RiskMeasure::violating_share) return std::string(kViolatingShare);
  return std::string(entry_of(quantity).name) + std::string(suffix_of(measure));
}

std::string DispatchGoal::unit() const {
  return measure == RiskMeasure::violating_share ? "share of futures" : std::string(entry_of(quantity).unit);
}

bool DispatchGoal::feels_violation() const {
  return measure == RiskMeasure::violating_share || quantity == DispatchQuantity::violation ||
         quantity == DispatchQuantity::fines || quantity == DispatchQuantity::total;
}

std::vector<std::string> dispatch_goal_names() {
  std::vector<std::string> names;
  for (const RiskMeasure measure : {RiskMeasure::mean, RiskMeasure::cvar, RiskMeasure::worst})
    for (const QuantityName& entry : kQuantities) names.push_back(DispatchGoal{entry.quantity, measure}.name());
  names.emplace_back(kViolatingShare);
  return names;
}

std::optional<DispatchGoal> dispatch_goal(std::string_view name) {
  if (name == kViolatingShare) return DispatchGoal{DispatchQuantity::violation, RiskMeasure::violating_share};
  for (const RiskMeasure measure : {RiskMeasure::mean, RiskMeasure::cvar, RiskMeasure::worst})
    for (const QuantityName& entry : kQuantities)
      if (const DispatchGoal goal{entry.quantity, measure}; goal.name() == name) return goal;
  return std::nullopt;
}

double quantity_of(DispatchQuantity quantity, const DispatchTotals& totals, const DispatchTotals& without) {
  switch (quantity) {
    case DispatchQuantity::operating_cost: return totals.operating_cost;
    case DispatchQuantity::carbon: return totals.carbon_kg;
    case DispatchQuantity::water: return totals.water_m3;
    case DispatchQuantity::violation: return totals.violation;
    case DispatchQuantity::wcmpi: return wcmpi(totals, without);
    case DispatchQuantity::fines: return totals.fines;
    case DispatchQuantity::total: return totals.total;
  }
  return 0.0;
}

double measure_of(RiskMeasure measure, std::span<double> values, double tail) {
  const auto n = static_cast<double>(values.size());
  if (measure == RiskMeasure::worst) return *std::max_element(values.begin(), values.end());
  if (measure == RiskMeasure::mean) {
    double sum = 0.0;
    for (const double value : values) sum += value;
    return sum / n;
  }
  std::sort(values.begin(), values.end());
  const auto worst = static_cast<std::size_t>(std::clamp(std::ceil(tail * n - 1e-9), 1.0, n));
  double sum = 0.0;
  for (const double value : values.last(worst)) sum += value;
  return sum / static_cast<double>(worst);
}

double quantile_of(std::span<double> values, double share) {
  std::sort(values.begin(), values.end());
  const auto n = static_cast<double>(values.size());
  return values[static_cast<std::size_t>(std::clamp(std::ceil(share * n - 1e-9) - 1.0, 0.0, n - 1.0))];
}

}  // namespace millrace
