#include <catch2/catch.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "engine/data/simd_target.hpp"
#include "problems/suite/catalogue.hpp"
#include "tests/unit/suite/evaluate_rows.hpp"

using namespace millrace;

namespace {

std::vector<std::uint64_t> bits_of(const Population& pool, Slot i) {
  std::vector<std::uint64_t> bits;
  for (std::size_t k = 0; k < pool.f.columns(); ++k) bits.push_back(std::bit_cast<std::uint64_t>(pool.f(i, k)));
  for (std::size_t c = 0; c < pool.g.columns(); ++c) bits.push_back(std::bit_cast<std::uint64_t>(pool.g(i, c)));
  return bits;
}

std::vector<std::vector<std::uint64_t>> all_bits(const Population& pool) {
  std::vector<std::vector<std::uint64_t>> bits;
  for (Slot i = 0; i < pool.size(); ++i) bits.push_back(bits_of(pool, i));
  return bits;
}

}  // namespace

TEST_CASE("an individual has the same values in every lane, neighbourhood and tail", "[suite]") {
  for (const SuiteEntry& entry : suite_entries()) {
    INFO(entry.name);
    const AnyProblem problem = make_suite_problem(entry.name);
    Population pool = random_rows(problem, 64 + 37, 21);
    evaluate_rows(problem, pool);
    const auto expected = all_bits(pool);
    for (const std::size_t count : {std::size_t{1}, std::size_t{2}, std::size_t{63}, std::size_t{64}}) {
      Population shifted(count, pool.shape());
      for (Slot i = 0; i < count; ++i) copy_individual(pool, (i * 7 + 30) % 101, shifted, i);
      for (Slot i = 0; i < count; ++i)
        for (std::size_t k = 0; k < shifted.f.columns(); ++k) shifted.f(i, k) = -1.0;
      evaluate_rows(problem, shifted);
      for (Slot i = 0; i < count; ++i) CHECK(bits_of(shifted, i) == expected[(i * 7 + 30) % 101]);
    }
  }
}

TEST_CASE("AVX2 and AVX-512 give the same bits", "[suite]") {
  const std::vector<std::string> targets = simd_targets();
  const auto runs = [&](const char* name) { return std::find(targets.begin(), targets.end(), name) != targets.end(); };
  if (!runs("AVX2") || !runs("AVX3")) return;
  for (const SuiteEntry& entry : suite_entries())
    for (const std::size_t objectives : {std::size_t{2}, std::size_t{3}, std::size_t{15}}) {
      if (!entry.scalable_objectives && objectives != entry.default_objectives) continue;
      if (objectives < entry.least_objectives) continue;
      INFO(entry.name << " with " << objectives << " objectives");
      const AnyProblem problem = make_suite_problem(entry.name, objectives);
      Population wide = random_rows(problem, 130, 4);
      Population narrow = wide;
      use_simd_target("AVX3");
      evaluate_rows(problem, wide);
      use_simd_target("AVX2");
      evaluate_rows(problem, narrow);
      use_simd_target("");
      CHECK(all_bits(wide) == all_bits(narrow));
    }
}

TEST_CASE("a variable that is not a number makes an objective that is not finite", "[suite]") {
  for (const SuiteEntry& entry : suite_entries()) {
    const AnyProblem problem = make_suite_problem(entry.name);
    Population pool = random_rows(problem, entry.default_variables, 8);
    for (Slot i = 0; i < pool.size(); ++i) pool.x.row(i)[i] = std::numeric_limits<double>::quiet_NaN();
    evaluate_rows(problem, pool);
    for (Slot i = 0; i < pool.size(); ++i) {
      if ((entry.name == "maf14" || entry.name == "maf15") && i >= 56) continue;  // rounding leaves the last 4 idle
      INFO(entry.name << ", variable " << i + 1);
      bool finite = true;
      for (std::size_t k = 0; k < pool.f.columns(); ++k) finite = finite && std::isfinite(pool.f(i, k));
      CHECK_FALSE(finite);
    }
  }
}

TEST_CASE("every problem is finite at the corners of its box", "[suite]") {
  for (const SuiteEntry& entry : suite_entries()) {
    INFO(entry.name);
    const AnyProblem problem = make_suite_problem(entry.name);
    const Bounds& bounds = problem.spec().bounds;
    Population pool(4, problem.spec().shape());
    for (std::size_t j = 0; j < bounds.variables(); ++j)
      for (Slot i = 0; i < 4; ++i)
        pool.x.row(i)[j] = i == 0 || (i >= 2 && j % 2 == i - 2) ? bounds.lower(j) : bounds.upper(j);
    evaluate_rows(problem, pool);
    for (Slot i = 0; i < 4; ++i) {
      for (std::size_t k = 0; k < pool.f.columns(); ++k) CHECK(std::isfinite(pool.f(i, k)));
      for (std::size_t c = 0; c < pool.g.columns(); ++c) CHECK(std::isfinite(pool.g(i, c)));
    }
  }
}
