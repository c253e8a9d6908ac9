#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstdint>
#include <limits>
#include <memory>
#include <stdexcept>

#include "cli/cases/case_family.hpp"
#include "cli/cases/problem_lookup.hpp"
#include "cli/command_line.hpp"
#include "cli/exit_code.hpp"
#include "cli/run/run_settings.hpp"
#include "cli/run/run_study.hpp"
#include "cli/verbs.hpp"
#include "engine/data/simd_target.hpp"

namespace millrace::cli {
namespace {

std::string algorithm_help() {
  std::string names;
  for (const AlgorithmEntry& entry : algorithm_entries())
    names += fmt::format("{}{}", names.empty() ? "" : ", ", entry.name);
  return names + " (default: sms-emoa up to 5 objectives and 300 individuals, else age-moea2)";
}

std::string method_help() {
  std::string help =
      "How to solve it: evolve (default), exact (points of the exact front of a linear problem, no evolution)";
  for (const CaseFamily& family : case_families())
    for (const CaseMethod& method : family.methods)
      help += fmt::format(", {} ({} cases: {})", method.name, family.name, method.help);
  return help;
}

void add_problem_options(CLI::App& verb, RunRequest& request) {
  verb.add_option("problem", request.problem, "Built-in case or benchmark (millrace list problems), or a case file")
      ->required();
  verb.add_option("--scenario", request.scenarios, "Only these scenarios of the case, e.g. --scenario 2030,2040")
      ->delimiter(',');
  verb.add_option("--objectives", request.objectives, "Objectives of a scalable benchmark")->check(whole_number(1));
  verb.add_option("--variables", request.variables, "Variables of a scalable benchmark")->check(whole_number(1));
  verb.add_flag("--no-repair", request.no_repair, "Leave infeasible offspring to selection instead of repairing them");
  verb.add_option("--method", request.method, method_help());
  verb.add_option("--directions", request.directions,
                  "Points of the exact front (--method exact; default: the population)")
      ->check(whole_number(1, std::numeric_limits<std::uint32_t>::max() / 4));
  add_case_options(verb, request.case_options);
}

void add_method_options(CLI::App& verb, RunRequest& request) {
  const char* group = "Method";
  const auto add = [&](const char* name, auto& target, const std::string& help) {
    return verb.add_option(name, target, help)->group(group);
  };
  add("--algorithm", request.algorithm, algorithm_help());
  add("--population", request.population, "Individuals (default: the case's, else 100)")
      ->check(whole_number(4, std::numeric_limits<std::uint32_t>::max() / 4));
  add("--sampling", request.sampling, "First population: uniform (default), latin-hypercube or sobol");
  add("--seed-from", request.seed_from,
      "Known designs in the first population: the front.csv of a run, or a CSV file with a column for each variable");
  verb.add_flag("--seed-anchors", request.seed_anchors,
                "The exact best of each objective alone in the first population, by linear programs; counted apart "
                "from what evolution finds")
      ->group(group);
  add("--crossover", request.crossover, "sbx (default), uniform, differential, pcx, spx or undx");
  add("--crossover-probability", request.crossover_probability, "That a pair crosses (default: the case's, else 1)")
      ->check(finite_number());
  add("--crossover-eta", request.crossover_eta, "Distribution index of sbx (default 30)")->check(finite_number());
  add("--differential-weight", request.differential_weight, "F of differential evolution (default 0.5)")
      ->check(finite_number());
  add("--differential-rate", request.differential_rate, "CR of differential evolution (default 1)")
      ->check(finite_number());
  add("--mutation-probability", request.mutation_probability,
      "That a variable mutates (default: the case's, else 1 over the number of variables)")
      ->check(finite_number());
  add("--mutation-eta", request.mutation_eta, "Distribution index of polynomial mutation (default 20)")
      ->check(finite_number());
  add("--excursion", request.excursion,
      "Share of the run that searches as if there were no constraints, to cross infeasible ground (default: the "
      "case's, else 0)")
      ->check(finite_number());
  add("--refine-every", request.refine_every,
      "Generations between refinements of offspring by mathematical programming, where the problem has them (default "
      "10; 0: none)")
      ->check(whole_number(0));
  add("--refine-count", request.refine_count,
      "Offspring refined each time (default 3; 12 where there is one objective)")
      ->check(whole_number(1, 1000));
  add("--seed", request.seed, "Seed of every random number (default 1)")
      ->check(whole_number(0, std::numeric_limits<std::uint64_t>::max()));
}

void add_budget_options(CLI::App& verb, RunRequest& request) {
  const char* group = "When to stop (the first that is reached; default: the case's generations, else 200)";
  const auto add = [&](const char* name, auto& target, const char* help) {
    return verb.add_option(name, target, help)->group(group);
  };
  add("--generations", request.generations, "Populations evaluated, the sampled one included")->check(whole_number(1));
  add("--evaluations", request.evaluations, "Individuals evaluated, rounded up to whole generations")
      ->check(whole_number(1));
  add("--seconds", request.seconds, "Wall-clock seconds a scenario (not reproducible)")->check(finite_number());
  add("--target-hypervolume", request.target_hypervolume, "Share of the problem's reference box")
      ->check(finite_number());
  add("--stagnation", request.stagnation, "Generations without a gain in hypervolume of 1e-4 of the best")
      ->check(whole_number(1));
  add("--epsilon-stagnation", request.epsilon_stagnation,
      "Generations without epsilon-progress: nobody opened a new box of an epsilon archive")
      ->check(whole_number(1));
}

void add_archive_options(CLI::App& verb, RunRequest& request) {
  const char* group = "Archive";
  verb.add_option(
          "--archive", request.archive,
          "Keep the best of everything evaluated, as archive.csv: nondominated (all of it) or epsilon (one a box)")
      ->group(group);
  verb.add_option(
          "--epsilon", request.epsilons,
          "Sides of the boxes of the epsilon archive and of borg, in the unit of each objective: e1,e2,... or one "
          "for all (default: chosen)")
      ->delimiter(',')
      ->check(finite_number())
      ->group(group);
}

void add_exact_options(CLI::App& verb, RunRequest& request) {
  const char* group = "Beside the exact front (linear problems)";
  verb.add_flag("--certify", request.certify,
                "How much every solution could still improve in all objectives at once, and the share of the exact "
                "front's hypervolume: certificate.csv")
      ->group(group);
  verb.add_flag("--polish", request.polish,
                "The exact solution that each evolved one leads to, kept apart: polished.csv")
      ->group(group);
}

void add_execution_options(CLI::App& verb, RunRequest& request) {
  const char* group = "Execution (changes no result)";
  verb.add_option("--threads", request.execution.threads, "Threads (default 0: every core)")
      ->check(whole_number(0, 4096))
      ->group(group);
  verb.add_option("--output", request.execution.output, "Folder of the results (default results/<name of the run>)")
      ->group(group);
  verb.add_flag("--force", request.execution.force, "Run again what is finished; replace what the folder holds")
      ->group(group);
  verb.add_flag("--json", request.execution.json, "Newline-delimited JSON on standard output")->group(group);
  verb.add_flag("--quiet", request.execution.quiet, "No progress, only the tables")->group(group);
  verb.add_flag("--profile", request.execution.profile, "Show where the time of a generation goes, stage by stage")
      ->group(group);
  verb.add_option(
          "--simd", request.simd,
          fmt::format("Instruction set of the kernels: {} (default: the first)", fmt::join(simd_targets(), ", ")))
      ->group(group);
}

/// The method of that name of the case's family. Throws UsageError.
const CaseMethod& find_method(const std::string& problem, const std::string& name) {
  std::string known = "evolve or exact";
  if (const CaseFamily* family = family_of(problem))
    for (const CaseMethod& method : family->methods) {
      if (method.name == name) return method;
      known += fmt::format(" or {}", method.name);
    }
  throw UsageError(fmt::format("--method: '{}' does not solve '{}'; write {}", name, problem, known));
}

ExitCode solve(const RunRequest& request) {
  if (request.method && *request.method != "evolve" && *request.method != "exact") {
    check_case_options(problem_request(request), family_of(request.problem));
    return find_method(request.problem, *request.method).run(request);
  }
  const Study study = find_study(problem_request(request));
  RunSettings settings = resolve(request, study.recommended);
  settings.problem = study.address;
  return run_study(settings, study, request.execution);
}

}  // namespace

void add_run_verb(CLI::App& app, int& exit_code) {
  CLI::App* verb = app.add_subcommand("run", "Solve a case or a benchmark and write its front");
  auto request = std::make_shared<RunRequest>();
  add_problem_options(*verb, *request);
  add_method_options(*verb, *request);
  add_own_options(*verb, request->own);
  add_budget_options(*verb, *request);
  add_archive_options(*verb, *request);
  add_exact_options(*verb, *request);
  add_execution_options(*verb, *request);
  verb->callback([request, &exit_code] {
    try {
      use_simd_target(request->simd);
    } catch (const std::invalid_argument& error) {
      throw UsageError(std::string("--simd: ") + error.what());
    }
    exit_code = solve(*request);
  });
}

}  // namespace millrace::cli
