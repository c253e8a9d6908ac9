#include <algorithm>
#include <array>
#include <memory>

#include "engine/select/association.hpp"
#include "engine/select/decomposition.hpp"
#include "engine/select/neighbourhood.hpp"
#include "tests/equality/comparison.hpp"
#include "tests/equality/sets.hpp"
#include "tests/reference/association.hpp"
#include "tests/reference/decomposition.hpp"

using namespace millrace;
using namespace millrace::testing;

namespace {

/// Points anywhere, on lattice points and between them (ties), on faces, at the origin, at infinity, beyond the ideal.
Columns points_to_associate(RowDraws& draws, std::size_t n, std::size_t m) {
  Columns f(n, m);
  for (std::size_t i = 0; i < n; ++i) {
    const std::uint32_t kind = draws.below(8);
    for (std::size_t k = 0; k < m; ++k) {
      if (kind < 3) f(i, k) = draws.next_double();
      else if (kind < 5) f(i, k) = 0.5 * draws.below(kind == 3 ? 5 : 25);
      else if (kind == 5) f(i, k) = draws.below(2) == 0 ? 0.0 : draws.next_double();
      else if (kind == 6) f(i, k) = std::array{0.0, 1.0, -1.0, 1e-300, 1e300, kInfinity, -kInfinity}[draws.below(7)];
      else f(i, k) = 1.0 + 1e-9 * draws.next_double();
    }
  }
  return f;
}

/// On a lattice (rounded and searched there), or directions without one (compared with all).
struct Associating {
  struct Input {
    std::shared_ptr<const ReferenceDirections> directions;
    Columns f;
    std::vector<Slot> members;
    std::vector<double> ideal, range;
    /// Without fused multiply-add, and with.
    std::array<reference::Nearest, 2> expected;
  };
  bool lattice;
  std::shared_ptr<Association> association = std::make_shared<Association>();

  std::shared_ptr<const ReferenceDirections> directions(RowDraws& draws, std::size_t m, std::size_t most) const {
    if (!lattice) {
      Columns weights(1 + draws.below(static_cast<std::uint32_t>(most)), m);
      for (std::size_t i = 0; i < weights.rows(); ++i) {
        double sum = 0.0;
        for (std::size_t k = 0; k < m; ++k) sum += weights(i, k) = 0.01 + draws.next_double();
        for (std::size_t k = 0; k < m; ++k) weights(i, k) /= sum;
      }
      return std::make_shared<ReferenceDirections>(std::move(weights));
    }
    std::size_t divisions = 1 + draws.below(30);
    while (divisions > 1 && das_dennis_count(m, divisions) > most) --divisions;
    return std::make_shared<ReferenceDirections>(das_dennis(m, divisions));
  }
  Input draw_set(RowDraws& draws, std::size_t n, std::size_t m, std::size_t most) const {
    Input input{directions(draws, m, most), points_to_associate(draws, n, m), {}, {}, {}, {}};
    for (std::size_t i = 0; i < n; ++i) input.members.push_back(draws.below(static_cast<std::uint32_t>(n)));
    input.ideal.assign(m, draws.below(2) == 0 ? 0.0 : 0.25);
    input.range.assign(m, draws.below(2) == 0 ? 1.0 : 3.0);
    return input;
  }
  Input draw(RowDraws& draws) const {
    const std::size_t m = 1 + draws.below(8);
    Input input = draw_set(draws, draws.below(31), m, draws.below(16) == 0 ? 700 : 40);
    for (const bool fused : {false, true})
      input.expected[fused] =
          reference::associate(input.f, input.members, input.ideal, input.range, *input.directions, fused);
    return input;
  }
  Input draw_large(RowDraws& draws) const {
    return draw_set(draws, 5000 + draws.below(5000), 2 + draws.below(6), 1500);
  }
  /// Nearest direction of each, then the distances.
  std::vector<double> run(const Input& input, Workers& workers) const {
    association->compute(input.f, input.members, input.ideal, input.range, *input.directions, workers);
    std::vector<double> answer(association->nearest().begin(), association->nearest().end());
    answer.insert(answer.end(), association->distance().begin(), association->distance().end());
    return answer;
  }
  bool agrees(const Input& input, const std::vector<double>& answer, bool fused) const {
    const reference::Nearest& expected = input.expected[fused];
    const std::size_t n = expected.direction.size();
    if (answer.size() != 2 * n) return false;
    for (std::size_t i = 0; i < n; ++i) {
      if (answer[i] != expected.direction[i]) return false;
      if (!(std::abs(answer[n + i] - expected.distance[i]) <= 1e-14 * (expected.distance[i] + expected.along[i])))
        return false;
    }
    return true;
  }
};

struct Neighbours {
  struct Input {
    ReferenceDirections directions;
    std::size_t size;
    std::vector<std::uint32_t> expected;
  };
  Input draw(RowDraws& draws) const {
    Input input{mixed_directions(draws, 1 + draws.below(8), 24), 1 + draws.below(30), {}};
    for (std::size_t i = 0; i < input.directions.count(); ++i)
      for (const std::uint32_t j : reference::nearest_rows(input.directions.weights(), i, input.size))
        input.expected.push_back(j);
    return input;
  }
  Input draw_large(RowDraws& draws) const { return {das_dennis(3 + draws.below(3), 12 + draws.below(4)), 20, {}}; }
  std::vector<std::uint32_t> run(const Input& input, Workers& workers) const {
    const Neighbourhood neighbourhood(input.directions, input.size, workers);
    std::vector<std::uint32_t> answer;
    for (std::size_t i = 0; i < input.directions.count(); ++i)
      answer.insert(answer.end(), neighbourhood.of(i).begin(), neighbourhood.of(i).end());
    return answer;
  }
  bool agrees(const Input& input, const std::vector<std::uint32_t>& answer, bool) const {
    return answer == input.expected;
  }
};

/// Values of owners, values of newcomers for neighbours, and which newcomers improve whom.
struct Scalarising {
  struct Input {
    std::shared_ptr<const ReferenceDirections> directions;
    std::shared_ptr<const Neighbourhood> neighbourhood;
    DecompositionOptions options;
    Columns newcomers, owners;
    std::vector<double> newcomer_violation, owner_violation;
    std::vector<std::uint32_t> centres;
    /// Of owners; of newcomers a neighbour each.
    std::vector<double> own, gains;
  };

  static void draw_points(RowDraws& draws, Columns& y, std::vector<double>& violation) {
    violation.assign(y.rows(), 0.0);
    for (std::size_t i = 0; i < y.rows(); ++i) {
      const std::uint32_t kind = draws.below(8);
      const double same = draws.next_double();
      for (std::size_t k = 0; k < y.columns(); ++k) {
        y(i, k) = kind == 0 ? 0.0 : kind == 1 ? same : 3.0 * draws.next_double();
        if (kind == 3) y(i, k) = kInfinity;
      }
      if (kind == 2) y(i, 0) = 0.0;
      if (kind == 3) violation[i] = kInfinity;
      if (kind == 4) violation[i] = static_cast<double>(draws.below(3));
    }
  }
  Input draw_set(RowDraws& draws, ReferenceDirections&& directions, std::size_t size) const {
    Workers one(1);
    Input input;
    const std::size_t n = directions.count(), m = directions.objectives();
    input.directions = std::make_shared<ReferenceDirections>(std::move(directions));
    input.neighbourhood = std::make_shared<Neighbourhood>(*input.directions, size, one);
    input.options.scalarisation = std::array{Scalarisation::tchebycheff, Scalarisation::modified_tchebycheff,
                                             Scalarisation::pbi, Scalarisation::weighted_sum}[draws.below(4)];
    input.options.theta = std::array{0.0, 0.1, 5.0, 20.0}[draws.below(4)];
    input.newcomers = input.owners = Columns(n, m);
    draw_points(draws, input.newcomers, input.newcomer_violation);
    draw_points(draws, input.owners, input.owner_violation);
    for (std::size_t i = 0; i < n; ++i) input.centres.push_back(draws.below(static_cast<std::uint32_t>(n)));
    return input;
  }
  Input draw(RowDraws& draws) const {
    const std::size_t m = 1 + draws.below(6);
    Input input = draw_set(draws, mixed_directions(draws, m, 12), 1 + draws.below(16));
    const Columns& weights = input.directions->weights();
    const auto value = [&](const Columns& y, std::size_t i, std::size_t j) {
      return reference::scalarise(input.options, row_of(y, i), row_of(weights, j));
    };
    for (std::size_t i = 0; i < input.centres.size(); ++i) {
      input.own.push_back(value(input.owners, i, i));
      for (const std::uint32_t j : input.neighbourhood->of(input.centres[i]))
        input.gains.push_back(value(input.newcomers, i, j));
    }
    return input;
  }
  Input draw_large(RowDraws& draws) const { return draw_set(draws, das_dennis(5, 12), 20); }

  /// Values of the owners, then of each newcomer the values where it improves (0 elsewhere) and a bit for each
  /// neighbour.
  std::vector<double> run(const Input& input, Workers& workers) const {
    Decomposition decomposition(*input.directions, *input.neighbourhood, input.options);
    const std::size_t n = input.centres.size(), size = input.neighbourhood->size();
    std::vector<double> answer(n), gains(n * decomposition.stride());
    std::vector<std::uint64_t> improves(n);
    decomposition.own_values(input.owners, answer);
    decomposition.compare({input.newcomers, input.newcomer_violation}, {input.owners, input.owner_violation}, answer,
                          input.centres, improves, gains, workers);
    for (double& value : answer) value = std::isnan(value) ? kInfinity : value;
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t t = 0; t < size; ++t) {
        const bool better = improves[i] >> t & 1;
        answer.push_back(better ? gains[i * decomposition.stride() + t] : 0.0);
      }
      for (std::size_t t = 0; t < 64; ++t) answer.push_back(static_cast<double>(improves[i] >> t & 1));
    }
    return answer;
  }
  bool agrees(const Input& input, const std::vector<double>& answer, bool) const {
    const std::size_t n = input.centres.size(), size = input.neighbourhood->size();
    const auto close = [](double a, double b) { return !std::isfinite(b) || std::abs(a - b) <= 1e-9 * (1.0 + b); };
    for (std::size_t i = 0; i < n; ++i) {
      if (!close(answer[i], input.own[i])) return false;
      const double* gains = answer.data() + n + i * (size + 64);
      for (std::size_t t = 0; t < 64; ++t) {
        const bool improves = gains[size + t] != 0.0;
        if (t >= size) {
          if (improves) return false;
          continue;
        }
        const std::uint32_t j = input.neighbourhood->of(input.centres[i])[t];
        const double value = input.gains[i * size + t], owner = input.own[j];
        const double violation = input.newcomer_violation[i], owners = input.owner_violation[j];
        if (improves && !close(gains[t], value)) return false;
        if (violation != owners && improves != (violation < owners)) return false;
        if (violation == owners && !std::isfinite(value) && improves) return false;
        // Values that rounding may order either way say nothing.
        if (violation == owners && std::isfinite(value) && std::abs(value - owner) > 1e-9 * (1.0 + owner) &&
            improves != (value < owner))
          return false;
      }
    }
    return true;
  }
};

}  // namespace

TEST_CASE("association on lattices") {
  compare({.kernel = "association on a lattice", .reference = "comparison with all directions", .seed = 11},
          Associating{.lattice = true});
}

TEST_CASE("association with any directions") {
  compare({.kernel = "association with any directions", .reference = "comparison with all directions", .seed = 12},
          Associating{.lattice = false});
}

TEST_CASE("neighbourhoods of directions") {
  compare({.kernel = "neighbourhoods of directions", .reference = "all sorted by distance", .seed = 13}, Neighbours{});
}

TEST_CASE("scalarisation and the update of neighbourhoods") {
  compare({.kernel = "scalarisation, and whom a child improves",
           .reference = "the definitions",
           .equality = "1e-9; exact beyond it",
           .seed = 14},
          Scalarising{});
}
