#pragma once

#include <span>
#include <vector>

#include "engine/decide/scaled_front.hpp"

namespace millrace {

/// Weights of the objectives, one each: they are not negative and sum to 1, and an objective that does not vary has
/// weight 0. All are 0 where no objective (of weight) varies, as for a single solution: then nothing is to be weighed.

/// `weights` as a person gives them, in any scale. Throws std::invalid_argument where there is not one an objective, one
/// is negative or not finite, or all are 0 while an objective varies. O(m).
std::vector<double> given_weights(const ScaledFront& front, std::span<const double> weights);

/// The same for every objective that varies.
std::vector<double> equal_weights(const ScaledFront& front);

/// Shannon's entropy as a weight (Hwang and Yoon 1981, chapter 3, DOI 10.1007/978-3-642-48318-9): the more unevenly an
/// objective is spread over the solutions, the more it weighs. With the gain b_ik = max_i y_ik - y_ik over the worst
/// solution and its shares p_ik = b_ik / sum_i b_ik, the weight is proportional to 1 + sum_i p_ik ln p_ik / ln n, where
/// 0 ln 0 = 0. O(n m).
///
/// Differs from the book: shares are of the gain and not of the value, which keeps weights the same in any unit, for
/// minimised and negative objectives, and in any box; two solutions give equal weights.
std::vector<double> entropy_weights(const ScaledFront& front);

/// CRITIC (Diakoulaki, Mavrotas and Papayannakis 1995, DOI 10.1016/0305-0548(94)00059-H): the weight is proportional to
/// sigma_k sum_l (1 - r_kl), the standard deviation of y_k times its conflict with the others, r being the linear
/// correlation. Objectives that do not vary are no others. Where all conflicts are below 1e-12, as for one objective,
/// the information is the same in all and the weights are equal. O(n m^2).
std::vector<double> critic_weights(const ScaledFront& front);

}  // namespace millrace
