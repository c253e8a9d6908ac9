#include "problems/urban/sensitivity.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <numeric>

#include "engine/random/sobol.hpp"
#include "problems/urban/case_fault.hpp"
#include "problems/urban/load_case.hpp"
#include "problems/urban/sensitivity_scenario.hpp"
#include "tests/reference/urban.hpp"
#include "tests/reference/urban_account.hpp"
#include "tests/reference/variance_indices.hpp"
#include "tests/unit/urban/random_scheme.hpp"

namespace millrace {
namespace {

/// The outputs of a scheme under factors, from a changed copy of the case and the formulas.
std::vector<double> slow_outputs(const UrbanCase& urban, std::size_t t, const std::vector<double>& x,
                                 const std::vector<double>& factors) {
  UrbanCase changed = urban;
  for (std::size_t k = 0; k < factors.size(); ++k)
    for (Series* series : series_of(changed, urban.sensitivity.ranges[k].quantity, urban.sensitivity.ranges[k].of))
      for (double& value : *series) value *= factors[k];
  const reference::UrbanModel model(changed, t);
  std::vector<double> values;
  for (const UrbanObjective objective : urban.objectives) values.push_back(model.objective(x, objective));
  double breach = 0.0;
  for (const double g : model.constraints(x)) breach += g > 1e-6 ? g : 0.0;
  values.push_back(breach);
  return values;
}

std::vector<double> factors_of(const UrbanCase& urban, const Columns& sample, std::size_t row, bool from_b) {
  std::vector<double> factors;
  const std::size_t inputs = urban.sensitivity.ranges.size();
  for (std::size_t k = 0; k < inputs; ++k) {
    const UrbanRange& range = urban.sensitivity.ranges[k];
    factors.push_back(range.low + (range.high - range.low) * sample(row, (from_b ? inputs : 0) + k));
  }
  return factors;
}

std::size_t output_of(const std::vector<std::string>& outputs, const std::string& name) {
  for (std::size_t o = 0; o < outputs.size(); ++o)
    if (outputs[o] == name) return o;
  FAIL("no output " << name);
  return 0;
}

}  // namespace

TEST_CASE("one at a time is the case with one number changed") {
  const UrbanCase urban = load_urban_case("pingliang");
  for (std::size_t t = 0; t < 4; ++t) {
    const std::vector<double> x = random_scheme(urban, t, 6, true);
    const OneAtATimeTable table = one_at_a_time(urban, t, x);
    REQUIRE(table.outputs ==
            std::vector<std::string>{"carbon", "benefit", "shortage", "wastewater", "groundwater", "breach"});
    REQUIRE(table.rows.size() == urban.sensitivity.ranges.size());
    std::vector<double> factors(table.rows.size(), 1.0);
    const auto check = [&](const std::vector<double>& ours) {
      const std::vector<double> slow = slow_outputs(urban, t, x, factors);
      for (std::size_t o = 0; o < slow.size(); ++o) CHECK(ours[o] == Approx(slow[o]).epsilon(1e-9).margin(1e-5));
    };
    check(table.base);
    CHECK(table.base.back() == 0.0);
    for (std::size_t k = 0; k < factors.size(); ++k) {
      factors[k] = urban.sensitivity.ranges[k].low;
      check(table.rows[k].low);
      factors[k] = urban.sensitivity.ranges[k].high;
      check(table.rows[k].high);
      factors[k] = 1.0;
    }
    CHECK(table.rows[0].input == "demand of domestic");
  }
}

TEST_CASE("Sobol indices are Jansen's, computed again without any saving") {
  const UrbanCase urban = load_urban_case("pingliang");
  const std::vector<double> x = random_scheme(urban, 1, 8, true);
  const Columns sample = shifted_sobol_points(64, 2 * urban.sensitivity.ranges.size(), 5);
  const SobolTable table = sobol_indices(urban, 1, x, sample);
  const std::size_t outputs = table.outputs.size();
  std::vector<std::vector<double>> a(outputs);
  std::vector<std::vector<double>> b(outputs);
  for (std::size_t row = 0; row < sample.rows(); ++row) {
    const auto fa = slow_outputs(urban, 1, x, factors_of(urban, sample, row, false));
    const auto fb = slow_outputs(urban, 1, x, factors_of(urban, sample, row, true));
    for (std::size_t o = 0; o < outputs; ++o) {
      a[o].push_back(fa[o]);
      b[o].push_back(fb[o]);
    }
  }
  for (std::size_t k = 0; k < table.inputs.size(); k += 3) {
    std::vector<std::vector<double>> mixed(outputs);
    for (std::size_t row = 0; row < sample.rows(); ++row) {
      auto factors = factors_of(urban, sample, row, false);
      factors[k] = factors_of(urban, sample, row, true)[k];
      const auto values = slow_outputs(urban, 1, x, factors);
      for (std::size_t o = 0; o < outputs; ++o) mixed[o].push_back(values[o]);
    }
    for (std::size_t o = 0; o < outputs; ++o) {
      INFO(table.outputs[o] << " of " << table.inputs[k]);
      if (table.variance[o] == 0.0) {
        CHECK_FALSE(table.of(o, k).first.has_value());
        continue;
      }
      const auto slow = reference::jansen_indices(a[o], b[o], mixed[o]);
      CHECK(*table.of(o, k).first == Approx(slow.first).epsilon(1e-6).margin(1e-7));
      CHECK(*table.of(o, k).total == Approx(slow.total).epsilon(1e-6).margin(1e-7));
    }
  }
}

TEST_CASE("shares of the variance of a linear objective are those of its coefficients") {
  const UrbanCase urban = load_urban_case("pingliang");
  const std::vector<double> x = random_scheme(urban, 0, 3, true);
  const SchemeAccount account = account_of(urban, 0, x);
  const SobolTable table =
      sobol_indices(urban, 0, x, shifted_sobol_points(4096, 2 * urban.sensitivity.ranges.size(), 1));
  const std::size_t carbon = output_of(table.outputs, "carbon");
  // Carbon is the sum of factor k times its own carbon: variance carbon^2 (high - low)^2 / 12 each.
  std::vector<double> variance(table.inputs.size(), 0.0);
  for (std::size_t k = 0; k < variance.size(); ++k) {
    const UrbanRange& range = urban.sensitivity.ranges[k];
    double part = 0.0;
    if (range.quantity == UrbanQuantity::source_carbon)
      for (const SourceAccount& source : account.sources)
        part += source.name == range.of ? *source.supply_carbon_t : 0.0;
    if (range.quantity == UrbanQuantity::user_carbon)
      for (const UserAccount& user : account.users) part += user.name == range.of ? *user.use_carbon_t : 0.0;
    variance[k] = part * part * (range.high - range.low) * (range.high - range.low) / 12.0;
  }
  const double total = std::accumulate(variance.begin(), variance.end(), 0.0);
  CHECK(table.variance[carbon] == Approx(total).epsilon(0.06));
  double sum = 0.0;
  CHECK(table.mean[carbon] == Approx(account.carbon->total_t).epsilon(0.01));
  for (std::size_t k = 0; k < variance.size(); ++k) {
    const SobolIndex& index = table.of(carbon, k);
    INFO(table.inputs[k]);
    CHECK(*index.total == Approx(variance[k] / total).epsilon(0.05).margin(0.003 + 4.0 * index.total_error));
    CHECK(index.first_error < 0.02);
    sum += *index.first;
    CHECK(*index.first == Approx(variance[k] / total).margin(0.003 + 4.0 * index.first_error));
  }
  CHECK(sum == Approx(1.0).margin(0.05));
  // Nothing moves groundwater while the volumes stay; availabilities move nothing but the breach.
  CHECK(table.variance[output_of(table.outputs, "groundwater")] == 0.0);
  CHECK_FALSE(table.of(output_of(table.outputs, "groundwater"), 0).total.has_value());
  for (std::size_t k = 4; k < 8; ++k) {
    CHECK(*table.of(carbon, k).total == 0.0);
    CHECK(*table.of(carbon, k).first == 0.0);
    CHECK(table.of(carbon, k).first_error < 1e-9);
  }
}

TEST_CASE("inputs that multiply have an interaction: total indices exceed first ones by it") {
  UrbanCase urban = load_urban_case("pingliang");
  urban.sensitivity.ranges = {{UrbanQuantity::benefit, "", 0.4, 1.6}, {UrbanQuantity::benefit, "domestic", 0.2, 1.8}};
  const std::vector<double> x = random_scheme(urban, 0, 3, true);
  const SobolTable table = sobol_indices(urban, 0, x, shifted_sobol_points(8192, 4, 3));
  const std::size_t benefit = output_of(table.outputs, "benefit");
  const SchemeAccount account = account_of(urban, 0, x);
  const double all = account.objectives[benefit].value;
  const double domestic = 650.0 * account.users[0].supplied;
  // f = u (domestic v + rest), u and v of mean 1.
  const double u = 1.2 * 1.2 / 12.0;
  const double v = 1.6 * 1.6 / 12.0;
  const double only_u = u * all * all;
  const double only_v = v * domestic * domestic;
  const double both = u * v * domestic * domestic;
  const double total = only_u + only_v + both;
  CHECK(*table.of(benefit, 0).first == Approx(only_u / total).margin(0.03));
  CHECK(*table.of(benefit, 1).first == Approx(only_v / total).margin(0.03));
  CHECK(*table.of(benefit, 0).total == Approx((only_u + both) / total).margin(0.03));
  CHECK(*table.of(benefit, 1).total == Approx((only_v + both) / total).margin(0.03));
}

TEST_CASE("a sample of another shape, an unknown input and no input at all") {
  UrbanCase urban = load_urban_case("pingliang");
  const std::vector<double> x = random_scheme(urban, 0, 3, true);
  CHECK_THROWS_WITH(sobol_indices(urban, 0, x, Columns(1, 40)),
                    "the sample has 1 rows and 40 columns; Sobol indices of 20 inputs need at least 2 rows and 40 "
                    "columns");
  urban.sensitivity.ranges = {{UrbanQuantity::demand, "moon", 0.9, 1.1}};
  CHECK_THROWS_WITH(one_at_a_time(urban, 0, x), "case 'pingliang' has no data for demand of moon");
  urban.sensitivity = {};
  CHECK(one_at_a_time(urban, 0, x).rows.empty());
  CHECK(what_if_accounts(urban, 0, x).empty());
  const SobolTable none = sobol_indices(urban, 0, x, Columns(4, 0));
  CHECK(none.indices.empty());
  CHECK(none.variance[0] == 0.0);
}

TEST_CASE("what-ifs say what breaks, what it costs and what a small change would do") {
  UrbanCase urban = load_urban_case("pingliang");
  urban.sensitivity.what_ifs.push_back({"drought", "", {{UrbanQuantity::available, "", 0.3}}});
  for (std::size_t t = 0; t < 4; ++t) {
    const std::vector<double> x = random_scheme(urban, t, 12, true);
    const std::vector<WhatIfAccount> accounts = what_if_accounts(urban, t, x);
    REQUIRE(accounts.size() == 4);
    for (std::size_t k = 0; k < accounts.size(); ++k) {
      const WhatIfAccount& account = accounts[k];
      INFO(urban.scenarios[t] << " " << account.name);
      const UrbanCase changed = changed_case(urban, urban.sensitivity.what_ifs[k].changes);
      CHECK(account.before == objective_values(urban, t, x));
      CHECK(account.after == objective_values(changed, t, x));
      double slow = 0.0;
      for (const double g : reference::UrbanModel(changed, t).constraints(x)) slow += g > 1e-6 ? g : 0.0;
      CHECK(total_breach(account.breaches) == Approx(slow).margin(1e-5));
      const bool possible =
          reference::worst_user_deficit(changed, t) < 1e-7 && reference::worst_source_excess(changed, t) < 1e-7;
      CHECK(account.infeasible_because.empty() == possible);
      CHECK(account.repaired.empty() == !possible);
      if (!possible) continue;
      CHECK(limit_breaches(changed, t, account.repaired).empty());
      CHECK(account.repaired_objectives == objective_values(changed, t, account.repaired));
    }
    CHECK_FALSE(accounts[3].infeasible_because.empty());
  }
  const UrbanCase wet = changed_case(
      urban, std::vector<UrbanChange>{{UrbanQuantity::discharge, "", 1.5}, {UrbanQuantity::demand, "domestic", 2.0}});
  CHECK(wet.users[0].discharge[0] == 1.0);
  CHECK(wet.users[1].discharge[0] == 1.0);
  CHECK(wet.users[0].demand[1] == 2.0 * 1502.41);
}

}  // namespace millrace
