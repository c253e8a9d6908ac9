#include "bench/versus/contenders.hpp"

#include <fmt/format.h>

#include <cmath>
#include <functional>
#include <optional>
#include <utility>

#include <pagmo/algorithm.hpp>
#include <pagmo/algorithms/moead.hpp>
#include <pagmo/algorithms/nsga2.hpp>
#if __has_include(<pagmo/algorithms/nsga3.hpp>)
#include <pagmo/algorithms/nsga3.hpp>
#define MILLRACE_PAGMO_HAS_NSGA3 1
#endif
#include <pagmo/population.hpp>
#include <pagmo/problem.hpp>
#include <pagmo/problems/dtlz.hpp>
#include <pagmo/problems/zdt.hpp>

#include "bench/report/timed_run.hpp"
#include "bench/versus/versus.hpp"
#include "problems/suite/catalogue.hpp"

namespace millrace::bench {
namespace {

std::size_t variables_of(const Contest& contest) {
  return make_suite_problem(contest.problem, contest.objectives).spec().bounds.variables();
}

pagmo::problem peer_problem(const Contest& contest) {
  const auto d = static_cast<unsigned>(variables_of(contest));
  if (contest.problem == "zdt1") return pagmo::problem(pagmo::zdt(1, d));
  return pagmo::problem(pagmo::dtlz(2, d, contest.objectives));
}

class Millrace : public Contender {
 public:
  Millrace(const std::string& algorithm, Contest contest, VariationOptions variation)
      : Contender("millrace", algorithm), contest_(std::move(contest)), variation_(variation) {}

  void start(std::uint64_t seed) override {
    const AlgorithmEntry* entry = find_algorithm(algorithm());
    const AlgorithmSettings settings{.population = contest_.population, .variation = variation_};
    run_.emplace(
        make_suite_problem(contest_.problem, contest_.objectives),
        [&](Setup setup) { return entry->make(setup, settings); }, seed, 1);
    run_->advance(1);
  }
  void advance(std::uint64_t generations) override { run_->advance(generations); }
  Columns objectives() const override { return run_->objectives(); }

  void check() const override {
    const pagmo::problem peer = peer_problem(contest_);
    for (const Slot i : run_->survivors()) {
      const auto x = run_->pool().x.row(i);
      const auto f = peer.fitness(pagmo::vector_double(x.begin(), x.end()));
      for (std::size_t k = 0; k < f.size(); ++k)
        if (!(std::abs(f[k] - run_->pool().f(i, k)) < 1e-11)) throw Disagreement(contest_.problem + ": values differ");
    }
  }

 private:
  Contest contest_;
  VariationOptions variation_;
  std::optional<TimedRun> run_;
};

class Pagmo : public Contender {
 public:
  using Make = std::function<pagmo::algorithm(unsigned generations, unsigned seed)>;
  Pagmo(const std::string& algorithm, Contest contest, Make make)
      : Contender("pagmo2", algorithm), contest_(std::move(contest)), make_(std::move(make)) {}

  void start(std::uint64_t seed) override {
    seed_ = static_cast<unsigned>(seed);
    population_.emplace(peer_problem(contest_), contest_.population, seed_);
  }
  void advance(std::uint64_t generations) override {
    population_ = make_(static_cast<unsigned>(generations), seed_).evolve(*population_);
    // Another stream for the next part of the run.
    seed_ += 1000;
  }
  Columns objectives() const override { return as_columns(population_->get_f()); }

 private:
  Contest contest_;
  Make make_;
  unsigned seed_ = 0;
  std::optional<pagmo::population> population_;
};

}  // namespace

Contenders genetic_contenders(const Contest& contest) {
  const double mutation = 1.0 / static_cast<double>(variables_of(contest));
  VariationOptions nsga2, nsga3;
  nsga2.sbx = {.probability = 0.9, .eta = 20.0};
  nsga3.sbx = {.probability = 1.0, .eta = 30.0};
  Contenders contenders;
  contenders.push_back(std::make_unique<Millrace>("nsga3", contest, nsga3));
  contenders.push_back(std::make_unique<Millrace>("nsga2", contest, nsga2));
  contenders.push_back(std::make_unique<Pagmo>("nsga2", contest, [=](unsigned generations, unsigned seed) {
    return pagmo::algorithm(pagmo::nsga2(generations, 0.9, 20.0, mutation, 20.0, seed));
  }));
#ifdef MILLRACE_PAGMO_HAS_NSGA3
  contenders.push_back(
      std::make_unique<Pagmo>("nsga3", contest, [=, h = contest.divisions](unsigned generations, unsigned seed) {
        pagmo::nsga3 method(generations, 1.0, 30.0, mutation, 20.0, h);
        method.set_seed(seed);
        return pagmo::algorithm(method);
      }));
#endif
  return contenders;
}

Contenders decomposition_contenders(const Contest& contest) {
  VariationOptions differential;
  differential.crossover = VariationOptions::Crossover::differential;
  Contenders contenders;
  if (find_algorithm("moead") != nullptr)
    contenders.push_back(std::make_unique<Millrace>("moead", contest, differential));
  else contenders.push_back(std::make_unique<Millrace>("nsga3", contest, VariationOptions{}));
  contenders.push_back(std::make_unique<Pagmo>("moead", contest, [](unsigned generations, unsigned seed) {
    return pagmo::algorithm(pagmo::moead(generations, "grid", "tchebycheff", 20, 1.0, 0.5, 20.0, 0.9, 2, true, seed));
  }));
  return contenders;
}

}  // namespace millrace::bench
