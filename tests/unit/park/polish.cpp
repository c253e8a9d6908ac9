#include "problems/park/polish.hpp"

#include <limits>

#include "engine/algorithm/catalogue.hpp"
#include "engine/run/loop.hpp"
#include "problems/park/seasonal_problem.hpp"
#include "tests/unit/park/park_samples.hpp"

namespace millrace {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

}  // namespace

TEST_CASE("a few descents find the optimum of the small networks") {
  struct Wanted {
    const char* name;
    double optimum;
  };
  for (const Wanted& wanted :
       {Wanted{"ws94_4p", 90.0}, Wanted{"refinery3p", 105.60282880}, Wanted{"wastewater02m1", 130.70254425},
        Wanted{"wastewater05m1", 229.70083937}, Wanted{"wastewater15m1", 2446.42857143},
        Wanted{"waterund01", 86.83333333}, Wanted{"waterund08", 164.48977471}, Wanted{"kg06_ex1", 117.0526316}}) {
    const ParkSystem system = make_park_system(load_park_case(wanted.name), {});
    const std::vector<double> limits(1, kInfinity);
    double best = kInfinity;
    for (std::uint64_t seed = 1; seed <= 80 && best > wanted.optimum * (1.0 + 1e-6); ++seed) {
      std::vector<double> decision = random_decision(system, seed);
      const double before = evaluate_decision(system, decision).violation;
      const PolishedDesign polished = polish_decision(system, decision, 0, limits);
      const ParkEvaluation after = evaluate_decision(system, decision);
      CHECK(after.violation <= std::max(before, 1e-9));
      CHECK(polished.programs > 0);
      if (after.violation <= 1e-9) best = std::min(best, after.objectives[0]);
    }
    INFO(wanted.name);
    CHECK(best <= wanted.optimum * (1.0 + 1e-6));
    // Certified optima: nothing may be better.
    CHECK(best >= wanted.optimum * (1.0 - 1e-6));
  }
}

TEST_CASE("a polish keeps limits on other objectives, and its design balances") {
  const ParkSystem system = make_park_system(load_park_case("park_steel"), {});
  std::vector<double> decision = random_decision(system, 9);
  polish_decision(system, decision, 0, std::vector<double>{kInfinity, 600.0, kInfinity, kInfinity});
  const ParkEvaluation found = evaluate_decision(system, decision);
  CHECK(found.violation <= 1e-9);
  CHECK(found.objectives[1] <= 600.0 * (1.0 + 1e-6));
  CHECK(found.objectives[0] <= 6866.92 * 1.05);
  const reference::ParkBalance balance(system.park, named_flows(system, found.design));
  CHECK(balance.worst() < 1e-7);
  CHECK(balance.objective(ParkObjective::cost) == Approx(found.objectives[0]).epsilon(1e-8));
}

TEST_CASE("a polish with unit models ends within their data and feasible") {
  const ParkSystem system = make_park_system(load_park_case("park_steel"), {.hybrid = true});
  REQUIRE(system.hybrid());
  std::size_t feasible = 0;
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    std::vector<double> decision = random_decision(system, seed);
    polish_decision(system, decision, 0, std::vector<double>(4, kInfinity));
    feasible += evaluate_decision(system, decision).violation <= 1e-9;
  }
  CHECK(feasible >= 2);
}

TEST_CASE("a refined run has the same bits for every number of threads, and counts its programs") {
  const AnyProblem problem{ParkProblem(load_park_case("kg06_ex1"),
                                       {.objectives = {ParkObjective::freshwater, ParkObjective::treated_flow}})};
  REQUIRE(problem.refines());
  std::vector<Population> fronts;
  for (const std::size_t threads : {1, 2, 7}) {
    Workers workers(threads);
    Evaluator evaluator(problem, workers);
    AnyAlgorithm algorithm = find_algorithm("nsga3")->make({problem.spec(), 3, workers}, {.population = 40});
    HypervolumeMonitor hypervolume(problem.spec(), 1e-4);
    RefinementStep refinement(problem, {.every = 3, .count = 4}, 3, workers);
    Progress progress;
    Budget budget;
    budget.generations = 20;
    run({algorithm, evaluator, workers, hypervolume, {}, nullptr, nullptr, nullptr, &refinement}, {budget}, progress);
    CHECK(refinement.count().refined == 24);
    CHECK(refinement.count().programs > refinement.count().refined);
    CHECK(refinement.count().moved > 0);
    fronts.push_back(final_front(algorithm.pool(), algorithm.survivors()));

    std::vector<std::byte> bytes;
    StateWriter writer(bytes);
    refinement.save(writer);
    RefinementStep copy(problem, {.every = 3, .count = 4}, 3, workers);
    StateReader reader(bytes);
    copy.load(reader);
    CHECK(reader.at_end());
    CHECK(copy.count().programs == refinement.count().programs);
  }
  for (const Population& front : fronts) {
    REQUIRE(front.size() == fronts[0].size());
    for (Slot i = 0; i < front.size(); ++i)
      for (std::size_t m = 0; m < 2; ++m) CHECK(front.f(i, m) == fronts[0].f(i, m));
  }
}

TEST_CASE("refinement refuses what it cannot do") {
  Workers workers(1);
  const AnyProblem problem{ParkProblem(load_park_case("ws94_4p"), {})};
  CHECK_THROWS_AS(RefinementStep(problem, {.every = 0}, 1, workers), std::invalid_argument);
  CHECK_THROWS_AS(RefinementStep(problem, {.count = 0}, 1, workers), std::invalid_argument);
  CHECK_THROWS_AS(ParkProblem(load_park_case("ws94_4p"), {.objectives = {ParkObjective::annual_cost}}),
                  std::invalid_argument);
}

TEST_CASE("open links are charged once each, in one season or two") {
  const ParkCase park = load_park_case("park_steel");
  const ParkProblem plain(park, {});
  const ParkProblem charged(park, {.piping = {.charge = 10.0}});
  std::vector<double> decision = random_decision(plain.system(), 5);
  polish_decision(plain.system(), decision, 0, std::vector<double>(4, kInfinity));
  const ParkEvaluation without = evaluate_decision(plain.system(), decision);
  const ParkEvaluation with = evaluate_decision(charged.system(), decision);
  double open = 0.0;
  for (const auto& [ends, flow] : named_flows(plain.system(), without.design)) {
    const auto node = park.node(ends.second);
    const bool inside = park.nodes[*node].kind != ParkNode::Kind::discharge && !park.freshwater_index(ends.first);
    if (inside && flow > charged.system().piping.least_flow) open += 1.0;
  }
  CHECK(open > 5.0);
  CHECK(with.objectives[0] == Approx(without.objectives[0] + 10.0 * open).epsilon(1e-12));
  CHECK(with.objectives[1] == without.objectives[1]);
}

TEST_CASE("seasons that are alike give what one gives, and a year is their mean") {
  ParkCase park = load_park_case("park_steel");
  REQUIRE(park.seasons.size() == 2);
  const SeasonalParkProblem year(park, {.piping = {.charge = 10.0}});
  std::vector<double> decision;
  std::vector<double> mean(4, 0.0);
  for (std::size_t s = 0; s < 2; ++s) {
    std::vector<double> own = random_decision(year.system(s), 5);
    decision.insert(decision.end(), own.begin(), own.end());
  }
  REQUIRE(year.spec().bounds.variables() == decision.size());
  year.refine(decision, {0, std::vector<double>(4, kInfinity)});
  const std::size_t genes = year.system(0).genes();
  for (std::size_t s = 0; s < 2; ++s) {
    const ParkEvaluation own =
        evaluate_decision(year.system(s), std::span<const double>(decision).subspan(s * genes, genes));
    CHECK(own.violation <= 1e-9);
    for (std::size_t m = 0; m < 4; ++m) mean[m] += year.share(s) * own.objectives[m];
  }
  DecisionRows rows(1, decision.size());
  std::ranges::copy(decision, rows.row(0).begin());
  const Slot slot = 0;
  Tile tile(decision.size());
  tile.gather(rows, {&slot, 1});
  Outcome outcome(4, year.spec().constraints.size());
  Scratch scratch;
  year.evaluate(tile, outcome, scratch);
  CHECK(outcome.objective(1)[0] == Approx(mean[1]).epsilon(1e-12));
  CHECK(outcome.objective(2)[0] == Approx(mean[2]).epsilon(1e-12));
  // At least as many links as either season opens, at most all.
  CHECK(outcome.objective(0)[0] > mean[0] + 50.0);

  for (ParkSeason& season : park.seasons) {
    season.tower_loss = 1.0;
    std::ranges::fill(season.source_flow, 1.0);
    std::ranges::fill(season.freshwater_max, 1.0);
  }
  const SeasonalParkProblem alike(park, {.piping = {.charge = 10.0}});
  const ParkProblem whole(park, {.piping = {.charge = 10.0}});
  const std::vector<double> one = random_decision(whole.system(), 8);
  std::copy(one.begin(), one.end(), rows.row(0).begin());
  std::copy(one.begin(), one.end(), rows.row(0).begin() + static_cast<std::ptrdiff_t>(genes));
  tile.gather(rows, {&slot, 1});
  alike.evaluate(tile, outcome, scratch);
  const ParkEvaluation single = evaluate_decision(whole.system(), one);
  for (std::size_t m = 0; m < 4; ++m) CHECK(outcome.objective(m)[0] == Approx(single.objectives[m]).epsilon(1e-12));
  park.seasons.clear();
  CHECK_THROWS_AS(SeasonalParkProblem(park, {}), std::invalid_argument);
}

}  // namespace millrace
