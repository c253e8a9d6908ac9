#pragma once

#include <cstddef>
#include <span>

#include "engine/problem/linear_form.hpp"

namespace millrace {

/// The form with the objectives of `kept` only, in that order: what has volume needs objectives that vary.
LinearForm with_objectives(const LinearForm& form, std::span<const std::size_t> kept);

}  // namespace millrace
