#include "engine/exact/reference_front.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <vector>

#include "engine/exact/front_projector.hpp"
#include "engine/exact/neighbour_order.hpp"
#include "engine/random/philox.hpp"

namespace millrace {
namespace {

// Lines that share a solver: enough to forget the cold start, few enough for all threads to have some.
constexpr std::size_t kBlock = 64;
// Points nearer to each other, as a share of the range, count as one.
constexpr double kSamePoint = 1e-7;

/// The positive root of x^(m+1) = x + 1: the golden ratio for m = 1.
double generalised_golden_ratio(std::size_t m) {
  double x = 1.5;
  for (int step = 0; step < 64; ++step) x = std::pow(1.0 + x, 1.0 / static_cast<double>(m + 1));
  return x;
}

void copy_point(const ReferenceFront& from, std::size_t i, ReferenceFront& to, std::size_t at) {
  for (std::size_t k = 0; k < from.objectives.columns(); ++k) to.objectives(at, k) = from.objectives(i, k);
  std::ranges::copy(from.decisions.row(i), to.decisions.row(at).begin());
}

/// The payoff rows, then what the lines met.
ReferenceFront candidates(const PayoffTable& payoff, const ReferenceFront& met) {
  const std::size_t m = payoff.ideal.size();
  const std::size_t n = m + met.objectives.rows();
  ReferenceFront all{Columns(n, m), DecisionRows(n, met.decisions.variables()), met.programs, met.iterations};
  const ReferenceFront extremes{payoff.objectives, payoff.decisions};
  for (std::size_t i = 0; i < m; ++i) copy_point(extremes, i, all, i);
  for (std::size_t i = m; i < n; ++i) copy_point(met, i - m, all, i);
  return all;
}

/// Rows of `points` in the order in which each is the farthest from those before, at most `count`; the payoff rows lead.
std::vector<std::size_t> farthest_first(const Columns& points, std::span<const double> range, std::size_t count) {
  const std::size_t n = points.rows();
  const std::size_t m = points.columns();
  std::vector<double> distance(n, std::numeric_limits<double>::infinity());
  std::vector<double> to_last(n);
  std::vector<std::size_t> taken;
  std::size_t next = 0;
  while (taken.size() < std::min(count, n)) {
    taken.push_back(next);
    std::ranges::fill(to_last, 0.0);
    for (std::size_t k = 0; k < m; ++k) {
      const double scale = range[k] > 0.0 ? 1.0 / range[k] : 0.0;
      const double* values = points.column_data(k);
      const double last = values[next];
      for (std::size_t i = 0; i < n; ++i) to_last[i] += (values[i] - last) * scale * ((values[i] - last) * scale);
    }
    for (std::size_t i = 0; i < n; ++i) distance[i] = std::min(distance[i], to_last[i]);
    // The extremes first: a front without its ends misses what its readers look for.
    const std::size_t among = taken.size() < m ? m : n;
    const auto farthest = [&](std::size_t end) {
      return static_cast<std::size_t>(std::max_element(distance.begin(), distance.begin() + end) - distance.begin());
    };
    next = farthest(among);
    if (distance[next] <= kSamePoint * kSamePoint) next = farthest(n);
    if (distance[next] <= kSamePoint * kSamePoint) break;
  }
  return taken;
}

}  // namespace

std::string ReferenceFrontOptions::error() const {
  if (size == 0) return "a reference front has at least one point";
  if (lines_per_point == 0) return "a reference front needs at least one line a point";
  return {};
}

Columns line_starts(std::span<const double> ideal, std::span<const double> nadir, std::size_t count,
                    std::uint64_t seed) {
  const std::size_t m = ideal.size();
  Columns starts(count, m);
  const double ratio = generalised_golden_ratio(m);
  RowDraws draws({seed, 0, Stage::direction}, 0);
  double step = 1.0;
  for (std::size_t k = 0; k < m; ++k) {
    step /= ratio;
    const double shift = draws.next_double();
    for (std::size_t i = 0; i < count; ++i) {
      const double place = shift + static_cast<double>(i + 1) * step;
      starts(i, k) = ideal[k] + (nadir[k] - ideal[k]) * (place - std::floor(place));
    }
  }
  return starts;
}

ReferenceFront project_to_front(const LinearForm& form, std::span<const double> range, const Columns& starts,
                                Workers& workers) {
  const std::size_t n = starts.rows();
  const std::size_t m = starts.columns();
  ReferenceFront front{Columns(n, m), DecisionRows(n, form.decisions.size())};
  const std::vector<std::uint32_t> order = neighbour_order(starts);
  std::vector<std::size_t> programs((n + kBlock - 1) / kBlock, 0);
  std::vector<std::size_t> iterations(programs.size(), 0);
  workers.for_blocks(n, kBlock, [&](std::size_t begin, std::size_t end) {
    FrontProjector projector(form, range, Improvement::together);
    std::vector<double> from(m);
    for (std::size_t i = begin; i < end; ++i) {
      const std::uint32_t row = order[i];
      for (std::size_t k = 0; k < m; ++k) from[k] = starts(row, k);
      const Projection& met = projector.project(from);
      for (std::size_t k = 0; k < m; ++k) front.objectives(row, k) = met.objectives[k];
      std::ranges::copy(met.decisions, front.decisions.row(row).begin());
    }
    programs[begin / kBlock] = projector.programs();
    iterations[begin / kBlock] = projector.iterations();
  });
  for (const std::size_t count : programs) front.programs += count;
  for (const std::size_t count : iterations) front.iterations += count;
  return front;
}

ReferenceFront reference_front(const LinearForm& form, const PayoffTable& payoff, std::span<const double> nadir,
                               const ReferenceFrontOptions& options, Workers& workers) {
  if (const std::string error = options.error(); !error.empty()) throw std::invalid_argument(error);
  std::vector<double> range(payoff.ideal.size());
  for (std::size_t k = 0; k < range.size(); ++k) range[k] = nadir[k] - payoff.ideal[k];
  const Columns starts = line_starts(payoff.ideal, nadir, options.size * options.lines_per_point, options.seed);
  const ReferenceFront all = candidates(payoff, project_to_front(form, range, starts, workers));
  const std::vector<std::size_t> chosen = farthest_first(all.objectives, range, options.size);
  ReferenceFront front{Columns(chosen.size(), range.size()), DecisionRows(chosen.size(), all.decisions.variables()),
                       all.programs, all.iterations};
  for (std::size_t i = 0; i < chosen.size(); ++i) copy_point(all, chosen[i], front, i);
  return front;
}

}  // namespace millrace
