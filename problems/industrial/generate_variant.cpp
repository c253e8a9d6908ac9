#include "problems/industrial/generate_variant.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <vector>

namespace millrace {
namespace {

constexpr std::uint64_t splitmix64(std::uint64_t z) {
  z += 0x9E3779B97F4A7C15u;
  z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
  z = (z ^ z >> 27) * 0x94D049BB133111EBu;
  return z ^ z >> 31;
}

/// What a draw is for.
enum Stream : std::uint64_t {
  region_weight = 1,
  off_route,
  sector_share,
  part_share,
  benefit,
  reuse,
  discharge,
  tie_diverted,
  tie_ground,
  groundwater
};

constexpr double kOffRouteFrom = 0.6;
constexpr double kTieNoise = 0.05;
constexpr Interval kDischarges{0.02, 0.95};
constexpr Interval kGammas{0.15, 1.2};

class VariantBuilder {
 public:
  VariantBuilder(const IndustrialCase& base, const VariantOptions& options)
      : base_(base), options_(options), made_(base) {}

  IndustrialCase build() {
    made_.name = fmt::format("{}-{}x{}", base_.name, options_.regions, options_.parts);
    made_.title = fmt::format("Synthetic variant of {}: {} regions, {} parts a sector", base_.name, options_.regions,
                              options_.parts);
    made_.assumptions = {
        "Synthetic: shares, benefits, reuse rates and discharges are drawn; nothing here describes a "
        "real region."};
    made_.default_source = fmt::format("[S] drawn around the case {} (seed {})", base_.name, options_.seed);
    made_.published.clear();
    made_.corrections.clear();
    share_sectors();
    draw_sectors();
    normalise_benefits();
    apply_risk_rule();
    share_water();
    return std::move(made_);
  }

 private:
  double draw(Stream stream, std::size_t a, std::size_t b = 0, std::size_t c = 0) const {
    return variant_draw(options_.seed, stream, a, b, c);
  }
  std::size_t at(std::size_t r, std::size_t i, std::size_t j) const {
    return (r * base_.sectors.size() + i) * options_.parts + j;
  }

  /// Shares of regions and parts in every sector, which add up to 1 for each.
  void share_sectors() {
    const std::size_t n = base_.sectors.size();
    shares_.assign(options_.regions * n * options_.parts, 0.0);
    for (std::size_t i = 0; i < n; ++i) {
      std::vector<double> weights;
      double all = 0.0;
      for (std::size_t r = 0; r < options_.regions; ++r) {
        weights.push_back((0.5 + draw(region_weight, r)) * (0.25 + 1.5 * draw(sector_share, r, i)));
        all += weights.back();
      }
      for (std::size_t r = 0; r < options_.regions; ++r) {
        double parts = 0.0;
        for (std::size_t j = 0; j < options_.parts; ++j) parts += 0.25 + 1.5 * draw(part_share, r, i, j);
        for (std::size_t j = 0; j < options_.parts; ++j)
          shares_[at(r, i, j)] = weights[r] / all * (0.25 + 1.5 * draw(part_share, r, i, j)) / parts;
      }
    }
  }

  void draw_sectors() {
    made_.sectors.clear();
    for (std::size_t r = 0; r < options_.regions; ++r)
      for (std::size_t i = 0; i < base_.sectors.size(); ++i)
        for (std::size_t j = 0; j < options_.parts; ++j) made_.sectors.push_back(drawn(r, i, j));
  }

  IndustrialSector drawn(std::size_t r, std::size_t i, std::size_t j) const {
    const IndustrialSector& from = base_.sectors[i];
    const double share = shares_[at(r, i, j)];
    const std::size_t user = at(r, i, j);
    IndustrialSector made = from;
    made.published = {};
    made.sources.clear();
    made.region = r;
    if (options_.parts > 1) made.name = fmt::format("{} {}", from.name, j + 1);
    made.off_route = draw(off_route, r) >= kOffRouteFrom;
    made.target = {from.target.lower * share, from.target.upper * share};
    const double spread = from.fixed_demand ? 1.0 : 1.0 + 0.2 * (draw(reuse, r, i, j) - 0.5);
    made.reuse_rate = 1.0 - (1.0 - from.reuse_rate) * spread;
    // What is shared is fresh water: the requirement follows from it and the drawn reuse.
    for (auto end : {&Interval::lower, &Interval::upper})
      made.requirement.*end = from.requirement.*end * (1.0 - from.reuse_rate) * share / (1.0 - made.reuse_rate);
    const double factor = std::exp(0.6 * (draw(benefit, r, i, j) - 0.5));
    made.benefit = {from.benefit.lower * factor, from.benefit.upper * factor};
    const double more = 1.0 + 0.3 * (draw(discharge, r, i, j) - 0.5);
    for (auto end : {&Interval::lower, &Interval::upper})
      made.discharge.*end = std::clamp(from.discharge.*end * more, kDischarges.lower, kDischarges.upper);
    made.tie_diverted = from.tie_diverted + kTieNoise * draw(tie_diverted, user);
    made.tie_ground = from.tie_ground + kTieNoise * draw(tie_ground, user);
    return made;
  }

  /// The benefit of a sector in all, weighted with shares, stays that of the case.
  void normalise_benefits() {
    for (std::size_t i = 0; i < base_.sectors.size(); ++i) {
      double mean = 0.0;
      for (std::size_t r = 0; r < options_.regions; ++r)
        for (std::size_t j = 0; j < options_.parts; ++j)
          mean += shares_[at(r, i, j)] * made_.sectors[at(r, i, j)].benefit.lower;
      const double factor = base_.sectors[i].benefit.lower / mean;
      for (std::size_t r = 0; r < options_.regions; ++r)
        for (std::size_t j = 0; j < options_.parts; ++j) {
          Interval& value = made_.sectors[at(r, i, j)].benefit;
          value = {value.lower * factor, value.upper * factor};
        }
    }
  }

  /// Gamma and caps by the rule, with the largest values of the base case.
  void apply_risk_rule() {
    const RiskRule& rule = base_.risk;
    for (IndustrialSector& sector : made_.sectors) {
      const double gamma = rule.a * std::max(0.0, 1.0 - sector.reuse_rate / rule.eta_max) +
                           rule.b * sector.discharge.lower / rule.alpha_max +
                           rule.c * std::max(0.0, 1.0 - sector.benefit.lower / rule.benefit_max);
      sector.gamma = std::clamp(gamma, kGammas.lower, kGammas.upper);
      sector.cap_lower_model = rule.k_lower_model * sector.gamma;
      sector.cap_upper_model = rule.k_upper_model * sector.gamma;
    }
  }

  /// Surface water by least targets, groundwater by what fresh water is needed besides; diverted water is one pool.
  void share_water() {
    std::vector<double> targets(options_.regions, 0.0);
    std::vector<double> needs(options_.regions, 0.0);
    for (const IndustrialSector& sector : made_.sectors) {
      targets[sector.region] += sector.target.lower;
      needs[sector.region] += sector.requirement.lower * (1.0 - sector.reuse_rate) - sector.target.lower;
    }
    double all_targets = 0.0;
    double all_needs = 0.0;
    for (std::size_t r = 0; r < options_.regions; ++r) {
      needs[r] *= 1.0 + 0.06 * (draw(groundwater, r) - 0.5);
      all_targets += targets[r];
      all_needs += needs[r];
    }
    made_.regions.assign(options_.regions, base_.regions.front());
    for (std::size_t r = 0; r < options_.regions; ++r) {
      IndustrialRegion& region = made_.regions[r];
      region.name = fmt::format("region {}", r + 1);
      region.sources.clear();
      for (auto& period : region.surface)
        for (Interval& water : period) scale(water, targets[r] / all_targets);
      for (Interval& water : region.ground) scale(water, needs[r] / all_needs);
    }
  }

  static void scale(Interval& value, double factor) { value = {value.lower * factor, value.upper * factor}; }

  const IndustrialCase& base_;
  const VariantOptions& options_;
  IndustrialCase made_;
  std::vector<double> shares_;
};

}  // namespace

double variant_draw(std::uint64_t seed, std::uint64_t stream, std::uint64_t a, std::uint64_t b, std::uint64_t c) {
  std::uint64_t z = splitmix64(seed);
  for (const std::uint64_t key : {stream, a, b, c}) z = splitmix64(z ^ key);
  return static_cast<double>(z >> 11) * 0x1p-53;
}

std::string VariantOptions::error() const {
  if (regions < 1 || parts < 1) return "a variant has at least one region and one part";
  if (regions * parts > 10000) return fmt::format("{} regions of {} parts are too many; at most 10000", regions, parts);
  return {};
}

IndustrialCase generate_variant(const IndustrialCase& base, const VariantOptions& options) {
  if (const std::string error = options.error(); !error.empty()) throw std::invalid_argument(error);
  if (base.regions.size() != 1) throw std::invalid_argument("a variant is made of a case of one region");
  return VariantBuilder(base, options).build();
}

}  // namespace millrace
