#include "engine/algorithm/decomposition_box.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "engine/algorithm/nsga3.hpp"

namespace millrace {
namespace {

constexpr double kUnsettledPenalty = 4.0;

}  // namespace

ReferenceDirections subproblem_directions(std::size_t objectives, std::size_t population) {
  if (objectives > 1) return nsga3_directions(objectives, population);
  Columns weights(population, 1);
  std::fill(weights.column(0).begin(), weights.column(0).end(), 1.0);
  return ReferenceDirections(std::move(weights));
}

DecompositionBox::DecompositionBox(std::size_t objectives, bool normalise)
    : normalise_(normalise), ranges_(objectives), scale_(objectives, 1.0), ranges_state_(ranges_.state_size()) {}

void DecompositionBox::update(const Population& pool, std::span<const Slot> newcomers) {
  const auto feasible = [&](Slot i) { return pool.feasible(i); };
  if (!ranges_are_feasible_ && std::any_of(newcomers.begin(), newcomers.end(), feasible)) {
    ranges_.restart();
    ranges_are_feasible_ = true;
  }
  some_.clear();
  std::copy_if(newcomers.begin(), newcomers.end(), std::back_inserter(some_),
               [&](Slot i) { return ranges_are_feasible_ ? pool.feasible(i) : !pool.failed(i); });
  ranges_.update(pool, some_);
  if (normalise_) std::copy(ranges_.range().begin(), ranges_.range().end(), scale_.begin());
}

double DecompositionBox::penalty(double theta) const {
  return theta * (normalise_ && !ranges_.settled() ? kUnsettledPenalty : 1.0);
}

void DecompositionBox::save(StateWriter& writer) const {
  ranges_.get_state(ranges_state_);
  writer.put_span(std::span<const double>(ranges_state_));
  writer.put(ranges_are_feasible_);
}

void DecompositionBox::load(StateReader& reader) {
  reader.get_span(std::span<double>(ranges_state_));
  ranges_.set_state(ranges_state_);
  ranges_are_feasible_ = reader.get<bool>();
  if (normalise_) std::copy(ranges_.range().begin(), ranges_.range().end(), scale_.begin());
}

}  // namespace millrace
