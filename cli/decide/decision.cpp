#include "cli/decide/decision.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <stdexcept>

#include "cli/exit_code.hpp"
#include "cli/suggestion.hpp"
#include "engine/decide/reason.hpp"
#include "engine/decide/weights.hpp"
#include "engine/indicator/nondominated_subset.hpp"

namespace millrace::cli {
namespace {

const std::vector<std::string> kMethods = {"topsis", "knee", "pseudo-weights", "aspiration", "regret", "balanced"};
const std::vector<std::string> kWeightings = {"equal", "entropy", "critic"};

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> parts(1);
  for (const char c : text) {
    if (c == ',') parts.emplace_back();
    else parts.back() += c;
  }
  return parts;
}

bool finite_value(const std::string& text, double& value) {
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && stop == text.data() + text.size() && std::isfinite(value);
}

/// The method, once the other options are known to belong to it.
std::string method_of(const DecisionRequest& request) {
  const std::string method = !request.method.empty()       ? request.method
                             : !request.aspiration.empty() ? "aspiration"
                             : request.fronts.size() > 1   ? "regret"
                                                           : "topsis";
  if (std::find(kMethods.begin(), kMethods.end(), method) == kMethods.end())
    throw UsageError(fmt::format("--method: there is no '{}'{}", method, suggestion(method, kMethods)));
  if (!request.weights.empty() && method != "topsis" && method != "pseudo-weights")
    throw UsageError(fmt::format("--weights: belong to topsis and pseudo-weights, not to {}", method));
  if (!request.aspiration.empty() && method != "aspiration")
    throw UsageError(fmt::format("--aspiration: belongs to --method aspiration, not to {}", method));
  if (request.aspiration.empty() && method == "aspiration")
    throw UsageError("--method aspiration: say what is wanted, as in --aspiration carbon=40000,benefit=300000");
  if (request.fronts.size() > 1 && method != "regret")
    throw UsageError(
        fmt::format("{}: {} takes one front; several are the scenarios of --method regret", request.fronts[1], method));
  if (request.fronts.size() < 2 && method == "regret")
    throw UsageError(
        "--method regret: name a CSV file for each scenario, with the same schemes in the same order in each");
  return method;
}

std::vector<double> weights_of(const std::string& text, const FrontFile& front, const ScaledFront& scaled) {
  if (text.empty() || text == "equal") return equal_weights(scaled);
  if (text == "entropy") return entropy_weights(scaled);
  if (text == "critic") return critic_weights(scaled);
  std::vector<double> weights;
  for (const std::string& part : split(text)) {
    double weight = 0.0;
    if (!finite_value(part, weight))
      throw UsageError(
          fmt::format("--weights: '{}' is neither a number nor a rule{}", part, suggestion(part, kWeightings)));
    weights.push_back(weight);
  }
  if (weights.size() != front.objectives.size())
    throw UsageError(fmt::format("--weights: {} numbers for {} objectives", weights.size(), front.objectives.size()));
  return given_weights(scaled, weights);
}

std::string weighting_of(const std::string& text) {
  if (text.empty()) return "equal";
  return std::find(kWeightings.begin(), kWeightings.end(), text) == kWeightings.end() ? "given" : text;
}

AspirationLevels levels_of(const std::string& text, const FrontFile& front) {
  AspirationLevels levels(front.objectives.size());
  std::vector<std::string> names;
  for (const ObjectiveSpec& objective : front.objectives) names.push_back(objective.name);
  for (const std::string& part : split(text)) {
    const auto sign = part.rfind('=');
    double value = 0.0;
    if (sign == std::string::npos || !finite_value(part.substr(sign + 1), value))
      throw UsageError(
          fmt::format("--aspiration: '{}' is not an objective and its value, such as {}=10", part, names[0]));
    const std::string name = part.substr(0, sign);
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end())
      throw UsageError(
          fmt::format("--aspiration: {} has no objective '{}'{}", front.name, name, suggestion(name, names)));
    const auto k = static_cast<std::size_t>(found - names.begin());
    if (levels[k]) throw UsageError(fmt::format("--aspiration: {} is given twice", name));
    levels[k] = front.objectives[k].shown(value);
  }
  return levels;
}

/// The same schemes and objectives in both files, in the same order.
void check_same_schemes(const FrontFile& first, const FrontFile& other) {
  if (other.size() != first.size())
    throw UsageError(
        fmt::format("{}: has {} schemes, and {} has {}; regret compares the same schemes in every scenario", other.name,
                    other.size(), first.name, first.size()));
  bool same = other.objectives.size() == first.objectives.size();
  for (std::size_t k = 0; same && k < first.objectives.size(); ++k)
    same =
        other.objectives[k].name == first.objectives[k].name && other.objectives[k].sense == first.objectives[k].sense;
  if (!same) throw UsageError(fmt::format("{}: has other objectives than {}", other.name, first.name));
  if (other.decision_headings != first.decision_headings) return;
  for (std::size_t i = 0; i < first.size(); ++i)
    for (std::size_t j = 0; j < first.decision_headings.size(); ++j)
      if (other.decisions(i, j) != first.decisions(i, j))
        throw UsageError(
            fmt::format("{}:{}: column {}: is another scheme than line {} of {}; regret compares the same "
                        "schemes in every scenario",
                        other.name, other.lines[i], first.decision_headings[j], first.lines[i], first.name));
}

/// Leaves the schemes that are feasible in every file, and of one file those that no other dominates.
void keep_candidates(Decision& decision) {
  std::vector<Slot> feasible;
  const std::size_t rows = decision.fronts.front().size();
  for (Slot i = 0; i < rows; ++i)
    if (std::all_of(decision.fronts.begin(), decision.fronts.end(),
                    [i](const FrontFile& front) { return front.violation[i] == 0.0; }))
      feasible.push_back(i);
  decision.infeasible = feasible.empty();
  if (!feasible.empty()) {
    for (FrontFile& front : decision.fronts) front = only_rows(front, feasible);
    decision.infeasible_left_out = rows - feasible.size();
  }
  if (decision.fronts.size() > 1) return;
  FrontFile& front = decision.fronts.front();
  const std::size_t candidates = front.size();
  front = only_rows(front, nondominated_subset(front.f));
  decision.dominated_left_out = candidates - front.size();
}

void take(Decision& decision, Slot chosen, std::string reason, std::string score_name, std::span<const double> scores) {
  decision.chosen = chosen;
  decision.reason = std::move(reason);
  decision.score_name = std::move(score_name);
  decision.score = scores[chosen];
}

void choose_by_regret(Decision& decision) {
  std::vector<Columns> scenarios;
  std::vector<std::string> names;
  for (const FrontFile& front : decision.fronts) {
    scenarios.push_back(front.f);
    names.push_back(front.name);
  }
  const RegretChoice choice = minimax_regret(scenarios);
  take(decision, choice.chosen, reason(decision.fronts.front().objectives, choice, names), "largest regret",
       choice.largest);
}

void choose(Decision& decision, const DecisionRequest& request) {
  if (decision.method == "regret") return choose_by_regret(decision);
  const FrontFile& front = decision.fronts.front();
  const ScaledFront scaled(front.f, front.box);
  if (decision.method == "topsis") {
    const TopsisChoice choice = topsis(scaled, weights_of(request.weights, front, scaled));
    decision.weights = choice.weights;
    take(decision, choice.chosen(), reason(front.objectives, choice, weighting_of(request.weights)), "closeness",
         choice.closeness);
  } else if (decision.method == "pseudo-weights") {
    const PseudoWeightChoice choice = nearest_pseudo_weights(scaled, weights_of(request.weights, front, scaled));
    decision.weights = choice.wanted;
    take(decision, choice.chosen, reason(front.objectives, choice, weighting_of(request.weights)),
         "distance from the weights", choice.distance);
  } else if (decision.method == "knee") {
    const KneeChoice choice = knee(scaled);
    take(decision, choice.chosen, reason(choice), "distance below the plane", choice.distance);
  } else if (decision.method == "aspiration") {
    const AchievementChoice choice = best_achievement(scaled, levels_of(request.aspiration, front));
    take(decision, choice.chosen, reason(front.objectives, choice), "achievement", choice.achievement);
  } else {
    const BalancedChoice choice = most_balanced(scaled);
    take(decision, choice.chosen, reason(front.objectives, choice), "largest distance", choice.largest);
  }
}

}  // namespace

Decision decide_by_regret(std::vector<FrontFile> fronts) {
  Decision decision;
  decision.method = "regret";
  decision.fronts = std::move(fronts);
  keep_candidates(decision);
  choose_by_regret(decision);
  return decision;
}

Decision decide(const DecisionRequest& request) {
  Decision decision;
  decision.method = method_of(request);
  for (const std::string& front : request.fronts) decision.fronts.push_back(read_front_file(front));
  for (const FrontFile& front : decision.fronts) check_same_schemes(decision.fronts.front(), front);
  keep_candidates(decision);
  try {
    choose(decision, request);
  } catch (const std::invalid_argument& error) {
    throw UsageError(fmt::format("{}: {}", decision.fronts.front().name, error.what()));
  }
  return decision;
}

}  // namespace millrace::cli
