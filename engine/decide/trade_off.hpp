#pragma once

#include <span>
#include <string>

#include "engine/problem/spec.hpp"

namespace millrace {

/// A number for a person: about four significant digits, thousands grouped: "38,120", "0.02413".
std::string number_text(double value);
/// A minimised value as it is shown, with its unit: "38,120 t CO2".
std::string quantity_text(const ObjectiveSpec& objective, double minimised);

/// What `chosen` costs and brings against `other`, for a person: "gives up 3.1 % of benefit for 8.4 % less carbon and
/// 12 % less shortage compared with <label>", "accepts 2.0 % more carbon ..." for a minimised one. `chosen` and `other`
/// are the minimised objectives of two solutions; senses and units are turned back.
///
/// Changes are percentages of the other's value. Where that is near zero they are absolute, with the unit: it is below a
/// hundredth of the objective's range over the front, of the other sign than the chosen one, or changed more than
/// tenfold. What changes by no more than 0.05 %, of the greater value or, near zero, of the range, is left out.
///
/// `ranges` (one an objective; may be empty: unknown) tell an honest zero from rounding. O(m). Throws
/// std::invalid_argument where the sizes differ or there are no objectives.
std::string trade_off_sentence(std::span<const ObjectiveSpec> objectives, std::span<const double> chosen,
                               std::span<const double> other, const std::string& label,
                               std::span<const double> ranges = {});

}  // namespace millrace
