#include "cli/run/run_trace.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

namespace millrace::cli {
namespace {

constexpr std::array kOptional = {std::pair{"hypervolume", &TracePoint::hypervolume},
                                  std::pair{"share_of_exact_hypervolume", &TracePoint::exact_share},
                                  std::pair{"igd_plus", &TracePoint::igd_plus},
                                  std::pair{"epsilon_progress", &TracePoint::epsilon_progress}};

}  // namespace

std::vector<std::uint64_t> trace_points_of(const RunSettings& settings) {
  constexpr std::uint64_t kUnlimited = std::numeric_limits<std::uint64_t>::max();
  const std::uint64_t population = settings.method.population;
  std::uint64_t evaluations = settings.budget.evaluations.value_or(kUnlimited);
  if (settings.budget.generations && *settings.budget.generations < kUnlimited / population)
    evaluations = std::min(evaluations, population * *settings.budget.generations);
  return trace_schedule(evaluations == kUnlimited ? 0 : evaluations, population);
}

nlohmann::json trace_json(const std::vector<TracePoint>& points) {
  nlohmann::json list = nlohmann::json::array();
  for (const TracePoint& point : points) {
    nlohmann::json entry = {{"evaluations", point.evaluations},
                            {"generation", point.generation},
                            {"seconds", point.seconds},
                            {"feasible_share", point.feasible_share}};
    for (const auto& [name, value] : kOptional)
      // JSON has no infinity; a distance without any feasible solution is as good as unknown to a reader.
      if (std::isfinite(point.*value)) entry[name] = point.*value;
    list.push_back(std::move(entry));
  }
  return list;
}

std::vector<TracePoint> trace_from_json(const nlohmann::json& saved) {
  std::vector<TracePoint> points;
  for (const nlohmann::json& entry : saved) {
    TracePoint point;
    point.evaluations = entry.at("evaluations");
    point.generation = entry.at("generation");
    point.seconds = entry.at("seconds");
    point.feasible_share = entry.at("feasible_share");
    for (const auto& [name, value] : kOptional) point.*value = entry.value(name, point.*value);
    points.push_back(point);
  }
  return points;
}

}  // namespace millrace::cli
