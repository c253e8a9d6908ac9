#include "engine/store/store_writer.hpp"

#include <chrono>
#include <ctime>
#include <utility>

namespace millrace {
namespace {

double thread_seconds() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

}  // namespace

StoreWriter::StoreWriter(Store& store, StoreWriterOptions options)
    : store_(store), options_(options), thread_([this] { work(); }) {}

StoreWriter::~StoreWriter() { close(); }

void StoreWriter::put(StoredRun run) {
  std::unique_lock lock(mutex_);
  emptied_.wait(lock, [this] { return failure_ || queue_.size() < 2 * options_.batch; });
  if (failure_) std::rethrow_exception(failure_);
  queue_.push_back(std::move(run));
  // The first starts the clock of a batch, the last ends it.
  if (queue_.size() == 1 || queue_.size() == options_.batch) filled_.notify_one();
}

void StoreWriter::finish() {
  close();
  if (failure_) std::rethrow_exception(failure_);
}

void StoreWriter::close() {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  filled_.notify_one();
  if (thread_.joinable()) thread_.join();
}

std::vector<StoredRun> StoreWriter::next_batch() {
  std::unique_lock lock(mutex_);
  filled_.wait(lock, [this] { return closed_ || !queue_.empty(); });
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::duration<double>(options_.seconds);
  filled_.wait_until(lock, deadline, [this] { return closed_ || queue_.size() >= options_.batch; });
  std::vector<StoredRun> batch;
  batch.swap(queue_);
  emptied_.notify_all();
  return batch;
}

void StoreWriter::work() {
  try {
    for (std::vector<StoredRun> batch = next_batch(); !batch.empty(); batch = next_batch()) {
      store_.put(batch);
      saved_.fetch_add(batch.size(), std::memory_order_relaxed);
      processor_seconds_.store(thread_seconds(), std::memory_order_relaxed);
    }
  } catch (...) {
    const std::lock_guard lock(mutex_);
    failure_ = std::current_exception();
    queue_.clear();
  }
  emptied_.notify_all();
}

}  // namespace millrace
