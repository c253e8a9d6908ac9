#include "engine/archive/epsilon_archive.hpp"

#include <algorithm>
#include <cmath>

#include "engine/archive/dominance_scan.hpp"

namespace millrace {
namespace {

/// An individual without finite objectives counts as failed, whatever its violation says.
double effective_violation(const Population& pool, Slot i) {
  return pool.feasible(i) && !admissible(pool, i) ? kFailedViolation : pool.violation[i];
}

/// Whether row a of f is below row b of g in any column.
bool anywhere_below(const Columns& f, std::size_t a, const Columns& g, std::size_t b) {
  bool below = false;
  for (std::size_t k = 0; k < f.columns(); ++k) below = below || f(a, k) < g(b, k);
  return below;
}

}  // namespace

EpsilonArchive::EpsilonArchive(Shape shape, EpsilonOptions options)
    : scale_(shape.objectives, std::move(options)), members_(shape) {
  boxes_.corner = Columns(0, shape.objectives);
  candidates_.corner = Columns(0, shape.objectives);
}

void EpsilonArchive::insert(const Population& pool, std::span<const Slot> slots, Workers& workers,
                            std::span<const std::uint32_t> labels) {
  const auto label_of = [&](std::size_t c) { return labels.empty() ? 0 : labels[c]; };
  admissible_.clear();
  for (const Slot i : slots)
    if (admissible(pool, i)) admissible_.push_back(i);
  if (admissible_.empty()) {
    for (std::size_t c = 0; c < slots.size(); ++c) keep_least_violated(pool, slots[c], label_of(c));
    return;
  }
  if (!holds_feasible()) members_.clear();
  if (!scale_.known()) scale_.begin(pool, admissible_);
  locate(pool, slots, candidates_);
  screen(pool, slots, workers);
  for (std::size_t c = 0; c < slots.size(); ++c) {
    if (verdict_[c] == Verdict::open && place({pool, slots[c], label_of(c), c})) ++progress_;
    crowding_.better_box += verdict_[c] == Verdict::only_its_box_dominated;
  }
  crowding_.shown += slots.size();
  if (!scale_.follow(members_.population(), members_.slots(), crowding_)) return;
  rebuild();
  crowding_ = {};
}

void EpsilonArchive::keep_least_violated(const Population& pool, Slot i, std::uint32_t label) {
  if (holds_feasible()) return;
  if (members_.size() == 0) return members_.append(pool, i, label);
  if (!(effective_violation(pool, i) < effective_violation(members_.population(), 0))) return;
  members_.replace(0, pool, i, label);
  ++progress_;
}

/// Column by column, so that the loop is one of vectors.
void EpsilonArchive::locate(const Population& pool, std::span<const Slot> slots, Boxes& boxes) const {
  boxes.reserve(slots.size(), 0);
  std::fill(boxes.distance.begin(), boxes.distance.end(), 0.0);
  for (std::size_t k = 0; k < pool.f.columns(); ++k) {
    const double* f = pool.f.column_data(k);
    double* corner = boxes.corner.column_data(k);
    const double epsilon = scale_.epsilons()[k];
    for (std::size_t c = 0; c < slots.size(); ++c) {
      const double place = f[slots[c]] / epsilon;
      corner[c] = std::floor(place);
      boxes.distance[c] += (place - corner[c]) * (place - corner[c]);
    }
  }
}

/// Whose box is dominated now has it dominated later: a member only gives way to one of its box or of a better box.
void EpsilonArchive::screen(const Population& pool, std::span<const Slot> slots, Workers& workers) {
  verdict_.resize(slots.size());
  const Columns& held = members_.population().f;
  workers.for_blocks(slots.size(), scan_grain(members_.size()), [&](std::size_t first, std::size_t last) {
    for (std::size_t c = first; c < last; ++c) {
      verdict_[c] = Verdict::dominated;
      if (!admissible(pool, slots[c])) continue;
      const std::size_t at = first_at_most(boxes_.corner, members_.size(), {candidates_.corner, c});
      if (at == members_.size() || boxes_.same(at, candidates_, c)) verdict_[c] = Verdict::open;
      else if (anywhere_below(pool.f, slots[c], held, at)) verdict_[c] = Verdict::only_its_box_dominated;
    }
  });
}

/// Whether it opened a box.
bool EpsilonArchive::place(const Candidate& candidate) {
  const std::size_t at = first_at_most(boxes_.corner, members_.size(), {candidates_.corner, candidate.at});
  if (at == members_.size()) {
    open_box(candidate);
    return true;
  }
  if (boxes_.same(at, candidates_, candidate.at)) improve(static_cast<Slot>(at), candidate);
  return false;
}

/// Dominance decides before the distance, whose rounding may hide it.
void EpsilonArchive::improve(Slot member, const Candidate& candidate) {
  const Columns& held = members_.population().f;
  const bool better = anywhere_below(candidate.pool.f, candidate.slot, held, member);
  const bool worse = anywhere_below(held, member, candidate.pool.f, candidate.slot);
  crowding_.same_box += better && worse;
  const bool nearer = candidates_.distance[candidate.at] < boxes_.distance[member];
  if (!better || (worse && !nearer)) return;
  members_.replace(member, candidate.pool, candidate.slot, candidate.label);
  boxes_.distance[member] = candidates_.distance[candidate.at];
}

void EpsilonArchive::open_box(const Candidate& candidate) {
  dominated_.clear();
  append_at_least(boxes_.corner, members_.size(), {candidates_.corner, candidate.at}, dominated_);
  // From the back: what moves into a gap is never itself one.
  for (std::size_t i = dominated_.size(); i-- > 0;) {
    members_.remove(dominated_[i]);
    boxes_.copy(boxes_, members_.size(), dominated_[i]);
  }
  boxes_.reserve(members_.size() + 1, members_.size());
  boxes_.copy(candidates_, candidate.at, members_.size());
  members_.append(candidate.pool, candidate.slot, candidate.label);
}

/// All members are shown to an empty archive with the new boxes, in their order. Each is written where it lies or
/// before, so that none is lost before its turn.
void EpsilonArchive::rebuild() {
  const std::size_t count = members_.size();
  locate(members_.population(), members_.slots(), candidates_);
  members_.clear();
  for (std::size_t i = 0; i < count; ++i) place({members_.population(), static_cast<Slot>(i), members_.label(i), i});
}

void EpsilonArchive::restore_boxes() {
  if (holds_feasible()) locate(members_.population(), members_.slots(), boxes_);
}

/// Doubles, keeping the first `kept` rows.
void EpsilonArchive::Boxes::reserve(std::size_t rows, std::size_t kept) {
  if (rows <= corner.rows()) return;
  Columns larger(std::max<std::size_t>({64, rows, 2 * corner.rows()}), corner.columns());
  for (std::size_t k = 0; k < corner.columns(); ++k) std::copy_n(corner.column_data(k), kept, larger.column_data(k));
  corner = std::move(larger);
  distance.resize(corner.rows());
}

void EpsilonArchive::Boxes::copy(const Boxes& source, std::size_t from, std::size_t to) {
  for (std::size_t k = 0; k < corner.columns(); ++k) corner(to, k) = source.corner(from, k);
  distance[to] = source.distance[from];
}

bool EpsilonArchive::Boxes::same(std::size_t row, const Boxes& other, std::size_t other_row) const {
  for (std::size_t k = 0; k < corner.columns(); ++k)
    if (corner(row, k) != other.corner(other_row, k)) return false;
  return true;
}

}  // namespace millrace
