#include "problems/urban/supply_cut.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "problems/urban/allocation_network.hpp"
#include "problems/urban/complete_allocation.hpp"

namespace millrace {
namespace {

/// Violated cuts of one side of the network, whose lower limits alone must be met.
class CutSearch {
 public:
  CutSearch(const AllocationNetwork& network, bool of_users)
      : network_(network), relaxed_(network), of_users_(of_users), x_(network.links(), 0.0) {
    // A lower limit above the upper one is a fault of its own, and no cut.
    for (std::size_t p = 0; p < network.nodes(); ++p)
      relaxed_.least[p] = needs(p) ? std::min(network.least[p], network.most[p]) : 0.0;
    needed_ = relaxed_.least;
  }

  std::vector<SupplyCut> find() {
    const std::vector<std::uint32_t> lacking = fill();
    std::vector<std::vector<bool>> groups;
    for (const std::uint32_t p : lacking) merge(groups, reach_of(p));
    std::vector<SupplyCut> cuts;
    for (const std::vector<bool>& group : groups) cuts.push_back(cut_of(group));
    return cuts;
  }

 private:
  bool needs(std::size_t p) const { return (p >= network_.sources) == of_users_; }
  std::size_t index_of(std::size_t p) const { return p < network_.sources ? p : p - network_.sources; }

  /// Fills every node as far as it goes; the limits of those that stay below are lowered to what they got.
  std::vector<std::uint32_t> fill() {
    std::vector<std::uint32_t> lacking;
    for (double lack = 0.0; (lack = complete_allocation(relaxed_, x_, work_)) > 0.0;) {
      lacking.push_back(work_.failed_node);
      relaxed_.least[work_.failed_node] = work_.sums[work_.failed_node];
    }
    return lacking;
  }

  /// Nodes that an augmenting path from p still reaches; none of them has anything to give.
  std::vector<bool> reach_of(std::uint32_t p) {
    const double filled = relaxed_.least[p];
    relaxed_.least[p] = needed_[p];
    std::vector<bool> reached(network_.nodes(), false);
    if (complete_allocation(relaxed_, x_, work_) > 0.0)
      for (std::size_t q = 0; q < reached.size(); ++q) reached[q] = work_.reached_by[q] != kUnreached;
    relaxed_.least[p] = filled;
    return reached;
  }

  /// Cuts that share a node are one: the union of smallest cuts is one too.
  static void merge(std::vector<std::vector<bool>>& groups, std::vector<bool> fresh) {
    for (std::size_t g = groups.size(); g-- > 0;) {
      bool shared = false;
      for (std::size_t q = 0; q < fresh.size(); ++q) shared = shared || (fresh[q] && groups[g][q]);
      if (!shared) continue;
      for (std::size_t q = 0; q < fresh.size(); ++q) fresh[q] = fresh[q] || groups[g][q];
      groups.erase(groups.begin() + static_cast<std::ptrdiff_t>(g));
    }
    groups.push_back(std::move(fresh));
  }

  SupplyCut cut_of(const std::vector<bool>& group) const {
    SupplyCut cut;
    cut.of_users = of_users_;
    for (std::uint32_t p = 0; p < network_.nodes(); ++p) {
      if (!group[p]) continue;
      if (!needs(p)) {
        cut.exhausted.push_back(index_of(p));
        cut.allowed += network_.most[p];
        continue;
      }
      cut.needing.push_back(index_of(p));
      cut.needed += needed_[p];
      for (const std::uint32_t l : network_.links_of(p))
        if (!group[network_.other_end(l, p)]) cut.allowed += network_.link_upper[l];
    }
    return cut;
  }

  const AllocationNetwork& network_;
  AllocationNetwork relaxed_;
  bool of_users_;
  std::vector<double> needed_;
  std::vector<double> x_;
  CompletionWork work_;
};

// A sentence about a large city stays one that can be read.
constexpr std::size_t kMostListed = 8;

/// "domestic", "domestic and industrial", "domestic, industrial and municipal", "user1, ... and 92 more".
std::string listed(std::vector<std::string> names) {
  if (names.size() > kMostListed) {
    const std::size_t more = names.size() - kMostListed;
    names.resize(kMostListed);
    names.push_back(fmt::format("{} more", more));
  }
  std::string text;
  for (std::size_t k = 0; k < names.size(); ++k)
    text += (k == 0 ? "" : k + 1 == names.size() ? " and " : ", ") + names[k];
  return text;
}

class CutWords {
 public:
  CutWords(const UrbanCase& urban, std::size_t scenario)
      : urban_(urban), network_(urban, scenario), scenario_(urban.scenarios[scenario]) {}

  std::string words(const SupplyCut& cut) const {
    const std::string unit = urban_.units.volume.text;
    const bool one = cut.needing.size() == 1;
    const std::string who = listed(names_of(cut.needing, cut.of_users));
    const std::string need = cut.of_users ? fmt::format("in {} {} demand{} at least {}", scenario_, who,
                                                        one ? " needs" : " together need", grouped_number(cut.needed))
                                          : fmt::format("in {} {} must deliver {}{}", scenario_, who,
                                                        one ? "" : "together ", grouped_number(cut.needed));
    return fmt::format("{}, {} {}{}: {} too {} [{}]", need, cut.of_users ? "sources and links allow" : "users may take",
                       grouped_number(cut.allowed), parts_of(cut), grouped_number(cut.needed - cut.allowed),
                       cut.of_users ? "little" : "much", unit);
  }

 private:
  std::vector<std::string> names_of(const std::vector<std::size_t>& nodes, bool users) const {
    std::vector<std::string> names;
    for (const std::size_t k : nodes) names.push_back(users ? urban_.users[k].name : urban_.sources[k].name);
    return names;
  }

  /// What the allowed volume consists of: " (surface 730 and groundwater to domestic 370)".
  std::string parts_of(const SupplyCut& cut) const {
    std::vector<bool> needing(network_.nodes(), false);
    for (const std::size_t k : cut.needing) needing[cut.of_users ? network_.sources + k : k] = true;
    std::vector<std::string> parts;
    const std::size_t first = cut.of_users ? 0 : network_.sources;
    const std::size_t last = cut.of_users ? network_.sources : network_.nodes();
    for (std::size_t q = first; q < last; ++q) {
      const bool whole = std::count(cut.exhausted.begin(), cut.exhausted.end(), q - first) > 0;
      add_parts(q, whole, needing, parts);
    }
    return parts.empty() ? " (no link)" : fmt::format(" ({})", listed(parts));
  }

  /// The limit of node q, or those of its links to the needing nodes where these are less.
  void add_parts(std::size_t q, bool whole, const std::vector<bool>& needing, std::vector<std::string>& parts) const {
    double links = 0.0;
    std::vector<std::string> link_parts;
    for (const std::uint32_t l : network_.links_of(q)) {
      if (!needing[network_.other_end(l, static_cast<std::uint32_t>(q))]) continue;
      links += network_.link_upper[l];
      link_parts.push_back(fmt::format("{} to {} {}", urban_.sources[network_.link_source[l]].name,
                                       urban_.users[network_.link_user[l] - network_.sources].name,
                                       grouped_number(network_.link_upper[l])));
    }
    if (link_parts.empty()) return;
    if (!whole && links < network_.most[q]) {
      parts.insert(parts.end(), link_parts.begin(), link_parts.end());
      return;
    }
    const bool source = q < network_.sources;
    parts.push_back(fmt::format("{} {}", source ? urban_.sources[q].name : urban_.users[q - network_.sources].name,
                                grouped_number(network_.most[q])));
  }

  const UrbanCase& urban_;
  AllocationNetwork network_;
  std::string scenario_;
};

void check_scenario(const UrbanCase& urban, std::size_t scenario) {
  if (scenario >= urban.scenarios.size())
    throw std::invalid_argument(
        fmt::format("case '{}' has {} scenarios, none of index {}", urban.name, urban.scenarios.size(), scenario));
}

}  // namespace

std::vector<SupplyCut> supply_cuts(const UrbanCase& urban, std::size_t scenario) {
  check_scenario(urban, scenario);
  const AllocationNetwork network(urban, scenario);
  std::vector<SupplyCut> cuts = CutSearch(network, true).find();
  for (SupplyCut& cut : CutSearch(network, false).find()) cuts.push_back(std::move(cut));
  return cuts;
}

std::vector<std::string> why_infeasible(const UrbanCase& urban, std::size_t scenario) {
  check_scenario(urban, scenario);
  std::vector<std::string> reasons;
  for (const UrbanUser& user : urban.users)
    if (user.demand_lower[scenario] * user.demand[scenario] > user.demand_upper[scenario] * user.demand[scenario])
      reasons.push_back(fmt::format("in {} {} must get at least {} and at most {} of its demand",
                                    urban.scenarios[scenario], user.name, user.demand_lower[scenario],
                                    user.demand_upper[scenario]));
  const CutWords words(urban, scenario);
  for (const SupplyCut& cut : supply_cuts(urban, scenario)) reasons.push_back(words.words(cut));
  return reasons;
}

std::vector<std::string> why_unbounded(const UrbanCase& urban, std::size_t scenario) {
  check_scenario(urban, scenario);
  const AllocationNetwork network(urban, scenario);
  std::vector<std::string> reasons;
  for (std::size_t l = 0; l < network.links(); ++l)
    if (!std::isfinite(network.link_upper[l]))
      reasons.push_back(fmt::format("in {} nothing limits the water from {} to {}", urban.scenarios[scenario],
                                    urban.sources[urban.links[l].source].name, urban.users[urban.links[l].user].name));
  return reasons;
}

std::string grouped_number(double value) {
  const double magnitude = std::abs(value);
  if (!std::isfinite(value) || magnitude >= 1e15) return fmt::format("{}", value);
  std::string text = magnitude < 10.0 ? fmt::format("{:.4g}", value) : fmt::format("{:.1f}", value);
  if (text.size() > 2 && text.ends_with(".0")) text.resize(text.size() - 2);
  const std::size_t sign = text[0] == '-' ? 1 : 0;
  for (std::size_t at = std::min(text.find_first_of(".e"), text.size()); at > sign + 3;) text.insert(at -= 3, ",");
  return text;
}

}  // namespace millrace
