#include "problems/dispatch/policy.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "problems/dispatch/simulate_policies.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "problems/dispatch/simulation-inl.h"

HWY_BEFORE_NAMESPACE();
namespace millrace {
namespace HWY_NAMESPACE {

/// What a policy sees, each about -2 to 2 in the hours of the case.
struct Seen {
  V value[kPolicyInputs];
};

struct Controls {
  V value[kControls];
};

HWY_INLINE V column(const double* work, std::size_t j) { return hn::Load(D(), work + j * kLanes); }

/// Six Gaussian functions. Work columns a function: centres, 1 / radius^2, weights of sum 1.
struct RbfPolicy {
  static constexpr std::size_t kStride = 2 * kPolicyInputs + kControls;
  static constexpr std::size_t kColumns = kPolicyUnits * kStride;

  static HWY_INLINE void prepare(const double* x, double* work) {
    const D d;
    const V one = set(1.0);
    V sums[kControls] = {hn::Zero(d), hn::Zero(d), hn::Zero(d)};
    for (std::size_t i = 0; i < kPolicyUnits; ++i)
      for (std::size_t k = 0; k < kControls; ++k)
        sums[k] = hn::Add(sums[k], column(x, i * kStride + 2 * kPolicyInputs + k));
    for (std::size_t i = 0; i < kPolicyUnits; ++i) {
      const std::size_t first = i * kStride;
      for (std::size_t j = 0; j < kPolicyInputs; ++j) {
        const V radius = column(x, first + kPolicyInputs + j);
        hn::Store(column(x, first + j), d, work + (first + j) * kLanes);
        hn::Store(hn::Div(one, hn::Mul(radius, radius)), d, work + (first + kPolicyInputs + j) * kLanes);
      }
      for (std::size_t k = 0; k < kControls; ++k) {
        const std::size_t at = first + 2 * kPolicyInputs + k;
        // Weights that are all zero stand for a control of zero.
        const V share = hn::Div(column(x, at), hn::Max(sums[k], set(1e-300)));
        hn::Store(share, d, work + at * kLanes);
      }
    }
  }

  static HWY_INLINE Controls act(const double* work, const Seen& seen) {
    const D d;
    V s[kPolicyInputs];
    for (std::size_t j = 0; j < kPolicyInputs; ++j) s[j] = hn::MulAdd(set(0.25), seen.value[j], set(0.5));
    Controls controls = {{hn::Zero(d), hn::Zero(d), hn::Zero(d)}};
    for (std::size_t i = 0; i < kPolicyUnits; ++i) {
      const double* const unit = work + i * kStride * kLanes;
      V distance = hn::Zero(d);
      for (std::size_t j = 0; j < kPolicyInputs; ++j) {
        const V difference = hn::Sub(s[j], column(unit, j));
        distance = hn::MulAdd(hn::Mul(difference, difference), column(unit, kPolicyInputs + j), distance);
      }
      const V value = hn::Exp(d, hn::Neg(hn::Min(distance, set(700.0))));
      for (std::size_t k = 0; k < kControls; ++k)
        controls.value[k] = hn::MulAdd(column(unit, 2 * kPolicyInputs + k), value, controls.value[k]);
    }
    for (V& control : controls.value) control = clip(control);
    return controls;
  }
};

/// Six tanh units, three logistic outputs; reads its parameters as they are.
struct NetworkPolicy {
  static constexpr std::size_t kColumns = kPolicyUnits * (kPolicyInputs + 1) + kControls * (kPolicyUnits + 1);

  static HWY_INLINE void prepare(const double* x, double* work) {
    for (std::size_t j = 0; j < kColumns; ++j) hn::Store(column(x, j), D(), work + j * kLanes);
  }

  /// 1 / (1 + exp(-z)).
  static HWY_INLINE V logistic(V z) {
    const V bounded = hn::Min(hn::Max(z, set(-700.0)), set(700.0));
    return hn::Div(set(1.0), hn::Add(set(1.0), hn::Exp(D(), hn::Neg(bounded))));
  }

  static HWY_INLINE Controls act(const double* work, const Seen& seen) {
    V unit[kPolicyUnits];
    for (std::size_t i = 0; i < kPolicyUnits; ++i) {
      const double* const weights = work + i * (kPolicyInputs + 1) * kLanes;
      V z = column(weights, kPolicyInputs);
      for (std::size_t j = 0; j < kPolicyInputs; ++j) z = hn::MulAdd(column(weights, j), seen.value[j], z);
      // tanh z = 2 logistic(2 z) - 1
      unit[i] = hn::MulSub(set(2.0), logistic(hn::Add(z, z)), set(1.0));
    }
    Controls controls;
    for (std::size_t k = 0; k < kControls; ++k) {
      const double* const weights = work + (kPolicyUnits * (kPolicyInputs + 1) + k * (kPolicyUnits + 1)) * kLanes;
      V z = column(weights, kPolicyUnits);
      for (std::size_t i = 0; i < kPolicyUnits; ++i) z = hn::MulAdd(column(weights, i), unit[i], z);
      controls.value[k] = logistic(z);
    }
    return controls;
  }
};

struct Watch {
  explicit Watch(const DispatchModel& m)
      : observation(m.observation), inverse_limit(m.daily_limit_m3() > 0.0 ? 1.0 / m.daily_limit_m3() : 0.0),
        inverse_reservoir(1.0 / m.plant.reservoir_most_MWh) {}

  HWY_INLINE Seen see(double carbon, double renewable, std::size_t hour, V used, V reservoir) const {
    const double day = static_cast<double>(hour % kHoursOfDay) / static_cast<double>(kHoursOfDay - 1);
    const V left = hn::NegMulAdd(used, set(inverse_limit), set(1.0));
    return {{set((carbon - observation.carbon_centre) / observation.carbon_spread),
             set((renewable - observation.renewable_centre) / observation.renewable_spread),
             hn::MulSub(set(2.0), left, set(1.0)),
             hn::MulSub(set(2.0), hn::Mul(reservoir, set(inverse_reservoir)), set(1.0)), set(2.0 * day - 1.0)}};
  }

  DispatchObservation observation;
  double inverse_limit, inverse_reservoir;
};

template <class Policy>
HWY_INLINE void follow(const PlantNumbers& p, const Watch& watch, std::span<const double> carbon,
                       std::span<const double> renewable, const double* work, double* sums, double* trace) {
  const D d;
  WaterSums water;
  EnergySums energy;
  V used = hn::Zero(d);
  V reservoir = set(p.plant.reservoir_start_MWh);
  for (std::size_t t = 0; t < renewable.size(); ++t) {
    if (t % kHoursOfDay == 0) used = hn::Zero(d);
    const Controls act = Policy::act(work, watch.see(carbon[t], renewable[t], t, used, reservoir));
    const WaterHour wet = water_hour(p, act.value[0], act.value[2], used);
    const EnergyHour power = energy_hour(p, load_of(p, wet), act.value[1], renewable[t], reservoir);
    water.add(wet);
    energy.add(power, carbon[t]);
    if (trace == nullptr) continue;
    double* const hour = trace + t * DispatchHour::count * kLanes;
    trace_water(hour, act.value[0], act.value[2], wet);
    trace_energy(p, hour, act.value[1], carbon[t], power, reservoir);
  }
  water.store(sums);
  energy.store(sums);
}

template <class Policy>
HWY_INLINE void simulate_all(const DispatchModel& model, const Futures& futures, const double* x, double* work,
                             double* sums, double* trace) {
  const PlantNumbers numbers(model);
  const Watch watch(model);
  for (std::size_t lane = 0; lane < kLanes; lane += hn::Lanes(D())) {
    Policy::prepare(x + lane, work + lane);
    for (std::size_t s = 0; s < futures.count(); ++s)
      follow<Policy>(numbers, watch, futures.carbon(s), futures.renewable(s), work + lane,
                     sums + s * DispatchSum::count * kLanes + lane,
                     s == 0 && trace != nullptr ? trace + lane : nullptr);
  }
}

void rbf_policies(const DispatchModel& model, const Futures& futures, const double* x, double* work, double* sums,
                  double* trace) {
  simulate_all<RbfPolicy>(model, futures, x, work, sums, trace);
}

void network_policies(const DispatchModel& model, const Futures& futures, const double* x, double* work, double* sums,
                      double* trace) {
  simulate_all<NetworkPolicy>(model, futures, x, work, sums, trace);
}

}  // namespace HWY_NAMESPACE
}  // namespace millrace
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace millrace {

HWY_EXPORT(rbf_policies);
HWY_EXPORT(network_policies);

void simulate_policies(const DispatchModel& model, const Futures& futures, PolicyKind kind, const double* x,
                       DispatchWork& work, DispatchTrace* trace) {
  work.prepare(futures.count(), policy_parameters(kind));
  double* const traced = trace == nullptr ? nullptr : trace->values.data();
  if (kind == PolicyKind::rbf)
    HWY_DYNAMIC_DISPATCH(rbf_policies)(model, futures, x, work.lanes.data(), work.sums.data(), traced);
  else HWY_DYNAMIC_DISPATCH(network_policies)(model, futures, x, work.lanes.data(), work.sums.data(), traced);
}

}  // namespace millrace
#endif
