#include "cli/cases/park_family.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "cli/park/global_method.hpp"
#include "cli/park/network_files.hpp"
#include "cli/suggestion.hpp"
#include "problems/park/builtin_cases.hpp"
#include "problems/park/load_case.hpp"
#include "problems/park/park_problem.hpp"
#include "problems/park/plant_data.hpp"
#include "problems/park/seasonal_problem.hpp"

namespace millrace::cli {
namespace {

constexpr std::array kOptions = {
    CaseOption{"--objective", "LIST",
               "What is minimised: cost, freshwater, co2, discharge, treated_flow, freshwater+treated or annual_cost, "
               "or several with commas; default: the case's"},
    CaseOption{"--hybrid", "", "Run the units that name a model by it (mechanism times fitted residual)"},
    CaseOption{"--plant-data", "FILE", "CSV of measurements that hybrid models are fitted to (implies --hybrid)"},
    CaseOption{"--piping-charge", "MONEY",
               "Added to costs for every link between units that carries water, in the cost's unit"},
    CaseOption{"--seasons", "", "One operation for each season of the case, in one network"},
};

constexpr std::array kMethods = {
    CaseMethod{"global", "the best network and a certified bound for one objective, by spatial branch and bound",
               run_global_method}};

std::string option(const CaseOptions& options, const char* name) {
  const auto found = options.find(name);
  return found == options.end() ? std::string() : found->second;
}

std::vector<ParkObjective> objectives_of(const std::string& list) {
  const std::vector<std::string> known = {"cost",         "freshwater",         "co2",        "discharge",
                                          "treated_flow", "freshwater+treated", "annual_cost"};
  std::vector<ParkObjective> objectives;
  for (std::size_t from = 0; !list.empty() && from <= list.size();) {
    const std::size_t comma = std::min(list.find(',', from), list.size());
    const std::string name = list.substr(from, comma - from);
    const auto objective = park_objective(name);
    if (!objective) throw UsageError(fmt::format("--objective: '{}' is not known{}", name, suggestion(name, known)));
    if (std::find(objectives.begin(), objectives.end(), *objective) != objectives.end())
      throw UsageError(fmt::format("--objective: '{}' is named twice; write it once", name));
    objectives.push_back(*objective);
    from = comma + 1;
  }
  return objectives;
}

double charge_of(const std::string& text) {
  double charge = 0.0;
  if (text.empty()) return charge;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), charge);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size() || !(charge >= 0.0 && charge <= 1e12))
    throw UsageError(fmt::format("--piping-charge: '{}' is not an amount of money from 0 on", text));
  return charge;
}

std::vector<ProblemListing> cases() {
  std::vector<ProblemListing> list;
  for (const auto name : case_names(park_cases())) {
    const std::string text(name);
    list.push_back({text, "park case", load_park_case(text).title});
  }
  return list;
}

std::vector<std::string> assumptions_of(const ParkStudy& typed) {
  std::vector<std::string> assumptions;
  if (typed.park.synthetic)
    assumptions.push_back("synthetic: its numbers come from literature and assumptions, not from a plant");
  if (typed.park.reference)
    assumptions.push_back(fmt::format("reference {} ({}): {:.10g}", typed.park.reference->source,
                                      typed.park.reference->status, typed.park.reference->objective));
  if (typed.options.hybrid && !typed.data)
    assumptions.push_back("units with models follow their mechanisms alone: no plant data were given");
  return assumptions;
}

AnyProblem problem_of(const ParkStudy& typed) {
  if (typed.seasons) return AnyProblem(SeasonalParkProblem(typed.park, typed.options));
  return AnyProblem(ParkProblem(typed.park, typed.options));
}

Study make(const ProblemRequest& request) {
  if (!request.scenarios.empty())
    throw UsageError("--scenario: park cases have none; --seasons runs the seasons of a case together");
  const ParkStudy typed = park_study(request.problem, request.options);
  try {
    Study study;
    study.name = typed.seasons ? typed.park.name + "-seasons" : typed.park.name;
    study.title = typed.park.title;
    study.assumptions = assumptions_of(typed);
    study.members.push_back({"", problem_of(typed), std::nullopt});
    const std::size_t objectives = study.members.front().problem.spec().objectives.size();
    study.recommended = {.objectives = objectives,
                         .population = objectives == 1 ? 100.0 : 200.0,
                         .generations = 500.0,
                         .algorithm = objectives == 1 ? "shade" : "nsga3",
                         .archive = objectives == 1 ? "" : "nondominated",
                         .refines = true,
                         // Programs of the small networks take a tenth of a millisecond.
                         .refine_count = objectives == 1 ? std::size_t{12} : RefinementOptions{}.count};
    return study;
  } catch (const std::invalid_argument& error) {
    throw UsageError(error.what());
  }
}

/// Options that would do nothing.
void refuse_idle_options(const ParkStudy& study) {
  const auto modelled = [](const auto& unit) { return unit.model.has_value(); };
  if (study.options.hybrid && std::ranges::none_of(study.park.treatments, modelled) &&
      std::ranges::none_of(study.park.processes, modelled))
    throw UsageError(
        fmt::format("--hybrid: no unit of case '{}' names a model; write \"model\": \"ro\" or \"bio\" in a treatment "
                    "or \"tower\" in a tower, or leave the option out",
                    study.park.name));
  const auto& objectives = study.options.objectives.empty() ? study.park.objectives : study.options.objectives;
  const auto of_money = [](ParkObjective o) { return o == ParkObjective::cost || o == ParkObjective::annual_cost; };
  if (study.options.piping.charge > 0.0 && std::ranges::none_of(objectives, of_money))
    throw UsageError("--piping-charge: no objective is in money; add cost with --objective, or leave the option out");
  if (study.seasons && study.park.seasons.empty())
    throw UsageError(fmt::format("--seasons: case '{}' names none; write \"seasons\": [...] in it", study.park.name));
}

}  // namespace

ParkStudy park_study(const std::string& problem, const CaseOptions& options) {
  try {
    ParkStudy study;
    study.park = load_park_case(problem);
    study.options.objectives = objectives_of(option(options, "--objective"));
    study.options.hybrid = options.contains("--hybrid") || options.contains("--plant-data");
    study.options.piping.charge = charge_of(option(options, "--piping-charge"));
    if (const std::string file = option(options, "--plant-data"); !file.empty()) {
      study.data = std::make_shared<const PlantData>(load_plant_data(file));
      study.options.data = study.data.get();
    }
    study.seasons = options.contains("--seasons");
    refuse_idle_options(study);
    return study;
  } catch (const CaseError& error) {
    throw UsageError(error.what());
  }
}

CaseFamily park_family() {
  return {.name = "park",
          .cases = cases,
          .options = kOptions,
          .methods = kMethods,
          .make = make,
          .finish = write_network_files};
}

}  // namespace millrace::cli
