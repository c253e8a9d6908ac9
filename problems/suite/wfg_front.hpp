#pragma once

#include <cstddef>

#include "engine/data/columns.hpp"

namespace millrace {

/// The fronts of WFG1 to WFG3 (Huband et al. 2006, DOI 10.1109/TEVC.2005.861417), which the number of position variables
/// does not change: those of MaF10 and MaF11, too. Those of WFG4 to 9 are in true_front.hpp.

/// Where the rays along `directions` (rows without negative or only zero entries) meet the front divided by its size
/// 2 i, as points of the front itself.
Columns wfg1_front(const Columns& directions);
/// The same; the rays that pass through a gap are left out.
Columns wfg2_front(const Columns& directions);

/// `count` even points of the line that WFG3 was made to have as its front: all position parameters but the first at
/// 1/2. Ishibuchi, Masuda and Nojima (2016), DOI 10.1109/TEVC.2015.2505784, show that for M >= 3 there is more, points
/// with a distance above 0; like every published comparison we measure to the line.
Columns wfg3_line(std::size_t objectives, std::size_t count);

}  // namespace millrace
