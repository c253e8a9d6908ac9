// Moves the set lanes of vectors of doubles to the front. Included once a SIMD target.
#if defined(MILLRACE_PACK_LANES_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef MILLRACE_PACK_LANES_INL_H
#undef MILLRACE_PACK_LANES_INL_H
#else
#define MILLRACE_PACK_LANES_INL_H
#endif

#include <hwy/highway.h>

#include <cstddef>
#include <cstdint>

#include "engine/indicator/packed_lanes.hpp"

HWY_BEFORE_NAMESPACE();
namespace millrace {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;
using D = hn::ScalableTag<double>;
using V = hn::Vec<D>;
using M = hn::Mask<D>;

HWY_INLINE unsigned lane_bits(M mask) {
  uint8_t bytes[8];
  hn::StoreMaskBits(D(), mask, bytes);
  return bytes[0];
}

HWY_INLINE auto packing_indices(unsigned bits) {
  const hn::RebindToUnsigned<D> d;
  const auto nibbles = hn::Shr(hn::Set(d, kPackedLanes.lanes[bits]), hn::ShiftLeft<2>(hn::Iota(d, 0)));
  return hn::IndicesFromVec(D(), hn::And(nibbles, hn::Set(d, hn::Lanes(d) - 1)));
}

/// Packs the lanes of one mask out of any number of vectors.
///
/// Takes the place of Compress, whose table of 2 KiB the Highway of Debian 12 and GCC copy to the stack at every call.
class LanePacker {
 public:
  explicit HWY_INLINE LanePacker(M mask) : bits_(lane_bits(mask)), indices_(packing_indices(bits_)) {}

  HWY_INLINE std::size_t count() const { return kPackedLanes.count[bits_]; }
  /// Writes a whole vector at `to`, whose first count() entries are the set lanes of `values`.
  HWY_INLINE void store(V values, double* to) const { hn::StoreU(hn::TableLookupLanes(values, indices_), D(), to); }

 private:
  unsigned bits_;
  decltype(packing_indices(0)) indices_;
};

}  // namespace HWY_NAMESPACE
}  // namespace millrace
HWY_AFTER_NAMESPACE();

#endif
