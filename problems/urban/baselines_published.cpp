#include "problems/urban/baselines_published.hpp"

#include <fmt/format.h>

#include <cmath>

#include "problems/urban/supply_cut.hpp"

namespace millrace {
namespace {

// Half a unit of the last digit in which the figures are printed.
constexpr double kHalfPercentDigit = 0.005;
constexpr double kHalfCarbonDigit_t = 50.0;
constexpr double kHalfCumulativeDigit_t = 500.0;
constexpr double kHalfPriceDigit = 0.005;

/// "yuan" of "1e4 yuan"; "money" where the unit names no currency.
std::string currency_of(const UrbanCase& urban) {
  const std::string& text = urban.units.money.text;
  const std::string last = text.substr(text.find_last_of(' ') + 1);
  const bool digit = last.empty() || (last[0] >= '0' && last[0] <= '9');
  return digit ? "money" : last;
}

class FigureList {
 public:
  /// Series of [published] are those of `scenario`. Not `comparable`: what is published for all scenarios is no measure
  /// of some of them.
  FigureList(const UrbanCase& urban, std::optional<std::size_t> scenario, bool comparable)
      : urban_(urban), scenario_(scenario), comparable_(comparable) {}

  void add(const std::string& name, std::optional<double> ours, std::string from) {
    ComparedFigure figure{name, ours, std::nullopt, std::move(from)};
    if (const Series* series = urban_.published_series(name); scenario_ && series != nullptr)
      figure.published = (*series)[*scenario_];
    else if (const double* constant = urban_.published_constant(name); comparable_ && constant != nullptr)
      figure.published = *constant;
    figures_.push_back(std::move(figure));
  }
  std::vector<ComparedFigure> take() { return std::move(figures_); }

 private:
  const UrbanCase& urban_;
  std::optional<std::size_t> scenario_;
  bool comparable_;
  std::vector<ComparedFigure> figures_;
};

void add_carbon(FigureList& figures, const std::optional<CarbonAccount>& carbon) {
  const std::string volumes = "volumes of front.csv";
  const auto value = [&](auto member) {
    return carbon ? std::optional<double>((*carbon).*member) : std::optional<double>();
  };
  figures.add("carbon_t", value(&CarbonAccount::total_t),
              volumes + " x ([[sources]] + [[users]] carbon_kg_per_m3), added over all links");
  const auto share = [&](std::optional<double> CarbonAccount::*member) {
    return carbon ? (*carbon).*member : std::optional<double>();
  };
  figures.add("carbon_supply_kg_per_m3", share(&CarbonAccount::supply_kg_per_m3),
              volumes + " x [[sources]] carbon_kg_per_m3, over all water supplied");
  figures.add("carbon_use_kg_per_m3", share(&CarbonAccount::use_kg_per_m3),
              volumes + " x [[users]] carbon_kg_per_m3, over all water used");
  figures.add("carbon_kg_per_m3", share(&CarbonAccount::total_kg_per_m3), "carbon_t over all water supplied");
  figures.add("carbon_kg_per_person", share(&CarbonAccount::total_kg_per_person),
              "carbon_t over [accounting] population");
  figures.add("carbon_t_per_km2", share(&CarbonAccount::total_t_per_km2), "carbon_t over [accounting] area_km2");
}

void add_reductions(FigureList& figures, const UrbanCase& urban, const SchemeAccount& scheme) {
  for (const BaselineBasis basis : kBaselineBases) {
    const CarbonReduction reduction = carbon_reduction(urban, scheme, basis);
    const std::string name(name_of(basis));
    // A baseline that was derived from the published figures does not confirm them.
    const bool own = reduction.baseline.status == DataStatus::input;
    figures.add(fmt::format("traditional_{}_t", name), own ? reduction.baseline.carbon_t : std::nullopt,
                own ? reduction.baseline.from : "ours is missing, the published one is " + reduction.baseline.from);
    figures.add(fmt::format("reduction_{}_t", name), reduction.reduction_t,
                fmt::format("traditional_{}_t - carbon_t", name));
    figures.add(fmt::format("reduction_{}_percent", name), reduction.reduction_percent,
                fmt::format("reduction_{0}_t over traditional_{0}_t", name));
  }
}

class ContradictionSearch {
 public:
  explicit ContradictionSearch(const UrbanCase& urban) : urban_(urban) {}

  std::vector<Contradiction> run() {
    for (const BaselineBasis basis : kBaselineBases) {
      const std::string name(name_of(basis));
      percentages(name);
      cumulative(name);
      for (const char* end : {"low", "high"}) trade(name, end);
    }
    for (const PublishedConstant& constant : urban_.published.constants) of_abstract(constant);
    conventional_shortage();
    return std::move(found_);
  }

 private:
  const Series* series(const std::string& name) const { return urban_.published_series(name); }

  void check(const std::string& name, const std::string& scenario, double printed, double follows,
             double half_printed_digit, double rounding, const std::string& why) {
    if (std::abs(printed - follows) <= half_printed_digit) return;
    const bool is_rounding = std::abs(printed - follows) <= half_printed_digit + rounding;
    found_.push_back({name, scenario, printed, follows, is_rounding,
                      fmt::format("{}{} is printed as {}, but {} gives {}{}", name,
                                  scenario.empty() ? "" : " of " + scenario, number(printed), why, number(follows),
                                  is_rounding ? ", which rounding of the printed totals explains" : "")});
  }

  static std::string number(double value) {
    return std::abs(value) < 1000.0 ? fmt::format("{:.2f}", value) : grouped_number(value);
  }

  void percentages(const std::string& basis) {
    const Series* optimised = series("carbon_t");
    const Series* reduction = series("reduction_" + basis + "_t");
    const Series* percent = series("reduction_" + basis + "_percent");
    if (optimised == nullptr || reduction == nullptr || percent == nullptr) return;
    for (std::size_t t = 0; t < percent->size(); ++t) {
      const double traditional = (*optimised)[t] + (*reduction)[t];
      if (!(traditional > 0.0)) continue;
      // Both totals off by half a digit in the worst directions: d(r / (c + r)) <= half digit / (c + r).
      check("reduction_" + basis + "_percent", urban_.scenarios[t], (*percent)[t],
            100.0 * (*reduction)[t] / traditional, kHalfPercentDigit, 100.0 * kHalfCarbonDigit_t / traditional,
            fmt::format("{} of {} t", number((*reduction)[t]), number(traditional)));
    }
  }

  void cumulative(const std::string& basis) {
    const Series* reduction = series("reduction_" + basis + "_t");
    const std::string name = "cumulative_reduction_" + basis + "_t";
    const double* printed = urban_.published_constant(name);
    if (reduction == nullptr || printed == nullptr) return;
    double sum = 0.0;
    for (const double value : *reduction) sum += value;
    check(name, "", *printed, sum, kHalfCumulativeDigit_t, kHalfCarbonDigit_t * static_cast<double>(reduction->size()),
          "the sum over the scenarios");
  }

  void trade(const std::string& basis, const std::string& end) {
    const double* price = urban_.published_constant("carbon_price_" + end + "_yuan_per_t");
    const double* reduction = urban_.published_constant("cumulative_reduction_" + basis + "_t");
    const std::string name = "carbon_value_" + basis + "_" + end + "_yuan";
    const double* printed = urban_.published_constant(name);
    if (price == nullptr || reduction == nullptr || printed == nullptr) return;
    // The prices were found from such values, to two decimals.
    check(name, "", *printed, *price * *reduction, kHalfPriceDigit * *reduction, *price * kHalfCumulativeDigit_t,
          fmt::format("{} yuan/t for {} t", *price, number(*reduction)));
  }

  void of_abstract(const PublishedConstant& constant) {
    const std::string prefix = "abstract_";
    if (!constant.name.starts_with(prefix)) return;
    const double* text = urban_.published_constant(constant.name.substr(prefix.size()));
    if (text != nullptr) check(constant.name, "", constant.value, *text, 0.0, 0.0, "the text");
  }

  void conventional_shortage() {
    const std::string name = "conventional_shortage_percent";
    const Series* printed = series(name);
    if (printed == nullptr) return;
    for (std::size_t t = 0; t < printed->size(); ++t)
      check(name, urban_.scenarios[t], (*printed)[t], shortage_without_unconventional(urban_, t).shortage_percent,
            kHalfPercentDigit, 0.0, "demands, availabilities and links");
  }

  const UrbanCase& urban_;
  std::vector<Contradiction> found_;
};

}  // namespace

std::optional<double> ComparedFigure::difference() const {
  return ours && published ? std::optional(*ours - *published) : std::nullopt;
}

std::optional<double> ComparedFigure::difference_percent() const {
  const auto absolute = difference();
  return absolute && *published != 0.0 ? std::optional(100.0 * *absolute / std::abs(*published)) : std::nullopt;
}

std::vector<ComparedFigure> compared_figures(const UrbanCase& urban, const SchemeAccount& scheme) {
  FigureList figures(urban, scheme.scenario_index, true);
  add_carbon(figures, scheme.carbon);
  add_reductions(figures, urban, scheme);
  figures.add("conventional_shortage_percent",
              shortage_without_unconventional(urban, scheme.scenario_index).shortage_percent,
              "largest flow from [[sources]] without unconventional = true along links to [[users]] demand");
  return figures.take();
}

std::vector<ComparedFigure> compared_study_figures(const UrbanCase& urban, std::span<const SchemeAccount> schemes) {
  FigureList figures(urban, std::nullopt, schemes.size() == urban.scenarios.size());
  for (const BaselineBasis basis : kBaselineBases) {
    const CarbonTrade trade = carbon_trade(urban, schemes, basis);
    const std::string name(name_of(basis));
    const std::string currency = currency_of(urban);
    figures.add(fmt::format("cumulative_reduction_{}_t", name), trade.cumulative_reduction_t,
                fmt::format("reduction_{}_t, added over the {} scenarios accounted", name, schemes.size()));
    figures.add(fmt::format("carbon_value_{}_low_{}", name, currency), trade.low_value,
                fmt::format("reduction_{}_t x [accounting] carbon_price_low_per_t", name));
    figures.add(fmt::format("carbon_value_{}_high_{}", name, currency), trade.high_value,
                fmt::format("reduction_{}_t x [accounting] carbon_price_high_per_t", name));
  }
  return figures.take();
}

std::vector<Contradiction> source_contradictions(const UrbanCase& urban) { return ContradictionSearch(urban).run(); }

}  // namespace millrace
