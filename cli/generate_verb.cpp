#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <string>

#include "cli/command_line.hpp"
#include "cli/exit_code.hpp"
#include "cli/verbs.hpp"
#include "engine/run/result_files.hpp"
#include "problems/urban/generate_city.hpp"
#include "problems/urban/write_case.hpp"

namespace millrace::cli {
namespace {

struct GenerateRequest {
  std::filesystem::path file;
  GeneratorOptions options;
  bool force = false;
};

void generate(const GenerateRequest& request) {
  if (const std::string error = request.options.error(); !error.empty()) throw UsageError(error);
  if (std::filesystem::exists(request.file) && !request.force)
    throw UsageError(fmt::format("{}: exists; name another file, or replace it with --force", request.file.string()));
  const UrbanCase city = generate_city(request.options);
  write_file(request.file, urban_case_toml(city));
  fmt::print("{}: {} sources, {} users, {} links, {} scenarios; solve it with: millrace run {}\n",
             request.file.string(), city.sources.size(), city.users.size(), city.links.size(), city.scenarios.size(),
             request.file.string());
}

}  // namespace

void add_generate_verb(CLI::App& app) {
  CLI::App* verb = app.add_subcommand("generate", "Write the case file of a large synthetic city");
  auto request = std::make_shared<GenerateRequest>();
  GeneratorOptions& options = request->options;
  verb->add_option("file", request->file, "Case file to write, e.g. city.toml")->required();
  verb->add_option("--sources", options.sources, "Sources (default 20)")->check(whole_number(1));
  verb->add_option("--users", options.users, "Users (default 50)")->check(whole_number(1));
  verb->add_option("--periods", options.periods, "Scenarios, with growing demand (default 3)")->check(whole_number(1));
  verb->add_option("--links-per-user", options.links_per_user,
                   "Links of a user, as far as there are sources (default 4)")
      ->check(whole_number(1));
  verb->add_option("--seed", options.seed, "Seed (default 1)")->check(whole_number(0));
  verb->add_flag("--force", request->force, "Replace the file where it exists");
  verb->callback([request] { generate(*request); });
}

}  // namespace millrace::cli
