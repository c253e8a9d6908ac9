#include "problems/urban/write_case.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "problems/case/toml_text.hpp"

namespace millrace {
namespace {

std::string toml_list(const std::vector<std::string>& items) {
  std::string out = "[";
  for (std::size_t k = 0; k < items.size(); ++k) out += (k > 0 ? ", " : "") + toml_string(items[k]);
  return out + "]";
}

std::string series_text(const Series& series) {
  const bool constant = std::all_of(series.begin(), series.end(), [&](double v) { return v == series.front(); });
  return constant ? fmt::format("{}", series.front()) : fmt::format("[{}]", fmt::join(series, ", "));
}

class CaseWriter {
 public:
  explicit CaseWriter(const UrbanCase& urban) : urban_(urban) {}

  std::string text() {
    general();
    for (std::size_t i = 0; i < urban_.sources.size(); ++i) source(i);
    for (const UrbanUser& user : urban_.users) this->user(user);
    reference();
    published();
    accounting();
    sensitivity();
    return std::move(out_);
  }

 private:
  template <class... T>
  void line(fmt::format_string<T...> format, T&&... values) {
    fmt::format_to(std::back_inserter(out_), format, std::forward<T>(values)...);
    out_ += '\n';
  }
  void words(const char* key, const std::string& text) {
    if (!text.empty()) line("{} = {}", key, toml_string(text));
  }
  void series(const char* key, const Series& values) {
    if (!values.empty()) line("{} = {}", key, series_text(values));
  }

  void general() {
    line("[case]\nname = {}", toml_string(urban_.name));
    words("title", urban_.title);
    words("provenance", urban_.provenance);
    if (!urban_.assumptions.empty()) line("assumptions = {}", toml_list(urban_.assumptions));
    line("scenarios = {}", toml_list(urban_.scenarios));
    std::vector<std::string> names;
    for (const UrbanObjective objective : urban_.objectives) names.emplace_back(name_of(objective));
    line("objectives = {}", toml_list(names));
    line("shortage_rule = \"{}\"", urban_.shortage_rule == ShortageRule::hinge ? "hinge" : "difference");
    const UrbanUnits& units = urban_.units;
    line("\n[units]\nvolume = {}\nmoney = {}", toml_string(units.volume.text), toml_string(units.money.text));
    line("carbon = {}\nenergy = {}", toml_string(units.carbon.text), toml_string(units.energy.text));
    line("quality = {}", toml_string(units.quality.text));
  }

  void source(std::size_t i) {
    const UrbanSource& source = urban_.sources[i];
    line("\n[[sources]]\nname = {}", toml_string(source.name));
    words("provenance", source.provenance);
    series("available", source.available);
    series("use_rate", source.use_rate);
    if (source.groundwater) line("groundwater = true");
    if (source.unconventional) line("unconventional = true");
    series("carbon_kg_per_m3", source.carbon_kg_per_m3);
    series("quality_g_per_m3", source.quality_g_per_m3);
    series("energy_kwh_per_m3", source.energy_kwh_per_m3);
    std::vector<std::string> linked;
    for (const UrbanLink& link : urban_.links)
      if (link.source == i) linked.push_back(urban_.users[link.user].name);
    line("links = {}", toml_list(linked));
    link_table(i, "link_capacity", &UrbanLink::capacity);
    link_table(i, "link_energy_kwh_per_m3", &UrbanLink::energy_kwh_per_m3);
  }

  void link_table(std::size_t i, const char* key, Series UrbanLink::*values) {
    std::string items;
    for (const UrbanLink& link : urban_.links) {
      if (link.source != i || (link.*values).empty()) continue;
      items += fmt::format("{}{} = {}", items.empty() ? "" : ", ", toml_string(urban_.users[link.user].name),
                           series_text(link.*values));
    }
    if (!items.empty()) line("{} = {{ {} }}", key, items);
  }

  void user(const UrbanUser& user) {
    line("\n[[users]]\nname = {}", toml_string(user.name));
    words("provenance", user.provenance);
    series("demand", user.demand);
    series("demand_lower", user.demand_lower);
    series("demand_upper", user.demand_upper);
    series("benefit_per_m3", user.benefit_per_m3);
    series("shortage_weight", user.shortage_weight);
    series("discharge", user.discharge);
    series("carbon_kg_per_m3", user.carbon_kg_per_m3);
  }

  void reference() {
    if (urban_.reference.ideal.empty()) return;
    line("\n[reference]");
    words("provenance", urban_.reference.provenance);
    reference_point("ideal", urban_.reference.ideal);
    reference_point("nadir", urban_.reference.nadir);
  }

  void reference_point(const char* key, const std::vector<Series>& point) {
    line("\n[reference.{}]", key);
    for (std::size_t k = 0; k < point.size(); ++k)
      line("{} = {}", name_of(urban_.objectives[k]), series_text(point[k]));
  }

  void published() {
    const UrbanPublished& published = urban_.published;
    if (published == UrbanPublished{}) return;
    line("\n[published]");
    words("provenance", published.provenance);
    line("\n[published.per_scenario]");
    for (const PublishedSeries& item : published.per_scenario)
      line("{} = {}", toml_string(item.name), series_text(item.values));
    line("\n[published.constants]");
    for (const PublishedConstant& item : published.constants) line("{} = {}", toml_string(item.name), item.value);
  }

  void accounting() {
    for (const AccountingKey& entry : kAccountingKeys) {
      const AccountingInput& input = urban_.accounting.*entry.input;
      if (input.values.empty()) continue;
      line("\n[accounting.{}]\nstatus = \"{}\"", entry.key, name_of(input.status));
      words("provenance", input.provenance);
      series("values", input.values);
    }
  }

  void sensitivity() {
    const UrbanSensitivity& sensitivity = urban_.sensitivity;
    if (sensitivity == UrbanSensitivity{}) return;
    line("\n[sensitivity]");
    words("provenance", sensitivity.provenance);
    std::vector<std::string> ranges;
    for (const UrbanRange& range : sensitivity.ranges)
      ranges.push_back(
          fmt::format("{{ {}, low = {}, high = {} }}", quantity_text(range.quantity, range.of), range.low, range.high));
    if (!ranges.empty()) line("ranges = [\n  {},\n]", fmt::join(ranges, ",\n  "));
    for (const UrbanWhatIf& what_if : sensitivity.what_ifs) {
      line("\n[[sensitivity.what_if]]\nname = {}", toml_string(what_if.name));
      words("provenance", what_if.provenance);
      std::vector<std::string> changes;
      for (const UrbanChange& change : what_if.changes)
        changes.push_back(
            fmt::format("{{ {}, factor = {} }}", quantity_text(change.quantity, change.of), change.factor));
      line("changes = [{}]", fmt::join(changes, ", "));
    }
  }

  static std::string quantity_text(UrbanQuantity quantity, const std::string& of) {
    return fmt::format("quantity = \"{}\"{}", name_of(quantity), of.empty() ? "" : ", of = " + toml_string(of));
  }

  const UrbanCase& urban_;
  std::string out_;
};

}  // namespace

std::string urban_case_toml(const UrbanCase& urban) { return CaseWriter(urban).text(); }

void write_urban_case(const UrbanCase& urban, const std::filesystem::path& path) {
  std::ofstream file(path, std::ios::binary);
  file << urban_case_toml(urban);
  file.close();
  if (!file) throw std::runtime_error(fmt::format("{}: cannot be written", path.string()));
}

std::string urban_data_digest(const UrbanCase& urban) {
  UrbanCase data = urban;
  data.title.clear();
  data.provenance.clear();
  data.assumptions.clear();
  data.reference.provenance.clear();
  data.published = {};
  data.accounting = {};
  data.sensitivity = {};
  for (UrbanSource& source : data.sources) {
    source.provenance.clear();
    source.unconventional = false;
  }
  for (UrbanUser& user : data.users) user.provenance.clear();
  return urban_case_toml(data);
}

}  // namespace millrace
