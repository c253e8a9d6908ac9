#pragma once

#if defined(__SANITIZE_THREAD__)
extern "C" {
void __tsan_acquire(void* address);
void __tsan_release(void* address);
}
#endif

namespace millrace {

/// Tells ThreadSanitizer of the fork and join inside oneTBB, whose own binary is not instrumented. Costs nothing
/// otherwise.
class HappensBefore {
 public:
  void fork() { release(&forked_); }
  void enter() { acquire(&forked_); }
  void leave() { release(&joined_); }
  void join() { acquire(&joined_); }

 private:
#if defined(__SANITIZE_THREAD__)
  static void acquire(void* address) { __tsan_acquire(address); }
  static void release(void* address) { __tsan_release(address); }
#else
  static void acquire(void*) {}
  static void release(void*) {}
#endif
  char forked_ = 0;
  char joined_ = 0;
};

}  // namespace millrace
