#include "cli/table/csv_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <fstream>
#include <iterator>
#include <numeric>
#include <sstream>

#include "cli/exit_code.hpp"
#include "cli/suggestion.hpp"

namespace millrace::cli {
namespace {

std::vector<std::string> fields_of(const std::string& line) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (c == '"' && quoted && i + 1 < line.size() && line[i + 1] == '"') fields.back() += line[++i];
    else if (c == '"') quoted = !quoted;
    else if (c == ',' && !quoted) fields.emplace_back();
    else if (c != '\r') fields.back() += c;
  }
  return fields;
}

bool parse(const std::string& field, double& value) {
  const auto first = field.find_first_not_of(" \t+");
  const auto last = field.find_last_not_of(" \t");
  if (first == std::string::npos) return false;
  const char* end = field.data() + last + 1;
  const auto [stop, error] = std::from_chars(field.data() + first, end, value);
  return error == std::errc() && stop == end;
}

/// Heading without its "(min)", "(max)" and "[unit]".
std::string plain_name(const std::string& heading) {
  return heading.substr(0, std::min(heading.find(" ("), heading.find(" [")));
}

std::vector<std::size_t> objective_columns(const CsvTable& table, const std::vector<std::string>& only,
                                           const std::string& file) {
  std::vector<std::size_t> columns;
  std::vector<std::string> plain;
  for (const auto& heading : table.headings) plain.push_back(plain_name(heading));
  for (const auto& name : only) {
    const auto found = std::find(plain.begin(), plain.end(), name);
    if (found == plain.end())
      throw UsageError(fmt::format("{}:1: no column '{}'{}", file, name, suggestion(name, plain)));
    columns.push_back(static_cast<std::size_t>(found - plain.begin()));
  }
  if (!only.empty()) return columns;
  for (std::size_t c = 0; c < table.headings.size(); ++c)
    if (table.headings[c].find("(min)") != std::string::npos || table.headings[c].find("(max)") != std::string::npos)
      columns.push_back(c);
  if (columns.empty()) {
    columns.resize(table.values.columns());
    std::iota(columns.begin(), columns.end(), std::size_t{0});
  }
  return columns;
}

}  // namespace

std::string read_text(const std::filesystem::path& path) {
  errno = 0;
  std::ifstream in(path, std::ios::binary);
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored))
    throw UsageError(fmt::format("{}: is a folder; name a CSV file, such as the front.csv in it", path.string()));
  if (!in) throw UsageError(fmt::format("{}: cannot be read ({})", path.string(), std::strerror(errno)));
  return {std::istreambuf_iterator<char>(in), {}};
}

CsvTable parse_csv(const std::string& text, const std::string& file) {
  std::istringstream in(text);
  CsvTable table;
  std::vector<double> values;
  std::size_t columns = 0;
  std::size_t number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    const auto fields = fields_of(line);
    double first = 0.0;
    if (columns == 0) {
      columns = fields.size();
      if (!parse(fields[0], first)) {
        table.headings = fields;
        continue;
      }
    }
    if (fields.size() != columns)
      throw UsageError(
          fmt::format("{}:{}: has {} fields where the lines above have {}", file, number, fields.size(), columns));
    for (std::size_t c = 0; c < columns; ++c) {
      double value = 0.0;
      if (!parse(fields[c], value))
        throw UsageError(fmt::format("{}:{}: column {}: '{}' is not a number", file, number,
                                     table.headings.empty() ? std::to_string(c + 1) : table.headings[c], fields[c]));
      values.push_back(value);
    }
    table.lines.push_back(number);
  }
  if (columns == 0)
    throw UsageError(fmt::format("{}: is empty; write one point a line, its objectives separated by commas", file));
  table.values = Columns(values.size() / columns, columns);
  for (std::size_t i = 0; i < values.size(); ++i) table.values(i / columns, i % columns) = values[i];
  return table;
}

CsvTable read_csv(const std::filesystem::path& path) { return parse_csv(read_text(path), path.string()); }

ObjectiveTable read_objectives(const std::filesystem::path& path, const std::vector<std::string>& only) {
  const CsvTable table = read_csv(path);
  const auto columns = objective_columns(table, only, path.string());
  ObjectiveTable objectives;
  objectives.values = Columns(table.values.rows(), columns.size());
  for (std::size_t k = 0; k < columns.size(); ++k) {
    const std::string heading = table.headings.empty() ? fmt::format("f{}", k + 1) : table.headings[columns[k]];
    const bool maximised = heading.find("(max)") != std::string::npos;
    objectives.names.push_back(plain_name(heading));
    objectives.maximised.push_back(maximised);
    for (std::size_t i = 0; i < table.values.rows(); ++i)
      objectives.values(i, k) = (maximised ? -1.0 : 1.0) * table.values(i, columns[k]);
  }
  return objectives;
}

}  // namespace millrace::cli
