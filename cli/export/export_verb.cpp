#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "cli/command_line.hpp"
#include "cli/export/store_export.hpp"
#include "cli/suggestion.hpp"
#include "cli/sweep/store_access.hpp"
#include "cli/verbs.hpp"

namespace millrace::cli {
namespace {

constexpr std::array kWhats = {std::pair{"runs", ExportOptions::What::runs},
                               std::pair{"fronts", ExportOptions::What::fronts},
                               std::pair{"traces", ExportOptions::What::traces}};
constexpr std::array kFormats = {std::pair{"csv", ExportOptions::Format::csv},
                                 std::pair{"jsonl", ExportOptions::Format::jsonl}};

template <class Value, std::size_t n>
Value choice(const char* option, const std::string& word, const std::array<std::pair<const char*, Value>, n>& known) {
  std::vector<std::string> names;
  for (const auto& [name, value] : known) {
    if (word == name) return value;
    names.emplace_back(name);
  }
  throw UsageError(fmt::format("{}: '{}' is not known{}", option, word, suggestion(word, names)));
}

struct ExportRequest {
  std::filesystem::path store;
  std::string what = "runs", format = "csv";
  std::filesystem::path output;
  ExportOptions options;
};

/// Into a new file that takes the name once it is whole.
void export_to_file(const Store& store, const ExportRequest& request) {
  const std::filesystem::path unfinished = request.output.string() + ".new";
  const auto fail = [&](int reason) {
    throw StorageError(fmt::format("{}: cannot write ({})", request.output.string(), std::strerror(reason)));
  };
  std::FILE* file = std::fopen(unfinished.c_str(), "wb");
  if (file == nullptr) fail(errno);
  try {
    export_store(store, request.options, file);
  } catch (...) {
    std::fclose(file);
    std::filesystem::remove(unfinished);
    throw;
  }
  if (std::fclose(file) != 0) fail(errno);
  std::filesystem::rename(unfinished, request.output);
}

}  // namespace

void add_export_verb(CLI::App& app) {
  CLI::App* verb = app.add_subcommand("export", "Write the runs of a store as CSV or as JSON lines");
  auto request = std::make_shared<ExportRequest>();
  verb->add_option("store", request->store, "Store of a sweep, e.g. study.db")->required();
  verb->add_option("--what", request->what, "runs (default), fronts or traces");
  verb->add_option("--format", request->format, "csv (default) or jsonl");
  verb->add_option("--output", request->output, "File to write (default: standard output)");
  verb->add_option("--problem", request->options.problem, "Only runs of the problem of that name");
  verb->add_option("--algorithm", request->options.algorithm, "Only runs of that algorithm");
  verb->add_flag("--times", request->options.times,
                 "Also seconds, program and machine, which two stores of the same runs do not share");
  verb->callback([request] {
    request->options.what = choice("--what", request->what, kWhats);
    request->options.format = choice("--format", request->format, kFormats);
    with_store([&] {
      const Store store(request->store, Store::Mode::read);
      if (request->output.empty()) export_store(store, request->options, stdout);
      else export_to_file(store, *request);
    });
  });
}

}  // namespace millrace::cli
