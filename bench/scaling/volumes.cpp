#include <fmt/format.h>

#include <stdexcept>
#include <vector>

#include "bench/report/clocks.hpp"
#include "bench/scaling/scaling.hpp"
#include "engine/indicator/hypervolume.hpp"
#include "problems/suite/true_front.hpp"

namespace millrace::bench {

Json scale_hypervolumes(bool quick) {
  const auto threads = thread_counts();
  fmt::print("\nExact hypervolume of points of a sphere, ms\n{:>3} {:>7}", "M", "points");
  for (const std::size_t count : threads) fmt::print(" {:>11}", fmt::format("{} threads", count));
  fmt::print("\n");
  struct Case {
    std::size_t objectives;
    std::size_t points;
    int turns;
  };
  std::vector<Case> cases = {{4, 1000, 9}, {5, 100, 9}, {5, 1000, 9}};
  if (!quick) cases.insert(cases.end(), {{6, 100, 9}, {6, 1000, 5}, {8, 200, 3}});
  Json rows = Json::array();
  for (const Case& c : cases) {
    const Columns points = sphere_points(c.objectives, c.points, 1);
    const std::vector<double> corner(c.objectives, 1.1);
    std::vector<PartTimes> times(threads.size());
    std::vector<double> values(threads.size());
    for (int turn = 0; turn < c.turns; ++turn)
      for (std::size_t t = 0; t < threads.size(); ++t) {
        Workers workers(threads[t]);
        // The first region of an arena wakes its threads.
        workers.for_blocks(threads[t], 1, [](std::size_t, std::size_t) {});
        times[t].record(0, measure(wall_seconds, [&] { values[t] = hypervolume(points, corner, workers); }));
        if (values[t] != values[0]) throw std::runtime_error("a hypervolume depends on the number of threads");
      }
    fmt::print("{:>3} {:>7}", c.objectives, c.points);
    Json ms = Json::array();
    for (const PartTimes& t : times) {
      ms.push_back(1e3 * t.sum());
      fmt::print(" {:>11.4g}", 1e3 * t.sum());
    }
    fmt::print("\n");
    rows.push_back({{"objectives", c.objectives}, {"points", c.points}, {"ms", ms}});
  }
  return rows;
}

}  // namespace millrace::bench
