#pragma once

#include <span>
#include <string_view>

namespace millrace {

/// How far an effect size is from 1/2, with the borders 0.06, 0.14 and 0.21 of Vargha and Delaney.
enum class Magnitude { negligible, small, medium, large };

struct EffectSize {
  /// Probability that a value of the first sample is greater than one of the second, equal ones counted half: 0 to 1.
  double a12 = 0.5;
  Magnitude magnitude = Magnitude::negligible;
};

/// The measure of stochastic superiority A of Vargha and Delaney (2000), DOI 10.3102/10769986025002101. Infinities are
/// ordered. O(N log N). Throws std::invalid_argument where a sample is empty or has a NaN.
EffectSize effect_size(std::span<const double> a, std::span<const double> b);

/// "negligible", "small", "medium" or "large".
std::string_view name_of(Magnitude magnitude);

}  // namespace millrace
