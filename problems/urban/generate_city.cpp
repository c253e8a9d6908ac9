#include "problems/urban/generate_city.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

#include "engine/random/philox.hpp"

namespace millrace {
namespace {

// Random rows of the generator: one a source, one a user, far apart.
constexpr std::uint32_t kUserRows = 1u << 20;
constexpr std::uint32_t kLinkRows = 2u << 20;
constexpr std::size_t kMost = 1u << 20;

double between(RowDraws& draws, double low, double high) { return low + (high - low) * draws.next_double(); }

/// Rounded to four decimals, as a person would write it.
double written(double value) { return std::round(value * 1e4) / 1e4; }

class CityGenerator {
 public:
  explicit CityGenerator(const GeneratorOptions& options) : options_(options), key_{options.seed, 0, Stage::problem} {}

  UrbanCase generate() {
    general();
    for (std::size_t i = 0; i < options_.sources; ++i) source(i);
    for (std::size_t j = 0; j < options_.users; ++j) user(j);
    links();
    supply();
    return std::move(city_);
  }

 private:
  void general() {
    city_.name = fmt::format("city_{}x{}x{}_{}", options_.sources, options_.users, options_.periods, options_.seed);
    city_.title = fmt::format("Synthetic city of {} sources and {} users over {} periods", options_.sources,
                              options_.users, options_.periods);
    city_.provenance = fmt::format("generated with seed {}", options_.seed);
    city_.objectives = {UrbanObjective::carbon, UrbanObjective::benefit, UrbanObjective::shortage,
                        UrbanObjective::wastewater, UrbanObjective::groundwater};
    for (std::size_t t = 0; t < options_.periods; ++t) city_.scenarios.push_back(fmt::format("{}", 2025 + 5 * t));
    city_.units.volume = {"1e4 m3", 1e4};
    city_.units.money = {"1e4 yuan", 1e4};
  }

  Series constant(double value) const { return Series(options_.periods, written(value)); }

  void source(std::size_t i) {
    RowDraws draws(key_, static_cast<std::uint32_t>(i));
    UrbanSource source;
    source.name = fmt::format("source{}", i + 1);
    // Every fourth source is groundwater, so that even a city of one source has some.
    source.groundwater = i % 4 == 0;
    source.carbon_kg_per_m3 = constant(between(draws, 0.5, 2.5));
    source.quality_g_per_m3 = constant(between(draws, 5.0, 60.0));
    source.energy_kwh_per_m3 = constant(between(draws, 0.1, 1.5));
    for (std::size_t t = 0; t < options_.periods; ++t)
      source.use_rate.push_back(i % 3 == 2 ? written(between(draws, 0.05, 0.5)) : 0.0);
    city_.sources.push_back(std::move(source));
  }

  void user(std::size_t j) {
    RowDraws draws(key_, kUserRows + static_cast<std::uint32_t>(j));
    UrbanUser user;
    user.name = fmt::format("user{}", j + 1);
    double demand = between(draws, 20.0, 800.0);
    for (std::size_t t = 0; t < options_.periods; ++t, demand *= between(draws, 0.97, 1.12))
      user.demand.push_back(written(demand));
    user.demand_lower = constant(0.9);
    user.demand_upper = constant(1.1);
    user.benefit_per_m3 = constant(between(draws, 100.0, 800.0));
    user.shortage_weight = constant(between(draws, 0.1, 0.9));
    user.discharge = constant(draws.below(3) == 0 ? 0.0 : between(draws, 0.3, 0.9));
    user.carbon_kg_per_m3 = constant(between(draws, 0.02, 8.0));
    city_.users.push_back(std::move(user));
  }

  void links() {
    std::vector<bool> used(options_.sources, false);
    std::vector<std::size_t> order(options_.sources);
    for (std::size_t j = 0; j < options_.users; ++j) {
      RowDraws draws(key_, kLinkRows + static_cast<std::uint32_t>(j));
      std::iota(order.begin(), order.end(), std::size_t{0});
      const std::size_t count = std::min(options_.links_per_user, options_.sources);
      for (std::size_t k = 0; k < count; ++k) {
        const auto rest = static_cast<std::uint32_t>(options_.sources - k);
        std::swap(order[k], order[k + draws.below(rest)]);
        add_link(order[k], j);
        used[order[k]] = true;
      }
    }
    for (std::size_t i = 0; i < options_.sources; ++i)
      if (!used[i]) add_link(i, i % options_.users);
    std::sort(city_.links.begin(), city_.links.end(), [](const UrbanLink& a, const UrbanLink& b) {
      return a.source != b.source ? a.source < b.source : a.user < b.user;
    });
  }

  void add_link(std::size_t source, std::size_t user) { city_.links.push_back({source, user, {}, {}}); }

  // The hidden allocation: every user splits its demand over its links by random weights.
  void supply() {
    RowDraws draws(key_, kLinkRows - 1);
    std::vector<double> weight(city_.links.size());
    std::vector<double> total(options_.users, 0.0);
    for (std::size_t l = 0; l < weight.size(); ++l) total[city_.links[l].user] += weight[l] = between(draws, 0.2, 1.0);
    for (UrbanSource& source : city_.sources) source.available.assign(options_.periods, 0.0);
    for (std::size_t l = 0; l < weight.size(); ++l) {
      const UrbanLink& link = city_.links[l];
      for (std::size_t t = 0; t < options_.periods; ++t)
        city_.sources[link.source].available[t] += city_.users[link.user].demand[t] * weight[l] / total[link.user];
    }
    for (UrbanSource& source : city_.sources)
      for (double& available : source.available) available = written(available * between(draws, 1.05, 1.4));
  }

  const GeneratorOptions& options_;
  StreamKey key_;
  UrbanCase city_;
};

}  // namespace

std::string GeneratorOptions::error() const {
  if (sources == 0 || users == 0 || periods == 0 || links_per_user == 0)
    return "a synthetic city needs at least one source, one user, one period and one link a user";
  if (sources > kMost - 1 || users > kMost - 1)
    return fmt::format("a synthetic city has fewer than {} sources and users", kMost);
  return {};
}

UrbanCase generate_city(const GeneratorOptions& options) {
  if (const std::string error = options.error(); !error.empty()) throw std::invalid_argument(error);
  return CityGenerator(options).generate();
}

}  // namespace millrace
