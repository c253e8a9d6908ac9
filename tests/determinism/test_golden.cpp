#include <catch2/catch.hpp>

#include <fmt/format.h>

#include <fstream>
#include <map>
#include <sstream>

#include "engine/data/simd_target.hpp"
#include "engine/run/digest.hpp"
#include "engine/run/result_files.hpp"
#include "tests/determinism/chosen_target.hpp"
#include "tests/determinism/sample_problems.hpp"
#include "tests/determinism/whole_run.hpp"

using namespace millrace;
using namespace millrace::testing;

namespace {

const std::string kFile = MILLRACE_SOURCE_DIR "/tests/determinism/golden.csv";
constexpr const char* kHeader = "numerics version,algorithm,problem,digest of front.csv";

/// Digest of what a user gets from a small run: decisions, objectives and violations of the front, to the last bit.
std::string digest_of_run(const SampleProblem& sample, const AlgorithmEntry& entry) {
  WholeRun whole(sample.problem, entry, {.method = {.population = sample.population}, .seed = 20250101});
  whole.run_generations(40);
  return digest_of(front_csv(whole.spec(), final_front(whole.algorithm.pool(), whole.algorithm.survivors())));
}

/// The golden runs of today, "version,algorithm,problem" to digest, in the order of the file.
std::vector<std::pair<std::string, std::string>> runs_now() {
  std::vector<std::pair<std::string, std::string>> rows;
  for (const AlgorithmEntry& entry : algorithm_entries())
    for (const SampleProblem& sample : sample_problems())
      if (sample.problem.spec().objectives.size() <= entry.most_objectives)
        rows.emplace_back(fmt::format("{},{},{}", kNumericsVersion, entry.name, sample.name),
                          digest_of_run(sample, entry));
  return rows;
}

std::map<std::string, std::string> golden_rows() {
  std::map<std::string, std::string> rows;
  std::ifstream in(kFile);
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    const std::size_t comma = line.rfind(',');
    rows[line.substr(0, comma)] = line.substr(comma + 1);
  }
  return rows;
}

}  // namespace

TEST_CASE("golden runs: the same options and seed give the bits that they gave before") {
  if (!fuses(simd_target())) {
    WARN("not checked: golden runs are those of instruction sets that fuse; " << simd_target() << " does not");
    return;
  }
  const auto golden = golden_rows();
  const auto now = runs_now();
  CHECK(golden.size() == now.size());
  for (const auto& [run, digest] : now) {
    INFO("numerics version, algorithm, problem: " << run);
    const auto found = golden.find(run);
    if (found == golden.end()) {
      FAIL_CHECK(
          "no golden run of this numerics version: run  test_determinism '[.regenerate]'  and commit "
          "tests/determinism/golden.csv");
    } else if (found->second != digest) {
      FAIL_CHECK(
          "the bits have changed. If that is meant, raise kNumericsVersion (engine/run/digest.hpp), run"
          " test_determinism '[.regenerate]'  and commit tests/determinism/golden.csv");
    }
  }
}

TEST_CASE("writes tests/determinism/golden.csv from today's runs", "[.regenerate]") {
  REQUIRE(fuses(simd_target()));
  std::string text = std::string(kHeader) + "\n";
  for (const auto& [run, digest] : runs_now()) text += run + "," + digest + "\n";
  write_file(kFile, text);
}
