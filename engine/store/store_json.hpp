#pragma once

#include <string>
#include <vector>

#include "engine/store/stored_run.hpp"

namespace millrace {

// The columns of a store that are JSON, and back.

std::string json_of(const std::vector<StoredObjective>& objectives);
std::vector<StoredObjective> objectives_from_json(const std::string& text);

/// The box of a reference; its source has a column of its own.
std::string json_of(const StoredReference& reference);
StoredReference reference_from_json(const std::string& text, std::string source);

std::string json_of(const std::vector<std::string>& names);
std::vector<std::string> names_from_json(const std::string& text);

}  // namespace millrace
