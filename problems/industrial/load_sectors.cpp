#include "problems/industrial/load_sectors.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "problems/industrial/sourced_table.hpp"

namespace millrace {
namespace {

std::size_t region_index(const CaseTable& table, const IndustrialCase& industrial) {
  const std::string name = table.required_text("region", "region = \"province\"");
  std::vector<std::string> known;
  for (std::size_t r = 0; r < industrial.regions.size(); ++r) {
    if (industrial.regions[r].name == name) return r;
    known.push_back(industrial.regions[r].name);
  }
  table.fail("region", fmt::format("is '{}'; write one of {}", name, fmt::join(known, ", ")));
}

void check(const SourcedTable& table, const IndustrialSector& sector) {
  if (!(sector.target.lower > 0.0))
    table.fail("target", fmt::format("begins at {}; a target is above 0", sector.target.lower));
  if (!(sector.requirement.lower > 0.0))
    table.fail("requirement", fmt::format("begins at {}; a requirement is above 0", sector.requirement.lower));
  if (!(sector.reuse_rate < 1.0))
    table.fail("reuse_rate", fmt::format("is {}; write a share below 1", sector.reuse_rate));
  for (const auto& [key, cap] :
       {std::pair("cap_lower_model", sector.cap_lower_model), std::pair("cap_upper_model", sector.cap_upper_model)})
    if (!(cap >= 0.0 && cap < 1.0)) table.fail(key, fmt::format("is {}; write a share from 0 to below 1", cap));
}

IndustrialSector read_sector(const SourcedTable& table, const IndustrialCase& industrial) {
  const CaseTable& plain = table.plain();
  IndustrialSector sector;
  sector.name = plain.required_text("name", "name = \"Manufacture of foods\"");
  sector.code = plain.text("code");
  sector.region = region_index(plain, industrial);
  sector.fixed_demand = plain.flag("fixed_demand");
  sector.reuse_grows = !plain.has("reuse_grows") || plain.flag("reuse_grows");
  sector.off_route = plain.flag("off_route");
  sector.target = table.interval("target", "target = [105.67, 129.15]");
  sector.requirement = table.interval("requirement", "requirement = [583.34, 644.74]");
  sector.reuse_rate = table.number("reuse_rate", "reuse_rate = 0.5");
  sector.benefit = table.interval("benefit", "benefit = [13.47, 15.6]");
  sector.discharge = table.interval("discharge", "discharge = 0.4");
  sector.cap_lower_model = table.number("cap_lower_model", "cap_lower_model = 0.15");
  sector.cap_upper_model = table.number("cap_upper_model", "cap_upper_model = 0.15");
  sector.gamma = table.number("gamma", "gamma = 0.6");
  sector.tie_ground = table.number_or("tie_ground", 0.0);
  sector.tie_diverted = table.number_or("tie_diverted", 0.0);
  if (const toml::table* printed = plain.sub_table("printed")) {
    const std::size_t periods = industrial.periods.size();
    sector.published = {table.printed_list(*printed, "surface_low", periods),
                        table.printed_list(*printed, "ground", periods),
                        table.printed_list(*printed, "diverted", periods)};
  }
  sector.sources = table.sources();
  check(table, sector);
  return sector;
}

/// A plan that promises every least target must be possible at the lowest level of the lower model.
void check_targets(const CaseTable& last, const IndustrialCase& industrial) {
  for (std::size_t r = 0; r < industrial.regions.size(); ++r)
    for (std::size_t t = 0; t < industrial.periods.size(); ++t) {
      double promised = 0.0;
      for (const IndustrialSector& sector : industrial.sectors)
        if (sector.region == r)
          promised += sector.target.lower * std::pow(industrial.trend.target, static_cast<double>(t));
      for (std::size_t h = 0; h < industrial.levels.size(); ++h)
        if (const double available = industrial.regions[r].surface[t][h].lower; promised > available * (1.0 + 1e-9))
          last.fail("target",
                    fmt::format("the least targets of region '{}' in {} add up to {:.6g}, above its {} surface "
                                "water of {:.6g}; lower targets or correct the water",
                                industrial.regions[r].name, industrial.periods[t].name, promised,
                                industrial.levels[h].name, available));
    }
}

}  // namespace

void read_sectors(const std::string& file, const CaseTable& root, IndustrialCase& industrial) {
  const std::string example = "a section [[sectors]] for every user";
  const auto items = root.required_tables("sectors", example);
  if (items.empty()) root.fail_missing("sectors", example);
  std::set<std::pair<std::size_t, std::string>> names;
  for (const toml::table* item : items) {
    const SourcedTable table(file, *item, "[[sectors]]", industrial.default_source,
                             {"name", "code", "region", "fixed_demand", "reuse_grows", "off_route", "target",
                              "requirement", "reuse_rate", "benefit", "discharge", "cap_lower_model", "cap_upper_model",
                              "gamma", "tie_ground", "tie_diverted", "printed", "sources"});
    IndustrialSector sector = read_sector(table, industrial);
    if (!names.insert({sector.region, sector.name}).second)
      table.fail("name", fmt::format("'{}' occurs twice in its region; give every one its own name", sector.name));
    if (!industrial.sectors.empty() && sector.region < industrial.sectors.back().region)
      table.fail("region", "comes after a later region; list the sectors region by region");
    industrial.sectors.push_back(std::move(sector));
  }
  check_targets(CaseTable(file, *items.back(), "[[sectors]]",
                          {"name", "code", "region", "fixed_demand", "reuse_grows", "off_route", "target",
                           "requirement", "reuse_rate", "benefit", "discharge", "cap_lower_model", "cap_upper_model",
                           "gamma", "tie_ground", "tie_diverted", "printed", "sources"}),
                industrial);
}

}  // namespace millrace
