#include "problems/suite/catalogue.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <stdexcept>
#include <string>

#include "problems/suite/constrained_dtlz.hpp"
#include "problems/suite/dtlz.hpp"
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
      zdt_rule<1>("zdt1", "convex front"),
      zdt_rule<2>("zdt2", "concave front"),
      zdt_rule<3>("zdt3", "five disconnected pieces of front"),
      zdt_rule<4>("zdt4", "convex front, 21^(d-1) local fronts"),
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
  if (m < 2) throw std::invalid_argument(fmt::format("{} needs at least 2 objectives, not {}", entry.name, m));
  check_most(entry, m, kMostObjectives, "objectives");
  const std::size_t d = variables.value_or(rule.variables(m));
  check_fixed(entry, entry.scalable_variables, d, entry.default_variables, "variables");
  check_most(entry, d, kMostVariables, "variables");
  return rule.make(std::string(entry.name), m, d);
}

}  // namespace millrace
