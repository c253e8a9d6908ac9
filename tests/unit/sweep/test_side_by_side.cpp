#include <catch2/catch.hpp>

#include <atomic>
#include <chrono>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "cli/sweep/side_by_side.hpp"

using namespace millrace;
using namespace millrace::cli;

namespace {

/// How many are under way, and the most that ever were; the same of their memory.
class Gauge {
 public:
  void enter(double amount) {
    const std::lock_guard lock(mutex_);
    now_ += amount;
    most_ = std::max(most_, now_);
  }
  void leave(double amount) {
    const std::lock_guard lock(mutex_);
    now_ -= amount;
  }
  double most() const { return most_; }

 private:
  std::mutex mutex_;
  double now_ = 0.0;
  double most_ = 0.0;
};

const auto never = [] { return false; };

void sleep_ms(int ms) { std::this_thread::sleep_for(std::chrono::milliseconds(ms)); }

}  // namespace

TEST_CASE("every piece is carried out once, in the order of its start, for any number of threads") {
  for (const std::size_t threads : {1u, 2u, 5u}) {
    Workers workers(threads);
    std::vector<std::atomic<int>> times(300);
    Gauge gauge;
    SideBySide(workers, threads, 1e9)
        .run(
            std::vector<SidePiece>(300),
            [&](std::size_t i) {
              gauge.enter(1.0);
              ++times[i];
              gauge.leave(1.0);
            },
            never);
    for (const auto& count : times) CHECK(count == 1);
    CHECK(gauge.most() <= static_cast<double>(threads));
  }
}

TEST_CASE("nothing to do is nothing done") {
  Workers workers(2);
  SideBySide(workers, 2, 1.0)
      .run(
          {}, [](std::size_t) { FAIL("there is no piece"); }, never);
}

TEST_CASE("no more memory is in use than allowed, small pieces pass large ones, and one too large goes alone") {
  Workers workers(4);
  std::vector<SidePiece> pieces;
  for (int i = 0; i < 40; ++i) pieces.push_back({i % 4 == 0 ? 8.0 : 1.0});
  pieces.push_back({100.0});
  Gauge memory, alone;
  std::atomic<int> done = 0;
  SideBySide(workers, 4, 10.0)
      .run(
          pieces,
          [&](std::size_t i) {
            const double bytes = std::min(pieces[i].bytes, 10.0);
            memory.enter(bytes);
            sleep_ms(1);
            memory.leave(bytes);
            ++done;
          },
          never);
  CHECK(done == 41);
  CHECK(memory.most() <= 10.0);
}

TEST_CASE("a piece that throws ends the starting of others; those under way are waited for") {
  Workers workers(2);
  std::atomic<int> started = 0, ended = 0;
  CHECK_THROWS_WITH(SideBySide(workers, 2, 1e9)
                        .run(
                            std::vector<SidePiece>(1000),
                            [&](std::size_t i) {
                              ++started;
                              sleep_ms(1);
                              if (i == 3) throw std::runtime_error("the third");
                              ++ended;
                            },
                            never),
                    "the third");
  CHECK(started < 20);
  CHECK(ended == started - 1);
}

TEST_CASE("once stopped, nothing new is started") {
  Workers workers(2);
  std::atomic<int> done = 0;
  SideBySide(workers, 2, 1e9)
      .run(
          std::vector<SidePiece>(100), [&](std::size_t) { ++done; }, [&] { return done.load() >= 10; });
  CHECK(done >= 10);
  CHECK(done < 13);
}

TEST_CASE("threads that have no piece help inside those that have an arena") {
  Workers workers(2);
  std::mutex mutex;
  std::vector<std::thread::id> helpers;
  SideBySide(workers, 1, 1e9)
      .run(
          std::vector<SidePiece>(1),
          [&](std::size_t) {
            Workers inner(2);
            // As long as it takes for a second thread to come.
            for (int attempt = 0; attempt < 500 && helpers.size() < 2; ++attempt)
              inner.for_blocks(8, 1, [&](std::size_t, std::size_t) {
                sleep_ms(2);
                const std::lock_guard lock(mutex);
                if (std::find(helpers.begin(), helpers.end(), std::this_thread::get_id()) == helpers.end())
                  helpers.push_back(std::this_thread::get_id());
              });
          },
          never);
  CHECK(helpers.size() == 2);
}
