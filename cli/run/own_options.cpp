#include "cli/run/own_options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "cli/command_line.hpp"
#include "cli/exit_code.hpp"
#include "cli/suggestion.hpp"

namespace millrace::cli {
namespace {

constexpr std::array kScalarisations = {std::pair{"pbi", Scalarisation::pbi},
                                        std::pair{"tchebycheff", Scalarisation::tchebycheff},
                                        std::pair{"modified-tchebycheff", Scalarisation::modified_tchebycheff},
                                        std::pair{"weighted-sum", Scalarisation::weighted_sum}};

Scalarisation scalarisation_of(const std::string& word) {
  std::vector<std::string> names;
  for (const auto& [name, value] : kScalarisations) {
    if (word == name) return value;
    names.emplace_back(name);
  }
  throw UsageError(fmt::format("--scalarisation: '{}' is not known{}", word, suggestion(word, names)));
}

const char* name_of(Scalarisation scalarisation) {
  for (const auto& [name, value] : kScalarisations)
    if (value == scalarisation) return name;
  return "";
}

/// Algorithms that have a setting, for the sentence: "a", "a and b", "a, b and c".
std::string owners_of(std::string_view setting) {
  std::vector<std::string_view> owners;
  for (const AlgorithmEntry& entry : algorithm_entries())
    if (std::find(entry.own.begin(), entry.own.end(), setting) != entry.own.end()) owners.push_back(entry.name);
  const std::string_view last = owners.back();
  owners.pop_back();
  return owners.empty() ? std::string(last) : fmt::format("{} and {}", fmt::join(owners, ", "), last);
}

void check_owner(const char* option, std::string_view setting, bool given, const AlgorithmEntry& algorithm) {
  if (!given || std::find(algorithm.own.begin(), algorithm.own.end(), setting) != algorithm.own.end()) return;
  throw UsageError(fmt::format("{}: belongs to {}, not to {}", option, owners_of(setting), algorithm.name));
}

std::optional<std::size_t> count_of(const std::optional<long long>& value) {
  return value ? std::optional(static_cast<std::size_t>(*value)) : std::nullopt;
}

}  // namespace

void add_own_options(CLI::App& verb, OwnRequest& request) {
  const char* group = "Settings of some algorithms";
  const auto add = [&](const char* name, auto& target, const char* help) {
    return verb.add_option(name, target, help)->group(group);
  };
  add("--scalarisation", request.scalarisation,
      "moead: pbi (default), tchebycheff, modified-tchebycheff or weighted-sum");
  add("--theta", request.theta, "moead, moea-dd, theta-dea: penalty of the distance from a direction (default 5)")
      ->check(finite_number());
  add("--neighbourhood", request.neighbourhood, "moead, moea-dd: subproblems that mate with each other (default 20)")
      ->check(whole_number(0));
  add("--delta", request.delta, "moead, moea-dd: chance that mating stays in the neighbourhood (default 0.9)")
      ->check(finite_number());
  add("--replacement-limit", request.replacement_limit, "moead: subproblems a child may take over (default 2)")
      ->check(whole_number(0));
  verb.add_flag("--no-normalise", request.no_normalise,
                "moead, moea-dd, theta-dea: objectives as they are, not divided by their ranges")
      ->group(group);
  verb.add_flag("--dynamic-allocation", request.dynamic_allocation,
                "moead: children for the subproblems that are worth it (MOEA/D-DRA)")
      ->group(group);
  add("--alpha", request.alpha, "rvea: how soon convergence gives way to diversity (default 2)")
      ->check(finite_number());
  add("--batch", request.batch,
      "sms-emoa, moead: children evaluated together (default: as many as individuals; 1: the papers')")
      ->check(whole_number(1));
}

OwnSettings resolve_own(const OwnRequest& request, const AlgorithmEntry& algorithm) {
  check_owner("--scalarisation", "scalarisation", request.scalarisation.has_value(), algorithm);
  check_owner("--theta", "theta", request.theta.has_value(), algorithm);
  check_owner("--neighbourhood", "neighbourhood", request.neighbourhood.has_value(), algorithm);
  check_owner("--delta", "delta", request.delta.has_value(), algorithm);
  check_owner("--replacement-limit", "replacement-limit", request.replacement_limit.has_value(), algorithm);
  check_owner("--no-normalise", "normalise", request.no_normalise, algorithm);
  check_owner("--dynamic-allocation", "dynamic-allocation", request.dynamic_allocation, algorithm);
  check_owner("--alpha", "alpha", request.alpha.has_value(), algorithm);
  check_owner("--batch", "batch", request.batch.has_value(), algorithm);
  OwnSettings own;
  if (request.scalarisation) own.scalarisation = scalarisation_of(*request.scalarisation);
  own.theta = request.theta;
  own.neighbourhood = count_of(request.neighbourhood);
  own.delta = request.delta;
  own.replacement_limit = count_of(request.replacement_limit);
  if (request.no_normalise) own.normalise = false;
  if (request.dynamic_allocation) own.dynamic_allocation = true;
  own.alpha = request.alpha;
  own.batch = count_of(request.batch);
  return own;
}

nlohmann::json own_json(const OwnSettings& own) {
  nlohmann::json result = nlohmann::json::object();
  const auto put = [&](const char* name, const auto& value) {
    if (value) result[name] = *value;
  };
  if (own.scalarisation) result["scalarisation"] = name_of(*own.scalarisation);
  put("theta", own.theta);
  put("neighbourhood", own.neighbourhood);
  put("delta", own.delta);
  put("replacement_limit", own.replacement_limit);
  put("normalise", own.normalise);
  put("dynamic_allocation", own.dynamic_allocation);
  put("alpha", own.alpha);
  put("batch", own.batch);
  if (!own.epsilons.empty()) result["epsilons"] = own.epsilons;
  return result;
}

OwnSettings own_from_json(const nlohmann::json& saved) {
  OwnSettings own;
  const auto get = [&](const char* name, auto& target) {
    if (saved.contains(name)) target = saved.at(name).get<typename std::decay_t<decltype(target)>::value_type>();
  };
  if (saved.contains("scalarisation")) own.scalarisation = scalarisation_of(saved.at("scalarisation"));
  get("theta", own.theta);
  get("neighbourhood", own.neighbourhood);
  get("delta", own.delta);
  get("replacement_limit", own.replacement_limit);
  get("normalise", own.normalise);
  get("dynamic_allocation", own.dynamic_allocation);
  get("alpha", own.alpha);
  get("batch", own.batch);
  if (saved.contains("epsilons")) own.epsilons = saved.at("epsilons").get<std::vector<double>>();
  return own;
}

}  // namespace millrace::cli
