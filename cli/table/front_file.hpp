#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "engine/data/columns.hpp"
#include "engine/data/population.hpp"
#include "engine/decide/scaled_front.hpp"
#include "engine/problem/spec.hpp"

namespace millrace::cli {

/// A front as `millrace run` writes it, or plain columns of objectives, with what a person needs to choose from it.
struct FrontFile {
  /// The CSV file.
  std::string name;
  std::vector<ObjectiveSpec> objectives;
  /// Minimised; every value is finite.
  Columns f;
  std::vector<std::string> decision_headings;
  Columns decisions;
  /// Total violation of each row, 0 where the file does not say.
  std::vector<double> violation;
  /// Line of each row in the file, from 1.
  std::vector<std::size_t> lines;
  /// The problem's own, from the summary.json beside the file; empty where there is none or it knows none.
  ObjectiveBox box;

  std::size_t size() const { return f.rows(); }
};

/// `path` is a CSV file or the folder of one run. Objectives are the columns headed (min) or (max), or all columns,
/// minimised, where no heading says so. Throws UsageError with file, line and column.
FrontFile read_front_file(const std::filesystem::path& path);

/// Only the rows named, in that order.
FrontFile only_rows(const FrontFile& front, std::span<const Slot> rows);

}  // namespace millrace::cli
