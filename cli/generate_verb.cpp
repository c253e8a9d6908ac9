#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "cli/command_line.hpp"
#include "cli/exit_code.hpp"
#include "cli/verbs.hpp"
#include "engine/run/result_files.hpp"
#include "problems/industrial/generate_variant.hpp"
#include "problems/industrial/load_case.hpp"
#include "problems/industrial/write_case.hpp"
#include "problems/urban/generate_city.hpp"
#include "problems/urban/write_case.hpp"

namespace millrace::cli {
namespace {

struct GenerateRequest {
  std::filesystem::path file;
  std::string family = "urban";
  GeneratorOptions options;
  VariantOptions variant;
  bool force = false;
};

void check_file(const GenerateRequest& request) {
  if (std::filesystem::exists(request.file) && !request.force)
    throw UsageError(fmt::format("{}: exists; name another file, or replace it with --force", request.file.string()));
}

/// An option that was typed and belongs to the other family is a mistake, not nothing.
void check_options(const std::string& family, const std::vector<CLI::Option*>& others) {
  for (const CLI::Option* option : others)
    if (!option->empty())
      throw UsageError(fmt::format("{}: does not belong to --family {}; remove it", option->get_name(), family));
}

void generate_industrial(const GenerateRequest& request) {
  if (const std::string error = request.variant.error(); !error.empty()) throw UsageError(error);
  check_file(request);
  const IndustrialCase made = generate_variant(load_industrial_case("henan"), request.variant);
  write_file(request.file, industrial_case_toml(made));
  fmt::print("{}: {} regions, {} users, {} variables of a whole plan; solve it with: millrace run {}\n",
             request.file.string(), made.regions.size(), made.sectors.size(),
             made.sectors.size() * made.periods.size() * (3 + made.levels.size()), request.file.string());
}

void generate_urban(const GenerateRequest& request) {
  if (const std::string error = request.options.error(); !error.empty()) throw UsageError(error);
  check_file(request);
  const UrbanCase city = generate_city(request.options);
  write_file(request.file, urban_case_toml(city));
  fmt::print("{}: {} sources, {} users, {} links, {} scenarios; solve it with: millrace run {}\n",
             request.file.string(), city.sources.size(), city.users.size(), city.links.size(), city.scenarios.size(),
             request.file.string());
}

}  // namespace

void add_generate_verb(CLI::App& app) {
  CLI::App* verb = app.add_subcommand(
      "generate", "Write the case file of a large synthetic case: a city, or industry in many regions");
  auto request = std::make_shared<GenerateRequest>();
  GeneratorOptions& options = request->options;
  verb->add_option("file", request->file, "Case file to write, e.g. city.toml")->required();
  std::vector<CLI::Option*> urban = {
      verb->add_option("--sources", options.sources, "Urban: sources (default 20)"),
      verb->add_option("--users", options.users, "Urban: users (default 50)"),
      verb->add_option("--periods", options.periods, "Urban: scenarios, with growing demand (default 3)"),
      verb->add_option("--links-per-user", options.links_per_user,
                       "Urban: links of a user, as far as there are sources (default 4)")};
  verb->add_option("--family", request->family, "urban (default) or industrial")
      ->check(CLI::IsMember({"urban", "industrial"}));
  std::vector<CLI::Option*> industrial = {
      verb->add_option("--regions", request->variant.regions, "Industrial: regions (default 18)"),
      verb->add_option("--parts", request->variant.parts, "Industrial: parts of every sector of a region (default 4)")};
  for (const auto& family : {urban, industrial})
    for (CLI::Option* option : family) option->check(whole_number(1));
  CLI::Option* seed = verb->add_option("--seed", options.seed, "Seed (default 1; industrial 20220139)");
  seed->check(whole_number(0));
  verb->add_flag("--force", request->force, "Replace the file where it exists");
  verb->callback([request, seed, urban, industrial] {
    check_options(request->family, request->family == "urban" ? industrial : urban);
    if (request->family == "urban") return generate_urban(*request);
    if (!seed->empty()) request->variant.seed = request->options.seed;
    generate_industrial(*request);
  });
}

}  // namespace millrace::cli
