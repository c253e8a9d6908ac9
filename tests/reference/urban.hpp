#pragma once

#include <algorithm>
#include <cmath>
#include <span>
#include <string>
#include <vector>

#include "problems/urban/urban_case.hpp"

namespace millrace::reference {

/// The urban model straight from its formulas, one decision vector at a time (x[l] is the flow of urban.links[l]).
class UrbanModel {
 public:
  UrbanModel(const UrbanCase& urban, std::size_t scenario) : urban_(urban), t_(scenario) {}

  /// Water from source i to user j; 0 where there is no link.
  double flow(std::span<const double> x, std::size_t i, std::size_t j) const {
    for (std::size_t l = 0; l < urban_.links.size(); ++l)
      if (urban_.links[l].source == i && urban_.links[l].user == j) return x[l];
    return 0.0;
  }
  double supplied(std::span<const double> x, std::size_t j) const {
    double sum = 0.0;
    for (std::size_t i = 0; i < urban_.sources.size(); ++i) sum += flow(x, i, j);
    return sum;
  }
  double taken(std::span<const double> x, std::size_t i) const {
    double sum = 0.0;
    for (std::size_t j = 0; j < urban_.users.size(); ++j) sum += flow(x, i, j);
    return sum;
  }

  /// As a person would be shown it: benefit is not negated.
  double objective(std::span<const double> x, UrbanObjective objective) const {
    const double volume = urban_.units.volume.size;
    double value = 0.0;
    for (std::size_t i = 0; i < urban_.sources.size(); ++i) {
      const UrbanSource& source = urban_.sources[i];
      for (std::size_t j = 0; j < urban_.users.size(); ++j) {
        const UrbanUser& user = urban_.users[j];
        const double m3 = flow(x, i, j) * volume;
        if (objective == UrbanObjective::carbon)
          value += m3 * (source.carbon_kg_per_m3[t_] + user.carbon_kg_per_m3[t_]) / urban_.units.carbon.size;
        if (objective == UrbanObjective::benefit) value += m3 * user.benefit_per_m3[t_] / urban_.units.money.size;
        if (objective == UrbanObjective::wastewater) value += flow(x, i, j) * user.discharge[t_];
        if (objective == UrbanObjective::groundwater && source.groundwater) value += flow(x, i, j);
        if (objective == UrbanObjective::quality) value += m3 * source.quality_g_per_m3[t_] / urban_.units.quality.size;
        if (objective == UrbanObjective::energy)
          value += m3 * (source.energy_kwh_per_m3[t_] + link_energy(i, j)) / urban_.units.energy.size;
      }
    }
    if (objective == UrbanObjective::shortage)
      for (std::size_t j = 0; j < urban_.users.size(); ++j) {
        const double lack = urban_.users[j].demand[t_] - supplied(x, j);
        const bool hinge = urban_.shortage_rule == ShortageRule::hinge;
        value += urban_.users[j].shortage_weight[t_] * (hinge ? std::max(0.0, lack) : lack);
      }
    return value;
  }

  /// g <= 0 in the order of UrbanProblem: source limits, lower demands, upper demands, use rates.
  std::vector<double> constraints(std::span<const double> x) const {
    std::vector<double> g;
    for (std::size_t i = 0; i < urban_.sources.size(); ++i) g.push_back(taken(x, i) - urban_.sources[i].available[t_]);
    for (std::size_t j = 0; j < urban_.users.size(); ++j) {
      const double least = urban_.users[j].demand_lower[t_] * urban_.users[j].demand[t_];
      if (least > 0.0) g.push_back(least - supplied(x, j));
    }
    for (std::size_t j = 0; j < urban_.users.size(); ++j)
      g.push_back(supplied(x, j) - urban_.users[j].demand_upper[t_] * urban_.users[j].demand[t_]);
    for (std::size_t i = 0; i < urban_.sources.size(); ++i) {
      const double least = urban_.sources[i].use_rate[t_] * urban_.sources[i].available[t_];
      if (least > 0.0) g.push_back(least - taken(x, i));
    }
    return g;
  }

 private:
  double link_energy(std::size_t i, std::size_t j) const {
    for (const UrbanLink& link : urban_.links)
      if (link.source == i && link.user == j) return link.energy_kwh_per_m3.empty() ? 0.0 : link.energy_kwh_per_m3[t_];
    return 0.0;
  }

  const UrbanCase& urban_;
  std::size_t t_;
};

/// a[l] summed over `links` must lie in [least, most].
struct SumLimit {
  std::vector<std::size_t> links;
  double least = 0.0;
  double most = 0.0;
};

/// The point of { 0 <= x <= upper, every sum within its limits } nearest to x: Dykstra's alternating projections
/// (doi:10.1080/01621459.1983.10477029), `rounds` of them.
inline std::vector<double> nearest_allocation(std::vector<double> x, std::span<const double> upper,
                                              const std::vector<SumLimit>& limits, int rounds) {
  const std::size_t d = x.size();
  std::vector<double> box(d, 0.0);
  // A slab's correction is the same for all its links: one number.
  std::vector<double> slab(limits.size(), 0.0);
  for (int round = 0; round < rounds; ++round) {
    for (std::size_t k = 0; k < limits.size(); ++k) {
      double sum = 0.0;
      for (const std::size_t l : limits[k].links) sum += x[l] += slab[k];
      const double shift =
          (std::clamp(sum, limits[k].least, limits[k].most) - sum) / static_cast<double>(limits[k].links.size());
      for (const std::size_t l : limits[k].links) x[l] += shift;
      slab[k] = -shift;
    }
    for (std::size_t l = 0; l < d; ++l) {
      const double moved = x[l] + box[l];
      x[l] = std::clamp(moved, 0.0, upper[l]);
      box[l] = moved - x[l];
    }
  }
  return x;
}

}  // namespace millrace::reference
