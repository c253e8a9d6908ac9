#include "problems/industrial/plan_kernels.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "problems/industrial/repair_period.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace millrace {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using hn::Add;
using hn::Max;
using hn::Min;
using hn::Mul;
using hn::Sub;

using D = hn::CappedTag<double, kLanes>;
using V = hn::Vec<D>;

// Less than this share of what there is is rounding and is left alone, which keeps a repaired plan as it is.
constexpr double kRounding = 1e-12;

HWY_INLINE V zero() { return hn::Zero(D()); }
HWY_INLINE V all(double value) { return hn::Set(D(), value); }
HWY_INLINE V positive(V v) { return Max(v, zero()); }
HWY_INLINE bool none(V amount) { return hn::AllFalse(D(), hn::Gt(amount, zero())); }
/// Zero where it is only rounding of `size`.
HWY_INLINE V worth_moving(V amount, double size) {
  return hn::IfThenElseZero(hn::Gt(amount, all(kRounding * size)), amount);
}
/// The share of `rooms` that `amount` takes, at most 1.
HWY_INLINE V share_of(V amount, V rooms) { return Min(hn::Div(amount, Max(rooms, all(1e-300))), all(1.0)); }

/// One period of one vector of plans.
class Repair {
 public:
  Repair(const IndustrialInstance& instance, std::size_t t, const EditablePeriod& plan)
      : in_(instance), t_(t), plan_(plan) {}

  void run(std::size_t lane) {
    lane_ = lane;
    for (std::size_t u = 0; u < in_.users; ++u) bring_into_band(u);
    fit_diverted();
    diverted_left_ = positive(Sub(all(in_.diverted[t_]), sum(plan_.diverted, 0, in_.users)));
    for (std::size_t r = 0; r < in_.regions; ++r) {
      fit_ground(r);
      ground_left_ =
          positive(Sub(all(in_.ground_at(r, t_)), sum(plan_.ground, in_.users_from[r], in_.users_from[r + 1])));
      for (std::size_t h = 0; h < in_.levels; ++h) fit_surface(r, h);
    }
  }

 private:
  V get(const double* column, std::size_t u) const { return hn::Load(D(), column + u * kLanes + lane_); }
  void set(double* column, std::size_t u, V value) const { hn::Store(value, D(), column + u * kLanes + lane_); }
  void change(double* column, std::size_t u, V by) const { set(column, u, positive(Add(get(column, u), by))); }
  const IndustrialCell& cell(std::size_t u) const { return in_.cell(t_, u); }
  V promised(std::size_t u) const {
    return Add(Add(get(plan_.target, u), get(plan_.ground, u)), get(plan_.diverted, u));
  }
  V sum(const double* column, std::size_t from, std::size_t to) const {
    V total = zero();
    for (std::size_t u = from; u < to; ++u) total = Add(total, get(column, u));
    return total;
  }
  V most_shortage(std::size_t u) const {
    V most = get(plan_.shortage[0], u);
    for (std::size_t h = 1; h < in_.levels; ++h) most = Max(most, get(plan_.shortage[h], u));
    return most;
  }

  void bring_into_band(std::size_t u) {
    const IndustrialCell& c = cell(u);
    const V w = get(plan_.target, u);
    const V lack = worth_moving(positive(Sub(all(c.floor), promised(u))), c.fresh);
    change(plan_.ground, u, lack);
    V water = promised(u);
    const V most = Min(positive(Sub(w, all(c.target_least))), positive(Sub(water, all(c.floor))));
    V least = zero();
    for (std::size_t h = 0; h < in_.levels; ++h) {
      const V s = Min(get(plan_.shortage[h], u), most);
      least = h == 0 ? s : Min(least, s);
      set(plan_.shortage[h], u, s);
    }
    const V over = worth_moving(positive(Sub(Sub(water, least), all(c.ceiling))), c.fresh);
    if (none(over)) return;
    const V less_ground = Min(over, get(plan_.ground, u));
    change(plan_.ground, u, Sub(zero(), less_ground));
    change(plan_.diverted, u, Sub(zero(), Min(Sub(over, less_ground), get(plan_.diverted, u))));
    water = promised(u);
    for (std::size_t h = 0; h < in_.levels; ++h)
      set(plan_.shortage[h], u, Min(get(plan_.shortage[h], u), positive(Sub(water, all(c.floor)))));
  }

  void fit_diverted() {
    const V used = sum(plan_.diverted, 0, in_.users);
    const V excess = worth_moving(Sub(used, all(in_.diverted[t_])), in_.diverted[t_]);
    if (none(excess)) return;
    const V part = share_of(excess, used);
    for (std::size_t u = 0; u < in_.users; ++u) {
      const V moved = Mul(part, get(plan_.diverted, u));
      change(plan_.diverted, u, Sub(zero(), moved));
      change(plan_.ground, u, moved);
    }
  }

  /// Takes `excess` of groundwater away, from each user in proportion to room(u); returns what is left of it.
  template <class Room, class Give>
  V take_ground(std::size_t r, V excess, Room room, Give give) {
    V rooms = zero();
    for (std::size_t u = in_.users_from[r]; u < in_.users_from[r + 1]; ++u) rooms = Add(rooms, room(u));
    const V part = share_of(excess, rooms);
    for (std::size_t u = in_.users_from[r]; u < in_.users_from[r + 1]; ++u) {
      const V moved = Mul(part, room(u));
      change(plan_.ground, u, Sub(zero(), moved));
      give(u, moved);
    }
    return worth_moving(Sub(excess, Mul(part, rooms)), in_.ground_at(r, t_));
  }

  void fit_ground(std::size_t r) {
    const double available = in_.ground_at(r, t_);
    V excess =
        worth_moving(Sub(sum(plan_.ground, in_.users_from[r], in_.users_from[r + 1]), all(available)), available);
    if (none(excess)) return;
    const auto spare = [&](std::size_t u) {
      const V above = positive(Sub(Sub(promised(u), most_shortage(u)), all(cell(u).floor)));
      return Min(get(plan_.ground, u), above);
    };
    const auto nobody = [](std::size_t, V) {};
    excess = take_ground(r, excess, spare, nobody);
    if (none(excess)) return;
    take_shortages_back(r, excess);
    excess = take_ground(r, excess, spare, nobody);
    if (none(excess)) return;
    const auto by_surface = [&](std::size_t u) {
      return Min(get(plan_.ground, u), positive(Sub(all(cell(u).target_most), get(plan_.target, u))));
    };
    excess = take_ground(r, excess, by_surface, [&](std::size_t u, V moved) { change(plan_.target, u, moved); });
    if (none(excess)) return;
    const V divertible = Min(excess, diverted_left_);
    diverted_left_ = Sub(diverted_left_, divertible);
    take_ground(
        r, divertible, [&](std::size_t u) { return get(plan_.ground, u); },
        [&](std::size_t u, V moved) { change(plan_.diverted, u, moved); });
  }

  /// Of the plans that have too much groundwater: fit_surface hands shortages out anew, least penalty first.
  void take_shortages_back(std::size_t r, V excess) {
    const auto keeps = hn::Le(excess, zero());
    for (std::size_t u = in_.users_from[r]; u < in_.users_from[r + 1]; ++u)
      for (std::size_t h = 0; h < in_.levels; ++h)
        set(plan_.shortage[h], u, hn::IfThenElseZero(keeps, get(plan_.shortage[h], u)));
  }

  void fit_surface(std::size_t r, std::size_t h) {
    const double available = in_.surface_at(r, t_, h);
    double* const shortage = plan_.shortage[h];
    V excess = zero();
    for (std::size_t u = in_.users_from[r]; u < in_.users_from[r + 1]; ++u)
      excess = Add(excess, Sub(get(plan_.target, u), get(shortage, u)));
    excess = worth_moving(Sub(excess, all(available)), available);
    if (none(excess)) return;
    const std::uint32_t* const order = in_.shortage_order.data() + t_ * in_.users;
    for (std::size_t k = in_.users_from[r]; k < in_.users_from[r + 1]; ++k) {
      const std::size_t u = order[k];
      const V most = Min(Sub(get(plan_.target, u), all(cell(u).target_least)), Sub(promised(u), all(cell(u).floor)));
      const V s = get(shortage, u);
      const V more = Min(excess, positive(Sub(most, s)));
      set(shortage, u, Add(s, more));
      excess = Sub(excess, more);
      if (none(excess)) return;
    }
    replace_surface(r, worth_moving(excess, available));
  }

  /// Takes ground and diverted water from users who have more than their floor at every level.
  void free_water(std::size_t r, V wanted) {
    for (std::size_t u = in_.users_from[r]; u < in_.users_from[r + 1] && !none(wanted); ++u) {
      const V spare = positive(Sub(Sub(promised(u), most_shortage(u)), all(cell(u).floor)));
      const V ground = Min(Min(wanted, spare), get(plan_.ground, u));
      const V diverted = Min(Min(Sub(wanted, ground), Sub(spare, ground)), get(plan_.diverted, u));
      change(plan_.ground, u, Sub(zero(), ground));
      change(plan_.diverted, u, Sub(zero(), diverted));
      ground_left_ = Add(ground_left_, ground);
      diverted_left_ = Add(diverted_left_, diverted);
      wanted = Sub(wanted, Add(ground, diverted));
    }
  }

  /// Where nobody may go shorter: less is promised, and ground or diverted water makes up for it.
  void replace_surface(std::size_t r, V excess) {
    free_water(r, positive(Sub(excess, Add(ground_left_, diverted_left_))));
    for (std::size_t u = in_.users_from[r]; u < in_.users_from[r + 1] && !none(excess); ++u) {
      const V room = positive(Sub(Sub(get(plan_.target, u), all(cell(u).target_least)), most_shortage(u)));
      const V moved = Min(Min(excess, room), Add(ground_left_, diverted_left_));
      const V by_ground = Min(moved, ground_left_);
      const V by_diverted = Sub(moved, by_ground);
      change(plan_.target, u, Sub(zero(), moved));
      change(plan_.ground, u, by_ground);
      change(plan_.diverted, u, by_diverted);
      ground_left_ = Sub(ground_left_, by_ground);
      diverted_left_ = Sub(diverted_left_, by_diverted);
      excess = Sub(excess, moved);
    }
  }

  const IndustrialInstance& in_;
  std::size_t t_;
  const EditablePeriod& plan_;
  std::size_t lane_ = 0;
  V diverted_left_;
  V ground_left_;
};

void repair_one(const IndustrialInstance& instance, std::size_t t, const EditablePeriod& plan) {
  Repair work(instance, t, plan);
  for (std::size_t lane = 0; lane < kLanes; lane += hn::Lanes(D())) work.run(lane);
}

}  // namespace HWY_NAMESPACE
}  // namespace millrace
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace millrace {

HWY_EXPORT(repair_one);

void repair_period(const IndustrialInstance& instance, std::size_t t, const EditablePeriod& plan) {
  HWY_DYNAMIC_DISPATCH(repair_one)(instance, t, plan);
}

}  // namespace millrace
#endif
