#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "problems/case/case_error.hpp"
#include "problems/park/modelled_quantity.hpp"

namespace millrace {

/// Measurements of one quantity.
struct QuantityData {
  const ModelledQuantity* quantity = nullptr;
  /// A row a measurement, inputs in the order of the quantity.
  std::vector<double> inputs;
  /// The measured quantity, positive.
  std::vector<double> measured;

  std::size_t rows() const { return measured.size(); }
  std::span<const double> row(std::size_t i) const {
    const std::size_t width = quantity->inputs.size();
    return {inputs.data() + i * width, width};
  }
  void add(std::span<const double> row, double value);
};

/// Measurements of a plant's units, one entry a quantity that has any, in the order in which they first occur.
struct PlantData {
  std::vector<QuantityData> quantities;
  /// Null where nothing was measured of it.
  const QuantityData* of(const ModelledQuantity& quantity) const;
};

/// Reads CSV. A line `unit,quantity,<inputs>,y` heads the lines below it and names all inputs of their quantities, in
/// any order; a file may have several such lines. Empty lines and those that begin with # are passed over. Numbers have
/// a decimal point. Throws CaseError with the line of the first defect; `file` is the name that it carries.
PlantData parse_plant_data(std::string_view text, const std::string& file);
/// The file at that path. Throws CaseError, also where it cannot be read.
PlantData load_plant_data(const std::string& path);
/// The same as CSV: parse_plant_data gives back equal bits.
std::string plant_data_csv(const PlantData& data);

}  // namespace millrace
