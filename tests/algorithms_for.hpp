#pragma once

#include <vector>

#include "engine/algorithm/catalogue.hpp"

namespace millrace::testing {

/// The algorithms that take so many objectives.
inline std::vector<AlgorithmEntry> algorithms_for(std::size_t objectives) {
  std::vector<AlgorithmEntry> entries;
  for (const AlgorithmEntry& entry : algorithm_entries())
    if (objectives <= entry.most_objectives) entries.push_back(entry);
  return entries;
}

}  // namespace millrace::testing
