#include "engine/select/objective_ordinals.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>

#include "engine/select/objective_ranks.hpp"

namespace millrace {
namespace {

/// Below this many points the whole computation is shorter than a parallel region.
constexpr std::size_t kParallelPoints = 4096;

constexpr std::size_t kSample = 32;
/// Values are cut from the least to twice the distance of this one of the sample, counted from the largest: a few far
/// ones do not matter.
constexpr std::size_t kBulk = 4;
/// Of so many classes of ordinals (those that their upper bits tell apart) the sample must meet some.
constexpr std::size_t kClasses = 256;

/// The least of the values; eight partial minima, since a single one waits for itself.
double least_of(std::span<const double> values) {
  std::array<double, 8> least;
  least.fill(std::numeric_limits<double>::infinity());
  std::size_t i = 0;
  for (; i + least.size() <= values.size(); i += least.size())
    for (std::size_t lane = 0; lane < least.size(); ++lane)
      least[lane] = values[i + lane] < least[lane] ? values[i + lane] : least[lane];
  for (; i < values.size(); ++i) least[0] = std::min(least[0], values[i]);
  return *std::min_element(least.begin(), least.end());
}

/// Equal steps from `least`: ordinal = (value - least) * scale, at most kLargest.
struct Steps {
  double least = 0.0;
  double scale = 0.0;
  bool usable = false;
};

using Sample = std::array<double, kSample>;

/// The kBulk-th largest, without sorting the rest.
double bulk_of(const Sample& sample) {
  std::array<double, kBulk> largest;
  largest.fill(-std::numeric_limits<double>::infinity());
  for (double value : sample)
    for (double& kept : largest) {
      const double less = value < kept ? value : kept;
      kept = value < kept ? kept : value;
      value = less;
    }
  return largest.back();
}

/// Classes that the sample meets between `least` and `reach` above it.
std::size_t classes_of(const Sample& sample, double least, double reach) {
  std::array<std::uint64_t, kClasses / 64 + 1> met{};
  for (const double value : sample) {
    const double at = std::min((value - least) / reach, 1.0) * static_cast<double>(kClasses);
    const auto number = static_cast<std::size_t>(at);
    met[number / 64] |= std::uint64_t{1} << number % 64;
  }
  std::size_t classes = 0;
  for (const std::uint64_t word : met) classes += static_cast<std::size_t>(std::popcount(word));
  return classes;
}

/// Steps for values of which `least` is the least, from a sample of them.
Steps steps_for(std::span<const double> values, double least, std::size_t fewest_classes) {
  Steps steps{.least = least};
  if (values.size() < 2 * kSample || !std::isfinite(least)) return steps;
  Sample sample;
  for (std::size_t i = 0; i < kSample; ++i) sample[i] = values[i * values.size() / kSample];
  const double reach = 2.0 * (bulk_of(sample) - least);
  steps.scale = static_cast<double>(ObjectiveOrdinals::kLargest) / reach;
  if (!(reach > 0.0) || !std::isfinite(steps.scale) || steps.scale == 0.0) return steps;
  steps.usable = classes_of(sample, least, reach) >= fewest_classes;
  return steps;
}

}  // namespace

void ObjectiveOrdinals::compute(const Columns& f, std::span<const Slot> points, std::size_t fewest_classes,
                                Workers& workers) {
  const std::size_t m = f.columns();
  fewest_classes_ = fewest_classes;
  f_ = &f;
  points_ = points;
  ordinals_.resize(m * points.size());
  if (points.empty()) return;
  if (benches_.size() < workers.threads()) benches_.resize(workers.threads());
  workers.for_blocks(m, points.size() < kParallelPoints ? m : 1, [&](std::size_t begin, std::size_t end) {
    Bench& bench = benches_[workers.thread_index()];
    bench.values.resize(points.size());
    for (std::size_t k = begin; k < end; ++k)
      compute_column(f.column_data(k), bench, ordinals_.data() + k * points.size());
  });
}

void ObjectiveOrdinals::compute_column(const double* column, Bench& bench, std::uint16_t* ordinals) const {
  const std::size_t n = points_.size();
  double* const values = bench.values.data();
  for (std::size_t i = 0; i < n; ++i) values[i] = column[points_[i]];
  const Steps steps = steps_for(bench.values, least_of(bench.values), fewest_classes_);
  if (!steps.usable) return rank(column, bench, ordinals);
  constexpr double kMost = ObjectiveOrdinals::kLargest;
  for (std::size_t i = 0; i < n; ++i) {
    const double at = (values[i] - steps.least) * steps.scale;
    ordinals[i] = static_cast<std::uint16_t>(static_cast<std::int32_t>(at < kMost ? at : kMost));
  }
}

void ObjectiveOrdinals::rank(const double* column, Bench& bench, std::uint16_t* ordinals) const {
  const std::size_t n = points_.size();
  bench.keys.resize(n);
  bench.ranks.resize(n);
  const std::uint32_t distinct = rank_column(column, points_, bench.keys, bench.ranks.data());
  // Over the whole width, since the order of the tree reads the upper bits.
  const std::uint64_t scale = (std::uint64_t{kLargest} << 32) / std::max<std::uint32_t>(distinct - 1, 1);
  for (std::size_t i = 0; i < n; ++i) ordinals[i] = static_cast<std::uint16_t>(bench.ranks[i] * scale >> 32);
}

int ObjectiveOrdinals::compare(std::uint32_t a, std::uint32_t b) const {
  for (std::size_t k = 0; k < objectives(); ++k) {
    const double* column = f_->column_data(k);
    const double value = column[points_[a]], other = column[points_[b]];
    if (value != other) return value < other ? -1 : 1;
  }
  return 0;
}

bool ObjectiveOrdinals::at_most(std::uint32_t a, std::uint32_t b) const {
  for (std::size_t k = 0; k < objectives(); ++k) {
    const double* column = f_->column_data(k);
    if (column[points_[a]] > column[points_[b]]) return false;
  }
  return true;
}

}  // namespace millrace
