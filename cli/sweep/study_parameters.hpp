#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/run/run_settings.hpp"
#include "cli/sweep/study_file.hpp"
#include "problems/case/case_table.hpp"

namespace millrace::cli {

/// A parameter that a study may vary: an option of `millrace run`.
struct KnownParameter {
  enum class Kind { whole, real, word };
  /// The option without its dashes.
  std::string_view name;
  Kind kind;
  /// Values outside are refused where the file is read; words have none.
  double least, most;
  void (*apply)(RunRequest&, const SettingValue&);
};

std::span<const KnownParameter> known_parameters();
/// Null where there is none of that name.
const KnownParameter* find_parameter(std::string_view name);

/// [parameters], in the order of the file. Throws CaseError.
std::vector<StudyParameter> read_parameters(const std::string& file, const toml::table& section);

/// The number or word under `key`, checked against the parameter of that name. Throws CaseError.
SettingValue read_setting(const CaseTable& table, const std::string& key);

/// A whole number from `least` to `most`, or `otherwise` where the key is missing. Throws CaseError.
std::uint64_t read_whole(const CaseTable& table, std::string_view key, std::uint64_t least, std::uint64_t most,
                         std::uint64_t otherwise);

/// A number as somebody would write it: ten significant digits, so that 0.1 * 3 is 0.3 and the run has the address of
/// one that was typed.
double as_written(double value);

}  // namespace millrace::cli
