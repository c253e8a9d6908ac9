#include "cli/run/seed_designs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string_view>
#include <vector>

#include "cli/exit_code.hpp"
#include "cli/suggestion.hpp"
#include "cli/table/csv_table.hpp"
#include "engine/run/digest.hpp"
#include "engine/run/result_files.hpp"

namespace millrace::cli {
namespace {

/// Where the quantities of front.csv are in a file: the column of heading i, or kAbsent.
using Places = std::vector<std::size_t>;
constexpr std::size_t kAbsent = static_cast<std::size_t>(-1);

/// A column of results, of whatever problem.
bool is_result(const std::string& heading) {
  return heading.find(" (min)") != std::string::npos || heading.find(" (max)") != std::string::npos ||
         heading.starts_with("violation of ") || heading == "total violation";
}

/// The quantity of front.csv that a heading names, kAbsent for none. A variable may be named without its unit.
std::size_t quantity_of(const std::string& heading, const std::vector<std::string>& known,
                        const std::vector<std::string>& variables) {
  for (const auto* names : {&known, &variables})
    if (const auto found = std::find(names->begin(), names->end(), heading); found != names->end())
      return static_cast<std::size_t>(found - names->begin());
  return kAbsent;
}

Places find_columns(const CsvTable& table, const SeedFile& file, const ProblemSpec& spec, bool with_results) {
  const std::vector<std::string> known = front_headings(spec);
  std::vector<std::string> variables;
  for (std::size_t j = 0; j < spec.bounds.variables(); ++j) variables.push_back(spec.variable_name(j));
  if (table.headings.empty())
    throw UsageError(
        fmt::format("{}:1: has no headings; name each column after its variable, as {}", file.name, variables.front()));
  Places places(known.size(), kAbsent);
  for (std::size_t c = 0; c < table.headings.size(); ++c) {
    const std::string& heading = table.headings[c];
    const std::size_t quantity = quantity_of(heading, known, variables);
    if (quantity == kAbsent && is_result(heading)) continue;
    if (quantity == kAbsent)
      throw UsageError(fmt::format("{}:1: column '{}' is no variable of {}{}", file.name, heading, spec.name,
                                   suggestion(heading, variables)));
    if (places[quantity] != kAbsent)
      throw UsageError(fmt::format("{}:1: column '{}' occurs twice", file.name, heading));
    places[quantity] = c;
  }
  for (std::size_t q = 0; q < (with_results ? known.size() : variables.size()); ++q)
    if (places[q] == kAbsent)
      throw UsageError(fmt::format("{}:1: there is no column '{}' of {}", file.name, known[q], spec.name));
  return places;
}

/// What is wrong with a value of variable j, or empty.
std::string value_error(const ProblemSpec& spec, std::size_t j, double value) {
  const Bounds& bounds = spec.bounds;
  if (!std::isfinite(value)) return fmt::format("{} is not finite", value);
  if (value < bounds.lower(j) || value > bounds.upper(j))
    return fmt::format("{} is outside the bounds of {}, {} to {}", value, spec.name, bounds.lower(j), bounds.upper(j));
  if (!bounds.is_level(j, value))
    return fmt::format("{} is not a whole number, but the variable is {}", value, name_of(bounds.kind(j)));
  return {};
}

/// Every row is checked, whether it is taken or not.
void check_rows(const CsvTable& table, const SeedFile& file, const ProblemSpec& spec, const Places& places) {
  if (table.values.rows() == 0)
    throw UsageError(fmt::format("{}: holds no designs, only headings; write one a line", file.name));
  for (std::size_t i = 0; i < table.values.rows(); ++i)
    for (std::size_t j = 0; j < spec.bounds.variables(); ++j)
      if (const std::string wrong = value_error(spec, j, table.values(i, places[j])); !wrong.empty())
        throw UsageError(fmt::format("{}:{}: column {}: {}", file.name, table.lines[i], spec.variable_name(j), wrong));
}

void copy_results(const CsvTable& table, std::size_t row, const ProblemSpec& spec, const Places& places,
                  Population& designs, Slot to) {
  auto place = places.begin() + static_cast<std::ptrdiff_t>(spec.bounds.variables());
  // The sign is its own inverse.
  for (std::size_t k = 0; k < spec.objectives.size(); ++k)
    designs.f(to, k) = spec.objectives[k].shown(table.values(row, *place++));
  for (std::size_t c = 0; c < spec.constraints.size(); ++c) designs.g(to, c) = table.values(row, *place++);
  designs.violation[to] = table.values(row, *place);
}

}  // namespace

SeedFile read_seed_file(const std::filesystem::path& path) {
  SeedFile file;
  file.name = path.string();
  file.text = read_text(path);
  file.digest = digest_of(file.text);
  std::ifstream in(path.parent_path() / "summary.json");
  const nlohmann::json summary = in ? nlohmann::json::parse(in, nullptr, false) : nlohmann::json();
  if (!summary.is_object()) return file;
  // A file that was changed since, or stands beside the summary of another, is designs without results.
  const nlohmann::json written = summary.value("files", nlohmann::json::object());
  const std::string name = path.filename().string();
  if (written.is_object() && written.contains(name) && written.at(name) == file.digest)
    file.results_of = summary.value("problem_digest", "");
  return file;
}

SeedDesigns seed_designs(const SeedFile& file, const ProblemSpec& spec, std::size_t most, bool known) {
  const CsvTable table = parse_csv(file.text, file.name);
  const Places places = find_columns(table, file, spec, known);
  check_rows(table, file, spec, places);
  const std::size_t rows = table.values.rows();
  const std::size_t taken = std::min(rows, most);
  SeedDesigns seeds{Population(taken, spec.shape()), rows, known};
  for (Slot i = 0; i < taken; ++i) {
    const std::size_t row = i * rows / taken;
    for (std::size_t j = 0; j < spec.bounds.variables(); ++j) seeds.designs.x.row(i)[j] = table.values(row, places[j]);
    if (known) copy_results(table, row, spec, places, seeds.designs, i);
  }
  return seeds;
}

}  // namespace millrace::cli
