#include <catch2/catch.hpp>

#include <vector>

#include "engine/algorithm/state.hpp"
#include "engine/archive/nondominated_archive.hpp"
#include "tests/reference/archive.hpp"
#include "tests/unit/archive/shown.hpp"

using namespace millrace;
using namespace millrace::testing;

TEST_CASE("the non-dominated archive holds what the definition says, however it is shown") {
  Workers workers(2);
  for (const std::size_t n : {0, 1, 2, 63, 64, 65, 300})
    for (const std::size_t m : {1, 2, 3, 6})
      for (const Cloud cloud : {Cloud::uniform, Cloud::front, Cloud::coarse, Cloud::constant})
        for (const double odd : {0.0, 0.5, 1.0})
          for (const std::size_t batch : {std::size_t{1}, std::size_t{17}, n + 1}) {
            CAPTURE(n, m, static_cast<int>(cloud), odd, batch);
            const Population pool = shown(n, m, cloud, odd, n + m);
            NondominatedArchive archive(pool.shape());
            show_in_batches(all_slots(pool), batch, [&](auto slots) { archive.insert(pool, slots, workers); });
            CHECK(numbers(archive) == reference::nondominated_members(pool));
          }
}

TEST_CASE("a large non-dominated archive is the same for any number of threads") {
  const Population pool = shown(6000, 3, Cloud::front, 0.1, 5);
  std::vector<Slot> expected;
  for (const std::size_t threads : {1, 2, 7}) {
    Workers workers(threads);
    NondominatedArchive archive(pool.shape());
    show_in_batches(all_slots(pool), 1500, [&](auto slots) { archive.insert(pool, slots, workers); });
    if (threads == 1) expected = numbers(archive);
    CHECK(numbers(archive) == expected);
    CHECK(archive.members().size() > 5000);
  }
}

TEST_CASE("a non-dominated archive that is saved and loaded goes on alike") {
  Workers workers;
  const Population pool = shown(400, 3, Cloud::uniform, 0.2, 9);
  const std::vector<Slot> slots = all_slots(pool);
  NondominatedArchive straight(pool.shape());
  straight.insert(pool, std::span(slots).first(200), workers);
  std::vector<std::byte> bytes;
  StateWriter writer(bytes);
  straight.save(writer);
  NondominatedArchive loaded(pool.shape());
  StateReader reader(bytes);
  loaded.load(reader);
  CHECK(reader.at_end());
  for (NondominatedArchive* archive : {&straight, &loaded}) archive->insert(pool, std::span(slots).last(200), workers);
  std::vector<std::byte> end[2];
  StateWriter first(end[0]), second(end[1]);
  straight.save(first);
  loaded.save(second);
  CHECK((end[0] == end[1]));
}
