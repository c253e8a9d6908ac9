// Runs NSGA-III of the installed millrace on a problem of its own and checks that its front is Schaffer's.
#include <cstdio>

#include <engine/algorithm/nsga3.hpp>
#include <engine/indicator/hypervolume.hpp>
#include <engine/problem/evaluator.hpp>
#include <engine/run/front.hpp>

#include "schaffer.hpp"

int main() {
  millrace::Workers workers(2);
  millrace::Evaluator evaluator(Schaffer{}, workers);
  millrace::Nsga3 algorithm({evaluator.problem().spec(), 7, workers}, {.population = 40});
  for (int generation = 0; generation < 50; ++generation) {
    const millrace::Batch offspring = algorithm.ask();
    evaluator.evaluate(offspring.pool, offspring.slots);
    algorithm.tell();
  }
  const millrace::Population front = millrace::final_front(algorithm.pool(), algorithm.survivors());
  for (millrace::Slot i = 0; i < front.size(); ++i) {
    const double x = front.x.row(i)[0];
    if (x < -0.05 || x > 2.05) {
      std::fprintf(stderr, "x = %g lies outside the front [0, 2]\n", x);
      return 1;
    }
  }
  // The whole front dominates 16 - 8 / 3 of the box below (4, 4).
  const std::vector<double> reference = {4.0, 4.0};
  const double volume = millrace::hypervolume(front.f, reference, workers);
  std::printf("%zu points, hypervolume %g of 13.3333\n", front.size(), volume);
  return volume > 13.0 ? 0 : 1;
}
