#include "cli/cases/case_family.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <set>

#include "cli/cases/dispatch_family.hpp"
#include "cli/cases/industrial_family.hpp"
#include "cli/cases/park_family.hpp"
#include "cli/cases/urban_family.hpp"

#include <toml++/toml.h>

namespace millrace::cli {
namespace {

const CaseFamily* named(std::string_view name) {
  for (const CaseFamily& family : case_families())
    if (family.name == name) return &family;
  return nullptr;
}

bool looks_like_path(const std::string& problem) {
  return problem.find('/') != std::string::npos || problem.ends_with(".toml") || problem.ends_with(".json") ||
         std::filesystem::exists(problem);
}

std::string family_in_toml(const std::string& path) {
  try {
    return toml::parse_file(path)["case"]["family"].value_or(std::string("urban"));
  } catch (const toml::parse_error&) {
    return "urban";  // whose loader says what is wrong
  }
}

std::string family_in_json(const std::string& path) {
  std::ifstream in(path);
  const nlohmann::json parsed = nlohmann::json::parse(in, nullptr, false);
  // Networks from the literature have "family" for the kind of network; JSON cases are parks unless they name another.
  const std::string family = parsed.is_object() && parsed.contains("family") && parsed["family"].is_string()
                                 ? parsed["family"].get<std::string>()
                                 : "park";
  return named(family) != nullptr ? family : "park";
}

/// Families that have the option, as words: "dispatch or park".
std::string owners_of(std::string_view option) {
  std::string owners;
  for (const CaseFamily& family : case_families())
    for (const CaseOption& own : family.options)
      if (own.name == option) owners += fmt::format("{}{}", owners.empty() ? "" : " or ", family.name);
  return owners;
}

/// What every family that has the option says of it.
std::string help_of(std::string_view option) {
  std::string help;
  for (const CaseFamily& family : case_families())
    for (const CaseOption& own : family.options)
      if (own.name == option) help += fmt::format("{}{}: {}", help.empty() ? "" : "; ", family.name, own.help);
  return help;
}

}  // namespace

std::span<const CaseFamily> case_families() {
  static const std::array families = {urban_family(), dispatch_family(), industrial_family(), park_family()};
  return families;
}

const CaseFamily* family_of(const std::string& problem) {
  for (const CaseFamily& family : case_families())
    for (const ProblemListing& listing : family.cases())
      if (listing.name == problem) return &family;
  if (!looks_like_path(problem)) return nullptr;
  const std::string name = problem.ends_with(".json") ? family_in_json(problem) : family_in_toml(problem);
  if (const CaseFamily* family = named(name)) return family;
  std::string known;
  for (const CaseFamily& family : case_families()) known += fmt::format("{}{}", known.empty() ? "" : ", ", family.name);
  throw UsageError(fmt::format("{}: family is '{}'; write one of {}", problem, name, known));
}

void add_case_options(CLI::App& verb, CaseOptions& options) {
  std::set<std::string_view> added;
  for (const CaseFamily& family : case_families())
    for (const CaseOption& option : family.options) {
      if (!added.insert(option.name).second) continue;
      const std::string name(option.name);
      const std::string help = help_of(option.name);
      // A run may be resumed from another folder than the one it was started in.
      const bool is_file = option.value == "FILE";
      const auto keep = [&options, name, is_file](const std::string& text) {
        options[name] = is_file ? std::filesystem::absolute(text).string() : text;
      };
      if (option.value.empty())
        verb.add_flag_callback(
                name, [keep] { keep("true"); }, help)
            ->group("Case");
      else verb.add_option_function<std::string>(name, keep, help)->type_name(std::string(option.value))->group("Case");
    }
}

void check_case_options(const ProblemRequest& request, const CaseFamily* family) {
  for (const auto& [name, text] : request.options) {
    const auto has = [&](const CaseOption& option) { return option.name == name; };
    if (family != nullptr && std::any_of(family->options.begin(), family->options.end(), has)) continue;
    throw UsageError(fmt::format("{}: belongs to {} cases; '{}' is {}", name, owners_of(name), request.problem,
                                 family == nullptr ? "a benchmark" : fmt::format("of the family {}", family->name)));
  }
}

}  // namespace millrace::cli
