#include "engine/run/hypervolume_monitor.hpp"

#include <algorithm>
#include <vector>

namespace millrace {

void HypervolumeMonitor::observe(const Population& pool, std::span<const Slot> survivors, std::uint64_t generation,
                                 Workers& workers) {
  std::vector<Slot> feasible;
  std::copy_if(survivors.begin(), survivors.end(), std::back_inserter(feasible),
               [&](Slot i) { return pool.feasible(i); });
  const Population front = extract(pool, feasible);
  if (box_.empty()) box_ = ReferenceBox::of(spec_, front.f);
  current_ = normalised_hypervolume(front.f, box_, workers);
  best_ = std::max(best_, current_);
  double violation = kFailedViolation;
  for (const Slot i : survivors) violation = std::min(violation, pool.violation[i]);
  // A change in steps below the tolerance is a gain too, once it adds up.
  const bool rises = current_ > gained_ + tolerance_ * gained_;
  const bool nears = violation < violation_ * (1.0 - tolerance_);
  if (!rises && !nears) return;
  gained_ = current_;
  violation_ = violation;
  last_gain_ = generation;
}

void HypervolumeMonitor::save(StateWriter& writer) const {
  writer.put_span(std::span<const double>(box_.ideal));
  writer.put_span(std::span<const double>(box_.nadir));
  writer.put(box_.known);
  writer.put(current_);
  writer.put(best_);
  writer.put(gained_);
  writer.put(violation_);
  writer.put(last_gain_);
}

void HypervolumeMonitor::load(StateReader& reader) {
  reader.get_vector(box_.ideal);
  reader.get_vector(box_.nadir);
  box_.known = reader.get<bool>();
  current_ = reader.get<double>();
  best_ = reader.get<double>();
  gained_ = reader.get<double>();
  violation_ = reader.get<double>();
  last_gain_ = reader.get<std::uint64_t>();
}

}  // namespace millrace
