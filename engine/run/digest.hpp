#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace millrace {

/// Changes whenever the same options and seed give other bits: part of every run's digest.
inline constexpr int kNumericsVersion = 1;

/// 128-bit XXH3 of a text as 32 hexadecimal digits: the address of a run is the digest of what it is.
std::string digest_of(std::string_view text);

/// 64-bit XXH3, the checksum of checkpoints.
std::uint64_t checksum_of(std::span<const std::byte> bytes);

}  // namespace millrace
