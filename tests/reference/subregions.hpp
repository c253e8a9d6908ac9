#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace millrace::reference {

/// An individual as MOEA/DD sees it.
struct Placed {
  std::vector<double> f;
  double violation = 0.0;
  std::uint32_t subregion = 0;
  double value = 0.0;
};

inline bool dominates(const Placed& a, const Placed& b) {
  bool better = false;
  for (std::size_t k = 0; k < a.f.size(); ++k) {
    if (a.f[k] > b.f[k]) return false;
    better = better || a.f[k] < b.f[k];
  }
  return better;
}

/// Front of everybody, by peeling.
inline std::vector<std::size_t> fronts_of(const std::vector<Placed>& all) {
  std::vector<std::size_t> front(all.size(), all.size());
  for (std::size_t r = 0; std::count(front.begin(), front.end(), all.size()) > 0; ++r) {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < all.size(); ++i) {
      bool dominated = front[i] < r;
      for (std::size_t j = 0; j < all.size(); ++j)
        dominated = dominated || (front[j] >= r && dominates(all[j], all[i]));
      if (!dominated) found.push_back(i);
    }
    for (const std::size_t i : found) front[i] = r;
  }
  return front;
}

inline std::size_t crowd_of(const std::vector<Placed>& all, std::uint32_t subregion) {
  return static_cast<std::size_t>(
      std::count_if(all.begin(), all.end(), [&](const Placed& p) { return p.subregion == subregion; }));
}

/// Of the subregions of `some` the most crowded, among equals that with the largest sum of values.
inline std::uint32_t most_crowded(const std::vector<Placed>& all, const std::vector<std::size_t>& some) {
  const auto total = [&](std::uint32_t c) {
    double sum = 0.0;
    for (const Placed& p : all) sum += p.subregion == c ? p.value : 0.0;
    return sum;
  };
  std::uint32_t best = all[some.front()].subregion;
  for (const std::size_t i : some) {
    const std::uint32_t c = all[i].subregion;
    if (crowd_of(all, c) > crowd_of(all, best) || (crowd_of(all, c) == crowd_of(all, best) && total(c) > total(best)))
      best = c;
  }
  return best;
}

/// Who goes of the population and its newcomer (Li, Deb, Zhang and Kwong 2015, algorithms 4 and 5, and C-MOEA/DD), read
/// line by line; the later of equals.
inline std::size_t who_goes(const std::vector<Placed>& all) {
  const auto front = fronts_of(all);
  const std::size_t last = *std::max_element(front.begin(), front.end());
  std::vector<std::size_t> everybody, of_last;
  for (std::size_t i = 0; i < all.size(); ++i) {
    everybody.push_back(i);
    if (front[i] == last) of_last.push_back(i);
  }
  const auto largest = [&](const auto& admitted, const auto& not_less) {
    std::size_t worst = all.size();
    for (const std::size_t i : everybody)
      if (admitted(i) && (worst == all.size() || not_less(i, worst))) worst = i;
    return worst;
  };
  const auto by_violation = [&](std::size_t a, std::size_t b) { return all[a].violation >= all[b].violation; };
  const auto by_value = [&](std::size_t a, std::size_t b) { return all[a].value >= all[b].value; };
  if (std::any_of(all.begin(), all.end(), [](const Placed& p) { return p.violation > 0.0; })) {
    const auto infeasible = [&](std::size_t i) { return all[i].violation > 0.0; };
    const std::size_t worst =
        largest([&](std::size_t i) { return infeasible(i) && crowd_of(all, all[i].subregion) > 1; }, by_violation);
    return worst < all.size() ? worst : largest(infeasible, by_violation);
  }
  const auto locate_worst = [&] {
    const std::uint32_t c = most_crowded(all, everybody);
    return largest([&](std::size_t i) { return all[i].subregion == c; },
                   [&](std::size_t a, std::size_t b) {
                     return front[a] != front[b] ? front[a] > front[b] : all[a].value >= all[b].value;
                   });
  };
  if (last == 0) return locate_worst();
  if (of_last.size() == 1) return crowd_of(all, all[of_last[0]].subregion) > 1 ? of_last[0] : locate_worst();
  const std::uint32_t c = most_crowded(all, of_last);
  if (crowd_of(all, c) == 1) return locate_worst();
  return largest([&](std::size_t i) { return all[i].subregion == c; }, by_value);
}

}  // namespace millrace::reference
