#include <catch2/catch.hpp>

#include <vector>

#include "engine/algorithm/state.hpp"

using namespace millrace;

TEST_CASE("what is written is read back; a cut or longer state is refused") {
  std::vector<std::byte> bytes;
  StateWriter writer(bytes);
  const std::vector<double> values = {1.0, -2.5};
  writer.put(42);
  writer.put_span(std::span<const double>(values));
  StateReader reader(bytes);
  CHECK(reader.get<int>() == 42);
  std::vector<double> back;
  reader.get_vector(back);
  CHECK(back == values);
  CHECK(reader.at_end());
  CHECK_THROWS_AS(reader.get<int>(), StateMismatch);
  for (std::size_t cut = 0; cut < bytes.size(); ++cut) {
    StateReader partial(std::span<const std::byte>(bytes).first(cut));
    const auto read_all = [&] {
      partial.get<int>();
      partial.get_vector(back);
    };
    CHECK_THROWS_AS(read_all(), StateMismatch);
  }
}
