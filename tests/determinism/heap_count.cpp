#include "tests/determinism/heap_count.hpp"

#include <atomic>
#include <cstdlib>
#include <new>

namespace {

std::atomic<std::size_t> requests = 0;
std::atomic<bool> trapping = false;

void count() {
  requests.fetch_add(1, std::memory_order_relaxed);
  if (trapping.load(std::memory_order_relaxed)) std::abort();
}

void* checked(void* memory) {
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

std::size_t padded(std::size_t bytes, std::align_val_t alignment) {
  const auto step = static_cast<std::size_t>(alignment);
  return (bytes + step - 1) / step * step;
}

}  // namespace

namespace millrace::testing {

std::size_t heap_requests() { return requests; }
void trap_requests(bool trap) { trapping = trap; }

}  // namespace millrace::testing

// The linker sends every call of malloc here; those of operator new below arrive the same way.
extern "C" {
void* __real_malloc(std::size_t bytes);
void* __real_calloc(std::size_t entries, std::size_t bytes);
void* __real_realloc(void* memory, std::size_t bytes);
void* __real_aligned_alloc(std::size_t alignment, std::size_t bytes);
int __real_posix_memalign(void** memory, std::size_t alignment, std::size_t bytes);

void* __wrap_malloc(std::size_t bytes) {
  count();
  return __real_malloc(bytes);
}
void* __wrap_calloc(std::size_t entries, std::size_t bytes) {
  count();
  return __real_calloc(entries, bytes);
}
void* __wrap_realloc(void* memory, std::size_t bytes) {
  count();
  return __real_realloc(memory, bytes);
}
void* __wrap_aligned_alloc(std::size_t alignment, std::size_t bytes) {
  count();
  return __real_aligned_alloc(alignment, bytes);
}
int __wrap_posix_memalign(void** memory, std::size_t alignment, std::size_t bytes) {
  count();
  return __real_posix_memalign(memory, alignment, bytes);
}
}

// The other forms of operator new and delete call these.
void* operator new(std::size_t bytes) { return checked(std::malloc(bytes == 0 ? 1 : bytes)); }
void* operator new(std::size_t bytes, std::align_val_t alignment) {
  return checked(std::aligned_alloc(static_cast<std::size_t>(alignment), padded(bytes == 0 ? 1 : bytes, alignment)));
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }
