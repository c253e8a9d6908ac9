#include <algorithm>
#include <array>
#include <memory>

#include "engine/problem/evaluator.hpp"
#include "problems/urban/urban.hpp"
#include "tests/equality/comparison.hpp"
#include "tests/equality/sets.hpp"
#include "tests/reference/urban.hpp"
#include "tests/reference/urban_repair.hpp"
#include "tests/unit/urban/lanes.hpp"

using namespace millrace;
using namespace millrace::testing;

namespace {

/// A random city, or a year of the built-in case, with a tile of random allocations: some far outside the limits, some
/// with many links unused, some repaired already.
struct City {
  std::shared_ptr<const UrbanCase> urban;
  std::shared_ptr<const UrbanProblem> problem;
  std::size_t scenario;
  Tile tile{1};
};

City draw_city(RowDraws& draws) {
  static const UrbanCase pingliang = load_urban_case("pingliang");
  City city;
  if (draws.below(4) == 0) {
    city.urban = std::make_shared<UrbanCase>(pingliang);
  } else {
    const std::size_t sources = 1 + draws.below(8);
    const std::size_t links = 1 + draws.below(static_cast<std::uint32_t>(std::min<std::size_t>(sources, 4)));
    city.urban = std::make_shared<UrbanCase>(generate_city({.sources = sources,
                                                            .users = 1 + draws.below(10),
                                                            .periods = 2,
                                                            .seed = draws.next_u64() >> 1,
                                                            .links_per_user = links}));
  }
  city.scenario = draws.below(static_cast<std::uint32_t>(city.urban->scenarios.size()));
  city.problem =
      std::make_shared<UrbanProblem>(*city.urban, UrbanOptions{.scenario = city.urban->scenarios[city.scenario]});
  const double zeros = std::array{0.0, 0.3, 0.8}[draws.below(3)];
  city.tile = random_tile(city.problem->network(), draws.below(1u << 30), zeros);
  Scratch scratch;
  if (draws.below(4) == 0) city.problem->repair(city.tile, scratch);
  return city;
}

std::vector<double> values_of(const Tile& tile) { return {tile.column(0), tile.column(0) + tile.variables() * kLanes}; }

/// Objectives and constraints of 64 individuals.
struct Evaluation {
  struct Input {
    City city;
    std::vector<double> expected;
    /// What rounding is relative to, an entry an objective or constraint.
    std::vector<double> scale;
  };
  Input draw(RowDraws& draws) const {
    Input input{draw_city(draws), {}, {}};
    const reference::UrbanModel model(*input.city.urban, input.city.scenario);
    const ProblemSpec& spec = input.city.problem->spec();
    std::vector<std::vector<double>> lanes;
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      const auto x = lane_of(input.city.tile, lane);
      lanes.emplace_back();
      for (std::size_t k = 0; k < spec.objectives.size(); ++k)
        lanes.back().push_back(model.objective(x, input.city.urban->objectives[k]));
      const auto g = model.constraints(x);
      lanes.back().insert(lanes.back().end(), g.begin(), g.end());
    }
    for (std::size_t c = 0; c < lanes[0].size(); ++c) {
      const std::size_t m = spec.objectives.size();
      input.scale.push_back(c < m ? 1.0 : spec.constraints[c - m].scale);
      for (const auto& lane : lanes) input.expected.push_back(lane[c]);
    }
    return input;
  }
  std::vector<double> run(const Input& input, Workers&) const {
    const ProblemSpec& spec = input.city.problem->spec();
    Scratch scratch;
    Outcome outcome(spec.objectives.size(), spec.constraints.size());
    input.city.problem->evaluate(input.city.tile, outcome, scratch);
    std::vector<double> answer;
    for (std::size_t k = 0; k < spec.objectives.size(); ++k)
      for (std::size_t lane = 0; lane < kLanes; ++lane)
        answer.push_back(spec.objectives[k].shown(outcome.objective(k)[lane]));
    for (std::size_t c = 0; c < spec.constraints.size(); ++c)
      answer.insert(answer.end(), outcome.constraint(c), outcome.constraint(c) + kLanes);
    return answer;
  }
  bool agrees(const Input& input, const std::vector<double>& answer, bool) const {
    if (answer.size() != input.expected.size()) return false;
    for (std::size_t i = 0; i < answer.size(); ++i)
      if (!nearly(answer[i], input.expected[i], 1e-12, input.scale[i / kLanes])) return false;
    return true;
  }
};

/// The vectorised repair of 64 individuals, and the whole repair, which leaves everybody feasible.
struct Repair {
  struct Input {
    City city;
    /// The allocations, then 1 for those that are not finished.
    std::vector<double> expected;
  };
  Input draw(RowDraws& draws) const {
    Input input{draw_city(draws), {}};
    const AllocationNetwork& network = input.city.problem->network();
    input.expected.resize((network.links() + 1) * kLanes);
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      const reference::AllocationRepair slow(network, lane_of(input.city.tile, lane));
      for (std::size_t l = 0; l < network.links(); ++l) input.expected[l * kLanes + lane] = slow.x()[l];
      input.expected[network.links() * kLanes + lane] = slow.finished() ? 0.0 : 1.0;
    }
    return input;
  }
  std::vector<double> run(const Input& input, Workers&) const {
    const AllocationNetwork& network = input.city.problem->network();
    AlignedVector<double> sums(network.nodes() * kLanes), unfinished(kLanes);
    Tile tile = input.city.tile;
    repair_allocation(network, tile, sums.data(), unfinished.data());
    std::vector<double> answer = values_of(tile);
    answer.insert(answer.end(), unfinished.begin(), unfinished.end());
    // The whole repair goes on from there with those that are unfinished.
    Tile whole = input.city.tile;
    Scratch scratch;
    input.city.problem->repair(whole, scratch);
    Tile again = whole;
    input.city.problem->repair(again, scratch);
    answer.push_back(feasible_lanes(*input.city.problem, whole) == kLanes ? 1.0 : 0.0);
    answer.push_back(values_of(again) == values_of(whole) ? 1.0 : 0.0);
    return answer;
  }
  bool agrees(const Input& input, std::vector<double> answer, bool) const {
    const bool idempotent = answer.back() == 1.0;
    answer.pop_back();
    const bool feasible = answer.back() == 1.0;
    answer.pop_back();
    return idempotent && feasible && answer == input.expected;
  }
};

/// Repair, evaluation, violations of a population, in tasks.
struct Evaluating {
  using Input = std::shared_ptr<const UrbanProblem>;
  Input draw_large(RowDraws& draws) const { return draw_city(draws).problem; }
  std::vector<double> run(const Input& problem, Workers& workers) const {
    Evaluator evaluator(AnyProblem(UrbanProblem(*problem)), workers);
    const Shape shape = problem->spec().shape();
    Population pool(20'000, shape);
    for (Slot i = 0; i < pool.size(); ++i) {
      RowDraws draws({1, 0, Stage::sample}, i);
      for (std::size_t j = 0; j < shape.variables; ++j)
        pool.x.row(i)[j] = draws.next_double() * problem->spec().bounds.upper(j);
    }
    std::vector<double> answer;
    // The second time tasks have the size that the first one taught.
    for (int times = 0; times < 2; ++times) {
      evaluator.evaluate(pool, first_slots(pool.size()));
      for (std::size_t k = 0; k < shape.objectives; ++k)
        answer.insert(answer.end(), pool.f.column(k).begin(), pool.f.column(k).end());
      answer.insert(answer.end(), pool.violation.begin(), pool.violation.end());
    }
    return answer;
  }
};

}  // namespace

TEST_CASE("evaluation of the urban model") {
  compare({.kernel = "urban model: objectives and constraints",
           .reference = "the formulas",
           .equality = "1e-12",
           .seed = 81,
           .cases = 1600,
           .each = kLanes},
          Evaluation{});
}

TEST_CASE("repair of urban allocations") {
  compare({.kernel = "urban model: repair",
           .reference = "an allocation at a time; feasible, and repaired once for all",
           .seed = 82,
           .cases = 1600,
           .each = kLanes},
          Repair{});
}

TEST_CASE("evaluation of populations") {
  compare_threads({.kernel = "urban model: populations of 20,000", .reference = "one thread", .seed = 83},
                  Evaluating{});
}
