#include "engine/archive/nondominated_archive.hpp"

#include "engine/archive/dominance_scan.hpp"

namespace millrace {

void NondominatedArchive::insert(const Population& pool, std::span<const Slot> slots, Workers& workers) {
  screen(pool, slots, workers);
  for (std::size_t c = 0; c < slots.size(); ++c)
    if (rejected_[c] == 0) place(pool, slots[c]);
}

/// Who is dominated now stays so: a member only gives way to one that dominates it.
void NondominatedArchive::screen(const Population& pool, std::span<const Slot> slots, Workers& workers) {
  const Columns& f = members_.population().f;
  const std::size_t count = members_.size();
  rejected_.resize(slots.size());
  workers.for_blocks(slots.size(), scan_grain(count), [&](std::size_t first, std::size_t last) {
    for (std::size_t c = first; c < last; ++c)
      rejected_[c] = !admissible(pool, slots[c]) || first_at_most(f, count, {pool.f, slots[c]}) < count;
  });
}

void NondominatedArchive::place(const Population& pool, Slot candidate) {
  const Columns& f = members_.population().f;
  if (first_at_most(f, members_.size(), {pool.f, candidate}) < members_.size()) return;
  dominated_.clear();
  append_at_least(f, members_.size(), {pool.f, candidate}, dominated_);
  // From the back: what moves into a gap is never itself one.
  for (std::size_t i = dominated_.size(); i-- > 0;) members_.remove(dominated_[i]);
  members_.append(pool, candidate, 0);
}

}  // namespace millrace
