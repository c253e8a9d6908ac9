#include "problems/park/plant_data.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>
#include <iterator>
#include <optional>

#include "engine/problem/nearest_name.hpp"

namespace millrace {
namespace {

std::vector<std::string> fields_of(std::string_view line) {
  std::vector<std::string> fields;
  for (;;) {
    const std::size_t comma = line.find(',');
    std::string_view field = line.substr(0, comma);
    while (!field.empty() && (field.front() == ' ' || field.front() == '\t')) field.remove_prefix(1);
    while (!field.empty() && (field.back() == ' ' || field.back() == '\t' || field.back() == '\r'))
      field.remove_suffix(1);
    fields.emplace_back(field);
    if (comma == std::string_view::npos) return fields;
    line.remove_prefix(comma + 1);
  }
}

std::string one_of(std::string_view word, const std::vector<std::string>& names) {
  const std::string nearest = nearest_name(word, names);
  return nearest.empty() ? fmt::format("write one of {}", fmt::join(names, ", "))
                         : fmt::format("did you mean {}?", nearest);
}

/// Reads one file line by line under its heading.
class PlantDataReader {
 public:
  explicit PlantDataReader(const std::string& file) : file_(file) {}

  void read_line(std::string_view text) {
    ++line_;
    const std::vector<std::string> fields = fields_of(text);
    if (fields.size() == 1 && fields[0].empty()) return;
    if (fields[0].starts_with('#')) return;
    if (fields[0] == "unit") return read_heading(fields);
    if (heading_.empty()) fail("unit", "there is no heading yet; begin with unit,quantity,<inputs>,y");
    read_measurement(fields);
  }
  PlantData finish() {
    if (data_.quantities.empty()) fail("y", "there are no measurements; write one a line below the heading");
    return std::move(data_);
  }

 private:
  [[noreturn]] void fail(const std::string& key, const std::string& message) const {
    throw CaseError(file_, std::max<std::size_t>(line_, 1), key, message);
  }
  void read_heading(const std::vector<std::string>& fields);
  void read_measurement(const std::vector<std::string>& fields);
  const ModelledQuantity& quantity_named(const std::string& unit, const std::string& name) const;
  double number(std::size_t column, const std::string& text) const;
  double input_of(const ModelInput& input, const std::vector<std::string>& fields) const;
  void check_no_other_inputs(const ModelledQuantity& quantity) const;

  const std::string& file_;
  std::size_t line_ = 0;
  std::vector<std::string> heading_;
  PlantData data_;
};

void PlantDataReader::read_heading(const std::vector<std::string>& fields) {
  if (fields.size() < 4 || fields[1] != "quantity" || fields.back() != "y")
    fail("unit", "a heading reads unit,quantity,<inputs>,y");
  for (std::size_t j = 0; j < fields.size(); ++j) {
    if (fields[j].empty()) fail("unit", fmt::format("column {} of the heading has no name", j + 1));
    if (std::count(fields.begin(), fields.end(), fields[j]) > 1)
      fail(fields[j], "the heading names this column twice; keep one");
  }
  heading_ = fields;
}

const ModelledQuantity& PlantDataReader::quantity_named(const std::string& unit, const std::string& name) const {
  const std::optional<UnitModelKind> kind = unit_model_kind(unit);
  if (!kind) {
    const std::vector<std::string> kinds = {"reverse_osmosis", "biological", "cooling_tower"};
    fail("unit", fmt::format("there is no unit '{}'; {}", unit, one_of(unit, kinds)));
  }
  if (const ModelledQuantity* quantity = modelled_quantity(*kind, name)) return *quantity;
  std::vector<std::string> names;
  for (const ModelledQuantity& quantity : modelled_quantities())
    if (quantity.unit_kind == *kind) names.emplace_back(quantity.name);
  fail("quantity", fmt::format("{} has no quantity '{}'; {}", name_of(*kind), name, one_of(name, names)));
}

double PlantDataReader::number(std::size_t column, const std::string& text) const {
  double value = 0.0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value))
    fail(heading_[column], fmt::format("'{}' is not a finite number with a decimal point", text));
  return value;
}

double PlantDataReader::input_of(const ModelInput& input, const std::vector<std::string>& fields) const {
  const auto place = std::find(heading_.begin(), heading_.end(), input.name);
  if (place == heading_.end())
    fail(std::string(input.name), fmt::format("the heading lacks this input [{}] of {}", input.unit, fields[1]));
  const auto column = static_cast<std::size_t>(place - heading_.begin());
  const double value = number(column, fields[column]);
  if (value < input.least || value > input.most)
    fail(std::string(input.name), fmt::format("{} {} is outside of what can be, {} to {}; check the unit", value,
                                              input.unit, input.least, input.most));
  return value;
}

void PlantDataReader::check_no_other_inputs(const ModelledQuantity& quantity) const {
  std::vector<std::string> names;
  for (const ModelInput& input : quantity.inputs) names.emplace_back(input.name);
  for (std::size_t j = 2; j + 1 < heading_.size(); ++j)
    if (std::find(names.begin(), names.end(), heading_[j]) == names.end())
      fail(heading_[j], fmt::format("{} does not depend on this input; {}", quantity.name, one_of(heading_[j], names)));
}

void PlantDataReader::read_measurement(const std::vector<std::string>& fields) {
  if (fields.size() != heading_.size())
    fail("y", fmt::format("the line has {} fields where its heading has {}", fields.size(), heading_.size()));
  const ModelledQuantity& quantity = quantity_named(fields[0], fields[1]);
  check_no_other_inputs(quantity);
  std::vector<double> row;
  for (const ModelInput& input : quantity.inputs) row.push_back(input_of(input, fields));
  const double measured = number(heading_.size() - 1, fields.back());
  if (!(measured > 0.0)) fail("y", fmt::format("{} is measured as {}; it must be above 0", quantity.name, measured));
  auto place = std::find_if(data_.quantities.begin(), data_.quantities.end(),
                            [&](const QuantityData& of) { return of.quantity == &quantity; });
  if (place == data_.quantities.end()) place = data_.quantities.insert(place, QuantityData{&quantity, {}, {}});
  place->add(row, measured);
}

}  // namespace

void QuantityData::add(std::span<const double> row, double value) {
  inputs.insert(inputs.end(), row.begin(), row.end());
  measured.push_back(value);
}

const QuantityData* PlantData::of(const ModelledQuantity& quantity) const {
  for (const QuantityData& entry : quantities)
    if (entry.quantity == &quantity) return &entry;
  return nullptr;
}

PlantData parse_plant_data(std::string_view text, const std::string& file) {
  PlantDataReader reader(file);
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    reader.read_line(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return reader.finish();
}

PlantData load_plant_data(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  const std::string text((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
  if (!stream.is_open() || stream.bad()) throw CaseError(path, 0, "", "plant data cannot be read; name a CSV file");
  return parse_plant_data(text, path);
}

std::string plant_data_csv(const PlantData& data) {
  std::string csv;
  const std::span<const ModelInput>* heading = nullptr;
  for (const QuantityData& entry : data.quantities) {
    const ModelledQuantity& quantity = *entry.quantity;
    if (heading == nullptr || heading->data() != quantity.inputs.data()) {
      csv += "unit,quantity,";
      for (const ModelInput& input : quantity.inputs) csv += fmt::format("{},", input.name);
      csv += "y\n";
      heading = &quantity.inputs;
    }
    for (std::size_t i = 0; i < entry.rows(); ++i)
      csv += fmt::format("{},{},{},{}\n", name_of(quantity.unit_kind), quantity.name, fmt::join(entry.row(i), ","),
                         entry.measured[i]);
  }
  return csv;
}

}  // namespace millrace
