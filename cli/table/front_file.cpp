#include "cli/table/front_file.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>

#include "cli/exit_code.hpp"
#include "cli/table/csv_table.hpp"

namespace millrace::cli {
namespace {

namespace fs = std::filesystem;

fs::path csv_of(const fs::path& path) {
  std::error_code ignored;
  if (!fs::is_directory(path, ignored) || fs::exists(path / "front.csv", ignored))
    return fs::is_directory(path, ignored) ? path / "front.csv" : path;
  std::vector<std::string> members;
  for (const auto& entry : fs::directory_iterator(path, ignored))
    if (fs::exists(entry.path() / "front.csv", ignored)) members.push_back(entry.path().string());
  std::sort(members.begin(), members.end());
  if (members.empty())
    throw UsageError(
        fmt::format("{}: holds no front.csv; name a folder that millrace run wrote, or a CSV file", path.string()));
  throw UsageError(fmt::format("{}: holds {} fronts; name one of them: {}", path.string(), members.size(),
                               fmt::join(members, ", ")));
}

/// "carbon (min) [t CO2]", or nothing where the heading is not an objective's.
std::optional<ObjectiveSpec> objective_of(const std::string& heading) {
  const auto sense = std::max(heading.rfind(" (min)") + 1, heading.rfind(" (max)") + 1);
  if (sense == 0) return std::nullopt;
  ObjectiveSpec objective;
  objective.name = heading.substr(0, sense - 1);
  objective.sense = heading.compare(sense, 5, "(max)") == 0 ? Sense::maximise : Sense::minimise;
  const auto open = heading.find('[', sense);
  if (open != std::string::npos) objective.unit = heading.substr(open + 1, heading.rfind(']') - open - 1);
  return objective;
}

bool is_violation(const std::string& heading) {
  return heading == "total violation" || heading.rfind("violation of ", 0) == 0;
}

struct ColumnRoles {
  std::vector<std::size_t> objectives;
  std::vector<std::size_t> decisions;
  std::optional<std::size_t> violation;
};

ColumnRoles take_headings(const CsvTable& table, FrontFile& front) {
  ColumnRoles roles;
  for (std::size_t c = 0; c < table.headings.size(); ++c) {
    const std::string& heading = table.headings[c];
    if (const auto objective = objective_of(heading)) {
      front.objectives.push_back(*objective);
      roles.objectives.push_back(c);
    } else if (heading == "total violation") roles.violation = c;
    else if (!is_violation(heading)) roles.decisions.push_back(c);
  }
  if (roles.objectives.empty()) {
    roles = {};
    for (std::size_t c = 0; c < table.values.columns(); ++c) {
      roles.objectives.push_back(c);
      front.objectives.push_back({table.headings.empty() ? fmt::format("f{}", c + 1) : table.headings[c], ""});
    }
  }
  for (const std::size_t c : roles.decisions) front.decision_headings.push_back(table.headings[c]);
  return roles;
}

void take_values(const CsvTable& table, const ColumnRoles& roles, FrontFile& front) {
  const std::size_t n = table.values.rows();
  front.f = Columns(n, roles.objectives.size());
  front.decisions = Columns(n, roles.decisions.size());
  front.violation.assign(n, 0.0);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t k = 0; k < roles.objectives.size(); ++k) {
      const double value = table.values(i, roles.objectives[k]);
      if (!std::isfinite(value))
        throw UsageError(fmt::format("{}:{}: column {}: the value is not finite; leave failed solutions out",
                                     front.name, table.lines[i], front.objectives[k].name));
      front.f(i, k) = front.objectives[k].shown(value);
    }
    for (std::size_t j = 0; j < roles.decisions.size(); ++j)
      front.decisions(i, j) = table.values(i, roles.decisions[j]);
    if (roles.violation) front.violation[i] = table.values(i, *roles.violation);
  }
}

ObjectiveBox problem_box(const FrontFile& front) {
  const fs::path path = fs::path(front.name).parent_path() / "summary.json";
  std::error_code ignored;
  if (!fs::exists(path, ignored)) return {};
  try {
    const nlohmann::json summary = nlohmann::json::parse(read_text(path));
    const auto& objectives = summary.at("objectives");
    if (summary.at("hypervolume").at("box") != "of the problem" || objectives.size() != front.objectives.size())
      return {};
    ObjectiveBox box;
    for (std::size_t k = 0; k < objectives.size(); ++k) {
      if (objectives[k].at("name") != front.objectives[k].name) return {};
      box.ideal.push_back(front.objectives[k].shown(objectives[k].at("reference_ideal").get<double>()));
      box.nadir.push_back(front.objectives[k].shown(objectives[k].at("reference_nadir").get<double>()));
    }
    return box;
  } catch (const nlohmann::json::exception&) {
    throw UsageError(fmt::format("{}: is not a summary that this version writes; move it away or run the study again",
                                 path.string()));
  }
}

}  // namespace

FrontFile read_front_file(const fs::path& path) {
  FrontFile front;
  front.name = csv_of(path).string();
  const CsvTable table = read_csv(front.name);
  if (table.values.rows() == 0)
    throw UsageError(fmt::format("{}: has a heading and no points; write one point a line", front.name));
  take_values(table, take_headings(table, front), front);
  front.lines = table.lines;
  front.box = problem_box(front);
  return front;
}

FrontFile only_rows(const FrontFile& front, std::span<const Slot> rows) {
  FrontFile kept = front;
  kept.f = Columns(rows.size(), front.f.columns());
  kept.decisions = Columns(rows.size(), front.decisions.columns());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t k = 0; k < front.f.columns(); ++k) kept.f(i, k) = front.f(rows[i], k);
    for (std::size_t j = 0; j < front.decisions.columns(); ++j) kept.decisions(i, j) = front.decisions(rows[i], j);
    kept.violation[i] = front.violation[rows[i]];
    kept.lines[i] = front.lines[rows[i]];
  }
  kept.violation.resize(rows.size());
  kept.lines.resize(rows.size());
  return kept;
}

}  // namespace millrace::cli
