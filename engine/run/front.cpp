#include "engine/run/front.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "engine/indicator/hypervolume.hpp"
#include "engine/select/nondominated_sort.hpp"

namespace millrace {
namespace {

bool same_individual(const Population& p, Slot a, Slot b) {
  const auto xa = p.x.row(a);
  const auto xb = p.x.row(b);
  return std::equal(xa.begin(), xa.end(), xb.begin());
}

int compare_objectives(const Population& p, Slot a, Slot b) {
  for (std::size_t k = 0; k < p.f.columns(); ++k)
    if (p.f(a, k) != p.f(b, k)) return p.f(a, k) < p.f(b, k) ? -1 : 1;
  return 0;
}

std::vector<Slot> least_violating(const Population& pool, std::span<const Slot> survivors) {
  double least = kFailedViolation;
  for (const Slot i : survivors) least = std::min(least, pool.violation[i]);
  std::vector<Slot> kept;
  if (least == kFailedViolation) return kept;
  for (const Slot i : survivors)
    if (pool.violation[i] == least) kept.push_back(i);
  return kept;
}

}  // namespace

Population final_front(const Population& pool, std::span<const Slot> survivors) {
  const std::vector<Slot> best = least_violating(pool, survivors);
  Workers workers(1);
  NondominatedSorter sorter;
  const Fronts& fronts = sorter.sort_objectives(pool.f, best, 1, workers);
  std::vector<Slot> front(fronts.order.begin(), fronts.order.end());
  std::stable_sort(front.begin(), front.end(), [&](Slot a, Slot b) { return compare_objectives(pool, a, b) < 0; });
  std::vector<Slot> distinct;
  for (const Slot i : front) {
    // Equals stand next to each other: look back over those with the same objectives.
    const auto same = [&](Slot j) { return same_individual(pool, i, j); };
    auto first = distinct.end();
    while (first != distinct.begin() && compare_objectives(pool, *(first - 1), i) == 0) --first;
    if (std::none_of(first, distinct.end(), same)) distinct.push_back(i);
  }
  return extract(pool, distinct);
}

ReferenceBox ReferenceBox::of(const ProblemSpec& spec, const Columns& front) {
  if (!spec.reference_ideal.empty()) return {spec.reference_ideal, spec.reference_nadir, true};
  ReferenceBox box;
  for (std::size_t k = 0; k < front.columns(); ++k) {
    double lowest = std::numeric_limits<double>::infinity();
    double highest = -lowest;
    for (const double value : front.column(k)) {
      if (!std::isfinite(value)) continue;
      lowest = std::min(lowest, value);
      highest = std::max(highest, value);
    }
    if (!(lowest <= highest)) return {};
    box.ideal.push_back(lowest);
    // One is lost in the rounding of a huge value.
    box.nadir.push_back(highest > lowest ? highest : lowest + std::max(1.0, 1e-9 * std::abs(lowest)));
  }
  return box;
}

double normalised_hypervolume(const Columns& f, const ReferenceBox& box, Workers& workers,
                              const HypervolumeEffort& effort) {
  if (f.rows() == 0 || box.empty()) return 0.0;
  Columns normalised(f.rows(), f.columns());
  for (std::size_t k = 0; k < f.columns(); ++k)
    for (std::size_t i = 0; i < f.rows(); ++i)
      // Better than the ideal happens where the box is an estimate; it must not make the share exceed one.
      normalised(i, k) = std::max(0.0, (f(i, k) - box.ideal[k]) / (box.nadir[k] - box.ideal[k]));
  const std::vector<double> reference(f.columns(), kReferencePoint);
  const double whole = std::pow(kReferencePoint, static_cast<double>(f.columns()));
  if (expected_hypervolume_seconds(f.rows(), f.columns()) <= effort.exact_seconds)
    return hypervolume(normalised, reference, workers) / whole;
  return estimate_hypervolume(normalised, reference, effort.samples, 1, workers).value / whole;
}

Slot balanced_scheme(const Population& front, const ReferenceBox& box) {
  Slot best = 0;
  double best_worst = std::numeric_limits<double>::infinity();
  double best_sum = best_worst;
  for (Slot i = 0; i < front.size(); ++i) {
    double worst = -std::numeric_limits<double>::infinity();
    double sum = 0.0;
    for (std::size_t k = 0; k < front.f.columns(); ++k) {
      const double value = (front.f(i, k) - box.ideal[k]) / (box.nadir[k] - box.ideal[k]);
      worst = std::max(worst, value);
      sum += value;
    }
    if (worst < best_worst || (worst == best_worst && sum < best_sum)) {
      best = i;
      best_worst = worst;
      best_sum = sum;
    }
  }
  return best;
}

}  // namespace millrace
