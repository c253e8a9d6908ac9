#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/cases/problem_lookup.hpp"
#include "cli/exit_code.hpp"
#include "cli/suggestion.hpp"
#include "cli/verbs.hpp"
#include "engine/algorithm/catalogue.hpp"
#include "operators/catalogue.hpp"

namespace millrace::cli {
namespace {

struct Listing {
  std::string name;
  std::string kind;
  std::string description;
};

std::vector<Listing> listing_of(const std::string& what) {
  std::vector<Listing> list;
  if (what == "problems")
    for (const auto& problem : list_problems()) list.push_back({problem.name, problem.family, problem.description});
  if (what == "algorithms")
    for (const auto& entry : algorithm_entries())
      list.push_back({std::string(entry.name), "algorithm", std::string(entry.description)});
  if (what == "operators")
    for (const auto& entry : operator_catalogue())
      list.push_back({std::string(entry.name), std::string(entry.kind), std::string(entry.description)});
  return list;
}

void print(const std::vector<Listing>& list, bool json) {
  if (json) {
    nlohmann::json array = nlohmann::json::array();
    for (const Listing& item : list)
      array.push_back({{"name", item.name}, {"kind", item.kind}, {"description", item.description}});
    fmt::print("{}\n", array.dump(2));
    return;
  }
  std::size_t name = 0;
  std::size_t kind = 0;
  for (const Listing& item : list) {
    name = std::max(name, item.name.size());
    kind = std::max(kind, item.kind.size());
  }
  for (const Listing& item : list)
    fmt::print("{:<{}}  {:<{}}  {}\n", item.name, name, item.kind, kind, item.description);
}

}  // namespace

void add_list_verb(CLI::App& app) {
  CLI::App* verb = app.add_subcommand("list", "What there is: problems, algorithms or operators");
  auto what = std::make_shared<std::string>();
  auto json = std::make_shared<bool>(false);
  verb->add_option("kind", *what, "problems, algorithms or operators")->required();
  verb->add_flag("--json", *json, "As a JSON array");
  verb->callback([what, json] {
    const std::vector<std::string> kinds = {"problems", "algorithms", "operators"};
    if (std::find(kinds.begin(), kinds.end(), *what) == kinds.end())
      throw UsageError(fmt::format("list: '{}' is not known{}", *what, suggestion(*what, kinds)));
    print(listing_of(*what), *json);
  });
}

}  // namespace millrace::cli
