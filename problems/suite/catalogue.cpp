#include "problems/suite/catalogue.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <stdexcept>
#include <string>

#include "problems/suite/constrained_dtlz.hpp"
#include "problems/suite/dtlz.hpp"
#include "problems/suite/maf_dtlz.hpp"
#include "problems/suite/maf_large.hpp"
#include "problems/suite/maf_pf7.hpp"
#include "problems/suite/maf_polygon.hpp"
#include "problems/suite/water.hpp"
#include "problems/suite/wfg.hpp"
#include "problems/suite/zdt.hpp"

namespace millrace {
namespace {

/// Bounds of what is worth an attempt: far above every published use, far below what exhausts memory.
constexpr std::size_t kMostObjectives = 1000;
constexpr std::size_t kMostVariables = 1'000'000;

using Make = AnyProblem (*)(std::string name, std::size_t objectives, std::size_t variables);

struct Rule {
  SuiteEntry entry;
  /// Variables by default for a number of objectives.
  std::size_t (*variables)(std::size_t objectives);
  Make make;
};

template <int number>
std::size_t dtlz_variables(std::size_t objectives) {
  return objectives - 1 + Dtlz::default_distance_variables(number);
}

template <int number, bool convex, bool scaled>
AnyProblem make_dtlz(std::string name, std::size_t objectives, std::size_t variables) {
  const double base = scaled ? dtlz_scale_base(number, objectives) : 1.0;
  return Dtlz(std::move(name), {.number = number, .convex = convex, .scale_base = base}, objectives, variables);
}

template <DtlzConstraint constraint>
AnyProblem make_constrained(std::string name, std::size_t objectives, std::size_t variables) {
  return ConstrainedDtlz(std::move(name), constraint, objectives, variables);
}

template <int number, bool convex = false, bool scaled = false>
Rule dtlz_rule(std::string_view name, std::string_view description) {
  return {{name, description, 3, dtlz_variables<number>(3), true, true, false},
          dtlz_variables<number>,
          make_dtlz<number, convex, scaled>};
}

template <DtlzConstraint constraint>
Rule constrained_rule(std::string_view name, std::string_view description) {
  const auto variables = [](std::size_t objectives) {
    return objectives - 1 + Dtlz::default_distance_variables(dtlz_number(constraint));
  };
  return {{name, description, 3, variables(3), true, true, true}, variables, make_constrained<constraint>};
}

template <int number>
Rule wfg_rule(std::string_view name, std::string_view description) {
  const auto variables = [](std::size_t objectives) {
    return Wfg::default_positions(objectives) + Wfg::kDefaultDistances;
  };
  const auto make = [](std::string title, std::size_t objectives, std::size_t d) -> AnyProblem {
    const std::size_t positions = Wfg::default_positions(objectives);
    if (d <= positions)
      throw std::invalid_argument(
          fmt::format("{} with {} objectives needs more than {} variables, not {}", title, objectives, positions, d));
    return Wfg(std::move(title), number, objectives, positions, d - positions);
  };
  return {{name, description, 3, variables(3), true, true, false}, variables, make};
}

template <int number>
std::size_t maf_variables(std::size_t objectives) {
  return number == 7 ? objectives + 19 : number == 13 ? 5 : number >= 14 ? 20 * objectives : objectives + 9;
}

/// MaF3, 5 and 7 are DTLZ problems, MaF10 to 12 WFG problems with M - 1 position variables.
template <int number>
AnyProblem make_maf(std::string name, std::size_t m, std::size_t d) {
  if constexpr (number == 3) {
    return Dtlz(std::move(name), {.number = 3, .convex = true}, m, d);
  } else if constexpr (number == 5) {
    const double largest = std::ldexp(1.0, static_cast<int>(m));
    return Dtlz(std::move(name), {.number = 4, .scale_first = largest, .scale_base = 0.5}, m, d);
  } else if constexpr (number == 7) {
    return Dtlz(std::move(name), {.number = 7}, m, d);
  } else if constexpr (number <= 6) {
    return MafDtlz(std::move(name), number, m, d);
  } else if constexpr (number == 8) {
    return PolygonVertices(std::move(name), m);
  } else if constexpr (number == 9) {
    return PolygonEdges(std::move(name), m);
  } else if constexpr (number == 13) {
    return MafPf7(std::move(name), m, d);
  } else if constexpr (number >= 14) {
    return MafLarge(std::move(name), number, m, d);
  } else {
    if (d < m)
      throw std::invalid_argument(
          fmt::format("{0} with {1} objectives needs at least {1} variables, not {2}", name, m, d));
    return Wfg(std::move(name), number == 12 ? 9 : number - 9, m, m - 1, d - (m - 1));
  }
}

template <int number>
Rule maf_rule(std::string_view name, std::string_view description) {
  constexpr bool plane = number == 8 || number == 9;
  const auto variables = [](std::size_t m) -> std::size_t { return plane ? 2 : maf_variables<number>(m); };
  return {{name, description, 3, variables(3), true, !plane, false, plane || number == 13 ? 3u : 2u},
          variables,
          make_maf<number>};
}

template <int number>
Rule zdt_rule(std::string_view name, std::string_view description) {
  const auto variables = [](std::size_t) { return Zdt::default_variables(number); };
  const auto make = [](std::string title, std::size_t, std::size_t d) -> AnyProblem {
    return Zdt(std::move(title), number, d);
  };
  return {{name, description, 2, variables(2), false, true, false}, variables, make};
}

template <WaterLimits limits>
Rule water_rule(std::string_view name, std::string_view description) {
  constexpr bool constrained = limits == WaterLimits::constraints;
  const auto make = [](std::string title, std::size_t, std::size_t) -> AnyProblem {
    return Water(std::move(title), limits);
  };
  return {{name, description, constrained ? 5u : 6u, 3, false, false, constrained},
          [](std::size_t) -> std::size_t { return 3; },
          make};
}

const auto& rules() {
  static const std::array table{
      dtlz_rule<1>("dtlz1", "linear front, 11^k - 1 local fronts"),
      dtlz_rule<2>("dtlz2", "spherical front"),
      dtlz_rule<3>("dtlz3", "spherical front, 3^k - 1 local fronts"),
      dtlz_rule<4>("dtlz4", "spherical front, solutions crowd at its edges"),
      dtlz_rule<5>("dtlz5", "front degenerates to a curve (M = 3)"),
      dtlz_rule<6>("dtlz6", "as dtlz5, biased away from the front"),
      dtlz_rule<7>("dtlz7", "2^(M-1) disconnected pieces of front"),
      dtlz_rule<2, true>("convex-dtlz2", "convex front"),
      dtlz_rule<1, false, true>("scaled-dtlz1", "dtlz1 with objectives of different size"),
      dtlz_rule<2, false, true>("scaled-dtlz2", "dtlz2 with objectives of different size"),
      constrained_rule<DtlzConstraint::c1_dtlz1>("c1-dtlz1", "dtlz1 with a narrow feasible strip at the front"),
      constrained_rule<DtlzConstraint::c1_dtlz3>("c1-dtlz3", "dtlz3 behind an infeasible ring"),
      constrained_rule<DtlzConstraint::c2_dtlz2>("c2-dtlz2", "dtlz2, feasible at the corners and the centre only"),
      constrained_rule<DtlzConstraint::convex_c2_dtlz2>("convex-c2-dtlz2", "convex-dtlz2 with its centre infeasible"),
      constrained_rule<DtlzConstraint::c3_dtlz1>("c3-dtlz1", "front made of M linear constraint surfaces"),
      constrained_rule<DtlzConstraint::c3_dtlz4>("c3-dtlz4", "front made of M ellipsoidal constraint surfaces"),
      wfg_rule<1>("wfg1", "mixed front, strong polynomial and flat bias"),
      wfg_rule<2>("wfg2", "disconnected convex front, nonseparable"),
      wfg_rule<3>("wfg3", "nearly degenerate linear front, nonseparable"),
      wfg_rule<4>("wfg4", "concave front, multimodal"),
      wfg_rule<5>("wfg5", "concave front, deceptive"),
      wfg_rule<6>("wfg6", "concave front, nonseparable"),
      wfg_rule<7>("wfg7", "concave front, position depends on distance variables"),
      wfg_rule<8>("wfg8", "concave front, distance depends on position variables"),
      wfg_rule<9>("wfg9", "concave front, nonseparable, multimodal and deceptive"),
      maf_rule<1>("maf1", "inverted linear front"),
      maf_rule<2>("maf2", "piece of a spherical front"),
      maf_rule<3>("maf3", "convex front, 3^k - 1 local fronts"),
      maf_rule<4>("maf4", "inverted spherical front, objectives of different size, many local fronts"),
      maf_rule<5>("maf5", "spherical front, objectives of different size, solutions crowd at its edges"),
      maf_rule<6>("maf6", "front degenerates to a curve"),
      maf_rule<7>("maf7", "2^(M-1) disconnected pieces of front"),
      maf_rule<8>("maf8", "distances to the vertices of a polygon: front of two dimensions"),
      maf_rule<9>("maf9", "distances to the edges of a polygon, forbidden regions are repaired"),
      maf_rule<10>("maf10", "wfg1 with M - 1 position and 10 distance variables"),
      maf_rule<11>("maf11", "wfg2 with M - 1 position and 10 distance variables"),
      maf_rule<12>("maf12", "wfg9 with M - 1 position and 10 distance variables"),
      maf_rule<13>("maf13", "spherical surface as front for any M, bent optima"),
      maf_rule<14>("maf14", "linear front, 20 M partially separable variables"),
      maf_rule<15>("maf15", "inverted spherical front, 20 M partially separable variables"),
      zdt_rule<1>("zdt1", "convex front"),
      zdt_rule<2>("zdt2", "concave front"),
      zdt_rule<3>("zdt3", "five disconnected pieces of front"),
      zdt_rule<4>("zdt4", "convex front, 21^(d-1) local fronts"),
      zdt_rule<5>("zdt5", "bits: convex front of 31 points, deceptive strings"),
      zdt_rule<6>("zdt6", "concave front, solutions thin out towards it"),
      water_rule<WaterLimits::constraints>("water", "storm drainage planning: 5 objectives, 7 constraints"),
      water_rule<WaterLimits::sixth_objective>("re61", "water with the total violation as sixth objective"),
  };
  return table;
}

/// Lower case, without dashes and underscores.
std::string plain(std::string_view name) {
  std::string letters;
  for (const unsigned char c : name)
    if (c != '-' && c != '_') letters += static_cast<char>(std::tolower(c));
  return letters;
}

const Rule& rule_of(std::string_view name) {
  const std::string wanted = plain(name);
  std::string known;
  for (const Rule& rule : rules()) {
    if (plain(rule.entry.name) == wanted) return rule;
    known += fmt::format("{}{}", known.empty() ? "" : ", ", rule.entry.name);
  }
  throw std::invalid_argument(fmt::format("unknown benchmark problem '{}'; known ones are {}", name, known));
}

void check_fixed(const SuiteEntry& entry, bool scalable, std::size_t wanted, std::size_t fixed, const char* what) {
  if (!scalable && wanted != fixed)
    throw std::invalid_argument(fmt::format("{} has {} {}, not {}", entry.name, fixed, what, wanted));
}

void check_most(const SuiteEntry& entry, std::size_t wanted, std::size_t most, const char* what) {
  if (wanted > most)
    throw std::invalid_argument(fmt::format("{} may have at most {} {}, not {}", entry.name, most, what, wanted));
}

}  // namespace

std::span<const SuiteEntry> suite_entries() {
  static const auto entries = [] {
    std::array<SuiteEntry, std::tuple_size_v<std::remove_cvref_t<decltype(rules())>>> list;
    std::transform(rules().begin(), rules().end(), list.begin(), [](const Rule& rule) { return rule.entry; });
    return list;
  }();
  return entries;
}

const SuiteEntry& suite_entry(std::string_view name) { return rule_of(name).entry; }

AnyProblem make_suite_problem(std::string_view name, std::optional<std::size_t> objectives,
                              std::optional<std::size_t> variables) {
  const Rule& rule = rule_of(name);
  const SuiteEntry& entry = rule.entry;
  const std::size_t m = objectives.value_or(entry.default_objectives);
  check_fixed(entry, entry.scalable_objectives, m, entry.default_objectives, "objectives");
  if (m < entry.least_objectives)
    throw std::invalid_argument(
        fmt::format("{} needs at least {} objectives, not {}", entry.name, entry.least_objectives, m));
  check_most(entry, m, kMostObjectives, "objectives");
  const std::size_t d = variables.value_or(rule.variables(m));
  check_fixed(entry, entry.scalable_variables, d, entry.default_variables, "variables");
  check_most(entry, d, kMostVariables, "variables");
  return rule.make(std::string(entry.name), m, d);
}

}  // namespace millrace
