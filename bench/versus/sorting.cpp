#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <vector>

#include <pagmo/utils/multi_objective.hpp>

#include "bench/report/clocks.hpp"
#include "bench/report/point_sets.hpp"
#include "bench/versus/versus.hpp"
#include "engine/select/nondominated_sort.hpp"

namespace millrace::bench {
namespace {

struct SortCase {
  const char* shape;
  std::size_t points;
  std::size_t objectives;
  /// How often pagmo2 sorts; millrace sorts ten times as often.
  int turns;
};

void check_fronts(const Fronts& ours, std::vector<std::vector<pagmo::pop_size_t>> theirs) {
  bool same = ours.count() == theirs.size();
  for (std::size_t r = 0; same && r < theirs.size(); ++r) {
    std::ranges::sort(theirs[r]);
    same = std::ranges::equal(ours.front(r), theirs[r]);
  }
  if (!same) throw Disagreement("non-dominated sorting: the fronts differ");
}

Json compare(const SortCase& c) {
  const Columns f = std::string_view(c.shape) == "uniform" ? uniform_cube(c.points, c.objectives)
                                                           : merged_population(c.points, c.objectives);
  const auto rows = as_rows(f);
  std::vector<Slot> members(c.points);
  std::iota(members.begin(), members.end(), Slot{0});
  Workers one(1);
  NondominatedSorter sorter;
  PartTimes half, full, peer;
  std::size_t fronts = 0;
  for (int turn = 0; turn < c.turns; ++turn) {
    for (int i = 0; i < 10; ++i) {
      half.record(0, measure(thread_seconds, [&] { sorter.sort_objectives(f, members, c.points / 2, one); }));
      full.record(0, measure(thread_seconds, [&] { sorter.sort_objectives(f, members, c.points, one); }));
    }
    const double start = thread_seconds();
    const auto theirs = pagmo::fast_non_dominated_sorting(rows);
    peer.record(0, thread_seconds() - start);
    fronts = std::get<0>(theirs).size();
    if (turn == 0) check_fronts(sorter.sort_objectives(f, members, c.points, one), std::get<0>(theirs));
  }
  fmt::print("{:>8} {:>7} x {:<3} {:>7} {:>12.4g} {:>12.4g} {:>12.4g} {:>10.0f}\n", c.shape, c.points, c.objectives,
             fronts, 1e3 * half.sum(), 1e3 * full.sum(), 1e3 * peer.sum(), peer.sum() / half.sum());
  return {{"shape", c.shape},           {"points", c.points},          {"objectives", c.objectives},
          {"fronts", fronts},           {"half_ms", 1e3 * half.sum()}, {"full_ms", 1e3 * full.sum()},
          {"peer_ms", 1e3 * peer.sum()}};
}

}  // namespace

Json compare_sorting(bool quick) {
  fmt::print("Non-dominated sorting, ms\n{:>8} {:>13} {:>7} {:>12} {:>12} {:>12} {:>10}\n", "shape", "points x M",
             "fronts", "stop at N/2", "all fronts", "pagmo2", "ratio");
  std::vector<SortCase> cases = {{"merged", 200, 5, 50}, {"merged", 2000, 5, 10}};
  if (!quick) cases.insert(cases.end(), {{"merged", 20000, 5, 2}, {"merged", 20000, 10, 2}, {"uniform", 20000, 3, 2}});
  Json rows = Json::array();
  for (const SortCase& c : cases) rows.push_back(compare(c));
  return rows;
}

}  // namespace millrace::bench
