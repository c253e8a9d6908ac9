#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <vector>

#include "bench/report/clocks.hpp"
#include "bench/report/timed_run.hpp"
#include "bench/scaling/scaling.hpp"
#include "engine/algorithm/nsga3.hpp"
#include "problems/suite/catalogue.hpp"

namespace millrace::bench {
namespace {

constexpr std::uint64_t kSeed = 1;
constexpr std::size_t kParts = 10;

/// NSGA-III on DTLZ2.
struct Case {
  /// What this case is compared over: population, objectives or variables.
  const char* group;
  std::size_t objectives;
  std::size_t variables;
  /// Steps of the lattice; a second, inner one where `inner` is not 0.
  std::size_t outer;
  std::size_t inner;
  std::uint64_t generations;
  int turns;
};

ReferenceDirections directions(const Case& c) {
  return c.inner == 0 ? das_dennis(c.objectives, c.outer) : two_layer(c.objectives, c.outer, c.inner);
}

/// As in the paper: the smallest multiple of four that has a place for every direction.
std::size_t population(const ReferenceDirections& directions) { return round_up(directions.count(), 4); }

std::unique_ptr<TimedRun> make_run(const Case& c, const ReferenceDirections& directions, std::size_t threads,
                                   Profile* profile = nullptr) {
  const auto make = [&](Setup setup) {
    return AnyAlgorithm(
        std::make_unique<Nsga3>(setup, Nsga3Options{.population = population(directions), .directions = directions}));
  };
  return std::make_unique<TimedRun>(make_suite_problem("dtlz2", c.objectives, c.variables), make, kSeed, threads,
                                    profile);
}

bool same_bits(const TimedRun& a, const TimedRun& b) {
  if (!std::ranges::equal(a.survivors(), b.survivors())) return false;
  for (const Slot i : a.survivors())
    if (!std::ranges::equal(a.pool().x.row(i), b.pool().x.row(i))) return false;
  return true;
}

/// The same run with every number of threads, part by part in turn: the same work on the same bits.
std::vector<PartTimes> time_threads(const Case& c, const std::vector<std::size_t>& threads) {
  const ReferenceDirections axes = directions(c);
  std::vector<PartTimes> times(threads.size());
  for (int turn = 0; turn < c.turns; ++turn) {
    std::vector<std::unique_ptr<TimedRun>> runs;
    for (const std::size_t count : threads) {
      runs.push_back(make_run(c, axes, count));
      runs.back()->advance(1);
    }
    const std::uint64_t step = std::max<std::uint64_t>(1, c.generations / kParts);
    for (std::size_t part = 0; part < kParts; ++part)
      for (std::size_t t = 0; t < runs.size(); ++t)
        times[t].record(part, measure(wall_seconds, [&] { runs[t]->advance(step); }) / static_cast<double>(step));
    for (const auto& run : runs)
      if (!same_bits(*runs.front(), *run)) throw std::runtime_error("a run depends on the number of threads");
  }
  return times;
}

std::vector<Case> cases(bool quick) {
  std::vector<Case> all = {
      {"population", 5, 14, 5, 0, 200, 5}, {"population", 5, 14, 6, 0, 200, 5}, {"population", 5, 14, 10, 0, 200, 3}};
  if (quick) return all;
  const std::vector<Case> more = {{"population", 5, 14, 20, 0, 200, 2},  {"objectives", 3, 12, 43, 0, 200, 3},
                                  {"objectives", 5, 14, 10, 0, 200, 3},  {"objectives", 8, 17, 5, 3, 200, 3},
                                  {"objectives", 10, 19, 4, 3, 200, 3},  {"objectives", 3, 12, 140, 0, 100, 2},
                                  {"objectives", 5, 14, 20, 0, 100, 2},  {"objectives", 8, 17, 8, 7, 50, 1},
                                  {"objectives", 10, 19, 6, 5, 50, 1},   {"variables", 5, 16, 10, 0, 200, 3},
                                  {"variables", 5, 1000, 10, 0, 100, 2}, {"variables", 5, 10000, 10, 0, 20, 2}};
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

}  // namespace

Json scale_generations(bool quick) {
  const auto threads = thread_counts();
  fmt::print("NSGA-III on DTLZ2, ms a generation\n{:>10} {:>3} {:>10} {:>9} {:>6}", "over", "M", "population",
             "variables", "gen");
  for (const std::size_t count : threads) fmt::print(" {:>11}", fmt::format("{} threads", count));
  fmt::print("\n");
  Json rows = Json::array();
  for (const Case& c : cases(quick)) {
    const std::vector<PartTimes> times = time_threads(c, threads);
    Json ms = Json::array();
    for (const PartTimes& t : times) ms.push_back(1e3 * t.mean());
    const ReferenceDirections axes = directions(c);
    rows.push_back({{"group", c.group},
                    {"objectives", c.objectives},
                    {"directions", axes.count()},
                    {"population", population(axes)},
                    {"variables", c.variables},
                    {"generations", c.generations},
                    {"generation_ms", ms}});
    fmt::print("{:>10} {:>3} {:>10} {:>9} {:>6}", c.group, c.objectives, population(axes), c.variables, c.generations);
    for (const PartTimes& t : times) fmt::print(" {:>11.4g}", 1e3 * t.mean());
    fmt::print("\n");
  }
  return rows;
}

Json profile_generations(bool quick) {
  fmt::print("\nWhere a generation's time goes, us\n{:>10}", "population");
  for (std::size_t s = 0; s < kProfileStages; ++s) fmt::print(" {:>13}", name_of(static_cast<ProfileStage>(s)));
  fmt::print("\n");
  Json rows = Json::array();
  for (Case c : cases(quick)) {
    if (std::string_view(c.group) != "population") continue;
    const ReferenceDirections axes = directions(c);
    std::vector<PartTimes> stages(kProfileStages);
    for (int turn = 0; turn < c.turns; ++turn) {
      Profile profile;
      const auto run = make_run(c, axes, 1, &profile);
      for (std::size_t part = 0; part < kParts; ++part) {
        const Profile before = profile;
        run->advance(c.generations / kParts);
        for (std::size_t s = 0; s < kProfileStages; ++s) {
          const auto stage = static_cast<ProfileStage>(s);
          stages[s].record(
              part, (profile.seconds(stage) - before.seconds(stage)) * kParts / static_cast<double>(c.generations));
        }
      }
    }
    Json row = {{"population", population(axes)}, {"directions", axes.count()}, {"stages_us", Json::object()}};
    fmt::print("{:>10}", population(axes));
    for (std::size_t s = 0; s < kProfileStages; ++s) {
      row["stages_us"][std::string(name_of(static_cast<ProfileStage>(s)))] = 1e6 * stages[s].mean();
      fmt::print(" {:>13.4g}", 1e6 * stages[s].mean());
    }
    fmt::print("\n");
    rows.push_back(row);
  }
  return rows;
}

}  // namespace millrace::bench
