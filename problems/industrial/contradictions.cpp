#include "problems/industrial/contradictions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>

#include "problems/industrial/instance.hpp"

namespace millrace {
namespace {

// Rounding of printed values, and of sums of them.
constexpr double kSame = 1e-3;
// Half a unit of the last printed digit of a benefit.
constexpr double kRounded = 0.005;

bool differ(double a, double b) { return std::abs(a - b) > kSame * std::max(std::abs(a), std::abs(b)); }

class Reader {
 public:
  explicit Reader(const IndustrialCase& industrial) : case_(industrial) {}

  std::vector<std::string> read() {
    crossed_intervals();
    sums_beyond_available();
    benefits_of_tighter_limits();
    totals_of_parts();
    fixed_demands();
    return std::move(found_);
  }

 private:
  template <class... T>
  void say(fmt::format_string<T...> format, T&&... values) {
    found_.push_back(fmt::format(format, std::forward<T>(values)...));
  }

  struct Printed {
    std::string_view name;
    std::vector<Interval> PublishedSector::*values;
  };
  static constexpr Printed kPrinted[] = {{"surface water at the lowest level", &PublishedSector::surface_low},
                                         {"groundwater", &PublishedSector::ground},
                                         {"diverted water", &PublishedSector::diverted}};

  void crossed_intervals() {
    for (const IndustrialSector& sector : case_.sectors)
      for (const Printed& printed : kPrinted) {
        const auto& values = sector.published.*printed.values;
        for (std::size_t t = 0; t < values.size(); ++t)
          if (values[t].lower > values[t].upper)
            say("{} of {} in {} is printed as [{}, {}]: the lower end is above the upper one", printed.name,
                sector.name, case_.periods[t].name, values[t].lower, values[t].upper);
      }
  }

  Interval printed_sum(const std::vector<Interval> PublishedSector::*values, std::size_t t) const {
    Interval sum;
    for (const IndustrialSector& sector : case_.sectors)
      if (const auto& list = sector.published.*values; t < list.size())
        sum = {sum.lower + list[t].lower, sum.upper + list[t].upper};
    return sum;
  }

  void sums_beyond_available() {
    for (const PublishedValue& value : case_.published) {
      if (value.quantity != "available ground" || !value.period) continue;
      const Interval used = printed_sum(&PublishedSector::ground, *value.period);
      if (used.upper > value.value.upper * (1.0 + kSame))
        say("groundwater in {} is printed as [{}, {}], but the sectors' printed use of it adds up to [{:.2f}, {:.2f}]",
            case_.periods[*value.period].name, value.value.lower, value.value.upper, used.lower, used.upper);
    }
  }

  const PublishedValue* benefit_of(const std::string& energy, const std::string& risk) const {
    for (const PublishedValue& value : case_.published)
      if (value.quantity == "benefit" && value.energy_scenario == energy && value.risk_level == risk) return &value;
    return nullptr;
  }

  /// Whether every upper model of `tight` is one of `loose`, too: its limit takes the lower ends.
  static bool is_tighter(const EnergyScenario& tight, const EnergyScenario& loose) {
    if (tight.limit.empty()) return false;
    for (std::size_t t = 0; t < loose.limit.size(); ++t)
      if (tight.limit[t].lower > loose.limit[t].lower) return false;
    return true;
  }

  void benefits_of_tighter_limits() {
    for (const EnergyScenario& tight : case_.energy_scenarios)
      for (const EnergyScenario& loose : case_.energy_scenarios)
        for (const RiskLevel& risk : case_.risk_levels) {
          const PublishedValue* less = benefit_of(tight.name, risk.name);
          const PublishedValue* more = benefit_of(loose.name, risk.name);
          if (&tight == &loose || !is_tighter(tight, loose) || less == nullptr || more == nullptr) continue;
          if (less->value.upper > more->value.upper + 2.0 * kRounded)
            say("the upper benefit of {}{} ({}) is above that of {}{} ({}), whose limit of energy is no tighter",
                tight.name, risk.name, less->value.upper, loose.name, risk.name, more->value.upper);
        }
  }

  void totals_of_parts() {
    for (const PublishedValue& value : case_.published) {
      if (value.quantity != "total" || !value.sector || !value.period) continue;
      const std::size_t t = *value.period;
      const PublishedSector& parts = case_.sectors[*value.sector].published;
      Interval sum;
      for (const Printed& printed : kPrinted) {
        if (t >= (parts.*printed.values).size()) continue;
        const Interval part = (parts.*printed.values)[t];
        sum = {sum.lower + part.lower, sum.upper + part.upper};
      }
      if (differ(sum.lower, value.value.lower) || differ(sum.upper, value.value.upper))
        say("the total of {} in {} is given as [{}, {}], but its printed parts add up to [{:.2f}, {:.2f}]",
            case_.sectors[*value.sector].name, case_.periods[t].name, value.value.lower, value.value.upper, sum.lower,
            sum.upper);
    }
  }

  /// Of sectors without shortage or surplus: surface water and groundwater of one scenario are all that they need.
  void fixed_demands() {
    const double needs[] = {0.0, 1.0};
    for (std::size_t i = 0; i < case_.sectors.size(); ++i) {
      if (!case_.sectors[i].fixed_demand) continue;
      std::map<std::string, Interval> sums;
      for (const PublishedValue& value : case_.published) {
        if (value.sector != i || value.period != std::size_t{0}) continue;
        if (value.quantity != "surface" && value.quantity != "ground") continue;
        Interval& sum = sums[value.energy_scenario + value.risk_level];
        sum = {sum.lower + value.value.lower, sum.upper + value.value.upper};
      }
      const Interval needed = {make_instance(case_, {.lambda = needs[0]}).cell(0, i).fresh,
                               make_instance(case_, {.lambda = needs[1]}).cell(0, i).fresh};
      for (const auto& [scenario, sum] : sums)
        if (differ(sum.lower, needed.lower) || differ(sum.upper, needed.upper))
          say("{} in {}: printed surface and groundwater add up to [{:.2f}, {:.2f}], not to its fixed demand of "
              "[{:.2f}, {:.2f}]",
              case_.sectors[i].name, scenario, sum.lower, sum.upper, needed.lower, needed.upper);
    }
  }

  const IndustrialCase& case_;
  std::vector<std::string> found_;
};

}  // namespace

std::vector<std::string> published_contradictions(const IndustrialCase& industrial) {
  return Reader(industrial).read();
}

}  // namespace millrace
