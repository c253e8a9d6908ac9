#pragma once

namespace millrace {

/// The box that shares of the Pingliang front are measured in, from the payoff table of the default links, a row a
/// year: carbon t, benefit 1e4 yuan (a maximum), shortage, wastewater and groundwater 1e4 m3. Each objective optimised
/// alone; the nadir is the worst of the five solutions. With ties broken for the other objectives the nadir of
/// groundwater would be 631.085, 922.651, 1101.203 and 1261.275, and that of carbon in 2040 215379.877; the box keeps
/// the values of looser ties. Printed digits, so good to half of the last.
inline constexpr double kPingliangIdeal[4][5] = {{126803.506, 1492577.90, 0, 1790.45775, 383.615},
                                                 {149335.961, 1904079.60, 0, 1943.64135, 622.169},
                                                 {162879.545, 2217882.88, 0, 2026.64565, 768.257},
                                                 {175125.617, 2545075.35, 0, 2098.77615, 899.225}};
inline constexpr double kPingliangNadir[4][5] = {{158860.749, 1221200.10, 95.3482, 2188.33725, 1760},
                                                 {184536.611, 1557883.31, 104.5405, 2375.56165, 1760},
                                                 {200456.755, 1814631.44, 109.727, 2477.01135, 1760},
                                                 {219405.351, 2082334.37, 114.3891, 2565.17085, 1760}};
/// One unit of the last digit printed.
inline constexpr double kPingliangDigit[5] = {1e-3, 1e-2, 1e-4, 1e-5, 1e-3};

}  // namespace millrace
