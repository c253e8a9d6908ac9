#include "cli/park/global_method.hpp"

#include <fmt/format.h>

#include <chrono>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cli/cases/park_family.hpp"
#include "cli/run/result_table.hpp"
#include "engine/run/result_files.hpp"
#include "problems/park/global_bound_network.hpp"

namespace millrace::cli {
namespace {

using nlohmann::json;

/// Less is no link, in m3/h.
constexpr double kNoFlow = 1e-6;

struct Link {
  std::string from;
  std::string to;
  double flow = 0.0;
};

std::vector<Link> links_of(const ParkSystem& system, const NetworkBound& found) {
  std::vector<Link> links;
  const ParkCase& park = system.park;
  for (std::size_t a = 0; a < found.fresh_flows.size(); ++a) {
    const ParkFreshArc& arc = system.network.fresh_arcs[a];
    links.push_back({park.freshwater[arc.freshwater].id, park.nodes[arc.node].id, found.fresh_flows[a]});
  }
  for (std::size_t a = 0; a < found.arc_flows.size(); ++a) {
    const ParkArc& arc = system.network.arcs[a];
    links.push_back({park.ports[arc.port].id, park.nodes[arc.node].id, found.arc_flows[a]});
  }
  std::erase_if(links, [](const Link& link) { return link.flow < kNoFlow; });
  return links;
}

void refuse_evolution(const RunRequest& typed) {
  const auto refuse = [](bool given, const char* option) {
    if (given) throw UsageError(fmt::format("{}: belongs to evolution; leave it out with --method global", option));
  };
  refuse(typed.algorithm.has_value(), "--algorithm");
  refuse(typed.population.has_value(), "--population");
  refuse(typed.generations.has_value(), "--generations");
  refuse(typed.stagnation.has_value(), "--stagnation");
  refuse(typed.seconds.has_value(), "--seconds");
  refuse(typed.target_hypervolume.has_value(), "--target-hypervolume");
  refuse(typed.archive.has_value(), "--archive");
  refuse(typed.seed_from.has_value(), "--seed-from");
  refuse(typed.refine_every.has_value() || typed.refine_count.has_value(), "--refine-every and --refine-count");
  refuse(typed.certify || typed.polish, "--certify and --polish");
  refuse(!typed.scenarios.empty(), "--scenario");
}

json to_json(const ParkSystem& system, const NetworkBound& found, double seconds) {
  const GlobalBound& bound = found.bound;
  json links = json::array();
  for (const Link& link : links_of(system, found))
    links.push_back({{"from", link.from}, {"to", link.to}, {"flow", link.flow}});
  json result = {{"case", system.park.name},
                 {"objective", name_of(system.park.objectives.front())},
                 {"unit", objective_unit(system.park, system.park.objectives.front())},
                 {"lower_bound", bound.lower},
                 {"closed", bound.closed},
                 {"nodes", bound.nodes},
                 {"linear_programs", bound.programs},
                 {"seconds", seconds},
                 {"links", links}};
  if (!bound.values.empty()) {
    result["best"] = bound.upper;
    result["gap"] = bound.gap();
  }
  if (system.park.reference) result["reference"] = system.park.reference->objective;
  return result;
}

void print(const ParkSystem& system, const NetworkBound& found, double seconds) {
  const GlobalBound& bound = found.bound;
  const std::string unit = objective_unit(system.park, system.park.objectives.front());
  fmt::print("{}, least {} [{}]\n\n", system.park.name, name_of(system.park.objectives.front()), unit);
  if (bound.values.empty()) {
    fmt::print("no network found; no network costs less than {:.10g}\n", bound.lower);
  } else {
    fmt::print("best network found  {:.10g}\ncertified bound     {:.10g}\ngap                 {:.2g} %\n", bound.upper,
               bound.lower, 100.0 * bound.gap());
    if (system.park.reference)
      fmt::print("reference           {:.10g} ({})\n", system.park.reference->objective, system.park.reference->status);
  }
  fmt::print("{}: {} nodes, {} linear programs, {:.1f} s\n", bound.closed ? "closed" : "stopped", bound.nodes,
             bound.programs, seconds);
  std::vector<std::vector<std::string>> rows;
  for (const Link& link : links_of(system, found))
    rows.push_back({link.from, link.to, fmt::format("{:.4f}", link.flow)});
  if (!rows.empty()) fmt::print("\n{}", format_table({"from", "to", "flow"}, rows));
}

GlobalBoundOptions options_of(const RunRequest& typed) {
  GlobalBoundOptions options;
  if (typed.evaluations) options.most_nodes = static_cast<std::size_t>(*typed.evaluations);
  if (typed.seed) options.seed = *typed.seed;
  return options;
}

ParkSystem system_of(const RunRequest& typed) {
  ParkStudy study = park_study(typed.problem, typed.case_options);
  if (study.seasons) throw UsageError("--seasons: --method global bounds one season; leave it out");
  ParkSystem system = make_park_system(std::move(study.park), study.options);
  if (system.park.objectives.size() != 1)
    throw UsageError(fmt::format("--method global bounds one objective, and {} has {}; choose one with --objective",
                                 system.park.name, system.park.objectives.size()));
  return system;
}

}  // namespace

ExitCode run_global_method(const RunRequest& typed) {
  refuse_evolution(typed);
  try {
    const ParkSystem system = system_of(typed);
    Workers workers(typed.execution.threads);
    const auto begin = std::chrono::steady_clock::now();
    const NetworkBound found = bound_network(system, 0, options_of(typed), workers);
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    const json result = to_json(system, found, seconds);
    if (!typed.execution.output.empty()) {
      std::filesystem::create_directories(typed.execution.output);
      write_file(typed.execution.output / "global.json", result.dump(2) + "\n");
    }
    if (typed.execution.json) fmt::print("{}\n", result.dump());
    else print(system, found, seconds);
    return kDone;
  } catch (const std::invalid_argument& error) {
    throw UsageError(error.what());
  }
}

}  // namespace millrace::cli
