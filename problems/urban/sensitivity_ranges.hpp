#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "problems/case/series.hpp"

namespace millrace {

struct UrbanCase;

/// Data of a case that may be other than written.
enum class UrbanQuantity {
  demand,
  available,
  use_rate,
  source_carbon,
  user_carbon,
  benefit,
  shortage_weight,
  discharge,
  quality,
  energy
};
std::string_view name_of(UrbanQuantity quantity);
std::vector<std::string_view> urban_quantity_names();
std::optional<UrbanQuantity> urban_quantity(std::string_view name);
/// Most that a value of the quantity may be: 1 for a share (use_rate, discharge), else infinity. A factor that would
/// lead above gives this.
double most_of(UrbanQuantity quantity);

/// The data are multiplied by a factor from `low` to `high`, in every scenario. `of` names one source or user; where it
/// is empty, one common factor changes all of them.
struct UrbanRange {
  UrbanQuantity quantity = UrbanQuantity::demand;
  std::string of;
  double low = 1.0;
  double high = 1.0;
  bool operator==(const UrbanRange&) const = default;
};

/// The same with one factor.
struct UrbanChange {
  UrbanQuantity quantity = UrbanQuantity::demand;
  std::string of;
  double factor = 1.0;
  bool operator==(const UrbanChange&) const = default;
};

/// Changes that occur together: a dry year.
struct UrbanWhatIf {
  std::string name;
  std::string provenance;
  std::vector<UrbanChange> changes;
  bool operator==(const UrbanWhatIf&) const = default;
};

struct UrbanSensitivity {
  std::string provenance;
  std::vector<UrbanRange> ranges;
  std::vector<UrbanWhatIf> what_ifs;
  bool operator==(const UrbanSensitivity&) const = default;
};

/// "demand of domestic", or "demand" where it is that of all.
std::string label_of(UrbanQuantity quantity, const std::string& of);

/// The series of a case that (quantity, of) names; empty where there is none, or none with data.
std::vector<Series*> series_of(UrbanCase& urban, UrbanQuantity quantity, std::string_view of);

}  // namespace millrace
