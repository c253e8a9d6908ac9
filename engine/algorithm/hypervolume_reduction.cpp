#include "engine/algorithm/hypervolume_reduction.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace millrace {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
/// Best and worst of the front are 0 and 1.
constexpr double kReference = 2.0;
constexpr std::size_t kLeastColumns = 3;

/// Expected time of a contribution in nanoseconds, that of hypervolume() with one objective more a point.
double expected_nanoseconds(std::size_t n, std::size_t m) {
  return 150.0 * std::pow(static_cast<double>(n), 0.5 + 0.35 * (static_cast<double>(m) - 4.0));
}

/// Contributions of a task, for about 50 microseconds of work; all where a parallel region would cost more than it
/// gains.
std::size_t task_size(std::size_t count, double nanoseconds_each) {
  constexpr double kWorthARegion = 1e5;
  constexpr double kTask = 5e4;
  if (static_cast<double>(count) * nanoseconds_each < kWorthARegion) return std::max<std::size_t>(count, 1);
  return static_cast<std::size_t>(std::clamp(kTask / nanoseconds_each, 1.0, static_cast<double>(count)));
}

}  // namespace

HypervolumeReduction::HypervolumeReduction(std::size_t objectives, std::size_t capacity, std::size_t threads)
    : objectives_(objectives), columns_(std::max(objectives, kLeastColumns)), reference_(columns_, kReference),
      set_(columns_, capacity), places_(columns_), box_(capacity, columns_) {
  for (std::size_t t = 0; t < threads; ++t) memories_.emplace_back(columns_, capacity);
}

std::span<const std::uint32_t> HypervolumeReduction::choose(const Columns& f, std::span<const Slot> members,
                                                            std::size_t count, Workers& workers) {
  chosen_.clear();
  load(f, members);
  measure_all(workers);
  while (chosen_.size() < count) {
    const std::size_t least = least_row();
    chosen_.push_back(member_of_row_[least]);
    remove(least);
  }
  for (std::size_t r = 0; r < set_.count; ++r) contribution_of_member_[member_of_row_[r]] = contribution_[r];
  return chosen_;
}

void HypervolumeReduction::load(const Columns& f, std::span<const Slot> members) {
  const std::size_t n = members.size();
  set_.count = n;
  contribution_.resize(n);
  contribution_of_member_.resize(n);
  is_outdated_.assign(n, 0);
  excess_.resize(n);
  order_rows(f, members);
  normalise(f, members);
  for (std::size_t r = 0; r < n; ++r)
    set_.column(set_.turns)[r] = set_.column(set_.identities)[r] = static_cast<double>(r);
  set_.close();
  find_places();
}

void HypervolumeReduction::order_rows(const Columns& f, std::span<const Slot> members) {
  const double* last = f.column_data(objectives_ - 1);
  member_of_row_.resize(members.size());
  std::iota(member_of_row_.begin(), member_of_row_.end(), 0u);
  std::sort(member_of_row_.begin(), member_of_row_.end(), [&](std::uint32_t a, std::uint32_t b) {
    return last[members[a]] != last[members[b]] ? last[members[a]] < last[members[b]] : a < b;
  });
}

void HypervolumeReduction::normalise(const Columns& f, std::span<const Slot> members) {
  for (std::size_t k = 0; k < columns_; ++k) {
    double* y = set_.column(k);
    std::fill_n(y, set_.count, 0.0);
    if (k >= objectives_) continue;
    const double* column = f.column_data(k);
    double best = kInfinity;
    double worst = -kInfinity;
    for (const Slot i : members) {
      best = std::min(best, column[i]);
      worst = std::max(worst, column[i]);
    }
    const double range = worst - best;
    if (!(range > 0.0 && range < kInfinity)) continue;
    for (std::size_t r = 0; r < set_.count; ++r) y[r] = (column[members[member_of_row_[r]]] - best) / range;
  }
}

/// What exclusive_volume asks for: the orders of the objectives from the fourth to the last but one.
void HypervolumeReduction::find_places() {
  order_.resize(set_.count);
  for (std::size_t k = 3; k + 1 < columns_; ++k) {
    const double* y = set_.column(k);
    std::iota(order_.begin(), order_.end(), 0u);
    std::sort(order_.begin(), order_.end(),
              [y](std::uint32_t a, std::uint32_t b) { return y[a] != y[b] ? y[a] < y[b] : a < b; });
    places_[k].resize(set_.count);
    for (std::uint32_t at = 0; at < set_.count; ++at) places_[k][order_[at]] = at;
  }
}

void HypervolumeReduction::measure_all(Workers& workers) {
  const std::size_t grain = task_size(set_.count, expected_nanoseconds(set_.count, columns_));
  workers.for_blocks(set_.count, grain, [&](std::size_t begin, std::size_t end) {
    for (std::size_t r = begin; r < end; ++r) measure(r, workers.thread_index());
  });
}

void HypervolumeReduction::measure(std::size_t row, std::size_t thread) {
  HypervolumeMemory& memory = memories_[thread];
  const double volume = exclusive_volume(set_, row, Others::all, columns_, reference_, places_, memory);
  contribution_[row] = std::max(volume, 0.0);  // rounding may leave a point that hardly matters below nothing
  is_outdated_[row] = 0;
  for (std::size_t k = 0; k < columns_; ++k) box_(row, k) = volume > 0.0 ? memory.depths[columns_].upper[k] : kInfinity;
}

std::size_t HypervolumeReduction::least_row() {
  for (;;) {
    std::size_t least = 0;
    for (std::size_t r = 1; r < set_.count; ++r)
      if (contribution_[r] <= contribution_[least]) least = r;
    if (is_outdated_[least] == 0) return least;
    measure(least, 0);
  }
}

/// Rows into whose box the point reaches, or whose box it cuts off, are outdated.
void HypervolumeReduction::remove(std::size_t row) {
  std::fill(excess_.begin(), excess_.end(), -kInfinity);
  for (std::size_t k = 0; k < columns_; ++k) {
    const double gone = set_.column(k)[row];
    set_.column(k)[row] = kInfinity;
    box_(row, k) = -kInfinity;
    const double* upper = box_.column_data(k);
    for (std::size_t r = 0; r < set_.count; ++r) excess_[r] = std::max(excess_[r], gone - upper[r]);
  }
  for (std::size_t r = 0; r < set_.count; ++r) is_outdated_[r] |= excess_[r] <= 0.0;
  contribution_[row] = kInfinity;
}

}  // namespace millrace
