#include "problems/industrial/write_case.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <iterator>
#include <string_view>
#include <utility>
#include <vector>

#include "problems/case/toml_text.hpp"

namespace millrace {
namespace {

std::string shown(double value) { return fmt::format("{}", value); }
std::string shown(Interval value) { return fmt::format("[{}, {}]", value.lower, value.upper); }

template <class Item>
std::string shown(const std::vector<Item>& items) {
  std::string out = "[";
  for (std::size_t k = 0; k < items.size(); ++k) out += (k > 0 ? ", " : "") + shown(items[k]);
  return out + "]";
}

class CaseWriter {
 public:
  explicit CaseWriter(const IndustrialCase& industrial) : case_(industrial) {}

  std::string text() {
    general();
    for (const IndustrialPeriod& period : case_.periods) {
      table("[[periods]]", period.name);
      value("years", period.years);
      sources(period.sources);
    }
    for (const IndustrialLevel& level : case_.levels) {
      table("[[levels]]", level.name);
      value("probability", level.probability);
      sources(level.sources);
    }
    resources();
    energy();
    cost();
    risk();
    for (const IndustrialSector& sector : case_.sectors) this->sector(sector);
    for (const PublishedValue& published : case_.published) this->published(published);
    for (const PublishedCorrection& c : case_.corrections) {
      table("[[corrections]]");
      for (const auto& [key, words] :
           {std::pair("id", &c.id), std::pair("where", &c.where), std::pair("printed", &c.printed),
            std::pair("used", &c.used), std::pair("evidence", &c.evidence)})
        this->words(key, *words);
    }
    return std::move(out_);
  }

 private:
  template <class... T>
  void line(fmt::format_string<T...> format, T&&... values) {
    fmt::format_to(std::back_inserter(out_), format, std::forward<T>(values)...);
    out_ += '\n';
  }
  void table(const char* title, const std::string& name = {}) {
    line("{}{}", out_.empty() ? "" : "\n", title);
    words("name", name);
  }
  void words(const char* key, const std::string& text) {
    if (!text.empty()) line("{} = {}", key, toml_string(text));
  }
  template <class Value>
  void value(const char* key, const Value& number) {
    line("{} = {}", key, shown(number));
  }
  void sources(const NumberSources& sources) {
    for (const auto& [key, source] : sources) line("sources.{} = {}", key, toml_string(source));
  }

  void general() {
    table("[case]");
    words("family", "industrial");
    words("name", case_.name);
    words("title", case_.title);
    words("provenance", case_.provenance);
    if (!case_.assumptions.empty()) {
      line("assumptions = [");
      for (const std::string& assumption : case_.assumptions) line("  {},", toml_string(assumption));
      line("]");
    }
    words("default_source", case_.default_source);
    table("[units]");
    line("water = \"1e6 m3\"\nmoney = \"1e6 RMB\"\nenergy = \"1e6 kWh\"\ncarbon = \"kt CO2\"");
  }

  void resources() {
    for (const IndustrialRegion& region : case_.regions) {
      table("[[regions]]", region.name);
      value("surface", region.surface);
      value("ground", region.ground);
      sources(region.sources);
    }
    table("[diverted]");
    value("available", case_.diverted);
    sources(case_.diverted_sources);
  }

  void energy() {
    const IndustrialEnergy& energy = case_.energy;
    table("[energy]");
    value("surface", energy.surface);
    value("ground", energy.ground);
    value("diverted", energy.diverted);
    value("reuse", energy.reuse);
    value("wastewater", energy.wastewater);
    value("progress", energy.progress);
    sources(energy.sources);
    for (const EnergyScenario& scenario : case_.energy_scenarios) {
      table("[[energy_scenarios]]", scenario.name);
      if (!scenario.limit.empty()) value("limit", scenario.limit);
      sources(scenario.sources);
    }
  }

  void cost() {
    const IndustrialCost& cost = case_.cost;
    table("[cost]");
    value("water", cost.water);
    value("surface_treatment", cost.surface_treatment);
    value("ground_treatment", cost.ground_treatment);
    value("diverted_treatment", cost.diverted_treatment);
    value("diverted_purchase", cost.diverted_purchase);
    value("reuse", cost.reuse);
    value("wastewater", cost.wastewater);
    value("cost_growth", cost.cost_growth);
    value("benefit_growth", cost.benefit_growth);
    value("penalty_factor", cost.penalty_factor);
    value("off_route_surcharge", cost.off_route_surcharge);
    value("off_route_energy", cost.off_route_energy);
    sources(cost.sources);
  }

  void risk() {
    for (const RiskLevel& level : case_.risk_levels) {
      table("[[risk_levels]]", level.name);
      value("xi", level.xi);
      sources(level.sources);
    }
    const RiskRule& rule = case_.risk;
    table("[risk]");
    value("k_lower_model", rule.k_lower_model);
    value("k_upper_model", rule.k_upper_model);
    value("a", rule.a);
    value("b", rule.b);
    value("c", rule.c);
    value("eta_max", rule.eta_max);
    value("alpha_max", rule.alpha_max);
    value("benefit_max", rule.benefit_max);
    sources(rule.sources);
    table("[carbon]");
    value("grid", case_.carbon.grid);
    value("wastewater", case_.carbon.wastewater);
    sources(case_.carbon.sources);
    table("[trend]");
    value("target", case_.trend.target);
    value("requirement", case_.trend.requirement);
    value("reuse_increment", case_.trend.reuse_increment);
    sources(case_.trend.sources);
  }

  void sector(const IndustrialSector& sector) {
    table("[[sectors]]", sector.name);
    words("code", sector.code);
    words("region", case_.regions[sector.region].name);
    if (sector.fixed_demand) line("fixed_demand = true");
    if (!sector.reuse_grows) line("reuse_grows = false");
    if (sector.off_route) line("off_route = true");
    value("target", sector.target);
    value("requirement", sector.requirement);
    value("reuse_rate", sector.reuse_rate);
    value("benefit", sector.benefit);
    value("discharge", sector.discharge);
    value("cap_lower_model", sector.cap_lower_model);
    value("cap_upper_model", sector.cap_upper_model);
    value("gamma", sector.gamma);
    value("tie_ground", sector.tie_ground);
    value("tie_diverted", sector.tie_diverted);
    const PublishedSector& printed = sector.published;
    if (!printed.surface_low.empty())
      line("printed = {{ surface_low = {}, ground = {}, diverted = {} }}", shown(printed.surface_low),
           shown(printed.ground), shown(printed.diverted));
    sources(sector.sources);
  }

  void published(const PublishedValue& value) {
    table("[[published]]");
    words("quantity", value.quantity);
    words("energy", value.energy_scenario);
    words("risk", value.risk_level);
    if (value.sector) words("sector", case_.sectors[*value.sector].name);
    if (value.period) words("period", case_.periods[*value.period].name);
    if (value.level) words("level", case_.levels[*value.level].name);
    this->value("value", value.value);
    words("note", value.note);
    sources(value.sources);
  }

  const IndustrialCase& case_;
  std::string out_;
};

}  // namespace

std::string industrial_case_toml(const IndustrialCase& industrial) { return CaseWriter(industrial).text(); }

}  // namespace millrace
