#include "cli/table/markdown_table.hpp"

#include <algorithm>
#include <cstddef>

#include "cli/table/display_width.hpp"

namespace millrace::cli {
namespace {

std::string line_of(const std::vector<std::string>& cells, const std::vector<std::size_t>& widths) {
  std::string line = "|";
  for (std::size_t k = 0; k < cells.size(); ++k) {
    const std::string padding(widths[k] - display_width(cells[k]), ' ');
    line += k == 0 ? " " + cells[k] + padding + " |" : " " + padding + cells[k] + " |";
  }
  return line + "\n";
}

}  // namespace

std::string markdown_table(const std::vector<std::string>& heading, const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths;
  for (std::size_t k = 0; k < heading.size(); ++k) {
    widths.push_back(std::max<std::size_t>(display_width(heading[k]), 2));
    for (const std::vector<std::string>& row : rows) widths[k] = std::max(widths[k], display_width(row[k]));
  }
  std::string table = line_of(heading, widths) + "|";
  for (std::size_t k = 0; k < widths.size(); ++k)
    table += k == 0 ? std::string(widths[k] + 2, '-') + "|" : std::string(widths[k] + 1, '-') + ":|";
  table += "\n";
  for (const std::vector<std::string>& row : rows) table += line_of(row, widths);
  return table;
}

}  // namespace millrace::cli
