#include "engine/indicator/hypervolume.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>
#include <utility>

#include "engine/indicator/exclusive_volume.hpp"
#include "engine/indicator/hypervolume_sweeps.hpp"
#include "engine/indicator/rows_inside.hpp"

namespace millrace {
namespace {

using Rows = std::vector<std::uint32_t>;

// Places of `rows` in the order of an objective.
Rows places_of(const Columns& points, const Rows& rows, std::size_t objective) {
  std::vector<std::pair<double, std::uint32_t>> order(rows.size());
  for (std::uint32_t i = 0; i < rows.size(); ++i) order[i] = {points(rows[i], objective), i};
  std::sort(order.begin(), order.end());
  Rows places(rows.size());
  for (std::uint32_t at = 0; at < order.size(); ++at) places[order[at].second] = at;
  return places;
}

// The recursion ends before it would ask for the order of the first three objectives, unless there are only three.
Places places_of(const Columns& points, const Rows& rows) {
  Places places(points.columns());
  for (std::size_t k = std::min<std::size_t>(3, points.columns() - 1); k < points.columns(); ++k)
    places[k] = places_of(points, rows, k);
  return places;
}

// The points of `rows` stored in the order `places`; identities are positions in `rows`.
PointSet set_in_order(const Columns& points, const Rows& rows, const Rows& places, const Rows& turns) {
  PointSet set(points.columns(), rows.size());
  set.count = rows.size();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t k = 0; k < points.columns(); ++k) set.column(k)[places[i]] = points(rows[i], k);
    set.column(set.turns)[places[i]] = turns[i];
    set.column(set.identities)[places[i]] = static_cast<double>(i);
  }
  set.close();
  return set;
}

double hypervolume_of_four(const Columns& points, std::span<const double> reference, const Rows& rows) {
  const Rows places = places_of(points, rows, 3);
  const PointSet set = set_in_order(points, rows, places, places);
  double lower[4];
  for (std::size_t k = 0; k < 4; ++k) lower[k] = *std::min_element(set.column(k), set.column(k) + set.count);
  HypervolumeMemory memory(4, set.count);
  return sweep_four_objectives(set, lower, reference, memory);
}

// Points of a task: about 50 microseconds of work, so that threads end together, or all points where a parallel region
// would cost more than it gains.
std::size_t task_points(std::size_t count, double nanoseconds_a_point) {
  constexpr double kWorthARegion = 1e5;
  constexpr double kTask = 5e4;
  if (static_cast<double>(count) * nanoseconds_a_point < kWorthARegion) return count;
  return static_cast<std::size_t>(std::clamp(kTask / nanoseconds_a_point, 1.0, static_cast<double>(count)));
}

// Time of hypervolume() measured on points of a sphere, right within a factor of two for m >= 4 and n >= 30.
double expected_nanoseconds(std::size_t n, std::size_t m) {
  return 150.0 * std::pow(static_cast<double>(n), 1.5 + 0.35 * (static_cast<double>(m) - 5.0));
}

// Those of `rows` that are not dominated, but for ties in the last objective, which do no harm.
Rows without_dominated(const Columns& points, const Rows& rows, const Rows& places, Workers& workers) {
  const PointSet set = set_in_order(points, rows, places, places);
  std::vector<std::uint8_t> covered(rows.size());
  const double nanoseconds_a_point = 0.04 * static_cast<double>(rows.size() * points.columns());
  const std::size_t grain = task_points(rows.size(), nanoseconds_a_point);
  workers.for_blocks(rows.size(), grain, [&](std::size_t begin, std::size_t end) {
    mark_covered(set, points.columns(), begin, end, covered);
  });
  Rows kept;
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (!covered[places[i]]) kept.push_back(rows[i]);
  return kept;
}

// Memory of each thread, made by the thread when it first asks.
class MemoryOfThreads {
 public:
  MemoryOfThreads(const Workers& workers, std::size_t objectives, std::size_t points)
      : workers_(workers), objectives_(objectives), points_(points), memories_(workers.threads()) {}
  HypervolumeMemory& mine() {
    auto& memory = memories_[workers_.thread_index()];
    if (!memory) memory = std::make_unique<HypervolumeMemory>(objectives_, points_);
    return *memory;
  }

 private:
  const Workers& workers_;
  std::size_t objectives_;
  std::size_t points_;
  std::vector<std::unique_ptr<HypervolumeMemory>> memories_;
};

// Volume below the reference that each point with a turn in [begin, end) adds to those before it: volumes[turn].
void add_volumes(const PointSet& all, std::size_t begin, std::size_t end, std::span<const double> reference,
                 const Places& places, HypervolumeMemory& memory, std::vector<double>& volumes) {
  const std::size_t last = reference.size() - 1;
  PointSet& set = memory.earlier;
  keep_earlier(all, static_cast<double>(end), set);
  for (std::size_t i = 0; i < set.count; ++i) {
    const std::size_t turn = static_cast<std::size_t>(set.turn()[i]);
    if (turn < begin) continue;
    volumes[turn] = exclusive_volume(set, i, Others::earlier, last, reference, places, memory) *
                    (reference[last] - set.column(last)[i]);
  }
}

double hypervolume_of_many(const Columns& points, std::span<const double> reference, Rows rows, Workers& workers) {
  const std::size_t last = points.columns() - 1;
  Places places = places_of(points, rows);
  Rows kept = without_dominated(points, rows, places[last], workers);
  if (kept.size() != rows.size()) {
    rows = std::move(kept);
    places = places_of(points, rows);
  }
  const PointSet set = set_in_order(points, rows, places[last - 1], places[last]);
  std::vector<double> volumes(set.count);
  MemoryOfThreads memories(workers, last, set.count);
  const double per_point = expected_nanoseconds(set.count, points.columns()) / static_cast<double>(set.count);
  workers.for_blocks(set.count, task_points(set.count, per_point), [&](std::size_t begin, std::size_t end) {
    // The last turns have the most others and take longest: first.
    add_volumes(set, set.count - end, set.count - begin, reference, places, memories.mine(), volumes);
  });
  return std::accumulate(volumes.begin(), volumes.end(), 0.0);
}

}  // namespace

double hypervolume(const Columns& points, std::span<const double> reference, Workers& workers) {
  const Rows rows = rows_inside(points, reference);
  if (rows.empty()) return 0.0;
  switch (points.columns()) {
    case 1: return hypervolume_of_one(points, reference, rows);
    case 2: return hypervolume_of_two(points, reference, rows);
    case 3: return hypervolume_of_three(points, reference, rows);
    case 4: return hypervolume_of_four(points, reference, rows);
    default: return hypervolume_of_many(points, reference, rows, workers);
  }
}

std::vector<double> hypervolume_contributions(const Columns& points, std::span<const double> reference,
                                              Workers& workers) {
  std::vector<double> result(points.rows(), 0.0);
  const Rows rows = rows_inside(points, reference);
  if (rows.empty()) return result;
  if (points.columns() < 3) {
    // One or two objectives are three with nothing to choose in the others.
    Columns padded(points.rows(), 3);
    std::vector<double> corner(reference.begin(), reference.end());
    corner.resize(3, 1.0);
    for (std::size_t k = 0; k < points.columns(); ++k)
      std::copy_n(points.column_data(k), points.rows(), padded.column_data(k));
    return hypervolume_contributions(padded, corner, workers);
  }
  const Places places = places_of(points, rows);
  const PointSet set = set_in_order(points, rows, places.back(), places.back());
  MemoryOfThreads memories(workers, points.columns(), set.count);
  // Each is the hypervolume of what reaches into a box, as for one point of a set with one objective more.
  const double per_point = expected_nanoseconds(set.count, points.columns() + 1) / static_cast<double>(set.count);
  workers.for_blocks(set.count, task_points(set.count, per_point), [&](std::size_t begin, std::size_t end) {
    HypervolumeMemory& memory = memories.mine();
    for (std::size_t i = begin; i < end; ++i) {
      const auto row = rows[static_cast<std::size_t>(set.column(set.identities)[i])];
      const double volume = exclusive_volume(set, i, Others::all, points.columns(), reference, places, memory);
      result[row] = std::max(volume, 0.0);  // rounding may leave a point that hardly matters below nothing
    }
  });
  return result;
}

double expected_hypervolume_seconds(std::size_t n, std::size_t m) {
  return m <= 3 ? 0.0 : 1e-9 * expected_nanoseconds(n, m);
}

bool exact_hypervolume_is_affordable(std::size_t n, std::size_t m) {
  constexpr double kTenSeconds = 10.0;
  return expected_hypervolume_seconds(n, m) <= kTenSeconds;
}

}  // namespace millrace
