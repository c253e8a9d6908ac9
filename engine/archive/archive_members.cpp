#include "engine/archive/archive_members.hpp"

#include <cmath>
#include <numeric>
#include <utility>

namespace millrace {
namespace {

constexpr std::size_t kFirstCapacity = 64;

}  // namespace

bool admissible(const Population& pool, Slot i) {
  bool finite = true;
  for (std::size_t k = 0; k < pool.f.columns(); ++k) finite = finite && std::isfinite(pool.f(i, k));
  return finite && pool.feasible(i);
}

ArchiveMembers::ArchiveMembers(Shape shape)
    : population_(kFirstCapacity, shape), slots_(kFirstCapacity), labels_(kFirstCapacity) {
  std::iota(slots_.begin(), slots_.end(), Slot{0});
}

void ArchiveMembers::reserve(std::size_t count) {
  if (count <= population_.size()) return;
  std::size_t capacity = population_.size();
  while (capacity < count) capacity *= 2;
  Population larger(capacity, population_.shape());
  for (const Slot i : slots()) copy_individual(population_, i, larger, i);
  population_ = std::move(larger);
  slots_.resize(capacity);
  std::iota(slots_.begin(), slots_.end(), Slot{0});
  labels_.resize(capacity);
}

void ArchiveMembers::append(const Population& source, Slot from, std::uint32_t label) {
  reserve(count_ + 1);
  replace(static_cast<Slot>(count_++), source, from, label);
}

void ArchiveMembers::replace(Slot at, const Population& source, Slot from, std::uint32_t label) {
  if (&source != &population_ || from != at) copy_individual(source, from, population_, at);
  labels_[at] = label;
}

void ArchiveMembers::remove(Slot at) {
  const auto last = static_cast<Slot>(--count_);
  replace(at, population_, last, labels_[last]);
}

}  // namespace millrace
