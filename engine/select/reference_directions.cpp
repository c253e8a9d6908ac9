#include "engine/select/reference_directions.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

namespace millrace {
namespace {

constexpr std::size_t kMostDirections = std::size_t{1} << 31;

/// Writes the compositions of `divisions` into m parts, ascending, as weights from row `first` on; each weight is
/// offset + scale * part / divisions.
void write_lattice(Columns& weights, std::size_t first, std::size_t divisions, double offset, double scale) {
  const std::size_t m = weights.columns();
  const std::size_t count = das_dennis_count(m, divisions);
  std::vector<std::size_t> part(m, 0);
  part[m - 1] = divisions;
  for (std::size_t row = first; row < first + count; ++row) {
    for (std::size_t k = 0; k < m; ++k) {
      const double share =
          divisions == 0 ? 1.0 / static_cast<double>(m) : static_cast<double>(part[k]) / static_cast<double>(divisions);
      weights(row, k) = offset + scale * share;
    }
    // Next composition: one unit moves from the tail to the last part that can grow, the rest goes to the end.
    const std::size_t rest = part[m - 1];
    std::size_t k = m - 1;
    if (rest == 0)
      while (k > 0 && part[k] == 0) --k;
    if (k == 0) continue;
    const std::size_t moved = part[k];
    part[k] = 0;
    ++part[k - 1];
    part[m - 1] = moved - 1;
  }
}

void check_size(std::size_t m, std::size_t count) {
  if (m == 0) throw std::invalid_argument("reference directions need at least one objective");
  if (count == 0) throw std::invalid_argument("at least one reference direction is needed");
  if (count > kMostDirections)
    throw std::invalid_argument("more than 2^31 reference directions (" + std::to_string(m) + " objectives)");
}

}  // namespace

ReferenceDirections::ReferenceDirections(Columns weights)
    : weights_(std::move(weights)), units_(weights_.rows(), weights_.columns()) {
  for (std::size_t i = 0; i < count(); ++i) {
    double squares = 0.0;
    for (std::size_t k = 0; k < objectives(); ++k) squares += weights_(i, k) * weights_(i, k);
    const double length = std::sqrt(squares);
    for (std::size_t k = 0; k < objectives(); ++k) units_(i, k) = weights_(i, k) / length;
  }
}

std::size_t das_dennis_count(std::size_t m, std::size_t h) {
  if (m == 0) return 0;
  // C(h + m - 1, m - 1) as a running product: every prefix is itself a binomial coefficient, so divisions are exact.
  std::size_t count = 1;
  for (std::size_t k = 1; k < m; ++k) {
    if (count > std::numeric_limits<std::size_t>::max() / (h + k)) return std::numeric_limits<std::size_t>::max();
    count = count * (h + k) / k;
  }
  return count;
}

ReferenceDirections das_dennis(std::size_t m, std::size_t divisions) {
  const std::size_t count = das_dennis_count(m, divisions);
  check_size(m, m == 0 ? 1 : count);
  Columns weights(count, m);
  write_lattice(weights, 0, divisions, 0.0, 1.0);
  ReferenceDirections directions(std::move(weights));
  if (divisions > 0) directions.lattice_divisions_ = divisions;
  return directions;
}

ReferenceDirections two_layer(std::size_t m, std::size_t outer, std::size_t inner, double shrink) {
  const std::size_t outer_count = das_dennis_count(m, outer);
  const std::size_t inner_count = das_dennis_count(m, inner);
  check_size(m, m == 0 ? 1 : std::max(outer_count, inner_count));
  Columns weights(outer_count + inner_count, m);
  write_lattice(weights, 0, outer, 0.0, 1.0);
  write_lattice(weights, outer_count, inner, (1.0 - shrink) / static_cast<double>(m), shrink);
  return ReferenceDirections(std::move(weights));
}

ReferenceDirections directions_for(std::size_t m, std::size_t count, std::uint64_t seed) {
  check_size(m, count);
  if (m == 1) return das_dennis(1, 1);
  for (std::size_t h = 0; das_dennis_count(m, h) <= count; ++h)
    if (das_dennis_count(m, h) == count) return das_dennis(m, h);
  // Below eight objectives one layer has inner points soon enough; the paper uses two from eight on.
  for (std::size_t outer = 1; m >= 8 && das_dennis_count(m, outer) < count; ++outer)
    for (std::size_t inner = 1; inner <= outer; ++inner)
      if (das_dennis_count(m, outer) + das_dennis_count(m, inner) == count) return two_layer(m, outer, inner);
  return riesz_energy(m, count, seed);
}

}  // namespace millrace
