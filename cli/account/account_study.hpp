#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "problems/urban/scheme_account.hpp"

namespace millrace::cli {

/// One scheme of a finished run, with its account and the place where a reader finds it.
struct AccountedScheme {
  std::filesystem::path front_file;
  /// Line of the file, from 1; the heading is line 1.
  std::size_t line = 0;
  std::vector<double> x;
  SchemeAccount account;
};

struct AccountedStudy {
  UrbanCase urban;
  /// What finds the case again: its name or path.
  std::string address;
  /// "balanced" or the number that was asked for.
  std::string solution;
  /// One a scenario of the study, in its order.
  std::vector<AccountedScheme> schemes;
};

/// Reads a folder that `millrace run` wrote for an urban case. `solution` is "balanced" or the number of a scheme in
/// front.csv, from 1. Throws UsageError where the folder is not one, its runs are not finished, the data of the case
/// changed since, or there is no such scheme.
AccountedStudy read_accounted_study(const std::filesystem::path& folder, const std::string& solution);

}  // namespace millrace::cli
