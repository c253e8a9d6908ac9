#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "cli/command_line.hpp"
#include "cli/exit_code.hpp"
#include "cli/fit/fit_report.hpp"
#include "cli/verbs.hpp"
#include "engine/run/result_files.hpp"
#include "problems/park/plant_data.hpp"
#include "problems/park/synthetic_plant.hpp"

namespace millrace::cli {
namespace {

struct FitRequest {
  std::string data;
  std::filesystem::path synthetic;
  std::size_t rows = 40;
  std::uint64_t seed = 1;
  bool evidence = false;
  std::size_t training_sets = 30;
  bool json = false;
  bool force = false;
};

void print_json(const nlohmann::json& object) { fmt::print("{}\n", object.dump()); }

void fit_plant(const FitRequest& request) {
  const PlantData plant = load_plant_data(request.data);
  for (const QuantityData& data : plant.quantities) {
    const FitReport report{FittedQuantity::fit(data), data.rows(), cross_validate(data, request.seed)};
    if (request.json) print_json(to_json(report));
    else print_fit(report);
  }
}

void write_synthetic(const FitRequest& request) {
  if (std::filesystem::exists(request.synthetic) && !request.force)
    throw UsageError(
        fmt::format("{}: exists; name another file, or replace it with --force", request.synthetic.string()));
  const PlantData plant = measure_synthetic_plant(request.rows, request.seed);
  write_file(request.synthetic, "# Made by millrace fit --synthetic: measurements of a plant that does not exist.\n" +
                                    plant_data_csv(plant));
  fmt::print("{}: {} measurements of each of {} quantities of a synthetic plant; fit them with: millrace fit {}\n",
             request.synthetic.string(), request.rows, plant.quantities.size(), request.synthetic.string());
}

void show_evidence(const FitRequest& request) {
  EvidenceOptions options;
  options.training_sets = request.training_sets;
  options.seed = request.seed;
  const std::vector<EvidenceRow> rows = hybrid_evidence(options);
  if (!request.json) return print_evidence(rows, options);
  for (const EvidenceRow& row : rows) print_json(to_json(row));
}

void fit(const FitRequest& request) {
  const int jobs = int{!request.data.empty()} + int{!request.synthetic.empty()} + int{request.evidence};
  if (jobs != 1)
    throw UsageError("name a CSV file of plant data, or write one with --synthetic FILE, or ask for --evidence");
  try {
    if (request.evidence) show_evidence(request);
    else if (!request.synthetic.empty()) write_synthetic(request);
    else fit_plant(request);
  } catch (const CaseError& error) {
    throw UsageError(error.what());
  } catch (const std::invalid_argument& error) {
    throw UsageError(error.what());
  }
}

}  // namespace

void add_fit_verb(CLI::App& app) {
  CLI::App* verb = app.add_subcommand("fit", "Fit hybrid unit models to plant data, and say where to trust them");
  auto request = std::make_shared<FitRequest>();
  verb->add_option("data", request->data, "CSV file: unit,quantity,<inputs>,y (see docs/park.md)");
  verb->add_option("--synthetic", request->synthetic, "Write measurements of the synthetic plant to this file instead");
  verb->add_option("--rows", request->rows, "With --synthetic: measurements of each quantity (default 40)")
      ->check(whole_number(1, 100000));
  verb->add_option("--seed", request->seed, "Of the folds, the measurements or the training sets (default 1)")
      ->check(whole_number(0));
  verb->add_flag("--evidence", request->evidence,
                 "Compare hybrid, mechanism and data on the synthetic plant, as a table for docs/park.md");
  verb->add_option("--sets", request->training_sets, "With --evidence: random training sets (default 30)")
      ->check(whole_number(1, 1000));
  verb->add_flag("--json", request->json, "One JSON object a quantity");
  verb->add_flag("--force", request->force, "With --synthetic: replace the file where it exists");
  verb->callback([request] { fit(*request); });
}

}  // namespace millrace::cli
