#pragma once

#include <string>

#include <nlohmann/json.hpp>

namespace millrace::bench {

using Json = nlohmann::ordered_json;

/// What a reader must know of the machine to judge a time: processor, cores, compiler, instruction set, date (UTC) and
/// the load averages of 1, 5 and 15 minutes. No name of a host, a person or a folder.
Json describe_machine();

/// Load averages of 1, 5 and 15 minutes.
Json load_average();

/// Writes `results` to `path`, or throws std::runtime_error.
void write_results(const std::string& path, const Json& results);

}  // namespace millrace::bench
