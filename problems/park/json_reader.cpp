#include "problems/park/json_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/problem/nearest_name.hpp"

namespace millrace {
namespace {

/// Walks over a text that is known to be JSON and notes where the value at a path begins.
class LineSearch {
 public:
  LineSearch(std::string_view text, std::string_view path) : text_(text), path_(path) {}

  std::size_t line() {
    value("");
    return static_cast<std::size_t>(
               std::count(text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(best_), '\n')) +
           1;
  }

 private:
  void space() { at_ = std::min(text_.find_first_not_of(" \t\r\n,:", at_), text_.size()); }

  std::string string() {
    std::string out;
    for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_) {
      if (text_[at_] == '\\') ++at_;
      out += text_[at_];
    }
    ++at_;
    return out;
  }

  /// Notes `begin` where `path` is the wanted one or leads to it, and reads the value.
  void value(const std::string& path) {
    space();
    const bool leads = path_.substr(0, path.size()) == path && (path.empty() || path.size() == path_.size() ||
                                                                path_[path.size()] == '.' || path_[path.size()] == '[');
    if (leads) best_ = at_;
    if (at_ >= text_.size()) return;
    if (text_[at_] == '{') object(path);
    else if (text_[at_] == '[') array(path);
    else if (text_[at_] == '"') string();
    else at_ = std::min(text_.find_first_of(" \t\r\n,]}", at_), text_.size());
  }

  void object(const std::string& path) {
    ++at_;
    for (space(); at_ < text_.size() && text_[at_] != '}'; space()) {
      const std::string key = string();
      value(path.empty() ? key : path + "." + key);
    }
    ++at_;
  }

  void array(const std::string& path) {
    ++at_;
    std::size_t i = 0;
    for (space(); at_ < text_.size() && text_[at_] != ']'; space()) value(fmt::format("{}[{}]", path, i++));
    ++at_;
  }

  std::string_view text_;
  std::string_view path_;
  std::size_t at_ = 0;
  std::size_t best_ = 0;
};

}  // namespace

JsonFile JsonFile::parse(std::string_view text, const std::string& name) {
  JsonFile file{name, std::string(text), {}};
  try {
    file.root = nlohmann::json::parse(file.text);
  } catch (const nlohmann::json::parse_error& error) {
    const auto end = file.text.begin() + static_cast<std::ptrdiff_t>(std::min(error.byte, file.text.size()));
    throw CaseError(name, static_cast<std::size_t>(std::count(file.text.begin(), end, '\n')) + 1, "syntax",
                    "this is not JSON; correct what stands here or just before");
  }
  return file;
}

std::size_t JsonFile::line_of(std::string_view path) const { return LineSearch(text, path).line(); }

JsonReader::JsonReader(const JsonFile& file, const nlohmann::json& value, std::string path)
    : file_(file), value_(value), path_(std::move(path)) {
  if (!value_.is_object())
    throw CaseError(file_.name, file_.line_of(path_), path_.empty() ? "case" : path_,
                    "is not an object; write { ... } with keys");
}

bool JsonReader::has(std::string_view key) const { return value_.contains(key); }

std::string JsonReader::path_of(std::string_view key) const {
  return path_.empty() ? std::string(key) : fmt::format("{}.{}", path_, key);
}

void JsonReader::fail(std::string_view key, const std::string& message) const {
  const std::string path = path_of(key);
  throw CaseError(file_.name, file_.line_of(path), path, message);
}

void JsonReader::check_keys(const std::vector<std::string>& keys) const {
  for (const auto& [key, ignored] : value_.items()) {
    if (key.size() < 4 || std::find(keys.begin(), keys.end(), key) != keys.end()) continue;
    const std::string near = nearest_name(key, keys);
    if (!near.empty()) fail(key, fmt::format("is not a key here; did you mean '{}'?", near));
  }
}

std::string JsonReader::text(std::string_view key, const std::string& otherwise) const {
  return has(key) ? required_text(key) : otherwise;
}

std::string JsonReader::required_text(std::string_view key) const {
  if (!has(key)) fail(key, fmt::format("is missing; write \"{}\": \"...\"", key));
  const auto& found = value_.at(std::string(key));
  if (!found.is_string() || found.get<std::string>().empty()) fail(key, "is not a text; write it in quotes");
  return found.get<std::string>();
}

bool JsonReader::flag(std::string_view key) const {
  if (!has(key)) return false;
  const auto& found = value_.at(std::string(key));
  if (!found.is_boolean()) fail(key, "is neither true nor false");
  return found.get<bool>();
}

double JsonReader::number_of(const nlohmann::json& value, const std::string& key, double least) const {
  if (!value.is_number()) fail(key, "is not a number");
  const double number = value.get<double>();
  if (!std::isfinite(number)) fail(key, "is not finite; write a number that a double can hold");
  if (number < least) fail(key, fmt::format("is {}; write a number of at least {}", number, least));
  return number;
}

double JsonReader::number(std::string_view key, double otherwise, double least) const {
  return has(key) ? required_number(key, least) : otherwise;
}

double JsonReader::required_number(std::string_view key, double least) const {
  if (!has(key)) fail(key, fmt::format("is missing; write \"{}\": a number", key));
  return number_of(value_.at(std::string(key)), std::string(key), least);
}

double JsonReader::share(std::string_view key, double otherwise) const {
  const double value = number(key, otherwise);
  if (value > 1.0) fail(key, fmt::format("is {}; write a share from 0 to 1", value));
  return value;
}

std::vector<double> JsonReader::list(std::string_view key, std::size_t count, double otherwise, bool open) const {
  constexpr double kOpen = std::numeric_limits<double>::infinity();
  if (!has(key) || (open && value_.at(std::string(key)).is_null())) return std::vector<double>(count, otherwise);
  const auto& found = value_.at(std::string(key));
  if (!found.is_array() || found.size() != count)
    fail(key, fmt::format("needs {} number{} in [ ], one for each contaminant{}", count, count == 1 ? "" : "s",
                          found.is_array() ? fmt::format(", and has {}", found.size()) : ""));
  std::vector<double> values;
  for (std::size_t k = 0; k < count; ++k)
    values.push_back(open && found[k].is_null() ? kOpen : number_of(found[k], fmt::format("{}[{}]", key, k), 0.0));
  return values;
}

std::vector<double> JsonReader::required_list(std::string_view key, std::size_t count) const {
  if (!has(key))
    fail(key,
         fmt::format("is missing; write {} number{} in [ ], one for each contaminant", count, count == 1 ? "" : "s"));
  return list(key, count, 0.0);
}

std::vector<std::string> JsonReader::names(std::string_view key) const {
  if (!has(key) || !value_.at(std::string(key)).is_array() || value_.at(std::string(key)).empty())
    fail(key, "needs names in [ ], at least one");
  std::vector<std::string> result;
  for (const auto& entry : value_.at(std::string(key))) {
    const std::string at = fmt::format("{}[{}]", key, result.size());
    if (!entry.is_string() || entry.get<std::string>().empty()) fail(at, "is not a name; write it in quotes");
    if (std::find(result.begin(), result.end(), entry.get<std::string>()) != result.end())
      fail(at, fmt::format("'{}' is there twice; give each its own name", entry.get<std::string>()));
    result.push_back(entry.get<std::string>());
  }
  return result;
}

std::vector<JsonReader> JsonReader::objects(std::string_view key) const {
  std::vector<JsonReader> result;
  if (!has(key)) return result;
  const auto& found = value_.at(std::string(key));
  if (!found.is_array()) fail(key, "is not a list; write [ {...}, ... ]");
  for (std::size_t i = 0; i < found.size(); ++i)
    result.emplace_back(file_, found[i], path_of(fmt::format("{}[{}]", key, i)));
  return result;
}

std::optional<JsonReader> JsonReader::object(std::string_view key) const {
  if (!has(key)) return std::nullopt;
  return JsonReader(file_, value_.at(std::string(key)), path_of(key));
}

}  // namespace millrace
