#include "engine/statistics/effect_size.hpp"

#include <cmath>
#include <numeric>
#include <vector>

#include "engine/statistics/ranks.hpp"

namespace millrace {

EffectSize effect_size(std::span<const double> a, std::span<const double> b) {
  check_sample("the first sample", a);
  check_sample("the second sample", b);
  std::vector<double> pooled(a.begin(), a.end());
  pooled.insert(pooled.end(), b.begin(), b.end());
  const Ranks ranks = midranks(pooled);
  const double n = static_cast<double>(a.size());
  const double sum =
      std::accumulate(ranks.values.begin(), ranks.values.begin() + static_cast<std::ptrdiff_t>(a.size()), 0.0);
  EffectSize effect{.a12 = (sum / n - (n + 1.0) / 2.0) / static_cast<double>(b.size())};
  // The borders are decimal; a share such as 0.56 is not below its own border for a rounding error.
  const double distance = std::fabs(effect.a12 - 0.5) + 1e-12;
  effect.magnitude = distance < 0.06   ? Magnitude::negligible
                     : distance < 0.14 ? Magnitude::small
                     : distance < 0.21 ? Magnitude::medium
                                       : Magnitude::large;
  return effect;
}

std::string_view name_of(Magnitude magnitude) {
  switch (magnitude) {
    case Magnitude::negligible: return "negligible";
    case Magnitude::small: return "small";
    case Magnitude::medium: return "medium";
    case Magnitude::large: return "large";
  }
  return "";
}

}  // namespace millrace
