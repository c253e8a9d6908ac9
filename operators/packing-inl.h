// Packing chosen lanes for Highway kernels: include it below <hwy/highway.h>, once per target.
#if defined(MILLRACE_OPERATORS_PACKING_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef MILLRACE_OPERATORS_PACKING_INL_H_
#undef MILLRACE_OPERATORS_PACKING_INL_H_
#else
#define MILLRACE_OPERATORS_PACKING_INL_H_
#endif

#include <hwy/highway.h>

#include <cstddef>
#include <cstdint>

HWY_BEFORE_NAMESPACE();
namespace millrace {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

/// Appends the chosen lanes of several vectors of doubles to arrays, in order. A store may write a whole vector of
/// anything behind them. In Highway 1.0.3 Compress, and below AVX-512 CompressStore too, copies its table to the stack
/// on every call, which costs more than the work: hence a table that stays where it is, looked up once for all vectors.
template <class D>
class LanePacker {
 public:
  using V = hn::Vec<D>;

  HWY_INLINE LanePacker(D d, hn::Mask<D> chosen)
      : chosen_(chosen), count_(hn::CountTrue(d, chosen))
#if HWY_TARGET > HWY_AVX3
        ,
        order_(order_of(d, chosen))
#endif
  {
  }

  HWY_INLINE std::size_t count() const { return count_; }
  HWY_INLINE void store(D d, V values, double* to) const {
#if HWY_TARGET <= HWY_AVX3
    hn::CompressStore(values, chosen_, d, to);
#else
    hn::StoreU(hn::TableLookupLanes(values, order_), d, to);
#endif
  }

 private:
  hn::Mask<D> chosen_;
  std::size_t count_;
#if HWY_TARGET > HWY_AVX3
  using Order = decltype(hn::IndicesFromVec(D(), hn::Zero(hn::RebindToUnsigned<D>())));

  static HWY_INLINE Order order_of(D d, hn::Mask<D> chosen) {
    // The set bits of the index first; targets with one or two lanes use the beginning of the first rows.
    HWY_ALIGN static constexpr std::uint64_t kOrder[16][4] = {
        {0, 1, 2, 3}, {0, 1, 2, 3}, {1, 0, 2, 3}, {0, 1, 2, 3}, {2, 0, 1, 3}, {0, 2, 1, 3}, {1, 2, 0, 3}, {0, 1, 2, 3},
        {3, 0, 1, 2}, {0, 3, 1, 2}, {1, 3, 0, 2}, {0, 1, 3, 2}, {2, 3, 0, 1}, {0, 2, 3, 1}, {1, 2, 3, 0}, {0, 1, 2, 3}};
    std::uint8_t bits[8] = {};
    hn::StoreMaskBits(d, chosen, bits);
    return hn::IndicesFromVec(d, hn::Load(hn::RebindToUnsigned<D>(), kOrder[bits[0]]));
  }

  Order order_;
#endif
};

}  // namespace HWY_NAMESPACE
}  // namespace millrace
HWY_AFTER_NAMESPACE();

#endif  // target toggle
