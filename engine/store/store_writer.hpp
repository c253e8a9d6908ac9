#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "engine/store/store.hpp"

namespace millrace {

struct StoreWriterOptions {
  /// A run waits at most this long for others to share its transaction: what a killed process loses.
  double seconds = 0.5;
  /// A transaction has at most about so many runs; whoever puts more than twice as many waits.
  std::size_t batch = 256;
};

/// Writes runs into a store from one thread of its own, in batches. The store is its own until it is finished.
class StoreWriter {
 public:
  explicit StoreWriter(Store& store, StoreWriterOptions options = {});
  /// Writes what is left; finish() says whether that went well.
  ~StoreWriter();
  StoreWriter(const StoreWriter&) = delete;
  StoreWriter& operator=(const StoreWriter&) = delete;

  /// From any thread. Throws what the writing thread met: once a batch could not be written, nothing is.
  void put(StoredRun run);
  /// Writes what is left and ends the thread. Throws what the writing thread met.
  void finish();
  /// Runs that are committed.
  std::uint64_t saved() const { return saved_.load(std::memory_order_relaxed); }
  /// Processor time of the writing thread so far, in seconds; complete after finish().
  double processor_seconds() const { return processor_seconds_.load(std::memory_order_relaxed); }

 private:
  void work();
  std::vector<StoredRun> next_batch();
  void close();

  Store& store_;
  StoreWriterOptions options_;
  std::mutex mutex_;
  std::condition_variable filled_;
  std::condition_variable emptied_;
  std::vector<StoredRun> queue_;
  bool closed_ = false;
  std::exception_ptr failure_;
  std::atomic<std::uint64_t> saved_ = 0;
  std::atomic<double> processor_seconds_ = 0.0;
  std::thread thread_;
};

}  // namespace millrace
