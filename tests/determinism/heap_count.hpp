#pragma once

#include <cstddef>

namespace millrace::testing {

/// Number of requests for memory of this program so far, from any thread.
std::size_t heap_requests();

/// While true, a request ends the program, so that a debugger shows who asked.
void trap_requests(bool trap);

}  // namespace millrace::testing
