#include <catch2/catch.hpp>

#include <ClpSimplex.hpp>

#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "problems/urban/urban.hpp"
#include "tests/unit/urban/pingliang_payoff.hpp"

namespace millrace {
namespace {

/// The five-objective model as an LP straight from the case: flows, then one shortage a user.
class AllocationLp {
 public:
  AllocationLp(const UrbanCase& urban, std::size_t t)
      : links_(urban.links.size()), columns_(links_ + urban.users.size()) {
    const double infinity = std::numeric_limits<double>::max();
    lp_.setLogLevel(0);
    lp_.resize(0, static_cast<int>(columns_));
    for (std::size_t c = 0; c < columns_; ++c) lp_.setColumnBounds(static_cast<int>(c), 0.0, infinity);
    for (std::size_t i = 0; i < urban.sources.size(); ++i) {
      const UrbanSource& source = urban.sources[i];
      add_row(
          urban, [&](const UrbanLink& link) { return link.source == i; }, columns_,
          source.use_rate[t] * source.available[t], source.available[t]);
    }
    for (std::size_t j = 0; j < urban.users.size(); ++j) {
      const UrbanUser& user = urban.users[j];
      const auto of_user = [&](const UrbanLink& link) { return link.user == j; };
      add_row(urban, of_user, columns_, user.demand_lower[t] * user.demand[t], user.demand_upper[t] * user.demand[t]);
      // Supply plus shortage is at least the demand.
      add_row(urban, of_user, links_ + j, user.demand[t], infinity);
    }
    objectives_.assign(5 * columns_, 0.0);
    for (std::size_t l = 0; l < links_; ++l) {
      const UrbanSource& source = urban.sources[urban.links[l].source];
      const UrbanUser& user = urban.users[urban.links[l].user];
      coefficient(0, l) = 10.0 * (source.carbon_kg_per_m3[t] + user.carbon_kg_per_m3[t]);
      coefficient(1, l) = -user.benefit_per_m3[t];
      coefficient(3, l) = user.discharge[t];
      coefficient(4, l) = source.groundwater ? 1.0 : 0.0;
    }
    for (std::size_t j = 0; j < urban.users.size(); ++j) coefficient(2, links_ + j) = urban.users[j].shortage_weight[t];
  }

  /// All five (minimised) where objective k is least, ties broken by the others with these weights.
  std::array<double, 5> best_of(std::size_t k, const std::array<double, 5>& ties, const std::array<double, 5>& size) {
    for (std::size_t c = 0; c < columns_; ++c) {
      double cost = 0.0;
      for (std::size_t m = 0; m < 5; ++m) cost += (m == k ? 1.0 : 1e-4 * ties[m]) * coefficient(m, c) / size[m];
      lp_.setObjectiveCoefficient(static_cast<int>(c), 1e4 * cost);
    }
    lp_.primal();
    REQUIRE(lp_.isProvenOptimal());
    std::array<double, 5> values{};
    for (std::size_t m = 0; m < 5; ++m)
      for (std::size_t c = 0; c < columns_; ++c) values[m] += coefficient(m, c) * lp_.primalColumnSolution()[c];
    return values;
  }

 private:
  double& coefficient(std::size_t objective, std::size_t column) { return objectives_[objective * columns_ + column]; }

  /// `extra` is one more column with coefficient 1, none where it is columns_.
  template <class Of>
  void add_row(const UrbanCase& urban, Of of, std::size_t extra, double least, double most) {
    std::vector<int> columns;
    for (std::size_t l = 0; l < links_; ++l)
      if (of(urban.links[l])) columns.push_back(static_cast<int>(l));
    if (extra < columns_) columns.push_back(static_cast<int>(extra));
    const std::vector<double> ones(columns.size(), 1.0);
    lp_.addRow(static_cast<int>(columns.size()), columns.data(), ones.data(), least, most);
  }

  std::size_t links_;
  std::size_t columns_;
  std::vector<double> objectives_;
  ClpSimplex lp_;
};

}  // namespace

TEST_CASE("the reference box of Pingliang agrees with the payoff table") {
  const UrbanCase urban = load_urban_case("pingliang");
  for (std::size_t t = 0; t < urban.scenarios.size(); ++t) {
    AllocationLp lp(urban, t);
    std::array<double, 5> size{};
    for (std::size_t k = 0; k < 5; ++k) size[k] = kPingliangNadir[t][k];
    std::array<double, 5> ideal{};
    // Worst value among the five optima: ties broken for the others, and ties broken against this objective.
    std::array<double, 5> nadir;
    std::array<double, 5> loose_nadir;
    nadir.fill(-1e300);
    loose_nadir.fill(-1e300);
    for (std::size_t k = 0; k < 5; ++k) {
      const auto row = lp.best_of(k, {1, 1, 1, 1, 1}, size);
      ideal[k] = row[k];
      for (std::size_t m = 0; m < 5; ++m) {
        nadir[m] = std::max(nadir[m], row[m]);
        std::array<double, 5> against{};
        against[m] = -1.0;
        // The largest shortage is no LP: its variables have no upper bound.
        const bool as_it_is = m == k || urban.objectives[m] == UrbanObjective::shortage;
        loose_nadir[m] = std::max(loose_nadir[m], as_it_is ? row[m] : lp.best_of(k, against, size)[m]);
      }
    }
    for (std::size_t k = 0; k < 5; ++k) {
      const double sign = urban.objectives[k] == UrbanObjective::benefit ? -1.0 : 1.0;
      const double half_digit = 0.5001 * kPingliangDigit[k];
      const double frozen = sign * kPingliangNadir[t][k];
      INFO(urban.scenarios[t] << " " << name_of(urban.objectives[k]));
      CHECK(std::abs(sign * ideal[k] - kPingliangIdeal[t][k]) <= half_digit);
      CHECK(frozen >= nadir[k] - half_digit);
      CHECK(frozen <= loose_nadir[k] + half_digit);
      // The least shortage can be had with all the groundwater: its nadir in the box is of that kind, and so is the
      // carbon of 2040.
      const bool loose = urban.objectives[k] == UrbanObjective::groundwater || (t == 3 && k == 0);
      if (!loose) CHECK(std::abs(frozen - nadir[k]) <= half_digit);
      if (urban.objectives[k] == UrbanObjective::groundwater) CHECK(std::abs(frozen - loose_nadir[k]) <= half_digit);
    }
  }
}

}  // namespace millrace
