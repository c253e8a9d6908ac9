#include "cli/export/store_export.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "engine/run/checkpoint_file.hpp"

namespace millrace::cli {
namespace {

using nlohmann::ordered_json;

/// One value of a row. Null: not known.
using Cell = ordered_json;

Cell number(double value) { return std::isfinite(value) ? Cell(value) : Cell(nullptr); }

Cell cell_of(const SettingValue& value) {
  if (const auto* word = std::get_if<std::string>(&value)) return *word;
  const double known = std::get<double>(value);
  if (known == std::floor(known) && std::abs(known) < 9e15) return static_cast<std::int64_t>(known);
  return number(known);
}

std::string csv_field(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string result = "\"";
  for (const char c : text) result += c == '"' ? "\"\"" : std::string(1, c);
  return result + "\"";
}

std::string csv_text(const Cell& cell) {
  if (cell.is_null()) return {};
  if (cell.is_string()) return csv_field(cell.get<std::string>());
  if (cell.is_number_float()) return fmt::format("{}", cell.get<double>());
  return cell.dump();
}

void put(std::FILE* out, const std::string& text) {
  if (std::fwrite(text.data(), 1, text.size(), out) == text.size()) return;
  throw StorageError(fmt::format("the export cannot be written ({})", std::strerror(errno)));
}

/// Rows with the same columns, in either format.
class RowWriter {
 public:
  RowWriter(std::FILE* out, ExportOptions::Format format, std::vector<std::string> names)
      : out_(out), format_(format), names_(std::move(names)) {
    if (format_ == ExportOptions::Format::csv) put_line([&](std::size_t c) { return csv_field(names_[c]); });
  }

  /// As many cells as there are names.
  void row(const std::vector<Cell>& cells) {
    if (format_ == ExportOptions::Format::csv) {
      put_line([&](std::size_t c) { return csv_text(cells[c]); });
      return;
    }
    ordered_json object;
    for (std::size_t c = 0; c < names_.size(); ++c) object[names_[c]] = cells[c];
    put(out_, object.dump(-1, ' ', false, ordered_json::error_handler_t::replace) + "\n");
  }

 private:
  void put_line(auto text_of) {
    std::string line;
    for (std::size_t c = 0; c < names_.size(); ++c) line += std::string(c == 0 ? "" : ",") + text_of(c);
    put(out_, line + "\n");
  }

  std::FILE* out_;
  ExportOptions::Format format_;
  std::vector<std::string> names_;
};

/// What is to be exported of a store.
class Selection {
 public:
  Selection(const Store& store, const ExportOptions& options) : store_(store), options_(options) {
    for (StoredProblem& problem : store.problems()) problems_.emplace(problem.digest, std::move(problem));
  }

  void visit(StoredParts parts, const std::function<void(const StoredRun&, const StoredProblem&)>& work) const {
    store_.for_each_run(parts, [&](const StoredRun& run) {
      const StoredProblem& problem = problems_.at(run.problem);
      if (!options_.problem.empty() && problem.name != options_.problem) return;
      if (!options_.algorithm.empty() && run.algorithm != options_.algorithm) return;
      work(run, problem);
    });
  }

 private:
  const Store& store_;
  const ExportOptions& options_;
  std::map<std::string, StoredProblem> problems_;
};

/// What tells a run in every kind of export.
const std::vector<std::string> kRunNames = {"digest", "problem", "scenario", "algorithm", "seed"};

std::vector<Cell> run_cells(const StoredRun& run, const StoredProblem& problem) {
  return {run.digest, problem.name, problem.scenario, run.algorithm, run.seed};
}

std::vector<std::string> operator+(std::vector<std::string> left, const std::vector<std::string>& right) {
  left.insert(left.end(), right.begin(), right.end());
  return left;
}

void export_runs(const Selection& selection, const ExportOptions& options, std::FILE* out) {
  std::set<std::string> settings, indicators;
  selection.visit({}, [&](const StoredRun& run, const StoredProblem&) {
    for (const auto& [name, value] : run.settings) settings.insert(name);
    for (const auto& [name, value] : run.indicators) indicators.insert(name);
  });
  // A parameter may be called like a column of its own.
  std::vector<std::string> names =
      kRunNames +
      std::vector<std::string>{"status", "reason", "generations", "evaluations", "failed_evaluations", "front_size"};
  for (const std::string& name : indicators) names.push_back(name);
  for (const std::string& name : settings) names.push_back("setting:" + name);
  names.push_back("options");
  if (options.times) names = names + std::vector<std::string>{"seconds", "machine"};
  RowWriter writer(out, options.format, names);
  selection.visit({}, [&](const StoredRun& run, const StoredProblem& problem) {
    std::vector<Cell> cells = run_cells(run, problem);
    cells.insert(cells.end(), {std::string(name_of(run.status)), run.reason, run.generations, run.evaluations,
                               run.failed_evaluations, run.front_size});
    for (const std::string& name : indicators) cells.push_back(number(run.indicator(name)));
    for (const std::string& name : settings) {
      const auto known = std::find_if(run.settings.begin(), run.settings.end(),
                                      [&](const auto& setting) { return setting.first == name; });
      cells.push_back(known == run.settings.end() ? Cell(nullptr) : cell_of(known->second));
    }
    cells.push_back(run.options);
    if (options.times) cells.insert(cells.end(), {number(run.seconds), run.machine});
    writer.row(cells);
  });
}

Cell shown(const StoredObjective& objective, double minimised) {
  return number(objective.maximised && minimised != 0.0 ? -minimised : minimised);
}

std::vector<double> decisions_of(const StoredRun& run, std::size_t row) {
  if (run.decisions.rows() == 0) return {};
  return {run.decisions.row(row).begin(), run.decisions.row(row).end()};
}

void export_fronts(const Selection& selection, const ExportOptions& options, std::FILE* out) {
  std::set<std::string> known;
  std::vector<std::string> objectives, variables;
  selection.visit({.fronts = true}, [&](const StoredRun& run, const StoredProblem& problem) {
    for (const StoredObjective& o : problem.objectives)
      if (known.insert("f:" + o.name).second) objectives.push_back("f:" + o.name);
    if (run.decisions.rows() == 0) return;
    for (const std::string& name : problem.variables)
      if (known.insert("x:" + name).second) variables.push_back("x:" + name);
  });
  std::map<std::string, std::size_t> column;
  for (const std::string& name : objectives + variables) column.emplace(name, column.size());
  RowWriter writer(out, options.format, kRunNames + std::vector<std::string>{"solution"} + objectives + variables);
  selection.visit({.fronts = true}, [&](const StoredRun& run, const StoredProblem& problem) {
    for (std::size_t i = 0; i < run.objectives.rows(); ++i) {
      std::vector<Cell> cells = run_cells(run, problem);
      cells.push_back(i);
      const std::size_t first = cells.size();
      cells.resize(first + column.size(), nullptr);
      for (std::size_t k = 0; k < problem.objectives.size(); ++k)
        cells[first + column.at("f:" + problem.objectives[k].name)] =
            shown(problem.objectives[k], run.objectives(i, k));
      const std::vector<double> x = decisions_of(run, i);
      for (std::size_t j = 0; j < x.size(); ++j) cells[first + column.at("x:" + problem.variables[j])] = number(x[j]);
      writer.row(cells);
    }
  });
}

void export_traces(const Selection& selection, const ExportOptions& options, std::FILE* out) {
  std::vector<std::string> names;
  selection.visit({.traces = true}, [&](const StoredRun& run, const StoredProblem&) {
    for (const std::string& name : run.trace.names)
      if ((name != "seconds" || options.times) && std::find(names.begin(), names.end(), name) == names.end())
        names.push_back(name);
  });
  RowWriter writer(out, options.format, kRunNames + names);
  selection.visit({.traces = true}, [&](const StoredRun& run, const StoredProblem& problem) {
    for (std::size_t row = 0; row < run.trace.rows(); ++row) {
      std::vector<Cell> cells = run_cells(run, problem);
      for (const std::string& name : names) {
        const auto found = std::find(run.trace.names.begin(), run.trace.names.end(), name);
        cells.push_back(found == run.trace.names.end()
                            ? Cell(nullptr)
                            : number(run.trace.at(row, static_cast<std::size_t>(found - run.trace.names.begin()))));
      }
      writer.row(cells);
    }
  });
}

}  // namespace

void export_store(const Store& store, const ExportOptions& options, std::FILE* out) {
  const Selection selection(store, options);
  switch (options.what) {
    case ExportOptions::What::runs: export_runs(selection, options, out); break;
    case ExportOptions::What::fronts: export_fronts(selection, options, out); break;
    case ExportOptions::What::traces: export_traces(selection, options, out); break;
  }
  if (std::fflush(out) != 0) throw StorageError(fmt::format("the export cannot be written ({})", std::strerror(errno)));
}

}  // namespace millrace::cli
