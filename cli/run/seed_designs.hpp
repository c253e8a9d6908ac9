#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "engine/data/population.hpp"
#include "engine/problem/spec.hpp"

namespace millrace::cli {

/// A file of known designs that the first population starts with: a front.csv or archive.csv of ours, or any CSV file
/// with a column for every variable.
struct SeedFile {
  /// As typed, for sentences.
  std::string name;
  std::string text;
  /// Of the text: part of the address of a run.
  std::string digest;
  /// problem_digest() of the run that wrote this very file, with its results; empty where nothing vouches for that.
  std::string results_of;
};

/// The designs of a file that one run starts with.
struct SeedDesigns {
  Population designs;
  /// Of the file.
  std::size_t rows = 0;
  /// Whether the designs come with their results, otherwise with zeros.
  bool known = false;
};

/// Name of the copy in the folder of the results, which a resumed run reads.
inline constexpr const char* kSeedCopy = "seed_designs.csv";

/// Reads a file, and what the summary.json beside it says of it. Throws UsageError where it cannot be read.
SeedFile read_seed_file(const std::filesystem::path& path);

/// The designs of the file for one problem, at most `most`: of more, that many evenly spread over the file, since a
/// front is ordered by its first objective. `known` says that the results in the file are those of the problem.
/// Throws UsageError with file, line and column where a variable has no column, a column is unknown, or a value is not
/// finite, outside the bounds or not a level of its variable.
SeedDesigns seed_designs(const SeedFile& file, const ProblemSpec& spec, std::size_t most, bool known);

}  // namespace millrace::cli
