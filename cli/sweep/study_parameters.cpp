#include "cli/sweep/study_parameters.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>

namespace millrace::cli {
namespace {

using Kind = KnownParameter::Kind;

constexpr double kMostIndividuals = std::numeric_limits<std::uint32_t>::max() / 4;
constexpr double kMostCount = 1e15;

long long whole(const SettingValue& value) { return static_cast<long long>(std::get<double>(value)); }
double real(const SettingValue& value) { return std::get<double>(value); }
const std::string& word(const SettingValue& value) { return std::get<std::string>(value); }

using R = RunRequest;
using V = const SettingValue&;

constexpr std::array kParameters = {
    KnownParameter{"population", Kind::whole, 4, kMostIndividuals, [](R& r, V v) { r.population = whole(v); }},
    KnownParameter{"generations", Kind::whole, 1, kMostCount, [](R& r, V v) { r.generations = whole(v); }},
    KnownParameter{"evaluations", Kind::whole, 1, kMostCount, [](R& r, V v) { r.evaluations = whole(v); }},
    KnownParameter{"sampling", Kind::word, 0, 0, [](R& r, V v) { r.sampling = word(v); }},
    KnownParameter{"crossover", Kind::word, 0, 0, [](R& r, V v) { r.crossover = word(v); }},
    KnownParameter{"crossover-probability", Kind::real, 0, 1, [](R& r, V v) { r.crossover_probability = real(v); }},
    KnownParameter{"crossover-eta", Kind::real, 0, 1e6, [](R& r, V v) { r.crossover_eta = real(v); }},
    KnownParameter{"differential-weight", Kind::real, 0, 2, [](R& r, V v) { r.differential_weight = real(v); }},
    KnownParameter{"differential-rate", Kind::real, 0, 1, [](R& r, V v) { r.differential_rate = real(v); }},
    KnownParameter{"mutation-probability", Kind::real, 0, 1, [](R& r, V v) { r.mutation_probability = real(v); }},
    KnownParameter{"mutation-eta", Kind::real, 0, 1e6, [](R& r, V v) { r.mutation_eta = real(v); }},
    KnownParameter{"excursion", Kind::real, 0, 0.5, [](R& r, V v) { r.excursion = real(v); }},
    KnownParameter{"scalarisation", Kind::word, 0, 0, [](R& r, V v) { r.own.scalarisation = word(v); }},
    KnownParameter{"theta", Kind::real, 0, 1e9, [](R& r, V v) { r.own.theta = real(v); }},
    KnownParameter{"neighbourhood", Kind::whole, 2, kMostIndividuals,
                   [](R& r, V v) { r.own.neighbourhood = whole(v); }},
    KnownParameter{"delta", Kind::real, 0, 1, [](R& r, V v) { r.own.delta = real(v); }},
    KnownParameter{"replacement-limit", Kind::whole, 1, kMostIndividuals,
                   [](R& r, V v) { r.own.replacement_limit = whole(v); }},
    KnownParameter{"alpha", Kind::real, 0, 1e6, [](R& r, V v) { r.own.alpha = real(v); }},
    KnownParameter{"batch", Kind::whole, 1, kMostIndividuals, [](R& r, V v) { r.own.batch = whole(v); }},
    KnownParameter{"epsilon", Kind::real, 0, 1e300, [](R& r, V v) { r.epsilons = {real(v)}; }},
};

std::vector<std::string> parameter_names() {
  std::vector<std::string> names;
  for (const KnownParameter& parameter : kParameters) names.emplace_back(parameter.name);
  return names;
}

std::string example_of(const KnownParameter& parameter) {
  if (parameter.kind == Kind::word) return fmt::format("{} = [\"...\", \"...\"]", parameter.name);
  const double low = parameter.kind == Kind::whole ? std::max(parameter.least, 1.0) : 0.25;
  return fmt::format("{} = [{}, {}] or {} = {{ from = {}, to = {} }}", parameter.name, low * 2, low * 3, parameter.name,
                     low * 2, low * 3);
}

void check_number(const CaseTable& table, const toml::node& node, const std::string& key,
                  const KnownParameter& parameter, double value) {
  if (parameter.kind == Kind::whole && value != std::floor(value))
    table.fail(node, key, fmt::format("must be a whole number, not {}; write {}", value, std::round(value)));
  if (value < parameter.least || value > parameter.most)
    table.fail(node, key,
               fmt::format("is {}, outside {} to {}; write a value inside", value, parameter.least, parameter.most));
}

SettingValue value_of(const CaseTable& table, const toml::node& node, const std::string& key,
                      const KnownParameter& parameter) {
  if (parameter.kind == Kind::word) {
    if (const auto* text = node.as_string()) return text->get();
    table.fail(node, key, fmt::format("takes words; write {}", example_of(parameter)));
  }
  if (!node.is_number()) table.fail(node, key, fmt::format("takes numbers; write {}", example_of(parameter)));
  const double value = table.number_of(node, key);
  check_number(table, node, key, parameter, value);
  return value;
}

std::vector<SettingValue> list_of(const CaseTable& table, const toml::node& node, const std::string& key,
                                  const KnownParameter& parameter) {
  if (!node.is_array()) return {value_of(table, node, key, parameter)};
  std::vector<SettingValue> values;
  for (const toml::node& item : *node.as_array()) {
    values.push_back(value_of(table, item, key, parameter));
    if (std::find(values.begin(), values.end() - 1, values.back()) != values.end() - 1)
      table.fail(item, key, fmt::format("has {} twice; write every value once", text_of(values.back())));
  }
  if (values.empty()) table.fail(node, key, fmt::format("is an empty list; write {}", example_of(parameter)));
  return values;
}

/// "algorithm" and other parameters, each with the value or the values that it must have.
std::vector<ParameterCondition> conditions_of(const CaseTable& parameter) {
  std::vector<ParameterCondition> conditions;
  const toml::table* section = parameter.sub_table("when");
  if (section == nullptr) return conditions;
  if (section->empty()) parameter.fail("when", "is empty; write when = { algorithm = \"moead\" }");
  for (auto&& [key, node] : *section) {
    const std::string name(key.str());
    ParameterCondition condition{name, {}};
    const KnownParameter* known = find_parameter(name);
    if (known != nullptr) {
      condition.values = list_of(parameter, node, name, *known);
    } else if (name == "algorithm") {
      const KnownParameter algorithm{"algorithm", Kind::word, 0, 0, nullptr};
      condition.values = list_of(parameter, node, name, algorithm);
    } else {
      parameter.fail(node, name,
                     fmt::format("is no condition; write algorithm or one of the parameters {}",
                                 fmt::join(parameter_names(), ", ")));
    }
    conditions.push_back(std::move(condition));
  }
  return conditions;
}

void read_range(const CaseTable& table, const KnownParameter& known, StudyParameter& parameter) {
  const std::string& name = parameter.name;
  if (known.kind == Kind::word) table.fail("from", fmt::format("{} takes words; write {}", name, example_of(known)));
  for (const char* end : {"from", "to"})
    if (!table.has(end)) table.fail_missing(end, fmt::format("{} = {{ from = ..., to = ... }}", name));
  const double from = table.number("from", 0.0), to = table.number("to", 0.0);
  check_number(table, *table.table().get("from"), name, known, from);
  check_number(table, *table.table().get("to"), name, known, to);
  parameter.range = ParameterRange{from, to, table.flag("log"), known.kind == Kind::whole};
  if (from == to) table.fail("to", fmt::format("equals from; write {} = {}, or a range that goes up", name, from));
  if (const std::string error = parameter.range->error(); !error.empty())
    table.fail("from", fmt::format("{}: {}; write from below to", name, error));
  if (table.has("steps")) parameter.steps = read_whole(table, "steps", 2, 1'000'000, 2);
}

StudyParameter parameter_of(const std::string& file, const CaseTable& section, const toml::key& key,
                            const toml::node& node) {
  const KnownParameter& known = *find_parameter(key.str());
  StudyParameter parameter{.name = std::string(key.str()), .line = key.source().begin.line};
  const toml::table* own = node.as_table();
  if (own == nullptr) {
    parameter.values = list_of(section, node, parameter.name, known);
    return parameter;
  }
  const CaseTable table(file, *own, fmt::format("the parameter {}", parameter.name),
                        {"from", "to", "log", "steps", "values", "when"});
  parameter.when = conditions_of(table);
  if (!table.has("values")) {
    read_range(table, known, parameter);
    return parameter;
  }
  for (const char* other : {"from", "to", "log", "steps"})
    if (table.has(other)) table.fail(other, "does not go with values; write either a list or a range");
  parameter.values = list_of(table, *own->get("values"), parameter.name, known);
  return parameter;
}

}  // namespace

std::span<const KnownParameter> known_parameters() { return kParameters; }

const KnownParameter* find_parameter(std::string_view name) {
  const auto found =
      std::find_if(kParameters.begin(), kParameters.end(), [&](const KnownParameter& p) { return p.name == name; });
  return found == kParameters.end() ? nullptr : &*found;
}

std::vector<StudyParameter> read_parameters(const std::string& file, const toml::table& section) {
  const CaseTable table(file, section, "[parameters]", parameter_names());
  std::vector<StudyParameter> parameters;
  for (auto&& [key, node] : section) parameters.push_back(parameter_of(file, table, key, node));
  std::stable_sort(parameters.begin(), parameters.end(),
                   [](const StudyParameter& a, const StudyParameter& b) { return a.line < b.line; });
  return parameters;
}

SettingValue read_setting(const CaseTable& table, const std::string& key) {
  return value_of(table, *table.table().get(key), key, *find_parameter(key));
}

std::uint64_t read_whole(const CaseTable& table, std::string_view key, std::uint64_t least, std::uint64_t most,
                         std::uint64_t otherwise) {
  if (!table.has(key)) return otherwise;
  const double value = table.number(key, 0.0);
  if (value != std::floor(value) || value < static_cast<double>(least) || value > static_cast<double>(most))
    table.fail(key, fmt::format("must be a whole number from {} to {}, not {}", least, most, value));
  return static_cast<std::uint64_t>(value);
}

double as_written(double value) {
  const std::string text = fmt::format("{:.10g}", value);
  double read = value;
  std::from_chars(text.data(), text.data() + text.size(), read);
  return read;
}

}  // namespace millrace::cli
