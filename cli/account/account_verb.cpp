#include <fmt/format.h>

#include <memory>

#include "cli/account/account_json.hpp"
#include "cli/account/account_tables.hpp"
#include "cli/command_line.hpp"
#include "cli/verbs.hpp"

namespace millrace::cli {
namespace {

struct AccountRequest {
  std::filesystem::path folder;
  std::string solution = "balanced";
  bool sensitivity = false;
  std::size_t samples = 1024;
  bool json = false;
};

void account(const AccountRequest& request) {
  const AccountedStudy study = read_accounted_study(request.folder, request.solution);
  if (request.json) {
    fmt::print("{}\n", accounts_json(study, request.sensitivity ? request.samples : 0).dump());
    return;
  }
  print_accounts(study);
  if (request.sensitivity) print_sensitivity(study, request.samples);
}

}  // namespace

void add_account_verb(CLI::App& app) {
  CLI::App* verb = app.add_subcommand("account", "Account for one scheme of each year of a finished urban run");
  auto request = std::make_shared<AccountRequest>();
  verb->add_option("folder", request->folder, "Folder of the results")->required();
  verb->add_option("--solution", request->solution,
                   "balanced (default), or the number of a scheme in front.csv, counted from 1");
  verb->add_flag("--sensitivity", request->sensitivity,
                 "Also the scheme under changed data: one at a time, Sobol indices, what-ifs");
  verb->add_option("--samples", request->samples, "Points of the Sobol indices (default 1024)")
      ->check(whole_number(2, 1u << 20));
  verb->add_flag("--json", request->json, "One JSON object");
  verb->callback([request] { account(*request); });
}

}  // namespace millrace::cli
