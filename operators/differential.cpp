#include "operators/differential.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "operators/group_draws.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "operators/differential.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "engine/random/philox-inl.h"

HWY_BEFORE_NAMESPACE();
namespace millrace {
namespace HWY_NAMESPACE {

using D = hn::ScalableTag<double>;
using V = hn::Vec<D>;
using VU = hn::Vec<hn::RebindToUnsigned<D>>;
using M = hn::Mask<D>;

/// One group: rows of the parents, in the order target, r1, r2, r3.
struct DifferentialRows {
  const double* target;
  const double* r1;
  const double* r2;
  const double* r3;
};

/// Puts what left the box back, at `share` (in (0, 1)) of the way from the bound to `base`, or on the bound.
HWY_INLINE V inside(const DifferentialOptions& options, V mutant, V base, V lower, V upper, V share) {
  if (options.outside == DifferentialOptions::Outside::bounce_back) {
    const M below = hn::Lt(mutant, lower);
    const M above = hn::Lt(upper, mutant);
    const V bound = hn::IfThenElse(below, lower, upper);
    const V bounced = hn::MulAdd(share, hn::Sub(base, bound), bound);
    mutant = hn::IfThenElse(hn::Or(below, above), bounced, mutant);
  }
  return hn::Min(hn::Max(mutant, lower), upper);
}

/// Variables j .. j + lanes - 1 of a child; `forced` is the one that comes from the mutant whatever its coin.
HWY_INLINE V child_at(D d, const DifferentialOptions& options, const Bounds& bounds, const DifferentialRows& rows,
                      std::size_t j, VU word, double forced) {
  const V target = hn::Load(d, rows.target + j);
  const V r1 = hn::Load(d, rows.r1 + j);
  const V difference = hn::Sub(hn::Load(d, rows.r2 + j), hn::Load(d, rows.r3 + j));
  const V lower = hn::Load(d, bounds.lower_data() + j);
  const V upper = hn::Load(d, bounds.upper_data() + j);
  const V u = open_unit(d, word);
  const V f = hn::Set(d, options.f);
  if (options.scheme == DifferentialOptions::Scheme::current_to_rand_1) {
    const V moved = hn::MulAdd(hn::Set(d, options.k), hn::Sub(r1, target), target);
    return inside(options, hn::MulAdd(f, difference, moved), target, lower, upper, u);
  }
  const V cr = hn::Set(d, options.cr);
  const M always = hn::Eq(hn::Iota(d, static_cast<double>(j)), hn::Set(d, forced));
  const M from_mutant = hn::Or(always, hn::Lt(u, cr));
  // Where u decided nothing it is still uniform itself.
  const V share = hn::IfThenElse(always, u, hn::Div(u, cr));
  const V mutant = inside(options, hn::MulAdd(f, difference, r1), r1, lower, upper, share);
  return hn::IfThenElse(from_mutant, mutant, target);
}

HWY_INLINE void make_child(const DifferentialOptions& options, const Bounds& bounds, const DifferentialRows& rows,
                           double* child, StreamKey key, std::uint32_t group, double forced) {
  const D d;
  const hn::RebindToUnsigned<D> du;
  const std::size_t n = hn::Lanes(d);
  const std::size_t stride = round_up(bounds.variables(), kAlignment / sizeof(double));
  for (std::size_t j = 0; j < stride; j += 2 * n) {
    VU first, second;
    philox_row(du, key, group, static_cast<std::uint32_t>(j / 2), first, second);
    hn::Store(child_at(d, options, bounds, rows, j, first, forced), d, child + j);
    if (j + n < stride) hn::Store(child_at(d, options, bounds, rows, j + n, second, forced), d, child + j + n);
  }
}

void differential_range(const DifferentialOptions& options, const Bounds& bounds, const Mating& mating, StreamKey key,
                        GroupRange range) {
  const double variables = static_cast<double>(bounds.variables());
  GroupDraws draws(key);
  for (std::size_t q = range.first; q < range.last; ++q) {
    const DifferentialRows rows{mating.parent(4 * q), mating.parent(4 * q + 1), mating.parent(4 * q + 2),
                                mating.parent(4 * q + 3)};
    // With cr = 1 every variable comes from the mutant anyway.
    double forced = -1.0;
    if (options.cr < 1.0) forced = static_cast<double>(static_cast<std::size_t>(unit_double(draws(q)) * variables));
    make_child(options, bounds, rows, mating.child(q), key, static_cast<std::uint32_t>(q), forced);
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace millrace
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace millrace {

HWY_EXPORT(differential_range);

std::string DifferentialOptions::error() const {
  if (!(f > 0.0 && f <= 2.0)) return fmt::format("differential: f is {}, but must be above 0 and at most 2", f);
  if (!(cr >= 0.0 && cr <= 1.0)) return fmt::format("differential: cr is {}, but must be from 0 to 1", cr);
  if (!(k >= 0.0 && k <= 1.0)) return fmt::format("differential: k is {}, but must be from 0 to 1", k);
  return {};
}

void differential(const DifferentialOptions& options, const Bounds& bounds, const Mating& mating, StreamKey key,
                  GroupRange range) {
  HWY_DYNAMIC_DISPATCH(differential_range)(options, bounds, mating, key, range);
}

}  // namespace millrace
#endif
