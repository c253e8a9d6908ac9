#pragma once

#include "problems/dispatch/simulation.hpp"

namespace millrace {

/// Changes 64 schedules (3 * hours columns of 64 lanes) so that they keep the balances in the first future, hour by
/// hour: capture falls in proportion where the day's water and the limit of reclaimed water cannot cool it (cooling
/// is convex in capture and 0 without it, so that a share of the capture takes at most that share of the water), the
/// reclaimed share rises where fresh water runs out, the hydropower share falls where the reservoir or the turbine
/// does.
///
/// What keeps them already stays as it is, but for clipping to [0, 1]. In the profile `physical` every balance is kept
/// afterwards; in `table2` an hour may stay short whose renewables do not cover the energy of water.
void repair_schedules(const DispatchModel& model, const Futures& futures, double* x);

}  // namespace millrace
