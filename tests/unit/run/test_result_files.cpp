#include <catch2/catch.hpp>

#include <bit>
#include <charconv>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <sstream>

#include "engine/run/checkpoint_file.hpp"
#include "engine/run/result_files.hpp"
#include "tests/determinism/whole_run.hpp"
#include "tests/faults/scratch_folder.hpp"
#include "tests/unit/run/small_problem.hpp"

using namespace millrace;
using testing::ScratchFolder;
using testing::SmallProblem;
using testing::WholeRun;

namespace {

std::string content_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

ProblemSpec shown_spec() {
  ProblemSpec spec;
  spec.name = "shown";
  spec.bounds = Bounds(2);
  spec.variable_names = {"river, upper", "well \"B\""};
  spec.variable_unit = "m3";
  spec.objectives = {{"benefit", "CNY", Sense::maximise}, {"share", "", Sense::minimise}};
  spec.constraints = {{"river limit", "m3", 1.0, 0.0}};
  return spec;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::vector<double> numbers_of(const std::string& line) {
  std::vector<double> numbers;
  for (const char* at = line.data(); at < line.data() + line.size(); ++at) {
    double value = 0.0;
    at = std::from_chars(at, line.data() + line.size(), value).ptr;
    numbers.push_back(value);
  }
  return numbers;
}

bool same_bits(double a, double b) { return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b); }

}  // namespace

TEST_CASE("front.csv: headings carry sense and unit, and are quoted where they need it") {
  const std::string csv = front_csv(shown_spec(), Population(0, {2, 2, 1}));
  CHECK(csv ==
        "\"river, upper [m3]\",\"well \"\"B\"\" [m3]\",benefit (max) [CNY],share (min),"
        "violation of river limit [m3],total violation\n");
  ProblemSpec plain = shown_spec();
  plain.variable_names.clear();
  plain.variable_unit.clear();
  plain.objectives = {{"odd\rname", "", Sense::minimise}};
  plain.constraints.clear();
  CHECK(front_csv(plain, Population(0, {2, 1, 0})) == "x1,x2,\"odd\rname (min)\",total violation\n");
}

TEST_CASE("front.csv: numbers are the shortest that read back to the same bits") {
  const std::vector<double> values = {
      0.1, 1.0 / 3.0, 1e22, 1e-300, 5e-324, 123456789.0, std::numeric_limits<double>::max(), 0.1 + 0.2, -2.5e-7};
  Population front(values.size(), {2, 2, 1});
  for (Slot i = 0; i < front.size(); ++i) {
    front.x.row(i)[0] = values[i];
    front.x.row(i)[1] = -values[i];
    front.f(i, 0) = values[i];
    front.f(i, 1) = values[i] / 7.0;
    front.g(i, 0) = values[i];
    front.violation[i] = std::abs(values[i]) / 3.0;
  }
  const auto lines = lines_of(front_csv(shown_spec(), front));
  REQUIRE(lines.size() == values.size() + 1);
  CHECK(lines[1].starts_with("0.1,-0.1,-0.1,"));
  for (Slot i = 0; i < front.size(); ++i) {
    const auto numbers = numbers_of(lines[i + 1]);
    REQUIRE(numbers.size() == 6);
    CHECK(same_bits(numbers[0], values[i]));
    CHECK(same_bits(numbers[1], -values[i]));
    CHECK(same_bits(numbers[2], -values[i]));  // maximised: shown with its sign flipped back
    CHECK(same_bits(numbers[3], values[i] / 7.0));
    CHECK(same_bits(numbers[4], std::max(0.0, values[i])));
    CHECK(same_bits(numbers[5], front.violation[i]));
  }
  Population zero(1, {2, 2, 1});
  CHECK(lines_of(front_csv(shown_spec(), zero))[1] == "0,0,0,0,0,0");
}

TEST_CASE("summary.json: every field, with the values of the run") {
  WholeRun whole(SmallProblem(), *find_algorithm("nsga2"), {.method = {.population = 20}});
  whole.run_generations(30);
  const RunSummary summary =
      summarise(whole.algorithm, whole.evaluator, whole.workers, whole.progress, StopReason::generations);
  const auto json = nlohmann::json::parse(summary_json(whole.spec(), summary));
  CHECK(json.at("problem") == "small");
  CHECK(json.at("stopped_by") == "generations");
  CHECK(json.at("generations") == 30);
  CHECK(json.at("evaluations") == 600);
  CHECK(json.at("failed_evaluations") == 0);
  CHECK(json.at("first_failure") == "");
  CHECK(json.at("seconds").get<double>() == whole.progress.seconds);
  CHECK(json.at("feasible_share") == 1.0);
  CHECK(json.at("population") == 20);
  CHECK(json.at("feasible_in_population") == 20);
  CHECK(json.at("front_size") == summary.front.size());
  CHECK(json.at("hypervolume").at("share_of_reference_box").get<double>() == summary.hypervolume);
  CHECK(json.at("hypervolume").at("reference_point") == kReferencePoint);
  CHECK(json.at("hypervolume").at("box") == "of the problem");
  CHECK(json.at("hypervolume").at("method") == "exact");
  REQUIRE(json.at("objectives").size() == 2);
  const auto& first = json.at("objectives")[0];
  const auto column = summary.front.f.column(0);
  CHECK(first.at("name") == "first");
  CHECK(first.at("unit") == "t");
  CHECK(first.at("sense") == "min");
  CHECK(first.at("best_of_front").get<double>() == *std::min_element(column.begin(), column.end()));
  CHECK(first.at("worst_of_front").get<double>() == *std::max_element(column.begin(), column.end()));
  CHECK(first.at("balanced").get<double>() == column[summary.balanced]);
  CHECK(first.at("reference_ideal") == 0.0);
  CHECK(first.at("reference_nadir") == 1.0);
  CHECK(json.at("balanced_scheme").at("x1").get<double>() == summary.front.x.row(summary.balanced)[0]);
  CHECK(json.at("balanced_scheme").at("x2").get<double>() == summary.front.x.row(summary.balanced)[1]);
  CHECK(summary.hypervolume > 0.3);
}

TEST_CASE("summary.json of a run that failed altogether") {
  WholeRun whole(SmallProblem(2.0), *find_algorithm("nsga2"), {.method = {.population = 20}});
  const StopReason reason = whole.run_generations(3);
  const RunSummary summary = summarise(whole.algorithm, whole.evaluator, whole.workers, whole.progress, reason);
  const auto json = nlohmann::json::parse(summary_json(whole.spec(), summary));
  CHECK(json.at("stopped_by") == "failures");
  CHECK(json.at("front_size") == 0);
  CHECK(json.at("failed_evaluations") == 20);
  CHECK(json.at("feasible_share") == 0.0);
  CHECK(json.at("objectives").empty());
  CHECK(json.at("balanced_scheme").empty());
  CHECK(json.at("hypervolume").at("share_of_reference_box") == 0.0);
}

TEST_CASE("write_file replaces in one step and leaves nothing beside it") {
  const ScratchFolder folder;
  write_file(folder / "a.txt", "first");
  write_file(folder / "a.txt", "second, longer");
  CHECK(content_of(folder / "a.txt") == "second, longer");
  write_file(folder / "a.txt", "");
  CHECK(content_of(folder / "a.txt").empty());
  CHECK_FALSE(std::filesystem::exists(folder / "a.txt.partial"));
}

TEST_CASE("write_file: a missing folder and a folder in the way are errors that name the file") {
  const ScratchFolder folder;
  CHECK_THROWS_AS(write_file(folder / "none/a.txt", "x"), StorageError);
  CHECK_THROWS_WITH(write_file(folder / "none/a.txt", "x"),
                    Catch::Contains("none/a.txt") && Catch::Contains("No such file"));
  std::filesystem::create_directories(folder / "taken");
  CHECK_THROWS_WITH(write_file(folder / "taken", "x"), Catch::Contains("taken: cannot write"));
  CHECK_FALSE(std::filesystem::exists(folder / "taken.partial"));
}
