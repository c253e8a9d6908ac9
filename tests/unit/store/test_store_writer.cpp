#include <catch2/catch.hpp>

#include <chrono>
#include <thread>

#include "engine/store/store_writer.hpp"
#include "tests/faults/scratch_folder.hpp"
#include "tests/unit/store/sample_runs.hpp"

using namespace millrace;
using namespace millrace::testing;

TEST_CASE("runs that many threads put are all there, once finished") {
  const ScratchFolder folder;
  Store store(folder / "s.db", Store::Mode::write);
  store.put(sample_problem());
  StoreWriter writer(store, {.seconds = 0.01, .batch = 8});
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < 50; ++i) writer.put(sample_run(100 * t + i));
    });
  for (std::thread& thread : threads) thread.join();
  writer.finish();
  CHECK(writer.saved() == 200);
  CHECK(store.run_count() == 200);
  CHECK(writer.processor_seconds() > 0.0);
}

TEST_CASE("a run is committed after the time of a batch, without more of them, and a reader sees it") {
  const ScratchFolder folder;
  Store store(folder / "s.db", Store::Mode::write);
  store.put(sample_problem());
  StoreWriter writer(store, {.seconds = 0.05, .batch = 1000});
  writer.put(sample_run(1));
  for (int i = 0; i < 200 && writer.saved() == 0; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  CHECK(writer.saved() == 1);
  CHECK(Store(folder / "s.db", Store::Mode::read).run_count() == 1);
}

TEST_CASE("what the destructor finds in the queue is written") {
  const ScratchFolder folder;
  Store store(folder / "s.db", Store::Mode::write);
  store.put(sample_problem());
  { StoreWriter(store, {.seconds = 10.0}).put(sample_run(1)); }
  CHECK(store.run_count() == 1);
}

TEST_CASE("what the store throws reaches whoever puts and whoever finishes, and nobody waits for ever") {
  const ScratchFolder folder;
  Store store(folder / "s.db", Store::Mode::write);
  store.put(sample_problem());
  StoreWriter writer(store, {.seconds = 0.001, .batch = 2});
  const auto put_all = [&] {
    for (int i = 0; i < 10'000; ++i) writer.put(sample_run(i, "unknown problem"));
  };
  CHECK_THROWS_AS(put_all(), StoreError);
  CHECK_THROWS_AS(writer.finish(), StoreError);
  CHECK(writer.saved() == 0);
  CHECK(store.run_count() == 0);
}
