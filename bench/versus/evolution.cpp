#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "bench/report/clocks.hpp"
#include "bench/versus/contenders.hpp"
#include "bench/versus/versus.hpp"
#include "engine/indicator/distance.hpp"
#include "engine/indicator/hypervolume.hpp"
#include "problems/suite/true_front.hpp"

namespace millrace::bench {
namespace {

constexpr std::size_t kReferencePoints = 20'000;

/// 20,000 uniform points of the problem's front.
Columns true_front(const Contest& contest) {
  if (contest.problem != "zdt1") return sphere_points(contest.objectives, kReferencePoints, 1);
  Columns front(kReferencePoints, 2);
  for (std::size_t i = 0; i < kReferencePoints; ++i) {
    front(i, 0) = static_cast<double>(i) / (kReferencePoints - 1);
    front(i, 1) = 1.0 - std::sqrt(front(i, 0));
  }
  return front;
}

double median(std::vector<double> values) {
  std::ranges::sort(values);
  const std::size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : 0.5 * (values[half - 1] + values[half]);
}

/// What is known of one contender after all its seeds.
struct Score {
  PartTimes parts;
  PartTimes start;
  std::vector<double> igd;
  std::vector<double> igd_plus;
  std::vector<double> hypervolume;
};

void measure_front(const Contest& contest, const Columns& front, const Columns& reference, Score& score) {
  Workers one(1);
  score.igd.push_back(igd(front, reference, one));
  score.igd_plus.push_back(igd_plus(front, reference, one));
  // The share of the box between the ideal point and 1.1 times the nadir, which are 0 and 1 in every objective here.
  const std::vector<double> corner(contest.objectives, 1.1);
  score.hypervolume.push_back(hypervolume(front, corner, one) / std::pow(1.1, static_cast<double>(contest.objectives)));
}

/// All contenders run a part in turn, so that whatever else the machine does meets all of them.
std::vector<Score> play(const Contest& contest, const Contenders& contenders) {
  const Columns reference = true_front(contest);
  std::vector<Score> scores(contenders.size());
  for (std::uint64_t seed = 1; seed <= contest.seeds; ++seed) {
    for (std::size_t c = 0; c < contenders.size(); ++c)
      scores[c].start.record(0, measure(thread_seconds, [&] { contenders[c]->start(seed); }));
    const std::uint64_t step = contest.generations / contest.parts;
    for (std::size_t part = 0; part < contest.parts; ++part)
      for (std::size_t c = 0; c < contenders.size(); ++c) {
        const double spent = measure(thread_seconds, [&] { contenders[c]->advance(step); });
        scores[c].parts.record(part, spent / static_cast<double>(step));
      }
    for (std::size_t c = 0; c < contenders.size(); ++c) {
      contenders[c]->check();
      measure_front(contest, contenders[c]->objectives(), reference, scores[c]);
    }
  }
  return scores;
}

Json row(const Contest& contest, const Contender& contender, const Score& score, double generation, double setup) {
  return {{"problem", contest.problem},
          {"objectives", contest.objectives},
          {"population", contest.population},
          {"generations", contest.generations},
          {"seeds", contest.seeds},
          {"library", contender.library()},
          {"algorithm", contender.algorithm()},
          {"setup_ms", 1e3 * setup},
          {"generation_ms", 1e3 * generation},
          {"evaluations_per_second", static_cast<double>(contest.population) / generation},
          {"igd", median(score.igd)},
          {"igd_plus", median(score.igd_plus)},
          {"hypervolume", median(score.hypervolume)}};
}

void print_row(const Json& row) {
  fmt::print("{:>6} {:>2} {:>6} {:>4}  {:<9} {:<6} {:>10.4g} {:>10.4g} {:>11.4g} {:>8.5f} {:>8.5f} {:>8.5f}\n",
             row["problem"].get<std::string>(), row["objectives"].get<int>(), row["population"].get<int>(),
             row["generations"].get<int>(), row["library"].get<std::string>(), row["algorithm"].get<std::string>(),
             row["setup_ms"].get<double>(), row["generation_ms"].get<double>(),
             row["evaluations_per_second"].get<double>(), row["igd"].get<double>(), row["igd_plus"].get<double>(),
             row["hypervolume"].get<double>());
}

void genetic_rows(const Contest& contest, Json& rows) {
  const Contenders contenders = genetic_contenders(contest);
  const std::vector<Score> scores = play(contest, contenders);
  for (std::size_t c = 0; c < contenders.size(); ++c) {
    rows.push_back(row(contest, *contenders[c], scores[c], scores[c].parts.mean(), scores[c].start.sum()));
    print_row(rows.back());
  }
}

/// pagmo2's MOEA/D sets up anew in every call of evolve: a call of one generation tells the set-up from the rest.
void decomposition_rows(Contest contest, Json& rows) {
  const Contenders contenders = decomposition_contenders(contest);
  Contest once = contest;
  once.generations = once.parts = 1;
  const std::vector<Score> first = play(once, contenders);
  contest.parts = 1;
  const std::vector<Score> scores = play(contest, contenders);
  for (std::size_t c = 0; c < contenders.size(); ++c) {
    double generation = scores[c].parts.mean();
    double setup = scores[c].start.sum();
    if (contenders[c]->library() == "pagmo2") {
      const auto g = static_cast<double>(contest.generations);
      const double call = first[c].parts.mean();
      generation = (g * generation - call) / (g - 1.0);
      setup += call - generation;
    }
    rows.push_back(row(contest, *contenders[c], scores[c], generation, setup));
    print_row(rows.back());
  }
}

}  // namespace

Json compare_evolution(bool quick) {
  fmt::print(
      "\nWhole algorithms, equal populations and generations\n{:>6} {:>2} {:>6} {:>4}  {:<9} {:<6} {:>10} {:>10} "
      "{:>11} {:>8} {:>8} {:>8}\n",
      "", "M", "N", "gen", "library", "method", "set-up ms", "ms a gen", "evals / s", "IGD", "IGD+", "volume");
  const std::vector<Contest> genetic = {{"dtlz2", 5, 128, 5, 200, 10, 21}, {"dtlz2", 3, 108, 13, 200, 10, 21},
                                        {"zdt1", 2, 100, 99, 200, 10, 21}, {"dtlz2", 5, 1004, 10, 200, 10, 3},
                                        {"dtlz2", 3, 992, 43, 200, 10, 3}, {"zdt1", 2, 1000, 999, 200, 10, 3},
                                        {"dtlz2", 5, 10628, 20, 3, 1, 1},  {"dtlz2", 3, 10012, 140, 3, 1, 1}};
  const std::vector<Contest> decomposition = {
      {"dtlz2", 5, 126, 5, 200, 1, 21}, {"dtlz2", 5, 1001, 10, 200, 1, 3}, {"dtlz2", 5, 10626, 20, 11, 1, 1}};
  Json rows = {{"genetic", Json::array()}, {"decomposition", Json::array()}};
  for (Contest contest : genetic) {
    if (quick && contest.population > 128) continue;
    if (quick) contest.seeds = 3;
    genetic_rows(contest, rows["genetic"]);
  }
  for (Contest contest : decomposition) {
    if (quick && contest.population > 126) continue;
    if (quick) contest.seeds = 3;
    decomposition_rows(contest, rows["decomposition"]);
  }
  return rows;
}

}  // namespace millrace::bench
