#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <string>
#include <vector>

#include "engine/data/simd_target.hpp"
#include "engine/data/tile.hpp"
#include "problems/suite/trigonometry.hpp"

using namespace millrace;

namespace {

struct SineCosine {
  long double sine, cosine;
};

/// In extended precision, after an exact reduction to an eighth of a turn.
SineCosine reference(double t) {
  const long double half_turns = std::remainder(static_cast<long double>(t), 2.0L);
  const long double quarters = std::nearbyint(2.0L * half_turns);
  const long double angle = std::numbers::pi_v<long double> * (half_turns - quarters / 2.0L);
  const long double s = std::sin(angle), c = std::cos(angle);
  switch (static_cast<int>(quarters) & 3) {
    case 0: return {s, c};
    case 1: return {c, -s};
    case 2: return {-s, -c};
    default: return {-c, s};
  }
}

double ulps(double value, long double expected) {
  const double rounded = std::fabs(static_cast<double>(expected));
  const double ulp = std::nextafter(rounded, std::numeric_limits<double>::infinity()) - rounded;
  return static_cast<double>(std::fabs(value - expected) / ulp);
}

}  // namespace

TEST_CASE("sin_cos_pi is within 2 ulp on the targets that fuse, 4 on the others", "[suite]") {
  for (const std::string& target : simd_targets()) {
    use_simd_target(target);
    INFO(target);
    const double limit = target.starts_with("AVX") ? 2.0 : 4.0;
    alignas(64) double t[kLanes], sine[kLanes], cosine[kLanes], alone[kLanes];
    double worst = 0.0;
    bool same = true;
    for (const double range : {1e-300, 1e-8, 0.5, 2.0, 130.0, 1e9})
      for (int block = 0; block < 200; ++block) {
        for (std::size_t i = 0; i < kLanes; ++i)
          t[i] = range * std::remainder(0.6180339887498949 * (block * 64.0 + static_cast<double>(i)), 1.0) * 2.0;
        sin_cos_pi(t, sine, cosine);
        cos_pi(t, alone);
        for (std::size_t i = 0; i < kLanes; ++i) {
          const SineCosine expected = reference(t[i]);
          worst = std::max({worst, ulps(sine[i], expected.sine), ulps(cosine[i], expected.cosine)});
          same = same && cosine[i] == alone[i];
        }
      }
    CHECK(worst <= limit);
    CHECK(same);
  }
  use_simd_target("");
}

TEST_CASE("sin_cos_pi is exact at quarter turns and passes on what is not a number", "[suite]") {
  alignas(64) double t[kLanes], sine[kLanes], cosine[kLanes];
  for (std::size_t i = 0; i < kLanes; ++i) t[i] = 0.5 * (static_cast<double>(i) - 32.0);
  sin_cos_pi(t, sine, cosine);
  const double expected[] = {0.0, 1.0, 0.0, -1.0};
  for (std::size_t i = 0; i < kLanes; ++i) {
    CHECK(sine[i] == expected[i % 4]);
    CHECK(cosine[i] == expected[(i + 1) % 4]);
  }
  std::fill_n(t, kLanes, std::numeric_limits<double>::quiet_NaN());
  t[5] = std::numeric_limits<double>::infinity();
  sin_cos_pi(t, sine, cosine);
  for (std::size_t i = 0; i < kLanes; ++i) CHECK((std::isnan(sine[i]) && std::isnan(cosine[i])));
}
