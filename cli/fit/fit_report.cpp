#include "cli/fit/fit_report.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/run/result_table.hpp"
#include "problems/park/synthetic_plant.hpp"

namespace millrace::cli {
namespace {

using nlohmann::json;

std::string percent(double share) { return fmt::format("{:.3g}", 100.0 * share); }

/// Where one input alone may go: physically possible, and within kMostExtrapolation of its data.
struct TrustedRange {
  double lower;
  double upper;
};
TrustedRange trusted_range(const FittedQuantity& fitted, std::size_t i) {
  const ModelInput& input = fitted.quantity().inputs[i];
  const double beyond = kMostExtrapolation * fitted.box().width(i);
  return {std::max(input.least, fitted.box().lower[i] - beyond), std::min(input.most, fitted.box().upper[i] + beyond)};
}

bool never_changed(const FittedQuantity& fitted, std::size_t i) {
  return fitted.box().lower[i] == fitted.box().upper[i];
}

std::string note_of(const FittedQuantity& fitted, std::size_t i) {
  if (never_changed(fitted, i)) return "never changed in the data";
  const auto& clamped = fitted.clamped();
  const bool moved = std::find(clamped.begin(), clamped.end(), i) != clamped.end();
  switch (fitted.quantity().inputs[i].direction) {
    case 1: return moved ? "must rise: slope clamped" : "must rise";
    case -1: return moved ? "must fall: slope clamped" : "must fall";
    default: return "";
  }
}

std::string residual_sentence(const FittedQuantity& fitted) {
  const RidgePolynomial& residual = fitted.residual();
  std::string text = fmt::format("residual: {}, penalty {:g}, leave-one-out error {} %",
                                 residual.degree() == ResidualDegree::linear ? "linear" : "quadratic",
                                 residual.penalty(), percent(residual.leave_one_out()));
  if (fitted.quadratic_refused()) text += "; the quadratic one went against a declared direction and was refused";
  return text;
}

void print_trust(const FittedQuantity& fitted) {
  std::vector<std::vector<std::string>> rows;
  for (std::size_t i = 0; i < fitted.quantity().inputs.size(); ++i) {
    const ModelInput& input = fitted.quantity().inputs[i];
    const TrustedRange trusted = trusted_range(fitted, i);
    rows.push_back({fmt::format("{} [{}]", input.name, input.unit),
                    fmt::format("{:.4g} to {:.4g}", fitted.box().lower[i], fitted.box().upper[i]),
                    fmt::format("{:.4g} to {:.4g}", trusted.lower, trusted.upper), note_of(fitted, i)});
  }
  fmt::print("{}", format_table({"input", "measured", "may be trusted, alone", "prediction"}, rows));
}

json errors_json(const std::array<double, kPredictors.size()>& errors) {
  json object = json::object();
  for (std::size_t p = 0; p < kPredictors.size(); ++p) object[std::string(name_of(kPredictors[p]))] = errors[p];
  return object;
}

json inputs_json(const FittedQuantity& fitted) {
  json inputs = json::array();
  for (std::size_t i = 0; i < fitted.quantity().inputs.size(); ++i) {
    const ModelInput& input = fitted.quantity().inputs[i];
    const TrustedRange trusted = trusted_range(fitted, i);
    inputs.push_back({{"name", input.name},
                      {"unit", input.unit},
                      {"measured", {fitted.box().lower[i], fitted.box().upper[i]}},
                      {"guard", {fitted.guard_lower()[i], fitted.guard_upper()[i]}},
                      {"trusted_alone", {trusted.lower, trusted.upper}},
                      {"note", note_of(fitted, i)}});
  }
  return inputs;
}

}  // namespace

std::string verdict_of(const FitReport& report) {
  const auto compare = [](const std::array<double, kPredictors.size()>& errors) {
    const double hybrid = Validation::hybrid(errors);
    const double data = Validation::best_data(errors);
    const double mechanism = Validation::best_mechanism(errors);
    if (hybrid < std::min(data, mechanism))
      return fmt::format("beats both ({} % against {} % of the best data model and {} % of the best mechanism)",
                         percent(hybrid), percent(data), percent(mechanism));
    return fmt::format("does not beat {} ({} % against {} %)", data <= mechanism ? "pure data" : "the mechanism",
                       percent(hybrid), percent(std::min(data, mechanism)));
  };
  return fmt::format("in range the hybrid {}; beyond the edges it {}", compare(report.validation.in_range),
                     compare(report.validation.at_edges));
}

nlohmann::json to_json(const FitReport& report) {
  const FittedQuantity& fitted = report.fitted;
  const RidgePolynomial& residual = fitted.residual();
  return {{"unit", name_of(fitted.quantity().unit_kind)},
          {"quantity", fitted.quantity().name},
          {"measurements", report.measurements},
          {"residual",
           {{"degree", static_cast<int>(residual.degree())},
            {"penalty", residual.penalty()},
            {"leave_one_out", residual.leave_one_out()},
            {"quadratic_refused", fitted.quadratic_refused()}}},
          {"cross_validation",
           {{"folds", report.validation.folds},
            {"in_range", errors_json(report.validation.in_range)},
            {"beyond_edges", errors_json(report.validation.at_edges)}}},
          {"inputs", inputs_json(fitted)},
          {"most_extrapolation", kMostExtrapolation},
          {"verdict", verdict_of(report)}};
}

void print_fit(const FitReport& report) {
  const ModelledQuantity& quantity = report.fitted.quantity();
  fmt::print("{} of {}: {} measurements\n", quantity.name, name_of(quantity.unit_kind), report.measurements);
  fmt::print("{}\n\n", residual_sentence(report.fitted));
  std::vector<std::vector<std::string>> rows;
  for (std::size_t p = 0; p < kPredictors.size(); ++p)
    rows.push_back({std::string(name_of(kPredictors[p])), percent(report.validation.in_range[p]),
                    percent(report.validation.at_edges[p])});
  fmt::print("{}\n", format_table({fmt::format("error on rows left out, % ({} folds)", report.validation.folds),
                                   "in range", "beyond edges"},
                                  rows));
  fmt::print("{}\n\n", verdict_of(report));
  print_trust(report.fitted);
  fmt::print("all together: distance sqrt(sum (excess / width)^2) <= {}\n\n", kMostExtrapolation);
}

nlohmann::json to_json(const EvidenceRow& row) {
  return {{"quantity", row.quantity},
          {"measurements", row.measurements},
          {"in_range", errors_json(row.in_range)},
          {"out_of_range", errors_json(row.out_of_range)}};
}

void print_evidence(const std::vector<EvidenceRow>& rows, const EvidenceOptions& options) {
  fmt::print("| quantity | n |");
  for (const PredictorKind kind : kPredictors) fmt::print(" {} |", name_of(kind));
  fmt::print("\n| :-- | --: |");
  for (std::size_t p = 0; p < kPredictors.size(); ++p) fmt::print(" --: |");
  fmt::print("\n");
  for (const EvidenceRow& row : rows) {
    fmt::print("| {} | {} |", row.quantity, row.measurements);
    const double best_in = *std::min_element(row.in_range.begin(), row.in_range.end());
    const double best_out = *std::min_element(row.out_of_range.begin(), row.out_of_range.end());
    for (std::size_t p = 0; p < kPredictors.size(); ++p) {
      const auto shown = [](double error, double best) {
        const std::string text = fmt::format("{:.1f}", 100.0 * error);
        return error == best ? fmt::format("**{}**", text) : text;
      };
      fmt::print(" {} / {} |", shown(row.in_range[p], best_in), shown(row.out_of_range[p], best_out));
    }
    fmt::print("\n");
  }
  fmt::print(
      "\nMedians of {} training sets of the relative error in %, in range / out of range; the best in bold.\n"
      "The plant is synthetic, and truth and mechanism were written by the same hand: this shows how the models "
      "behave, not what a real plant does.\n",
      options.training_sets);
}

}  // namespace millrace::cli
