#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "engine/data/columns.hpp"

namespace millrace::cli {

/// A CSV file of numbers, with or without a line of headings.
struct CsvTable {
  std::vector<std::string> headings;
  Columns values;
  /// Of each row, from 1.
  std::vector<std::size_t> lines;
};

/// The content of a file. Throws UsageError where it cannot be read.
std::string read_text(const std::filesystem::path& path);

/// `file` is named in the sentence. Throws UsageError with file and line where a line has another number of fields or a
/// field is not a number.
CsvTable parse_csv(const std::string& text, const std::string& file);

/// The table of a file. Throws UsageError.
CsvTable read_csv(const std::filesystem::path& path);

/// Objectives of a front, all minimised, as `millrace run` writes them or as plain columns.
struct ObjectiveTable {
  std::vector<std::string> names;
  std::vector<bool> maximised;
  Columns values;
};

/// The columns whose heading says "(min)" or "(max)"; all columns, minimised, where no heading does. `only`, where not
/// empty, names the columns instead (heading without sense and unit). Throws UsageError.
ObjectiveTable read_objectives(const std::filesystem::path& path, const std::vector<std::string>& only);

}  // namespace millrace::cli
