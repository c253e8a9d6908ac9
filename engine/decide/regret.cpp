#include "engine/decide/regret.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <tuple>
#include <utility>

#include "engine/decide/scaled_front.hpp"

namespace millrace {
namespace {

void check_scenarios(std::span<const Columns> scenarios) {
  if (scenarios.empty()) throw std::invalid_argument("regret needs the objectives of at least one scenario");
  const Columns& first = scenarios.front();
  for (std::size_t s = 0; s < scenarios.size(); ++s)
    if (scenarios[s].rows() != first.rows() || scenarios[s].columns() != first.columns())
      throw std::invalid_argument(fmt::format("scenario {} has {} schemes and {} objectives, the first {} and {}",
                                              s + 1, scenarios[s].rows(), scenarios[s].columns(), first.rows(),
                                              first.columns()));
}

}  // namespace

RegretChoice minimax_regret(std::span<const Columns> scenarios) {
  check_scenarios(scenarios);
  const std::size_t n = scenarios.front().rows();
  RegretChoice choice;
  choice.regret = Columns(n, scenarios.size());
  choice.largest.assign(n, 0.0);
  std::vector<double> sum(n, 0.0);
  std::vector<std::pair<std::size_t, std::size_t>> worst_place(n, {0, 0});
  for (std::size_t s = 0; s < scenarios.size(); ++s) {
    const ScaledFront front(scenarios[s]);
    for (const std::size_t k : front.varying())
      for (Slot i = 0; i < n; ++i) {
        const double regret = front(i, k);
        sum[i] += regret;
        choice.regret(i, s) = std::max(choice.regret(i, s), regret);
        if (regret > choice.largest[i]) worst_place[i] = {s, k};
        choice.largest[i] = std::max(choice.largest[i], regret);
      }
  }
  for (Slot i = 1; i < n; ++i)
    if (std::pair(choice.largest[i], sum[i]) < std::pair(choice.largest[choice.chosen], sum[choice.chosen]))
      choice.chosen = i;
  std::tie(choice.scenario, choice.objective) = worst_place[choice.chosen];
  return choice;
}

}  // namespace millrace
