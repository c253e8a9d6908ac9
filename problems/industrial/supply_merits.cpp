#include "problems/industrial/supply_merits.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "problems/industrial/plan_names.hpp"

namespace millrace {
namespace {

/// What a m3 more for a user improves an objective, but for what is the same for all users. `short_of` says whether the
/// requirement is not met yet.
double gain_of(IndustrialObjective objective, const IndustrialInstance& in, std::size_t t, const IndustrialCell& c,
               bool short_of) {
  const PeriodEnergy& energy = in.energy[t];
  switch (objective) {
    case IndustrialObjective::benefit: return c.value_surface;
    case IndustrialObjective::energy: return -energy.wastewater * c.discharge;
    case IndustrialObjective::risk: return short_of ? c.gamma * (1.0 + c.reuse_ratio) : 0.0;
    case IndustrialObjective::shortage: return short_of ? 1.0 : 0.0;
    case IndustrialObjective::groundwater: return 0.0;
    case IndustrialObjective::wastewater: return -c.discharge;
    case IndustrialObjective::carbon:
      return -in.grid_carbon[t] * (energy.wastewater * c.discharge + energy.reuse * c.reuse_ratio) -
             in.wastewater_carbon * c.discharge;
    case IndustrialObjective::equity: break;
  }
  return short_of ? c.per_fresh : 0.0;
}

// A gene whose weight only breaks ties: 1.5e-5.
constexpr double kTieBreak = 0.25;

/// Values of users differ by a factor of hundreds, so weights span decades: the gene to the eighth power.
double weight_of(double gene) {
  const double square = gene * gene;
  const double fourth = square * square;
  return fourth * fourth;
}

}  // namespace

SupplyMerits::SupplyMerits(const IndustrialInstance& instance, const ObjectiveSet& objectives)
    : periods_(instance.periods), users_(instance.users), regions_(instance.regions) {
  for (std::size_t k = 0; k < objectives.size(); ++k) {
    // Whose water it is makes no difference to groundwater.
    if (objectives[k] == IndustrialObjective::groundwater) continue;
    weighted_.push_back(objectives[k]);
    place_in_set_.push_back(k);
  }
  gains_.resize(periods_ * users_ * kSteps * weighted_.size());
  for (std::size_t k = 0; k < weighted_.size(); ++k) {
    double largest = 0.0;
    for (std::size_t i = 0; i < periods_ * users_ * kSteps; ++i) {
      const std::size_t cell = i / kSteps;
      const double gain = gain_of(weighted_[k], instance, cell / users_, instance.cells[cell], i % kSteps == 0);
      gains_[i * weighted_.size() + k] = gain;
      largest = std::max(largest, std::abs(gain));
    }
    if (largest > 0.0)
      for (std::size_t i = 0; i < periods_ * users_ * kSteps; ++i) gains_[i * weighted_.size() + k] /= largest;
  }
}

void SupplyMerits::describe(const IndustrialInstance& instance, std::size_t first, ProblemSpec& spec) const {
  const auto add = [&](std::size_t variable, std::string name) {
    spec.bounds.set(first + variable, 0.0, 1.0);
    spec.variable_names.push_back(without_commas(std::move(name)));
  };
  for (std::size_t k = 0; k < weighted_.size(); ++k) add(k, fmt::format("weight of {}", name_of(weighted_[k])));
  for (std::size_t t = 0; t < periods_; ++t)
    for (std::size_t r = 0; r < regions_; ++r)
      add(share(t, r),
          fmt::format("supply above the floors in {} {}", instance.region_names[r], instance.period_names[t]));
}

std::vector<double> SupplyMerits::decision_of(const IndustrialInstance& instance, std::span<const double> supply,
                                              std::size_t best) const {
  std::vector<double> decision(variables(), 0.0);
  for (std::size_t k = 0; k < weighted_.size(); ++k) decision[k] = place_in_set_[k] == best ? 1.0 : kTieBreak;
  for (std::size_t t = 0; t < periods_; ++t)
    for (std::size_t r = 0; r < regions_; ++r) {
      double above = 0.0;
      double room = 0.0;
      for (std::size_t u = instance.users_from[r]; u < instance.users_from[r + 1]; ++u) {
        const IndustrialCell& cell = instance.cell(t, u);
        above += supply[t * users_ + u] - cell.floor;
        room += cell.ceiling - cell.floor;
      }
      decision[share(t, r)] = room > 0.0 ? std::clamp(above / room, 0.0, 1.0) : 0.0;
    }
  return decision;
}

void SupplyMerits::fill(const IndustrialInstance& instance, const Tile& tile, std::size_t first, std::size_t t,
                        std::size_t r, double* supply) const {
  double room = 0.0;
  for (std::size_t u = instance.users_from[r]; u < instance.users_from[r + 1]; ++u)
    room += instance.cell(t, u).ceiling - instance.cell(t, u).floor;
  std::array<double, kIndustrialObjectives> weights{};
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    for (std::size_t k = 0; k < weighted_.size(); ++k) weights[k] = weight_of(tile.column(first + k)[lane]);
    fill_lane(instance, t, r, weights.data(), room * tile.column(first + share(t, r))[lane], supply + lane);
  }
}

void SupplyMerits::fill_lane(const IndustrialInstance& instance, std::size_t t, std::size_t r, const double* weights,
                             double given, double* supply) const {
  thread_local std::vector<std::pair<double, std::uint32_t>> order;
  order.clear();
  for (std::uint32_t u = instance.users_from[r]; u < instance.users_from[r + 1]; ++u) {
    supply[u * kLanes] = instance.cell(t, u).floor;
    for (std::uint32_t step = 0; step < kSteps; ++step) {
      double merit = 0.0;
      for (std::size_t k = 0; k < weighted_.size(); ++k) merit += weights[k] * gains_of(t, u, step)[k];
      order.emplace_back(-merit, u * kSteps + step);
    }
  }
  // Ties by index: a user's first step comes before its second.
  std::ranges::sort(order);
  for (const auto& [merit, index] : order) {
    const IndustrialCell& cell = instance.cell(t, index / kSteps);
    const double met = std::clamp(cell.fresh, cell.floor, cell.ceiling);
    const double most = index % kSteps == 0 ? met - cell.floor : cell.ceiling - met;
    const double more = std::min(most, given);
    supply[index / kSteps * kLanes] += more;
    given -= more;
    if (given <= 0.0) return;
  }
}

}  // namespace millrace
