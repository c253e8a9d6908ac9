#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "problems/case/series.hpp"

namespace millrace {

/// Where a number comes from: nowhere, the user of the case, other published numbers, or the source as printed.
enum class DataStatus { missing, input, derived, published };
std::string_view name_of(DataStatus status);
std::optional<DataStatus> data_status(std::string_view name);

/// A number of the accounts that the optimisation does not use; `values` is empty while it is missing.
struct AccountingInput {
  DataStatus status = DataStatus::missing;
  std::string provenance;
  Series values;
  bool operator==(const AccountingInput&) const = default;

  std::optional<double> at(std::size_t scenario) const {
    return values.empty() ? std::nullopt : std::optional(values[scenario]);
  }
};

/// Inputs of the accounts of a scheme. The history is that of the past scheme which a scheme is compared with; prices
/// are in the base of UrbanUnits::money (yuan) a t of carbon.
struct UrbanAccounting {
  AccountingInput population;
  AccountingInput area_km2;
  AccountingInput history_carbon_kg_per_person;
  AccountingInput history_carbon_t_per_km2;
  AccountingInput carbon_price_low_per_t;
  AccountingInput carbon_price_high_per_t;
  bool operator==(const UrbanAccounting&) const = default;
};

/// The inputs by their keys in the case file.
struct AccountingKey {
  const char* key;
  AccountingInput UrbanAccounting::*input;
};
inline constexpr std::array<AccountingKey, 6> kAccountingKeys = {
    {{"population", &UrbanAccounting::population},
     {"area_km2", &UrbanAccounting::area_km2},
     {"history_carbon_kg_per_person", &UrbanAccounting::history_carbon_kg_per_person},
     {"history_carbon_t_per_km2", &UrbanAccounting::history_carbon_t_per_km2},
     {"carbon_price_low_per_t", &UrbanAccounting::carbon_price_low_per_t},
     {"carbon_price_high_per_t", &UrbanAccounting::carbon_price_high_per_t}}};

}  // namespace millrace
