#include <algorithm>
#include <cstring>
#include <limits>
#include <utility>

#include "engine/store/store_database.hpp"
#include "engine/store/store_json.hpp"

namespace millrace {

std::vector<double> doubles_of(const SQLite::Column& column) {
  std::vector<double> values(static_cast<std::size_t>(column.getBytes()) / sizeof(double));
  if (!values.empty()) std::memcpy(values.data(), column.getBlob(), values.size() * sizeof(double));
  return values;
}

Columns columns_of(const SQLite::Column& column, std::size_t columns) {
  const std::vector<double> values = doubles_of(column);
  if (values.empty() || columns == 0) return {};
  Columns table(values.size() / columns, columns);
  for (std::size_t i = 0; i < table.rows(); ++i)
    for (std::size_t k = 0; k < columns; ++k) table(i, k) = values[i * columns + k];
  return table;
}

namespace {

constexpr const char* kSelectRuns =
    "SELECT runs.id, runs.digest, problems.digest, algorithm, seed, status, reason, options, description, generations, "
    "evaluations, failed_evaluations, front_size, trace_points, seconds FROM runs "
    "JOIN problems ON problems.id = runs.problem JOIN machines ON machines.id = runs.machine ";
constexpr const char* kSelectSettings = "SELECT name, value FROM settings WHERE run = ? ORDER BY name";
constexpr const char* kSelectIndicators = "SELECT name, value FROM indicators WHERE run = ? ORDER BY name";
constexpr const char* kSelectTrace = "SELECT names, data FROM traces WHERE run = ?";
constexpr const char* kSelectFront = "SELECT objectives, decisions FROM fronts WHERE run = ?";

std::uint64_t count_of(const SQLite::Column& column) { return static_cast<std::uint64_t>(column.getInt64()); }

StoredRun run_of(SQLite::Statement& row) {
  StoredRun run;
  run.digest = row.getColumn(1).getString();
  run.problem = row.getColumn(2).getString();
  run.algorithm = row.getColumn(3).getString();
  run.seed = count_of(row.getColumn(4));
  run.status = row.getColumn(5).getString() == "failed" ? RunStatus::failed : RunStatus::finished;
  run.reason = row.getColumn(6).getString();
  run.options = row.getColumn(7).getString();
  run.machine = row.getColumn(8).getString();
  run.generations = count_of(row.getColumn(9));
  run.evaluations = count_of(row.getColumn(10));
  run.failed_evaluations = count_of(row.getColumn(11));
  run.front_size = count_of(row.getColumn(12));
  run.trace_points = count_of(row.getColumn(13));
  run.seconds = row.getColumn(14).getDouble();
  return run;
}

void read_front(SQLite::Statement& row, StoredRun& run) {
  if (run.front_size == 0) return;
  const auto values = static_cast<std::size_t>(row.getColumn(0).getBytes()) / sizeof(double);
  run.objectives = columns_of(row.getColumn(0), values / run.front_size);
  const std::vector<double> decisions = doubles_of(row.getColumn(1));
  if (decisions.empty()) return;
  run.decisions = DecisionRows(run.front_size, decisions.size() / run.front_size);
  for (std::size_t i = 0; i < run.front_size; ++i)
    std::copy_n(decisions.data() + i * run.decisions.variables(), run.decisions.variables(), run.decisions.row_data(i));
}

}  // namespace

void Store::Database::read_parts(std::int64_t id, StoredParts parts, StoredRun& run) const {
  SQLite::Statement& settings = prepared(kSelectSettings);
  settings.bind(1, id);
  while (settings.executeStep()) {
    const SQLite::Column value = settings.getColumn(1);
    run.settings.emplace_back(settings.getColumn(0).getString(),
                              value.isText() ? SettingValue(value.getString()) : SettingValue(value.getDouble()));
  }
  SQLite::Statement& indicators = prepared(kSelectIndicators);
  indicators.bind(1, id);
  while (indicators.executeStep()) {
    const SQLite::Column value = indicators.getColumn(1);
    run.indicators.emplace_back(indicators.getColumn(0).getString(),
                                value.isNull() ? std::numeric_limits<double>::quiet_NaN() : value.getDouble());
  }
  if (parts.traces) {
    SQLite::Statement& trace = prepared(kSelectTrace);
    trace.bind(1, id);
    if (trace.executeStep()) run.trace = {names_from_json(trace.getColumn(0)), doubles_of(trace.getColumn(1))};
    trace.reset();
  }
  if (!parts.fronts) return;
  SQLite::Statement& front = prepared(kSelectFront);
  front.bind(1, id);
  if (front.executeStep()) read_front(front, run);
  front.reset();
}

std::optional<StoredRun> Store::find(const std::string& digest, StoredParts parts) const {
  return guarded(path(), [&]() -> std::optional<StoredRun> {
    SQLite::Statement row(*database_->connection, std::string(kSelectRuns) + "WHERE runs.digest = ?");
    row.bind(1, digest);
    if (!row.executeStep()) return std::nullopt;
    StoredRun run = run_of(row);
    database_->read_parts(row.getColumn(0).getInt64(), parts, run);
    return run;
  });
}

void Store::for_each_run(StoredParts parts, const std::function<void(const StoredRun&)>& visit) const {
  guarded(path(), [&] {
    // One transaction: what another process commits meanwhile is not half of what is seen.
    SQLite::Transaction snapshot(*database_->connection);
    SQLite::Statement rows(*database_->connection, std::string(kSelectRuns) + "ORDER BY runs.digest");
    while (rows.executeStep()) {
      StoredRun run = run_of(rows);
      database_->read_parts(rows.getColumn(0).getInt64(), parts, run);
      visit(run);
    }
  });
}

}  // namespace millrace
