#pragma once

#include <cstddef>
#include <cstring>
#include <span>
#include <stdexcept>
#include <type_traits>
#include <vector>

#include "engine/data/population.hpp"

namespace millrace {

/// A saved state that does not fit the run that wants to continue from it.
struct StateMismatch : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Appends values to a byte buffer that is reused from one checkpoint to the next.
class StateWriter {
 public:
  explicit StateWriter(std::vector<std::byte>& buffer) : buffer_(buffer) { buffer_.clear(); }

  template <class T>
    requires std::is_trivially_copyable_v<T>
  void put(const T& value) { put_array(std::span<const T>(&value, 1)); }
  /// The length first, then the values.
  template <class T>
  void put_span(std::span<const T> values) {
    put(static_cast<std::uint64_t>(values.size()));
    put_array(values);
  }
  /// Decisions and results of the individuals at `slots`.
  void put_individuals(const Population& pool, std::span<const Slot> slots);

 private:
  template <class T>
  void put_array(std::span<const T> values) {
    const auto bytes = std::as_bytes(values);
    buffer_.insert(buffer_.end(), bytes.begin(), bytes.end());
  }
  std::vector<std::byte>& buffer_;
};

/// Reads back what a StateWriter wrote, in the same order. Throws StateMismatch where sizes differ.
class StateReader {
 public:
  explicit StateReader(std::span<const std::byte> bytes) : bytes_(bytes) {}

  template <class T>
    requires std::is_trivially_copyable_v<T> T get() {
      T value;
      get_array(std::span<T>(&value, 1));
      return value;
    }
  /// Fills `values`, whose length must be the one written.
  template <class T>
  void get_span(std::span<T> values) {
    if (get<std::uint64_t>() != values.size()) throw StateMismatch("a saved array has another length");
    get_array(values);
  }
  template <class T>
  void get_vector(std::vector<T>& values) {
    const auto count = get<std::uint64_t>();
    if (count > bytes_.size() / sizeof(T)) throw StateMismatch("the saved state ends too early");
    values.resize(count);
    get_array(std::span<T>(values));
  }
  void get_individuals(Population& pool, std::span<const Slot> slots);
  bool at_end() const { return bytes_.empty(); }

 private:
  template <class T>
  void get_array(std::span<T> values) {
    if (bytes_.size() < values.size_bytes()) throw StateMismatch("the saved state ends too early");
    if (!values.empty()) std::memcpy(values.data(), bytes_.data(), values.size_bytes());
    bytes_ = bytes_.subspan(values.size_bytes());
  }
  std::span<const std::byte> bytes_;
};

}  // namespace millrace
