#include <fmt/format.h>

#include <cmath>
#include <vector>

#include <pagmo/utils/hypervolume.hpp>

#include "bench/report/clocks.hpp"
#include "bench/versus/versus.hpp"
#include "engine/indicator/hypervolume.hpp"
#include "problems/suite/true_front.hpp"

namespace millrace::bench {
namespace {

/// Points of the unit sphere, measured against 1.1 in every objective.
struct VolumeCase {
  std::size_t objectives;
  std::size_t points;
  int turns;
};

template <class Ours, class Theirs, class Check>
Json compare(const VolumeCase& c, Ours&& ours, Theirs&& theirs, Check&& check) {
  const Columns points = sphere_points(c.objectives, c.points, 1);
  const pagmo::hypervolume peer(as_rows(points), false);
  const std::vector<double> reference(c.objectives, 1.1);
  Workers one(1);
  PartTimes our_time, peer_time;
  for (int turn = 0; turn < c.turns; ++turn) {
    double start = thread_seconds();
    const auto our_value = ours(points, reference, one);
    our_time.record(0, thread_seconds() - start);
    start = thread_seconds();
    const auto peer_value = theirs(peer, reference);
    peer_time.record(0, thread_seconds() - start);
    check(our_value, peer_value);
  }
  fmt::print("{:>3} {:>7} {:>12.4g} {:>12.4g} {:>10.1f}\n", c.objectives, c.points, 1e3 * our_time.sum(),
             1e3 * peer_time.sum(), peer_time.sum() / our_time.sum());
  return {{"objectives", c.objectives},
          {"points", c.points},
          {"ours_ms", 1e3 * our_time.sum()},
          {"peer_ms", 1e3 * peer_time.sum()}};
}

void print_head(const char* title) {
  fmt::print("\n{}, ms\n{:>3} {:>7} {:>12} {:>12} {:>10}\n", title, "M", "points", "millrace", "pagmo2", "ratio");
}

}  // namespace

Json compare_hypervolumes(bool quick) {
  print_head("Exact hypervolume");
  std::vector<VolumeCase> cases = {{3, 1000, 9}, {4, 200, 9}, {4, 1000, 9}, {5, 200, 9}, {5, 1000, 5}, {8, 50, 5}};
  if (!quick) cases.insert(cases.end(), {{6, 200, 5}, {6, 1000, 3}, {7, 200, 3}, {8, 200, 3}});
  Json rows = Json::array();
  for (const VolumeCase& c : cases)
    rows.push_back(compare(
        c, [](const auto& points, const auto& reference, Workers& w) { return hypervolume(points, reference, w); },
        [](const auto& peer, const auto& reference) { return peer.compute(reference); },
        [](double ours, double theirs) {
          if (!(std::abs(ours / theirs - 1.0) < 1e-11)) throw Disagreement("hypervolume: the values differ");
        }));
  return rows;
}

Json compare_contributions(bool quick) {
  print_head("All exclusive contributions");
  std::vector<VolumeCase> cases = {{3, 500, 9}, {4, 100, 5}, {5, 100, 5}};
  if (!quick) cases.insert(cases.end(), {{4, 500, 3}, {5, 500, 3}});
  Json rows = Json::array();
  for (const VolumeCase& c : cases)
    rows.push_back(compare(
        c,
        [](const auto& points, const auto& reference, Workers& w) {
          return hypervolume_contributions(points, reference, w);
        },
        [](const auto& peer, const auto& reference) { return peer.contributions(reference); },
        [](const std::vector<double>& ours, const std::vector<double>& theirs) {
          for (std::size_t i = 0; i < ours.size(); ++i)
            if (!(std::abs(ours[i] - theirs[i]) < 1e-11)) throw Disagreement("contributions: the values differ");
        }));
  return rows;
}

}  // namespace millrace::bench
