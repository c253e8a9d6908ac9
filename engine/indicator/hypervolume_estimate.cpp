#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/indicator/hypervolume_estimate.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <vector>

#include "engine/data/aligned.hpp"
#include "engine/indicator/hypervolume.hpp"
#include "engine/indicator/rows_inside.hpp"
#include "engine/random/philox.hpp"

HWY_BEFORE_NAMESPACE();
namespace millrace {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// How many of `count` samples (m columns of `stride`) a point dominates (m columns of n). A lane is a sample; points
// are tried in their order until no lane is left.
std::size_t count_dominated(const double* samples, std::size_t count, std::size_t stride, const double* points,
                            std::size_t n, std::size_t m) {
  const hn::ScalableTag<double> d;
  std::size_t hits = 0;
  for (std::size_t s = 0; s < count; s += hn::Lanes(d)) {
    auto open = hn::FirstN(d, count - s);
    for (std::size_t i = 0; i < n && !hn::AllFalse(d, open); ++i) {
      auto hit = open;
      for (std::size_t k = 0; k < m; ++k)
        hit = hn::And(hit, hn::Ge(hn::Load(d, samples + k * stride + s), hn::Set(d, points[k * n + i])));
      hits += hn::CountTrue(d, hit);
      open = hn::AndNot(hit, open);
    }
  }
  return hits;
}

}  // namespace HWY_NAMESPACE
}  // namespace millrace
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace millrace {
namespace {

HWY_EXPORT(count_dominated);

constexpr std::size_t kBlock = 512;  // samples that share one row of draws

// Points of a box scaled to [0, 1), largest volume first, so that most samples are settled by the first few.
struct UnitBox {
  double volume = 1.0;
  std::size_t count = 0;
  std::vector<double> points;  // m columns of `count`
};

UnitBox unit_box(const Columns& points, std::span<const double> reference, const std::vector<std::uint32_t>& rows) {
  UnitBox box;
  box.count = rows.size();
  std::vector<double> volume(rows.size(), 1.0);
  std::vector<double> scaled;
  for (std::size_t k = 0; k < points.columns(); ++k) {
    double lowest = reference[k];
    for (const auto i : rows) lowest = std::min(lowest, points(i, k));
    const double width = reference[k] - lowest;
    box.volume *= width;
    for (const auto i : rows) scaled.push_back((points(i, k) - lowest) / width);
    for (std::size_t i = 0; i < rows.size(); ++i) volume[i] *= 1.0 - scaled[k * rows.size() + i];
  }
  std::vector<std::size_t> order(rows.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return volume[a] > volume[b]; });
  for (std::size_t k = 0; k < points.columns(); ++k)
    for (const auto i : order) box.points.push_back(scaled[k * rows.size() + i]);
  return box;
}

std::uint64_t count_hits(const UnitBox& box, std::size_t m, std::uint64_t samples, std::uint64_t seed,
                         Workers& workers) {
  const std::size_t blocks = (samples + kBlock - 1) / kBlock;
  const std::size_t grain = std::max<std::size_t>(1, (std::size_t{1} << 19) / (kBlock * (box.count + 1) * m));
  std::vector<std::uint64_t> hits((blocks + grain - 1) / grain);
  workers.for_blocks(blocks, grain, [&](std::size_t begin, std::size_t end) {
    AlignedVector<double> draws(m * kBlock);
    for (std::size_t b = begin; b < end; ++b) {
      fill_uniform({seed, 0, Stage::indicator}, static_cast<std::uint32_t>(b), 0, draws);
      const std::size_t count = std::min<std::uint64_t>(kBlock, samples - b * kBlock);
      hits[begin / grain] +=
          HWY_DYNAMIC_DISPATCH(count_dominated)(draws.data(), count, kBlock, box.points.data(), box.count, m);
    }
  });
  return std::accumulate(hits.begin(), hits.end(), std::uint64_t{0});
}

}  // namespace

HypervolumeEstimate estimate_hypervolume(const Columns& points, std::span<const double> reference,
                                         std::uint64_t samples, std::uint64_t seed, Workers& workers) {
  const std::vector<std::uint32_t> rows = rows_inside(points, reference);
  if (samples == 0) throw std::invalid_argument("estimate_hypervolume: at least one sample is needed");
  if (rows.empty()) return {0.0, 0.0, samples};
  const UnitBox box = unit_box(points, reference, rows);
  const double hits = static_cast<double>(count_hits(box, points.columns(), samples, seed, workers));
  const double total = static_cast<double>(samples);
  const double share = (hits + 1.0) / (total + 2.0);
  return {box.volume * (hits / total), box.volume * std::sqrt(share * (1.0 - share) / total), samples};
}

}  // namespace millrace
#endif
