#include "problems/suite/reference_set.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <numbers>
#include <stdexcept>
#include <vector>

#include "problems/suite/catalogue.hpp"
#include "problems/suite/dtlz_front.hpp"
#include "problems/suite/maf_front.hpp"
#include "problems/suite/record_pieces.hpp"
#include "problems/suite/simplex_lattice.hpp"
#include "problems/suite/true_front.hpp"
#include "problems/suite/wfg_front.hpp"

namespace millrace {
namespace {

constexpr double kPi = std::numbers::pi;

double zdt3_depth(double f1) { return std::sqrt(f1) + f1 * std::sin(10.0 * kPi * f1); }

/// Least first objective of ZDT6, 1 - exp(-4 x) sin^6(6 pi x) where its derivative is 0 first.
double least_of_zdt6() {
  const double x = std::atan(9.0 * kPi) / (6.0 * kPi);
  return 1.0 - std::exp(-4.0 * x) * std::pow(std::sin(6.0 * kPi * x), 6.0);
}

Columns zdt_front(int number, std::size_t count) {
  const std::vector<Piece> pieces = number == 3   ? record_pieces(zdt3_depth)
                                    : number == 6 ? std::vector<Piece>{{least_of_zdt6(), 1.0}}
                                                  : std::vector<Piece>{{0.0, 1.0}};
  Columns points(count, 2);
  for (std::size_t i = 0; i < count; ++i) {
    const double f1 = at_share(pieces, static_cast<double>(i) / static_cast<double>(count - 1));
    points(i, 0) = f1;
    points(i, 1) = number == 3                  ? 1.0 - zdt3_depth(f1)
                   : number == 2 || number == 6 ? 1.0 - f1 * f1
                                                : 1.0 - std::sqrt(f1);
  }
  return points;
}

/// ZDT5 counts the ones of a string of 30 bits and of ten strings of 5 bits, which are all ones at the optimum.
Columns zdt5_front() {
  Columns points(31, 2);
  for (std::size_t i = 0; i < 31; ++i) {
    points(i, 0) = 1.0 + static_cast<double>(i);
    points(i, 1) = 10.0 / points(i, 0);
  }
  return points;
}

/// The number of a name "<family><number>", 0 for any other.
int number_in(std::string_view name, std::string_view family) {
  int number = 0;
  if (name.starts_with(family)) std::from_chars(name.data() + family.size(), name.data() + name.size(), number);
  return number;
}

/// Points of the front of an entry by its name in the catalogue; no columns where it is not known.
Columns points_of(std::string_view name, std::size_t m, std::size_t count) {
  const auto along_lattice = [&](std::size_t size) { return front_along_directions(name, simplex_lattice(m, size)); };
  if (name == "c2-dtlz2" || name == "convex-c2-dtlz2") return refined(count, along_lattice);
  if (has_front_along_directions(name)) return along_lattice(count);
  if (name == "dtlz5" || name == "dtlz6") return degenerate_curve(m, count);
  if (name == "dtlz7") return disconnected_sheets(m, count);
  if (name == "wfg1") return maf_front(10, m, count);
  if (name == "wfg2") return maf_front(11, m, count);
  if (name == "wfg3") return wfg3_line(m, count);
  if (name == "zdt5") return zdt5_front();
  if (const int number = number_in(name, "maf"); number > 0) return maf_front(number, m, count);
  if (const int number = number_in(name, "zdt"); number > 0) return zdt_front(number, count);
  return {};
}

}  // namespace

bool has_reference_set(std::string_view name) {
  const SuiteEntry& entry = suite_entry(name);
  return points_of(entry.name, entry.default_objectives, 2).columns() > 0;
}

Columns reference_set(std::string_view name, std::size_t objectives, std::size_t count) {
  const SuiteEntry& entry = suite_entry(name);
  if (count < 2) throw std::invalid_argument("a reference set needs at least 2 points");
  make_suite_problem(name, objectives);  // throws where the problem cannot have them
  Columns points = points_of(entry.name, objectives, count);
  if (points.columns() == 0)
    throw std::invalid_argument(fmt::format("the true front of {} is not known; measure its hypervolume", entry.name));
  return points;
}

}  // namespace millrace
