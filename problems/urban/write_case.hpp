#pragma once

#include <filesystem>
#include <string>

#include "problems/urban/urban_case.hpp"

namespace millrace {

/// The case as text of a case file; loading it gives an equal case.
std::string urban_case_toml(const UrbanCase& urban);

/// Writes urban_case_toml. Throws std::runtime_error where the file cannot be written.
void write_urban_case(const UrbanCase& urban, const std::filesystem::path& path);

/// All numbers and names that the problems of a case depend on, as text; titles, provenance, published values and
/// what only the accounts use apart.
std::string urban_data_digest(const UrbanCase& urban);

}  // namespace millrace
