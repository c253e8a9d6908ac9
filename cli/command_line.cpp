#include "cli/command_line.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <charconv>
#include <cmath>
#include <string_view>
#include <vector>

#include "cli/suggestion.hpp"
#include "engine/problem/nearest_name.hpp"

namespace millrace::cli {
namespace {

template <class Number>
bool is_number_text(const std::string& text, Number& value) {
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && stop == text.data() + text.size();
}

std::vector<std::string> verb_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* verb : app.get_subcommands([](const CLI::App*) { return true; }))
    names.push_back(verb->get_name());
  return names;
}

const CLI::App* verb_of(const CLI::App& app, std::string_view word) {
  for (const CLI::App* verb : app.get_subcommands([](const CLI::App*) { return true; }))
    if (verb->get_name() == word) return verb;
  return nullptr;
}

std::string example_of(const std::string& verb) {
  if (verb == "run") return "millrace run pingliang";
  if (verb == "resume") return "millrace resume results/NAME";
  if (verb == "metrics") return "millrace metrics front.csv";
  if (verb == "list") return "millrace list problems";
  if (verb == "decide") return "millrace decide results/NAME";
  return fmt::format("millrace {} --help", verb);
}

/// Starts like an option and is not a negative number.
bool is_option_word(std::string_view word) {
  return word.size() > 1 && word[0] == '-' && word[1] != '.' && !(word[1] >= '0' && word[1] <= '9');
}

/// The first option that the verb does not have, or empty.
std::string unknown_option(const CLI::App& verb, int argc, const char* const* argv) {
  for (int i = 2; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word == "--") return {};
    const std::string name(word.substr(0, word.find('=')));
    const bool negative = name == "-inf" || name == "-nan";
    if (is_option_word(word) && !negative && verb.get_option_no_throw(name) == nullptr) return name;
  }
  return {};
}

std::string option_sentence(const CLI::App& verb, const std::string& option) {
  std::vector<std::string> names;
  for (const CLI::Option* known : verb.get_options())
    if (!known->get_positional()) names.push_back(known->get_name());
  const std::string near = nearest_name(option, names);
  return fmt::format("{}: {} is not an option; {}", verb.get_name(), option,
                     near.empty() ? fmt::format("millrace {} --help lists them", verb.get_name())
                                  : fmt::format("did you mean {}?", near));
}

}  // namespace

CLI::Validator whole_number(std::uint64_t least, std::uint64_t most) {
  return CLI::Validator(
      [least, most](std::string& text) -> std::string {
        std::uint64_t value = 0;
        if (is_number_text(text, value) && value >= least && value <= most) return {};
        return most == std::numeric_limits<std::int64_t>::max()
                   ? fmt::format("must be a whole number of at least {}, not '{}'", least, text)
                   : fmt::format("must be a whole number from {} to {}, not '{}'", least, most, text);
      },
      "");
}

CLI::Validator finite_number() {
  return CLI::Validator(
      [](std::string& text) -> std::string {
        double value = 0.0;
        if (is_number_text(text, value) && std::isfinite(value)) return {};
        return fmt::format("must be a finite number such as 0.9, not '{}'", text);
      },
      "");
}

std::string usage_sentence(const CLI::App& app, const CLI::ParseError& error, int argc, const char* const* argv) {
  const std::string first = argc > 1 ? argv[1] : "";
  const CLI::App* verb = verb_of(app, first);
  const std::vector<std::string> verbs = verb_names(app);
  if (first.empty())
    return fmt::format("a verb is missing: {}; start with: millrace run pingliang", fmt::join(verbs, ", "));
  if (verb == nullptr)
    return fmt::format("'{}' is not {}{}", first, is_option_word(first) ? "an option" : "a verb",
                       is_option_word(first) ? "; options follow a verb, as in: millrace run pingliang --seed 7"
                                             : suggestion(first, verbs));
  const std::string& name = verb->get_name();
  if (const std::string option = unknown_option(*verb, argc, argv); !option.empty())
    return option_sentence(*verb, option);
  const std::string text = error.what();
  const std::string subject = text.substr(0, text.find(": "));
  if (dynamic_cast<const CLI::RequiredError*>(&error) != nullptr)
    return fmt::format("{}: the {} is missing; write for example: {}", name, text.substr(0, text.find(" is required")),
                       example_of(name));
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr)
    return text.find("received") == std::string::npos
               ? fmt::format("{}: the value is missing; millrace {} --help says what it takes", subject, name)
               : fmt::format("{}: is given more than once; write it once", subject);
  if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr)
    return fmt::format("{}: does not take '{}'; millrace {} --help shows what it takes", name,
                       text.substr(text.find(": ") + 2), name);
  return text;
}

}  // namespace millrace::cli
