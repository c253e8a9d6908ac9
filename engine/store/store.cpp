#include "engine/store/store.hpp"

#include <bit>
#include <utility>

#include "engine/store/schema.hpp"
#include "engine/store/store_database.hpp"
#include "engine/store/store_json.hpp"

namespace millrace {
namespace {

static_assert(std::endian::native == std::endian::little, "numbers in a store are little-endian");

void bind_doubles(SQLite::Statement& statement, int index, const std::vector<double>& values) {
  // Without an address SQLite would take no bytes for NULL.
  static constexpr double kNone = 0.0;
  statement.bind(index, values.empty() ? &kNone : values.data(), static_cast<int>(values.size() * sizeof(double)));
}

/// Row after row.
std::vector<double> flat(const Columns& table) {
  std::vector<double> values;
  values.reserve(table.rows() * table.columns());
  for (std::size_t i = 0; i < table.rows(); ++i)
    for (std::size_t k = 0; k < table.columns(); ++k) values.push_back(table(i, k));
  return values;
}

std::vector<double> flat(const DecisionRows& rows) {
  std::vector<double> values;
  values.reserve(rows.rows() * rows.variables());
  for (std::size_t i = 0; i < rows.rows(); ++i) values.insert(values.end(), rows.row(i).begin(), rows.row(i).end());
  return values;
}

constexpr const char* kSelectProblem =
    "SELECT digest, name, scenario, objectives, variables, reference, reference_source, reference_front FROM problems ";

StoredProblem problem_of(SQLite::Statement& row) {
  StoredProblem problem = {row.getColumn(0),
                           row.getColumn(1),
                           row.getColumn(2),
                           objectives_from_json(row.getColumn(3)),
                           names_from_json(row.getColumn(4)),
                           reference_from_json(row.getColumn(5), row.getColumn(6))};
  problem.reference.front = columns_of(row.getColumn(7), problem.objectives.size());
  return problem;
}

constexpr const char* kInsertProblem =
    "INSERT INTO problems (digest, name, scenario, objectives, variables, reference, reference_source, "
    "reference_front) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (digest) DO NOTHING";
constexpr const char* kReplaceBox =
    "UPDATE problems SET reference = ?, reference_source = ? WHERE digest = ? AND reference_source = 'none'";
constexpr const char* kAddFront =
    "UPDATE problems SET reference_front = ? WHERE digest = ? AND reference_front IS NULL";
constexpr const char* kInsertMachine = "INSERT INTO machines (description) VALUES (?) ON CONFLICT DO NOTHING";
constexpr const char* kSelectMachine = "SELECT id FROM machines WHERE description = ?";
constexpr const char* kDeleteRun = "DELETE FROM runs WHERE digest = ?";
constexpr const char* kInsertRun =
    "INSERT INTO runs (digest, problem, machine, algorithm, seed, status, reason, options, generations, evaluations, "
    "failed_evaluations, front_size, trace_points, seconds) "
    "VALUES (?, (SELECT id FROM problems WHERE digest = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
constexpr const char* kInsertSetting = "INSERT INTO settings (run, name, value) VALUES (?, ?, ?)";
constexpr const char* kInsertIndicator = "INSERT INTO indicators (run, name, value) VALUES (?, ?, ?)";
constexpr const char* kInsertTrace = "INSERT INTO traces (run, names, data) VALUES (?, ?, ?)";
constexpr const char* kInsertFront = "INSERT INTO fronts (run, objectives, decisions) VALUES (?, ?, ?)";

void bind_all(SQLite::Statement& statement, const auto&... values) {
  int index = 0;
  (statement.bind(++index, values), ...);
}

}  // namespace

Store::Store(std::filesystem::path path, Mode mode) : database_(std::make_unique<Database>(std::move(path), mode)) {}
Store::~Store() = default;
Store::Store(Store&&) noexcept = default;

const std::filesystem::path& Store::path() const { return database_->path; }

int Store::newest_version() { return static_cast<int>(schema_steps().size()); }

std::vector<StoredProblem> Store::problems() const {
  return guarded(path(), [&] {
    std::vector<StoredProblem> problems;
    SQLite::Statement rows(*database_->connection, std::string(kSelectProblem) + "ORDER BY name, scenario, digest");
    while (rows.executeStep()) problems.push_back(problem_of(rows));
    return problems;
  });
}

std::optional<StoredProblem> Store::problem(const std::string& digest) const {
  return guarded(path(), [&]() -> std::optional<StoredProblem> {
    SQLite::Statement row(*database_->connection, std::string(kSelectProblem) + "WHERE digest = ?");
    row.bind(1, digest);
    if (!row.executeStep()) return std::nullopt;
    return problem_of(row);
  });
}

void Store::put(const StoredProblem& problem) {
  guarded(path(), [&] {
    SQLite::Statement& insert = database_->prepared(kInsertProblem);
    bind_all(insert, problem.digest, problem.name, problem.scenario, json_of(problem.objectives),
             json_of(problem.variables), json_of(problem.reference), problem.reference.source);
    const std::vector<double> front = flat(problem.reference.front);
    if (!front.empty()) bind_doubles(insert, 8, front);
    SQLite::Transaction transaction(*database_->connection, SQLite::TransactionBehavior::IMMEDIATE);
    insert.exec();
    SQLite::Statement& replace = database_->prepared(kReplaceBox);
    bind_all(replace, json_of(problem.reference), problem.reference.source, problem.digest);
    replace.exec();
    if (!front.empty()) {
      SQLite::Statement& add = database_->prepared(kAddFront);
      bind_doubles(add, 1, front);
      add.bind(2, problem.digest);
      add.exec();
    }
    transaction.commit();
  });
}

std::int64_t Store::Database::row_of_machine(const std::string& description) {
  if (machine.first == description) return machine.second;
  SQLite::Statement& insert = prepared(kInsertMachine);
  insert.bind(1, description);
  insert.exec();
  SQLite::Statement& select = prepared(kSelectMachine);
  select.bind(1, description);
  select.executeStep();
  const std::int64_t row = select.getColumn(0).getInt64();
  // A statement that waits for its next row keeps the log from being folded into the file.
  select.reset();
  return row;
}

void Store::Database::insert_parts(std::int64_t id, const StoredRun& run) {
  for (const auto& [name, value] : run.settings) {
    SQLite::Statement& insert = prepared(kInsertSetting);
    if (const auto* number = std::get_if<double>(&value)) bind_all(insert, id, name, *number);
    else bind_all(insert, id, name, std::get<std::string>(value));
    insert.exec();
  }
  for (const auto& [name, value] : run.indicators) {
    SQLite::Statement& insert = prepared(kInsertIndicator);
    bind_all(insert, id, name, value);
    insert.exec();
  }
  if (run.trace.rows() > 0) {
    SQLite::Statement& insert = prepared(kInsertTrace);
    bind_all(insert, id, json_of(run.trace.names));
    bind_doubles(insert, 3, run.trace.values);
    insert.exec();
  }
  if (run.status == RunStatus::failed) return;
  SQLite::Statement& insert = prepared(kInsertFront);
  insert.bind(1, id);
  const std::vector<double> objectives = flat(run.objectives);
  const std::vector<double> decisions = flat(run.decisions);
  bind_doubles(insert, 2, objectives);
  if (run.decisions.variables() > 0) bind_doubles(insert, 3, decisions);
  insert.exec();
}

void Store::Database::insert_run(const StoredRun& run) {
  SQLite::Statement& erase = prepared(kDeleteRun);
  erase.bind(1, run.digest);
  erase.exec();
  const std::int64_t machine_row = row_of_machine(run.machine);
  const auto integer = [](std::uint64_t value) { return static_cast<std::int64_t>(value); };
  SQLite::Statement& insert = prepared(kInsertRun);
  bind_all(insert, run.digest, run.problem, machine_row, run.algorithm, integer(run.seed),
           std::string(name_of(run.status)), run.reason, run.options, integer(run.generations),
           integer(run.evaluations), integer(run.failed_evaluations), integer(run.front_size),
           integer(run.trace_points), run.seconds);
  insert.exec();
  insert_parts(connection->getLastInsertRowid(), run);
  machine = {run.machine, machine_row};
}

void Store::put(std::span<const StoredRun> runs) {
  // What was learnt inside a transaction that fails is not known.
  const auto machine = database_->machine;
  try {
    guarded(path(), [&] {
      SQLite::Transaction transaction(*database_->connection, SQLite::TransactionBehavior::IMMEDIATE);
      for (const StoredRun& run : runs) database_->insert_run(run);
      transaction.commit();
    });
  } catch (...) {
    database_->machine = machine;
    throw;
  }
}

std::size_t Store::run_count() const {
  return guarded(path(), [&] {
    return static_cast<std::size_t>(database_->connection->execAndGet("SELECT count(*) FROM runs").getInt64());
  });
}

std::map<std::string, StoredExtent> Store::extents() const {
  return guarded(path(), [&] {
    std::map<std::string, StoredExtent> extents;
    std::map<std::int64_t, StoredExtent*> by_row;
    SQLite::Statement rows(*database_->connection,
                           "SELECT runs.id, digest, status, trace_points, decisions IS NOT NULL FROM runs "
                           "LEFT JOIN fronts ON fronts.run = runs.id");
    while (rows.executeStep()) {
      StoredExtent& extent = extents[rows.getColumn(1)];
      extent.status = rows.getColumn(2).getString() == "failed" ? RunStatus::failed : RunStatus::finished;
      extent.trace_points = static_cast<std::uint64_t>(rows.getColumn(3).getInt64());
      extent.decisions = rows.getColumn(4).getInt() != 0;
      by_row[rows.getColumn(0).getInt64()] = &extent;
    }
    SQLite::Statement names(*database_->connection, "SELECT run, name FROM indicators ORDER BY run, name");
    while (names.executeStep())
      if (const auto extent = by_row.find(names.getColumn(0).getInt64()); extent != by_row.end())
        extent->second->indicators.push_back(names.getColumn(1));
    return extents;
  });
}

}  // namespace millrace
