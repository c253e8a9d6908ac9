#include <catch2/catch.hpp>

#include <set>
#include <string>
#include <vector>

#include "engine/run/digest.hpp"

using namespace millrace;

TEST_CASE("digests are those of XXH3-128 and XXH3-64, whatever the machine") {
  // Values published with XXH3 for empty input; addresses of finished runs depend on them.
  CHECK(digest_of("") == "99aa06d3014798d86001c324468d497f");
  CHECK(checksum_of({}) == 0x2d06800538d394c2u);
}

TEST_CASE("a digest is 32 hexadecimal digits and differs after any change of a byte, at any length") {
  std::set<std::string> seen;
  std::size_t made = 0;
  for (const std::size_t length : {0u, 1u, 3u, 8u, 16u, 17u, 128u, 129u, 240u, 241u, 2000u}) {
    std::string text(length, 'a');
    seen.insert(digest_of(text));
    ++made;
    for (std::size_t i = 0; i < length; i += 1 + length / 40) {
      std::string changed = text;
      changed[i] = static_cast<char>(changed[i] ^ 1);
      seen.insert(digest_of(changed));
      ++made;
    }
  }
  CHECK(seen.size() == made);
  for (const std::string& digest : seen) {
    CHECK(digest.size() == 32);
    CHECK(digest.find_first_not_of("0123456789abcdef") == std::string::npos);
  }
}

TEST_CASE("a checksum notices every single flipped bit of a small state") {
  std::vector<std::byte> bytes(300, std::byte{0x5a});
  const std::uint64_t whole = checksum_of(bytes);
  for (std::size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
    bytes[bit / 8] ^= std::byte{1} << (bit % 8);
    CHECK(checksum_of(bytes) != whole);
    bytes[bit / 8] ^= std::byte{1} << (bit % 8);
  }
  CHECK(checksum_of(bytes) == whole);
}
