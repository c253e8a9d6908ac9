#include "cli/fidelity/fidelity_plan.hpp"

#include <array>

namespace millrace::cli {
namespace {

/// A row of Deb and Jain (2014) whose median is asked for within the tolerance of `target`.
constexpr FidelityRow held_to(std::string_view problem, std::size_t objectives, std::size_t generations, double target,
                              Spread published) {
  const std::size_t population = objectives == 3 ? 92 : objectives == 5 ? 212 : objectives == 8 ? 156 : 276;
  FidelityRow row{problem, objectives, population, generations, published};
  if (target > 0.0) row.bar = kMedianTolerance * target;
  return row;
}

/// A row whose published figures are shown, but are no bar.
constexpr FidelityRow beside(std::string_view problem, std::size_t objectives, std::size_t generations,
                             Spread published) {
  return held_to(problem, objectives, generations, 0.0, published);
}

/// A row with the populations of Deb and Jain and no published figures.
constexpr FidelityRow alone(std::string_view problem, std::size_t objectives, std::size_t generations) {
  FidelityRow row = beside(problem, objectives, generations, {});
  row.published.reset();
  return row;
}

constexpr FidelityRow on_sphere(std::size_t objectives, std::size_t population, double published) {
  FidelityRow row{"dtlz2", objectives, population, 200};
  row.published_value = published;
  row.bar = kSphereTolerance * published;
  return row;
}

/// A row of Deb and Jain with one published figure, held to 1.5 times that where it is a bar.
constexpr FidelityRow single(std::string_view problem, std::size_t objectives, std::size_t generations,
                             double published, bool held) {
  FidelityRow row = alone(problem, objectives, generations);
  row.published_value = published;
  if (held) row.bar = kMedianTolerance * published;
  return row;
}

/// The same rows, published figures and no bars.
template <std::size_t n>
constexpr std::array<FidelityRow, n> without_bars(const FidelityRow (&rows)[n]) {
  std::array<FidelityRow, n> result = std::to_array(rows);
  for (FidelityRow& row : result) row.bar.reset();
  return result;
}

/// A row of the competition: five objectives, as many individuals as a final population may have, max(100,000, 10,000
/// variables) evaluations.
constexpr FidelityRow in_competition(std::string_view problem, std::size_t variables, double published) {
  constexpr std::size_t kPopulation = 240;
  const std::size_t evaluations = variables > 10 ? 10000 * variables : 100000;
  FidelityRow row{problem, 5, kPopulation, evaluations / kPopulation};
  row.published_value = published;
  return row;
}

constexpr FidelityRow kUnconstrained[] = {
    held_to("dtlz1", 3, 400, 1.3e-3, {4.880e-4, 1.308e-3, 4.880e-3}),
    held_to("dtlz1", 5, 600, 1.0e-3, {5.116e-4, 9.799e-4, 1.979e-3}),
    held_to("dtlz1", 8, 750, 4.0e-3, {2.044e-3, 3.979e-3, 8.721e-3}),
    held_to("dtlz1", 10, 1000, 3.5e-3, {2.215e-3, 3.462e-3, 6.869e-3}),
    held_to("dtlz2", 3, 250, 1.4e-3, {1.262e-3, 1.357e-3, 2.114e-3}),
    held_to("dtlz2", 5, 350, 5.0e-3, {4.254e-3, 4.982e-3, 5.862e-3}),
    held_to("dtlz2", 8, 500, 1.6e-2, {1.371e-2, 1.571e-2, 1.811e-2}),
    held_to("dtlz2", 10, 750, 1.6e-2, {1.350e-2, 1.528e-2, 1.697e-2}),
    held_to("dtlz3", 3, 1000, 4.0e-3, {9.751e-4, 4.007e-3, 6.665e-3}),
    held_to("dtlz3", 5, 1000, 6.0e-3, {3.086e-3, 5.960e-3, 1.196e-2}),
    held_to("dtlz3", 8, 1000, 2.4e-2, {1.244e-2, 2.375e-2, 9.649e-2}),
    held_to("dtlz3", 10, 1500, 1.2e-2, {8.849e-3, 1.188e-2, 2.083e-2}),
    beside("dtlz4", 3, 600, {2.915e-4, 5.970e-4, 4.286e-1}),
    beside("dtlz4", 5, 1000, {9.849e-4, 1.255e-3, 1.721e-3}),
    beside("dtlz4", 8, 1250, {5.079e-3, 7.054e-3, 6.051e-1}),
    beside("dtlz4", 10, 2000, {5.694e-3, 6.337e-3, 1.076e-1}),
};

constexpr FidelityRow kSphere[] = {
    on_sphere(3, 108, 0.0533),
    on_sphere(5, 128, 0.230),
    on_sphere(3, 992, 0.0163),
    on_sphere(5, 1004, 0.119),
};

constexpr FidelityRow kConstrained[] = {
    alone("c1-dtlz1", 3, 500),  alone("c1-dtlz1", 5, 600),  alone("c1-dtlz1", 8, 800),  alone("c1-dtlz1", 10, 1000),
    alone("c1-dtlz3", 3, 1000), alone("c1-dtlz3", 5, 1500), alone("c1-dtlz3", 8, 2500), alone("c1-dtlz3", 10, 3500),
    alone("c2-dtlz2", 3, 250),  alone("c2-dtlz2", 5, 350),  alone("c2-dtlz2", 8, 500),  alone("c2-dtlz2", 10, 750),
    alone("c3-dtlz1", 3, 750),  alone("c3-dtlz1", 5, 1250), alone("c3-dtlz1", 8, 2000), alone("c3-dtlz1", 10, 3000),
    alone("c3-dtlz4", 3, 750),  alone("c3-dtlz4", 5, 1250), alone("c3-dtlz4", 8, 2000), alone("c3-dtlz4", 10, 3000),
};

constexpr FidelityRow by(std::string_view algorithm) {
  FidelityRow row = alone("c1-dtlz3", 3, 1000);
  row.algorithm = algorithm;
  return row;
}

constexpr FidelityRow kAcrossTheBand[] = {
    by("nsga3"), by("unsga3"),  by("nsga2"),    by("theta-dea"), by("rvea"),
    by("moead"), by("moea-dd"), by("sms-emoa"), by("age-moea2"), by("borg"),
};

constexpr FidelityRow kWater[] = {alone("water", 5, 1000)};

constexpr FidelityRow kTwoObjectives[] = {
    {"zdt1", 2, 100, 250}, {"zdt2", 2, 100, 250}, {"zdt3", 2, 100, 250}, {"zdt4", 2, 100, 250}, {"zdt6", 2, 100, 250},
};

constexpr FidelityRow kCompetition[] = {
    in_competition("maf1", 14, 0.120),  in_competition("maf2", 14, 0.099),   in_competition("maf3", 14, 0.076),
    in_competition("maf4", 14, 2.17),   in_competition("maf5", 14, 2.08),    in_competition("maf6", 14, 0.0040),
    in_competition("maf7", 24, 0.284),  in_competition("maf8", 2, 0.096),    in_competition("maf9", 2, 0.089),
    in_competition("maf10", 14, 0.446), in_competition("maf11", 14, 0.562),  in_competition("maf12", 14, 1.10),
    in_competition("maf13", 5, 0.106),  in_competition("maf14", 100, 0.454), in_competition("maf15", 100, 0.309),
};

constexpr FidelityRow kDecomposed[] = {
    single("dtlz1", 3, 400, 1.5e-3, true),  single("dtlz1", 5, 600, 6.4e-4, true),
    single("dtlz1", 8, 750, 6.1e-3, true),  single("dtlz1", 10, 1000, 5.1e-3, true),
    single("dtlz2", 3, 250, 6.4e-4, true),  single("dtlz2", 5, 350, 1.4e-3, true),
    single("dtlz2", 8, 500, 3.8e-3, true),  single("dtlz2", 10, 750, 2.8e-3, true),
    single("dtlz3", 3, 1000, 3.4e-3, true), single("dtlz3", 5, 1000, 2.2e-3, true),
    single("dtlz3", 8, 1000, 1.9e-2, true), single("dtlz3", 10, 1500, 4.3e-3, true),
};

constexpr auto kNormalised = without_bars(kDecomposed);

constexpr FidelityRow kDominanceAndDecomposition[] = {
    single("dtlz1", 3, 400, 5.8e-4, true),  single("dtlz1", 5, 600, 2.9e-4, true),
    single("dtlz1", 8, 750, 2.6e-3, true),  single("dtlz1", 10, 1000, 2.2e-3, true),
    single("dtlz4", 3, 600, 1.4e-4, true),  single("dtlz4", 5, 1000, 1.3e-4, true),
    single("dtlz4", 8, 1250, 6.7e-4, true), single("dtlz4", 10, 2000, 1.6e-3, true),
};

constexpr auto kClustered = without_bars(kDominanceAndDecomposition);

constexpr FidelitySection kSections[] = {
    {"NSGA-III on DTLZ1 to DTLZ4",
     "Protocol and published figures of Deb and Jain (2014), part I, doi:10.1109/TEVC.2013.2281535. IGD to the\n"
     "points where the reference lines meet the true front, objectives as they are. The bar is 1.5 times the\n"
     "published median (rounded to two digits). On DTLZ4 a run can lose a part of the front for good, which a\n"
     "median hides: all three figures are to be read, and there is no bar.",
     "nsga3", Measurement::igd_on_reference_lines, 1.0, 30.0, kUnconstrained},
    {"NSGA-III on DTLZ2 against the whole front",
     "IGD to 20,000 independent, uniform points of the sphere, which also asks for an even spread. The population\n"
     "is the number of reference directions (105, 126, 990, 1001) rounded up to a multiple of four. The bar is the\n"
     "published value and 1 % of it.",
     "nsga3", Measurement::igd_to_sphere, 1.0, 30.0, kSphere},
    {"MOEA/D on DTLZ1 to DTLZ3, as published",
     "Penalty-based boundary intersection, theta 5, objectives as they are (--no-normalise), with the populations and\n"
     "generations above. Published are the medians of MOEA/D-PBI in Deb and Jain (2014), part I. The bar is 1.5 times\n"
     "the published median.",
     "moead", Measurement::igd_on_reference_lines, 1.0, 30.0, kDecomposed, false},
    {"MOEA/D on DTLZ1 to DTLZ3, as by default",
     "The same with objectives divided by their ranges, which MOEA/D has to find out while it runs: what that costs "
     "on\n"
     "problems that do not need it, beside the same published figures.",
     "moead", Measurement::igd_on_reference_lines, 1.0, 30.0, kNormalised, true},
    {"MOEA/DD on DTLZ1 and DTLZ4",
     "Protocol and published medians of Li et al. (2015), doi:10.1109/TEVC.2014.2373386, with the populations and\n"
     "generations above, objectives as they are (--no-normalise). The bar is 1.5 times the published median.",
     "moea-dd", Measurement::igd_on_reference_lines, 1.0, 30.0, kDominanceAndDecomposition, false},
    {"theta-DEA on DTLZ1 and DTLZ4",
     "Yuan et al. (2016), doi:10.1109/TEVC.2015.2420112, with the populations and generations above, beside the\n"
     "medians of MOEA/DD: another algorithm, which does not normalise, so there is no bar.",
     "theta-dea", Measurement::igd_on_reference_lines, 1.0, 30.0, kClustered},
    {"RVEA on DTLZ1 and DTLZ4",
     "Cheng et al. (2016), doi:10.1109/TEVC.2016.2519378, its schedule over the generations of the row; beside the\n"
     "same figures of MOEA/DD.",
     "rvea", Measurement::igd_on_reference_lines, 1.0, 30.0, kClustered},
    {"NSGA-III on constrained problems",
     "The problems of Jain and Deb (2014), part II, doi:10.1109/TEVC.2013.2281534, with the populations above. IGD\n"
     "of the feasible front to the feasible points where the reference lines meet the true front; infinite where\n"
     "nobody is feasible. The published figures were not at hand in a form that could be checked, so none are\n"
     "shown. The feasible share is that of the last population, mean over the runs.",
     "nsga3", Measurement::igd_on_reference_lines, 1.0, 30.0, kConstrained},
    {"NSGA-III on constrained problems, with an excursion",
     "The same with --excursion 0.2: a fifth of the run searches as if there were no constraints, and what it finds "
     "is\n"
     "kept where it is feasible and better (docs/design.md). It takes C1-DTLZ3 across its infeasible band; elsewhere "
     "it\n"
     "costs a fifth of the run.",
     "nsga3", Measurement::igd_on_reference_lines, 1.0, 30.0, kConstrained, std::nullopt, 0.2},
    {"Every algorithm on C1-DTLZ3, with an excursion",
     "As `millrace run c1-dtlz3` has it by default. IGD to the points on the reference lines, at which NSGA-III,\n"
     "theta-DEA, RVEA and MOEA/D aim; the others spread otherwise. Beyond the band IGD is about 8.",
     "nsga3", Measurement::igd_on_reference_lines, 1.0, 30.0, kAcrossTheBand, std::nullopt, 0.2},
    {"NSGA-III on the water problem",
     "Storm drainage planning (Musselman and Talavage 1980): five objectives of very different size, seven\n"
     "constraints. Hypervolume of the last front in the box of all feasible objective values, (63800, 30, 284000,\n"
     "183000, 7) to (83100, 1350, 2860000, 16100000, 25000), as a share of the volume up to its reference point at\n"
     "1.1: larger is better. The protocol is ours and there is no published figure to compare with.",
     "nsga3", Measurement::hypervolume_of_box, 1.0, 30.0, kWater},
    {"NSGA-II on ZDT",
     "Population and generations of Deb et al. (2002), doi:10.1109/4235.996017: SBX probability 0.9 and eta 20,\n"
     "mutation probability 1/n and eta 20. IGD to 1,000 points of the front. The paper reports other measures:\n"
     "these figures are for sanity and regression.",
     "nsga2", Measurement::igd_to_zdt_front, 0.9, 20.0, kTwoObjectives},
    {"MaF, CEC 2018 protocol, five objectives",
     "The problems of Cheng et al. (2017), doi:10.1007/s40747-017-0039-7, at the sizes of the competition at CEC\n"
     "2018: max(100,000, 10,000 n) evaluations for n variables; a population of 240, to which results were cut\n"
     "(scripts/prune.sh of github.com/fritsche/hhcoanalysis); one setting for all problems; IGD to about 10,000\n"
     "points of the front. Published is the best figure of any entry to the competition on that problem, so a ratio\n"
     "of 1 on every row would be the work of several algorithms; there is no bar. What the other entries reached was\n"
     "not at hand in a form that could be checked. Where the ratio is below 1, ours is better than every entry, and\n"
     "so than the middle of them, whatever that was.",
     "nsga3", Measurement::igd_to_front, 1.0, 30.0, kCompetition},
    {"AGE-MOEA-II on MaF, the same protocol", "Panichella (2022), doi:10.1145/3512290.3528732.", "age-moea2",
     Measurement::igd_to_front, 1.0, 30.0, kCompetition},
};

}  // namespace

std::span<const FidelitySection> fidelity_sections() { return kSections; }

}  // namespace millrace::cli
