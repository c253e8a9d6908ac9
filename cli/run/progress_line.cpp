#include "cli/run/progress_line.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

#include "cli/table/display_width.hpp"

namespace millrace::cli {

using namespace std::chrono_literals;

std::chrono::milliseconds progress_interval(ProgressStyle style) {
  if (style == ProgressStyle::line) return 100ms;
  return style == ProgressStyle::json ? 1000ms : 10000ms;
}

std::string duration_text(double seconds) {
  const auto whole = static_cast<long>(std::ceil(seconds));
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3600) return fmt::format("{}:{:02}", whole / 60, whole % 60);
  return fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60);
}

std::size_t terminal_columns() {
  winsize size = {};
  return ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

namespace {

std::string rate(double per_second) {
  if (per_second >= 1e6) return fmt::format("{:.1f} M eval/s", per_second / 1e6);
  if (per_second >= 1e3) return fmt::format("{:.1f} k eval/s", per_second / 1e3);
  return fmt::format("{:.1f} eval/s", per_second);
}

std::string bar(double share, int width) {
  const int full = static_cast<int>(std::clamp(share, 0.0, 1.0) * width);
  std::string text;
  for (int i = 0; i < width; ++i) text += i < full ? "█" : "░";
  return text;
}

/// Detail of the live line: 4 everything, 3 a short bar, 2 no spark, 1 no bar, 0 no rate.
constexpr int kMostDetail = 4;

/// The last readings as a row of blocks between their least and greatest.
std::string spark(const std::vector<double>& values) {
  constexpr std::array kBlocks = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  constexpr std::size_t kReadings = 8;
  const std::size_t first = values.size() > kReadings ? values.size() - kReadings : 0;
  const auto [low, high] = std::minmax_element(values.begin() + static_cast<std::ptrdiff_t>(first), values.end());
  std::string text;
  for (std::size_t i = first; i < values.size(); ++i) {
    const double height = *high > *low ? (values[i] - *low) / (*high - *low) : 1.0;
    text += kBlocks[static_cast<std::size_t>(height * (kBlocks.size() - 1))];
  }
  return text;
}

// Following the hypervolume must not slow the run: fronts up to here take well under a millisecond.
bool quick_to_measure(std::size_t points, std::size_t objectives) {
  return objectives <= 3 ? points <= 2000 : objectives <= 5 ? points <= 300 : objectives <= 6 && points <= 100;
}

}  // namespace

struct ProgressLine::Reading {
  std::uint64_t generation = 0;
  std::uint64_t evaluations = 0;
  std::uint64_t failed = 0;
  double per_second = 0.0;
  double feasible_share = 0.0;
  std::optional<double> share_done;
  std::optional<double> seconds_left;
  std::optional<double> hypervolume;
};

ProgressLine::ProgressLine(std::string label, const Budget& budget, ProgressStyle style, Workers& workers)
    : label_(std::move(label)), budget_(budget), style_(style), workers_(workers), start_(Clock::now()),
      next_(start_ + progress_interval(style)) {}

ProgressLine::~ProgressLine() { clear(); }

void ProgressLine::clear() {
  if (shown_) fmt::print(stderr, "\r\033[K");
  shown_ = false;
}

void ProgressLine::after_generation(const Observation& observation) {
  if (style_ == ProgressStyle::none) return;
  if (first_) {
    // A resumed run starts with a history: the rate and the time left are those of this part.
    first_ = false;
    evaluations_before_ = observation.evaluator.count().evaluations;
    share_before_ = share_done(observation).value_or(0.0);
  }
  if (Clock::now() < next_) return;
  next_ = Clock::now() + progress_interval(style_);
  const Reading reading = read(observation);
  if (style_ == ProgressStyle::line) show_line(reading);
  if (style_ == ProgressStyle::log) show_log(reading);
  if (style_ == ProgressStyle::json) show_json(reading);
}

ProgressLine::Reading ProgressLine::read(const Observation& observation) {
  const EvaluationCount& count = observation.evaluator.count();
  const double elapsed = std::chrono::duration<double>(Clock::now() - start_).count();
  const auto survivors = observation.algorithm.survivors();
  Reading reading;
  reading.generation = observation.progress.generation;
  reading.evaluations = count.evaluations;
  reading.failed = count.failed;
  reading.per_second = static_cast<double>(count.evaluations - evaluations_before_) / elapsed;
  const auto& pool = observation.algorithm.pool();
  const auto feasible = std::count_if(survivors.begin(), survivors.end(), [&](Slot i) { return pool.feasible(i); });
  reading.feasible_share = static_cast<double>(feasible) / static_cast<double>(survivors.size());
  reading.share_done = share_done(observation);
  if (reading.share_done && *reading.share_done > share_before_)
    reading.seconds_left = elapsed * (1.0 - *reading.share_done) / (*reading.share_done - share_before_);
  const ProblemSpec& spec = observation.evaluator.problem().spec();
  if (feasible > 0 && !spec.reference_ideal.empty() && quick_to_measure(survivors.size(), spec.objectives.size())) {
    HypervolumeMonitor monitor(spec, 0.0);
    monitor.observe(pool, survivors, reading.generation, workers_);
    reading.hypervolume = monitor.current();
    hypervolumes_.push_back(*reading.hypervolume);
  }
  return reading;
}

/// The limit that is nearest decides.
std::optional<double> ProgressLine::share_done(const Observation& observation) const {
  const auto& progress = observation.progress;
  std::optional<double> share;
  const auto consider = [&](double value) { share = std::max(share.value_or(0.0), value); };
  if (budget_.generations)
    consider(static_cast<double>(progress.generation) / static_cast<double>(*budget_.generations));
  if (budget_.evaluations)
    consider(static_cast<double>(observation.evaluator.count().evaluations) /
             static_cast<double>(*budget_.evaluations));
  if (budget_.seconds) consider(progress.seconds / *budget_.seconds);
  return share;
}

std::string ProgressLine::line_text(const Reading& reading, int detail) const {
  const int bar_width = detail == kMostDetail ? 20 : detail >= 2 ? 10 : 0;
  std::string text = label_ + "  ";
  if (reading.share_done)
    text += fmt::format("{}{:3.0f} %  ", bar(*reading.share_done, bar_width), 100.0 * *reading.share_done);
  if (detail >= 1) text += fmt::format("{}  ", rate(reading.per_second));
  if (reading.seconds_left) text += fmt::format("{} left  ", duration_text(*reading.seconds_left));
  if (reading.hypervolume) text += fmt::format("hv {:.4f} ", *reading.hypervolume);
  if (reading.hypervolume && detail >= 3) text += spark(hypervolumes_) + " ";
  text += fmt::format("{}feasible {:.0f} %", reading.hypervolume ? " " : "", 100.0 * reading.feasible_share);
  if (reading.failed > 0) text += fmt::format("  failed {}", reading.failed);
  return text;
}

void ProgressLine::show_line(const Reading& reading) {
  // What does not fit is left out, ornaments first: a wrapped line could not be rewritten.
  const std::size_t columns = terminal_columns();
  int detail = kMostDetail;
  std::string text = line_text(reading, detail);
  while (detail > 0 && display_width(text) >= columns) text = line_text(reading, --detail);
  if (display_width(text) >= columns) return;
  fmt::print(stderr, "\r\033[K{}", text);
  std::fflush(stderr);
  shown_ = true;
}

void ProgressLine::show_log(const Reading& reading) const {
  std::string text = fmt::format("{}: generation {}, {} evaluations, {}", label_, reading.generation,
                                 reading.evaluations, rate(reading.per_second));
  if (reading.share_done) text += fmt::format(", {:.0f} % done", 100.0 * *reading.share_done);
  if (reading.seconds_left) text += fmt::format(", {} left", duration_text(*reading.seconds_left));
  if (reading.hypervolume) text += fmt::format(", hypervolume {:.4f}", *reading.hypervolume);
  text += fmt::format(", feasible {:.0f} %, failed {}", 100.0 * reading.feasible_share, reading.failed);
  fmt::print(stderr, "{}\n", text);
}

void ProgressLine::show_json(const Reading& reading) const {
  nlohmann::json json = {{"event", "progress"},
                         {"run", label_},
                         {"generation", reading.generation},
                         {"evaluations", reading.evaluations},
                         {"failed_evaluations", reading.failed},
                         {"evaluations_per_second", reading.per_second},
                         {"feasible_share_of_population", reading.feasible_share}};
  if (reading.share_done) json["share_done"] = *reading.share_done;
  if (reading.seconds_left) json["seconds_left"] = *reading.seconds_left;
  if (reading.hypervolume) json["hypervolume"] = *reading.hypervolume;
  fmt::print("{}\n", json.dump());
  std::fflush(stdout);
}

}  // namespace millrace::cli
