#include "engine/indicator/hypervolume_memory.hpp"

#include <algorithm>
#include <limits>

namespace millrace {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t kLeastObjectives = 3;

}  // namespace

FrontOfThree::FrontOfThree(std::size_t capacity) {
  for (auto* values : {&x, &y, &z}) values->assign(capacity + 2 * kSlack, kNan);
}

void FrontOfThree::clear() {
  for (auto* values : {&x, &y, &z}) std::fill_n(values->begin(), count, kNan);
  count = 0;
}

void PointSet::close() {
  double* turn = columns.column_data(turns);
  std::fill(turn + count, turn + std::min(count + kSlack, columns.stride()), kNan);
}

Depth::Depth(std::size_t objectives, std::size_t capacity)
    : lower(objectives), upper(objectives), bounds(objectives * kSlack), limited(objectives, capacity),
      front(objectives, objectives > 4 ? capacity : 0), sorted(objectives, objectives > 4 ? capacity : 0) {}

HypervolumeMemory::HypervolumeMemory(std::size_t objectives, std::size_t points)
    : earlier(objectives + 1, points), swept(points), box(points), occupied(points / 64 + 1), at_place(points) {
  for (std::size_t k = 0; k <= objectives; ++k) depths.emplace_back(k, k < kLeastObjectives ? 0 : points);
}

}  // namespace millrace
