#include "problems/industrial/plan_kernels.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "problems/industrial/add_period.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace millrace {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using hn::Add;
using hn::Max;
using hn::Mul;
using hn::Sub;

using D = hn::CappedTag<double, kLanes>;
using V = hn::Vec<D>;

HWY_INLINE V zero() { return hn::Zero(D()); }
HWY_INLINE V all(double value) { return hn::Set(D(), value); }
HWY_INLINE V load(const double* from) { return hn::Load(D(), from); }
HWY_INLINE V positive(V v) { return Max(v, zero()); }
// Multiplication and addition apart, not fused: an SSE4 machine then computes the same bits.
HWY_INLINE V plus(V total, double factor, V v) { return Add(total, Mul(all(factor), v)); }
HWY_INLINE void add_to(double* total, V v) { hn::Store(Add(load(total), v), D(), total); }

/// Sums over the users of one period, one vector of lanes.
struct Sums {
  V benefit, energy, reuse, waste, ground, diverted;
  V short_of, risk;
  V least_surface, floor, ceiling;

  // Not by initialisers: a constructor that the compiler makes is not compiled for the target.
  HWY_INLINE void reset() {
    benefit = energy = reuse = waste = ground = diverted = zero();
    short_of = risk = zero();
    least_surface = floor = ceiling = zero();
  }
};

/// Sums by level, which do not fit into registers where there are many.
struct LevelSums {
  V surface[kMostLevels], energy[kMostLevels], gross[kMostLevels];
};

/// kLevels 0 stands for any number of levels.
template <std::size_t kLevels, bool kEnergy>
class PeriodPass {
 public:
  PeriodPass(const IndustrialInstance& instance, std::size_t t, const PeriodPlan& plan, PlanTotals& totals,
             double* missing)
      : in_(instance), t_(t), plan_(plan), totals_(totals), missing_(missing) {}

  void run(std::size_t lane) {
    lane_ = lane;
    sums_.reset();
    V required = zero();
    for (std::size_t h = 0; h < levels(); ++h) by_level_.energy[h] = by_level_.gross[h] = zero();
    for (std::size_t r = 0; r < in_.regions; ++r) add_region(r, required);
    finish(required);
  }

 private:
  std::size_t levels() const { return kLevels == 0 ? in_.levels : kLevels; }
  V at(const double* column, std::size_t u) const { return load(column + u * kLanes + lane_); }

  void add_region(std::size_t r, V& required) {
    for (std::size_t h = 0; h < levels(); ++h) by_level_.surface[h] = zero();
    const V ground_before = sums_.ground;
    for (std::size_t u = in_.users_from[r]; u < in_.users_from[r + 1]; ++u) {
      add_user(in_.cell(t_, u), u);
      required = Add(required, all(in_.cell(t_, u).requirement));
    }
    for (std::size_t h = 0; h < levels(); ++h) {
      const double available = in_.surface_at(r, t_, h);
      put(PlanLimit::surface, Mul(positive(Sub(by_level_.surface[h], all(available))), all(1.0 / available)));
    }
    const double available = in_.ground_at(r, t_);
    const V used = Sub(sums_.ground, ground_before);
    put(PlanLimit::ground, Mul(positive(Sub(used, all(available))), all(1.0 / available)));
  }

  HWY_INLINE void add_user(const IndustrialCell& cell, std::size_t u) {
    const PeriodEnergy& energy = in_.energy[t_];
    const V w = at(plan_.target, u), g = at(plan_.ground, u), v = at(plan_.diverted, u);
    const V promised = Add(Add(w, g), v);
    const V room = Sub(w, all(cell.target_least));
    const V own_energy = plus(Mul(all(energy.ground), g), cell.energy_diverted, v);
    V shortage = zero(), missing = zero(), low = zero(), high = zero(), beyond = zero();
    for (std::size_t h = 0; h < levels(); ++h) {
      const V s = at(plan_.shortage[h], u);
      const V supply = Sub(promised, s);
      const V surface = Sub(w, s);
      shortage = plus(shortage, in_.probability[h], s);
      missing = plus(missing, in_.probability[h], positive(Sub(all(cell.fresh), supply)));
      low = Add(low, positive(Sub(all(cell.floor), supply)));
      high = Add(high, positive(Sub(supply, all(cell.ceiling))));
      beyond = Add(beyond, positive(Sub(s, room)));
      by_level_.surface[h] = Add(by_level_.surface[h], surface);
      if constexpr (kEnergy) {
        const double any = energy.reuse * cell.reuse_ratio + energy.wastewater * cell.discharge;
        by_level_.energy[h] = Add(by_level_.energy[h], plus(plus(own_energy, energy.surface, surface), any, supply));
        by_level_.gross[h] = plus(by_level_.gross[h], 1.0 + cell.reuse_ratio, supply);
      }
    }
    const V supply = Sub(promised, shortage);
    V benefit = plus(plus(Mul(all(cell.value_surface), w), cell.value_ground, g), cell.value_diverted, v);
    benefit = Sub(benefit, Mul(all(cell.penalty), shortage));
    sums_.benefit = Add(sums_.benefit, benefit);
    sums_.energy = Add(sums_.energy, plus(own_energy, energy.surface, Sub(w, shortage)));
    sums_.waste = plus(sums_.waste, cell.discharge, supply);
    sums_.reuse = plus(sums_.reuse, cell.reuse_ratio, supply);
    sums_.ground = Add(sums_.ground, g);
    sums_.diverted = Add(sums_.diverted, v);
    sums_.short_of = Add(sums_.short_of, missing);
    sums_.risk = plus(sums_.risk, cell.gamma * (1.0 + cell.reuse_ratio), missing);
    sums_.floor = plus(sums_.floor, cell.per_fresh, low);
    sums_.ceiling = plus(sums_.ceiling, cell.per_fresh, high);
    sums_.least_surface = plus(sums_.least_surface, cell.per_target, beyond);
    if (missing_ != nullptr) add_to(missing_ + u * kLanes + lane_, Mul(all(in_.years[t_]), missing));
  }

  void put(PlanLimit limit, V breach) { add_to(totals_.limit(limit) + lane_, breach); }
  void put(IndustrialObjective objective, V value) { add_to(totals_.objective(objective) + lane_, value); }

  void finish(V required) {
    const PeriodEnergy& energy = in_.energy[t_];
    const double years = in_.years[t_];
    const V supply_energy = plus(sums_.energy, energy.wastewater, sums_.waste);
    const V all_energy = plus(supply_energy, energy.reuse, sums_.reuse);
    put(IndustrialObjective::benefit, Mul(all(-years), sums_.benefit));
    put(IndustrialObjective::energy, Mul(all(years), supply_energy));
    put(IndustrialObjective::risk, hn::Div(Mul(all(100.0 / static_cast<double>(in_.periods)), sums_.risk), required));
    put(IndustrialObjective::shortage, Mul(all(years), sums_.short_of));
    put(IndustrialObjective::groundwater, Mul(all(years), sums_.ground));
    put(IndustrialObjective::wastewater, Mul(all(years), sums_.waste));
    put(IndustrialObjective::carbon,
        Add(Mul(all(in_.grid_carbon[t_] * years), all_energy), Mul(all(in_.wastewater_carbon * years), sums_.waste)));
    put(PlanLimit::diverted, Mul(positive(Sub(sums_.diverted, all(in_.diverted[t_]))), all(1.0 / in_.diverted[t_])));
    put(PlanLimit::least_surface, sums_.least_surface);
    put(PlanLimit::floor, sums_.floor);
    put(PlanLimit::ceiling, sums_.ceiling);
    if constexpr (kEnergy)
      for (std::size_t h = 0; h < levels(); ++h) {
        const V beyond = Sub(by_level_.energy[h], Mul(all(energy.limit), by_level_.gross[h]));
        put(PlanLimit::energy, hn::Div(positive(beyond), Mul(all(energy.limit), required)));
      }
  }

  const IndustrialInstance& in_;
  std::size_t t_;
  const PeriodPlan& plan_;
  PlanTotals& totals_;
  double* missing_;
  std::size_t lane_ = 0;
  Sums sums_;
  LevelSums by_level_;
};

template <std::size_t kLevels, bool kEnergy>
void pass(const IndustrialInstance& instance, std::size_t t, const PeriodPlan& plan, PlanTotals& totals,
          double* missing) {
  PeriodPass<kLevels, kEnergy> work(instance, t, plan, totals, missing);
  for (std::size_t lane = 0; lane < kLanes; lane += hn::Lanes(D())) work.run(lane);
}

void add_one(const IndustrialInstance& instance, std::size_t t, const PeriodPlan& plan, PlanTotals& totals,
             double* missing) {
  if (instance.energy_limited) pass<0, true>(instance, t, plan, totals, missing);
  else if (instance.levels == 3) pass<3, false>(instance, t, plan, totals, missing);
  else pass<0, false>(instance, t, plan, totals, missing);
}

}  // namespace HWY_NAMESPACE
}  // namespace millrace
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace millrace {

HWY_EXPORT(add_one);

void add_period(const IndustrialInstance& instance, std::size_t t, const PeriodPlan& plan, PlanTotals& totals,
                double* missing) {
  HWY_DYNAMIC_DISPATCH(add_one)(instance, t, plan, totals, missing);
}

}  // namespace millrace
#endif
