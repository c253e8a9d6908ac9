#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "problems/urban/scheme_account.hpp"

namespace millrace {

/// What the traditional scheme of a baseline keeps of its history: the carbon a head, or the carbon an area.
enum class BaselineBasis { per_capita, per_area };
std::string_view name_of(BaselineBasis basis);
inline constexpr std::array kBaselineBases = {BaselineBasis::per_capita, BaselineBasis::per_area};

/// Carbon of a traditional scheme: that of history a head (an area), times the heads (area) of the scenario.
struct TraditionalBaseline {
  BaselineBasis basis = BaselineBasis::per_capita;
  /// input: history * size, both from [accounting]; derived: published optimum plus published reduction; missing: none.
  DataStatus status = DataStatus::missing;
  std::optional<double> carbon_t;
  /// The baseline over that of the first scenario. As the history is one number, this is how the heads (the area) grow,
  /// known even where their number is not.
  std::optional<double> growth;
  /// For a reader: which keys of the case file it came from, or which to write.
  std::string from;
};
TraditionalBaseline traditional_baseline(const UrbanCase& urban, std::size_t scenario, BaselineBasis basis);

/// A scheme against a traditional baseline; empty where one of both has no carbon.
struct CarbonReduction {
  TraditionalBaseline baseline;
  std::optional<double> reduction_t;
  std::optional<double> reduction_percent;
};
CarbonReduction carbon_reduction(const UrbanCase& urban, const SchemeAccount& scheme, BaselineBasis basis);

/// What the reductions of several scenarios are worth at the prices of [accounting]; in the base of units.money (yuan),
/// each reduction at the price of its scenario. Empty where a reduction or the prices are missing.
struct CarbonTrade {
  BaselineBasis basis = BaselineBasis::per_capita;
  std::optional<double> cumulative_reduction_t;
  std::optional<double> low_value;
  std::optional<double> high_value;
};
CarbonTrade carbon_trade(const UrbanCase& urban, std::span<const SchemeAccount> schemes, BaselineBasis basis);

/// The least shortage when the unconventional sources are closed, and use rates and lower bounds of demand are not
/// asked for; volumes in units.volume.
struct ConventionalShortage {
  double demand = 0.0;
  double delivered = 0.0;
  double shortage = 0.0;
  /// Of the demand; 0 where there is none.
  double shortage_percent = 0.0;
  /// A user each, in the order of the case.
  std::vector<double> user_shortage;
  /// A link each, in the order of the case.
  std::vector<double> flows;
};

/// Both the unweighted and the weighted shortage are least, without a linear program: what a transportation network can
/// deliver is a polymatroid, so filling users by falling weight along augmenting paths is optimal (Edmonds 1970,
/// doi:10.1007/3-540-36478-1_2). O(users) runs of complete_allocation.
ConventionalShortage shortage_without_unconventional(const UrbanCase& urban, std::size_t scenario);

}  // namespace millrace
