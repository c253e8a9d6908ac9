#include "engine/run/trace.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <stdexcept>
#include <utility>

#include "engine/indicator/distance.hpp"

namespace millrace {
namespace {

std::vector<Slot> feasible_members(const Population& pool, std::span<const Slot> survivors) {
  std::vector<Slot> feasible;
  std::copy_if(survivors.begin(), survivors.end(), std::back_inserter(feasible),
               [&](Slot i) { return pool.feasible(i); });
  return feasible;
}

Columns scaled(const Columns& f, const ReferenceBox& box) {
  Columns result(f.rows(), f.columns());
  for (std::size_t k = 0; k < f.columns(); ++k)
    for (std::size_t i = 0; i < f.rows(); ++i) result(i, k) = (f(i, k) - box.ideal[k]) / (box.nadir[k] - box.ideal[k]);
  return result;
}

/// A column of trace.csv that is left out where no point knows it.
struct OptionalColumn {
  const char* heading;
  double TracePoint::*value;
};

constexpr OptionalColumn kOptionalColumns[] = {{"hypervolume", &TracePoint::hypervolume},
                                               {"share of exact hypervolume", &TracePoint::exact_share},
                                               {"igd plus", &TracePoint::igd_plus},
                                               {"epsilon progress", &TracePoint::epsilon_progress}};

}  // namespace

std::string TraceOptions::error(std::size_t objectives) const {
  if (!std::is_sorted(at.begin(), at.end())) return "the evaluations at which a trace records must ascend";
  if (!box.empty() && (box.ideal.size() != objectives || box.nadir.size() != objectives))
    return fmt::format("the box of a trace must have {} objectives", objectives);
  if (reference_front.rows() > 0 && reference_front.columns() != objectives)
    return fmt::format("the reference front of a trace must have {} objectives, not {}", objectives,
                       reference_front.columns());
  if (exact_hypervolume <= 0.0) return "the exact hypervolume of a trace must be positive";
  return {};
}

std::vector<std::uint64_t> trace_schedule(std::uint64_t evaluations, std::size_t population, std::size_t points) {
  std::vector<std::uint64_t> at;
  if (evaluations == 0) {
    constexpr std::uint64_t kMost = std::uint64_t{1} << 62;
    for (std::uint64_t next = std::max<std::size_t>(population, 1); next < kMost; next *= 2) at.push_back(next);
    return at;
  }
  // In floating point no product overflows, and what is rounded is far from what anybody asks for.
  const double step = static_cast<double>(evaluations) / static_cast<double>(std::max<std::size_t>(points, 1));
  for (std::size_t i = 1; i < points; ++i)
    at.push_back(static_cast<std::uint64_t>(std::ceil(static_cast<double>(i) * step)));
  at.push_back(evaluations);
  at.erase(std::unique(at.begin(), at.end()), at.end());
  return at;
}

Trace::Trace(const ProblemSpec& spec, TraceOptions options, Workers& workers)
    : options_(std::move(options)), workers_(workers) {
  if (const std::string error = options_.error(spec.objectives.size()); !error.empty())
    throw std::invalid_argument(error);
  box_ = options_.box;
  if (box_.empty() && !spec.reference_ideal.empty()) box_ = ReferenceBox::of(spec, {});
  if (options_.reference_front.rows() == 0) return;
  distance_box_ = box_.empty() ? ReferenceBox::of({}, options_.reference_front) : box_;
  reference_ = scaled(options_.reference_front, distance_box_);
}

void Trace::after_generation(const Observation& observation) {
  const std::uint64_t before = points_.empty() ? 0 : points_.back().evaluations;
  const auto next = std::upper_bound(options_.at.begin(), options_.at.end(), before);
  if (next != options_.at.end() && observation.evaluator.count().evaluations >= *next) record(observation);
}

void Trace::finish(const Observation& observation) {
  if (points_.empty() || points_.back().generation != observation.progress.generation) record(observation);
}

void Trace::record(const Observation& observation) {
  const Population& pool = observation.algorithm.pool();
  const std::span<const Slot> survivors = observation.algorithm.survivors();
  const std::vector<Slot> feasible = feasible_members(pool, survivors);
  const Population front = extract(pool, feasible);
  TracePoint point;
  point.evaluations = observation.evaluator.count().evaluations;
  point.generation = observation.progress.generation;
  point.seconds = observation.progress.seconds;
  point.feasible_share =
      survivors.empty() ? 0.0 : static_cast<double>(feasible.size()) / static_cast<double>(survivors.size());
  if (!box_.empty()) point.hypervolume = normalised_hypervolume(front.f, box_, workers_, kTraceEffort);
  point.exact_share = point.hypervolume / options_.exact_hypervolume;
  if (reference_.rows() > 0) point.igd_plus = igd_plus(scaled(front.f, distance_box_), reference_, workers_);
  if (observation.archive != nullptr && observation.archive->follows_progress())
    point.epsilon_progress = static_cast<double>(observation.archive->progress());
  points_.push_back(point);
}

void Trace::save(StateWriter& writer) const { writer.put_span(std::span<const TracePoint>(points_)); }

void Trace::load(StateReader& reader) { reader.get_vector(points_); }

std::string trace_csv(std::span<const TracePoint> points) {
  std::vector<OptionalColumn> columns;
  for (const OptionalColumn& column : kOptionalColumns)
    if (std::any_of(points.begin(), points.end(), [&](const TracePoint& p) { return !std::isnan(p.*column.value); }))
      columns.push_back(column);
  std::string text = "evaluations,generation,feasible share";
  for (const OptionalColumn& column : columns) text += fmt::format(",{}", column.heading);
  text += "\n";
  for (const TracePoint& point : points) {
    text += fmt::format("{},{},{}", point.evaluations, point.generation, point.feasible_share);
    for (const OptionalColumn& column : columns) {
      const double value = point.*column.value;
      text += std::isnan(value) ? "," : fmt::format(",{}", value);
    }
    text += "\n";
  }
  return text;
}

}  // namespace millrace
