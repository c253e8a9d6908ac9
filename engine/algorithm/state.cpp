#include "engine/algorithm/state.hpp"

namespace millrace {

void StateWriter::put_individuals(const Population& pool, std::span<const Slot> slots) {
  put(pool.shape());
  put(static_cast<std::uint64_t>(slots.size()));
  for (const Slot i : slots) {
    put_array(pool.x.row(i));
    for (std::size_t k = 0; k < pool.f.columns(); ++k) put(pool.f(i, k));
    for (std::size_t c = 0; c < pool.g.columns(); ++c) put(pool.g(i, c));
    put(pool.violation[i]);
  }
}

void StateReader::get_individuals(Population& pool, std::span<const Slot> slots) {
  if (get<Shape>() != pool.shape()) throw StateMismatch("the saved individuals belong to a problem of another shape");
  if (get<std::uint64_t>() != slots.size()) throw StateMismatch("the saved population has another size");
  for (const Slot i : slots) {
    get_array(pool.x.row(i));
    for (std::size_t k = 0; k < pool.f.columns(); ++k) pool.f(i, k) = get<double>();
    for (std::size_t c = 0; c < pool.g.columns(); ++c) pool.g(i, c) = get<double>();
    pool.violation[i] = get<double>();
  }
}

}  // namespace millrace
