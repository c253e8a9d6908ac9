#include "engine/decide/topsis.hpp"

#include <catch2/catch.hpp>

#include "engine/decide/weights.hpp"
#include "tests/reference/choice.hpp"
#include "tests/unit/decide/fronts.hpp"

using namespace millrace;

// By the Python script of test_weights.cpp, with math.dist for the distances.
TEST_CASE("TOPSIS of the worked example", "[decide]") {
  const ScaledFront front(five_schemes());
  struct Example {
    std::vector<double> weights, closeness;
    std::vector<Slot> ranking;
  };
  const std::vector<Example> examples = {
      {{1, 1, 1},
       {0.425191315326055, 0.561316314144926, 0.548180828730055, 0.474616401987735, 0.585786437626905},
       {4, 1, 2, 3, 0}},
      {{5, 3, 2},
       {0.587275922363070, 0.651168501085617, 0.549807041271298, 0.580422762258653, 0.418979698109995},
       {1, 0, 3, 2, 4}},
      {entropy_weights(front),
       {0.341783362050181, 0.533967212251922, 0.517994991098639, 0.358903674187584, 0.674514068140958},
       {4, 1, 2, 3, 0}},
      {critic_weights(front),
       {0.537732397236946, 0.625928059739660, 0.540815584542258, 0.513647591753649, 0.473039686283380},
       {1, 2, 0, 3, 4}}};
  for (const Example& example : examples) {
    const TopsisChoice choice = topsis(front, example.weights);
    CHECK(choice.ranking == example.ranking);
    CHECK(choice.chosen() == example.ranking[0]);
    for (std::size_t i = 0; i < 5; ++i) CHECK(choice.closeness[i] == Approx(example.closeness[i]).margin(1e-13));
  }
}

TEST_CASE("TOPSIS equals its definition, in any unit and order of rows", "[decide]") {
  for (std::uint64_t seed = 1; seed <= 30; ++seed)
    for (const std::size_t m : {1, 2, 3, 8}) {
      Columns f = scattered(32, m, seed);
      if (seed % 4 == 0)
        for (double& value : f.column(0)) value = 3.0;
      std::vector<double> weights = {0.25};
      for (std::size_t k = 1; k < m; ++k) weights.push_back(static_cast<double>(k));
      const TopsisChoice choice = topsis(ScaledFront(f), weights);
      const auto expected = reference::closeness(f, weights);
      for (std::size_t i = 0; i < 32; ++i) CHECK(choice.closeness[i] == Approx(expected[i]).margin(1e-12));
      for (std::size_t r = 0; r + 1 < 32; ++r) {
        const Slot a = choice.ranking[r], b = choice.ranking[r + 1];
        const bool in_order =
            choice.closeness[a] > choice.closeness[b] || (choice.closeness[a] == choice.closeness[b] && a < b);
        CHECK(in_order);
      }
      const auto elsewhere = topsis(ScaledFront(in_other_units(f)), weights).closeness;
      const auto mixed = topsis(ScaledFront(permuted(f)), weights).closeness;
      for (std::size_t i = 0; i < 32; ++i) {
        CHECK(elsewhere[i] == Approx(choice.closeness[i]).margin(1e-12));
        CHECK(mixed[moved(i, 32)] == choice.closeness[i]);
      }
    }
}

TEST_CASE("what dominates is closer, beyond the nadir of a given box too", "[decide]") {
  const ScaledFront front(points({{0.5, 0.5}, {3.0, 2.0}, {3.0, 2.5}, {-1.0, 0.2}}), {{0, 0}, {1, 1}});
  const TopsisChoice choice = topsis(front, equal_weights(front));
  CHECK(choice.ranking == std::vector<Slot>{3, 0, 1, 2});
  CHECK(choice.closeness[2] == 0.0);
}

TEST_CASE("equal closeness goes by index, and tiny weights count", "[decide]") {
  const ScaledFront front(points({{0, 1}, {1, 0}, {0, 1}}));
  CHECK(topsis(front, equal_weights(front)).ranking == std::vector<Slot>{0, 1, 2});
  CHECK(topsis(front, std::vector{1e-300, 3e-300}).ranking == std::vector<Slot>{1, 0, 2});
}
