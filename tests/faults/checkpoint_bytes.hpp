#pragma once

#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace millrace::testing {

/// A state that tells its number and whether all of it belongs together.
inline std::vector<std::byte> numbered_state(std::uint64_t number, std::size_t words) {
  std::vector<std::uint64_t> values(words, number);
  std::vector<std::byte> bytes(words * sizeof(std::uint64_t));
  if (words > 0) std::memcpy(bytes.data(), values.data(), bytes.size());
  return bytes;
}

/// The number of a numbered state, or nothing where it is mixed from two.
inline std::optional<std::uint64_t> number_of(std::span<const std::byte> state) {
  std::vector<std::uint64_t> values(state.size() / sizeof(std::uint64_t));
  if (values.empty() || state.size() % sizeof(std::uint64_t) != 0) return std::nullopt;
  std::memcpy(values.data(), state.data(), state.size());
  for (const std::uint64_t value : values)
    if (value != values.front()) return std::nullopt;
  return values.front();
}

inline std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

inline void put_bytes(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

}  // namespace millrace::testing
