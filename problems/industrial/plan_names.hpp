#pragma once

#include <string>

namespace millrace {

/// Names of variables are columns of CSV files: without commas.
inline std::string without_commas(std::string name) {
  std::erase(name, ',');
  return name;
}

}  // namespace millrace
