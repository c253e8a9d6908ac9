#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "problems/park/plant_data.hpp"

namespace millrace {

/// A plant that does not exist: functions of our own with more in them than the mechanisms know (fouling with age and
/// COD, polarisation that follows flux and recovery, an osmotic coefficient, pressure drop; a latent share that follows
/// the weather; inhibition by the substrate), measured with noise. It shows how hybrid models behave where the truth is
/// known. The same hand wrote truth and mechanism, so it says nothing of a real plant.

/// Where the plant is run: the box of its measurements.
struct OperatingBox {
  std::vector<double> lower;
  std::vector<double> upper;
  /// Wider by `share` of the width on either side, within the physical range.
  OperatingBox widened(const ModelledQuantity& quantity, double share) const;
};
OperatingBox operating_box(const ModelledQuantity& quantity);

/// The quantity without noise.
double synthetic_truth(const ModelledQuantity& quantity, std::span<const double> inputs);
/// Standard deviation of the logarithm of a measurement.
double synthetic_noise(const ModelledQuantity& quantity);

/// `count` measurements, inputs uniform in the operating box, times log-normal noise. The same for the same seed on
/// every machine.
QuantityData measure_synthetic(const ModelledQuantity& quantity, std::size_t count, std::uint64_t seed);
/// Without noise, for testing a model: in the operating box, or in the one widened by 0.3 with one input at least
/// outside.
QuantityData truth_in_range(const ModelledQuantity& quantity, std::size_t count, std::uint64_t seed);
QuantityData truth_out_of_range(const ModelledQuantity& quantity, std::size_t count, std::uint64_t seed);

/// Measurements of every quantity.
PlantData measure_synthetic_plant(std::size_t rows, std::uint64_t seed);

}  // namespace millrace
