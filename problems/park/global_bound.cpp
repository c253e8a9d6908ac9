#include "problems/park/global_bound.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <queue>
#include <stdexcept>

#include "engine/random/philox.hpp"
#include "problems/park/global_bound_local.hpp"
#include "problems/park/global_bound_node.hpp"

namespace millrace {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
/// Nodes that are branched on together.
constexpr std::size_t kTaken = 4;
/// A column's bounds are optimised in blocks of this many, one solver a block.
constexpr std::size_t kColumnsABlock = 8;
constexpr int kMostRootRounds = 6;
/// Costs below this share of the largest one count as this share where gaps are taken.
constexpr double kLeastSize = 1e-4;
/// A round at the root that narrows the columns by less is the last.
constexpr double kWorthwhile = 0.05;
/// The root is narrowed again for a solution that is better by this share.
constexpr double kBetterSolution = 0.005;
/// Nodes that begin a local search: the first ones, and then one of so many.
constexpr std::uint64_t kFirstLocal = 32;
constexpr std::uint64_t kLocalEvery = 16;

struct LaterNode {
  bool operator()(const BranchNode& a, const BranchNode& b) const {
    return a.bound > b.bound || (a.bound == b.bound && a.number > b.number);
  }
};

/// One search, in the units of the scaled program.
class GlobalSearch {
 public:
  GlobalSearch(const BilinearProgram& program, const GlobalBoundOptions& options, Workers& workers)
      : scaled_(program), options_(options), workers_(workers), branching_(scaled_.program),
        root_(ColumnBox::of(scaled_.program)) {
    limit(options.cutoff);
  }

  GlobalBound run() {
    if (prepare_root()) {
      while (!open_.empty() && nodes_ < options_.most_nodes && narrow_root_again()) {
        take_best();
        solve_children();
        keep_children();
      }
    }
    return result();
  }

 private:
  bool prepare_root();
  bool narrow_root();
  /// Where a much better solution was found since. False where that leaves nothing.
  bool narrow_root_again();
  void start_locally();
  bool optimise_bounds();
  double narrowed_share(const ColumnBox& before) const;
  void take_best();
  void solve_children();
  void keep_children();
  void offer(const std::optional<BilinearSolution>& solution);
  void limit(double cost);
  GlobalBound result() const;

  ScaledProgram scaled_;
  GlobalBoundOptions options_;
  Workers& workers_;
  BranchingColumns branching_;
  ColumnBox root_;
  std::priority_queue<BranchNode, std::vector<BranchNode>, LaterNode> open_;
  std::vector<BranchNode> taken_;
  std::vector<NodeOutcome> children_;
  std::optional<BilinearSolution> best_;
  /// Solutions that cost more are of no use: the best known one less the gap, or the cut-off.
  double useful_ = kInfinity;
  /// What it was when the root was narrowed.
  double narrowed_for_ = kInfinity;
  /// Least bound of what was set aside without a proof that it is of no use.
  double aside_ = kInfinity;
  std::uint64_t next_number_ = 0;
  std::size_t nodes_ = 0;
  std::size_t programs_ = 0;
};

void GlobalSearch::limit(double cost) {
  if (!std::isfinite(cost)) return;
  const double size = std::max(std::abs(cost), kLeastSize * scaled_.cost_unit);
  useful_ = std::min(useful_, scaled_.scaled_cost(cost - options_.gap * size));
}

void GlobalSearch::offer(const std::optional<BilinearSolution>& solution) {
  if (!solution || (best_ && best_->cost <= solution->cost)) return;
  best_ = solution;
  limit(scaled_.original_cost(solution->cost));
}

void GlobalSearch::start_locally() {
  // With a cut-off of its own the search has to find everything by itself.
  if (std::isfinite(options_.cutoff)) return;
  std::vector<std::optional<BilinearSolution>> found(options_.starts);
  std::vector<std::size_t> programs(options_.starts, 0);
  workers_.for_blocks(options_.starts, 1, [&](std::size_t begin, std::size_t) {
    std::vector<double> start(scaled_.program.columns());
    RowDraws draws({options_.seed, 0, Stage::restart}, static_cast<std::uint32_t>(begin));
    // Networks often run far below the bounds of their concentrations: every other start is drawn from low ones.
    for (std::size_t j = 0; j < start.size(); ++j) {
      const double u = draws.next_double();
      start[j] = root_.lower[j] + (begin % 2 == 0 ? u : u * u * u * u) * root_.width(j);
    }
    found[begin] = descend(scaled_.program, root_, start, programs[begin]);
  });
  for (std::size_t i = 0; i < options_.starts; ++i) {
    offer(found[i]);
    programs_ += programs[i];
  }
}

bool GlobalSearch::prepare_root() {
  if (!tighten_box(scaled_.program, useful_, root_)) return false;
  start_locally();
  if (!narrow_root()) return false;
  NodeOutcome outcome = solve_node(scaled_.program, branching_, root_, {}, -kInfinity, useful_, true);
  programs_ += outcome.programs;
  offer(outcome.found);
  aside_ = std::min(aside_, outcome.aside);
  if (outcome.node) {
    outcome.node->number = next_number_++;
    open_.push(std::move(*outcome.node));
  }
  return true;
}

bool GlobalSearch::narrow_root() {
  narrowed_for_ = useful_;
  for (int round = 0; round < kMostRootRounds; ++round) {
    const ColumnBox before = root_;
    if (!tighten_box(scaled_.program, useful_, root_)) return false;
    if (!optimise_bounds()) return false;
    if (!tighten_box(scaled_.program, useful_, root_)) return false;
    if (narrowed_share(before) < kWorthwhile) break;
  }
  return true;
}

bool GlobalSearch::narrow_root_again() {
  const bool first = !std::isfinite(narrowed_for_) && std::isfinite(useful_);
  if (!first && !(useful_ < narrowed_for_ - kBetterSolution * std::abs(narrowed_for_))) return true;
  if (narrow_root()) return true;
  open_ = {};
  return false;
}

bool GlobalSearch::optimise_bounds() {
  LinearProgram relaxation = relaxation_over(scaled_.program, root_);
  if (std::isfinite(useful_)) {
    for (std::size_t j = 0; j < relaxation.cost.size(); ++j)
      if (relaxation.cost[j] != 0.0) relaxation.rows.put(j, relaxation.cost[j]);
    relaxation.close_row(-kInfinity, useful_);
  }
  const std::vector<std::uint32_t>& columns = branching_.columns();
  std::vector<ColumnRange> ranges(columns.size());
  workers_.for_blocks(columns.size(), kColumnsABlock, [&](std::size_t begin, std::size_t end) {
    optimise_ranges(relaxation, std::span(columns).subspan(begin, end - begin),
                    std::span(ranges).subspan(begin, end - begin));
  });
  for (std::size_t c = 0; c < columns.size(); ++c) {
    const std::uint32_t j = columns[c];
    programs_ += 2;
    root_.lower[j] = std::max(root_.lower[j], ranges[c].lower);
    root_.upper[j] = std::min(root_.upper[j], ranges[c].upper);
    if (root_.lower[j] > root_.upper[j] + 1e-8) return false;
    root_.upper[j] = std::max(root_.upper[j], root_.lower[j]);
  }
  return true;
}

double GlobalSearch::narrowed_share(const ColumnBox& before) const {
  double share = 0.0;
  for (const std::uint32_t j : branching_.columns())
    if (before.width(j) > 1e-6) share += 1.0 - root_.width(j) / before.width(j);
  return share / static_cast<double>(std::max<std::size_t>(branching_.columns().size(), 1));
}

void GlobalSearch::take_best() {
  taken_.clear();
  while (!open_.empty() && taken_.size() < kTaken && nodes_ < options_.most_nodes) {
    BranchNode node = open_.top();
    open_.pop();
    if (node.bound >= useful_) continue;
    ++nodes_;
    taken_.push_back(std::move(node));
  }
}

void GlobalSearch::solve_children() {
  children_.assign(2 * taken_.size(), {});
  workers_.for_blocks(children_.size(), 1, [&](std::size_t begin, std::size_t) {
    const BranchNode& parent = taken_[begin / 2];
    ColumnBox box = root_;
    branching_.apply(parent, begin % 2 == 1, box);
    if (!tighten_box(scaled_.program, useful_, box)) return;
    // A local search now and then, at places that do not depend on the threads.
    const bool search_locally = begin % 2 == 0 && (parent.number < kFirstLocal || parent.number % kLocalEvery == 0);
    children_[begin] =
        solve_node(scaled_.program, branching_, box, parent.basis, parent.bound, useful_, search_locally);
  });
}

void GlobalSearch::keep_children() {
  for (NodeOutcome& child : children_) {
    programs_ += child.programs;
    offer(child.found);
    aside_ = std::min(aside_, child.aside);
    if (!child.node) continue;
    child.node->number = next_number_++;
    open_.push(std::move(*child.node));
  }
}

GlobalBound GlobalSearch::result() const {
  GlobalBound bound;
  const double left = open_.empty() ? kInfinity : open_.top().bound;
  bound.closed = std::min(left, aside_) >= useful_;
  const double lower = std::min({left, aside_, useful_});
  if (std::isfinite(lower)) bound.lower = scaled_.original_cost(lower);
  else if (lower > 0.0) bound.lower = kInfinity;
  if (best_) {
    bound.upper = scaled_.original_cost(best_->cost);
    bound.values = scaled_.original(best_->values);
  }
  bound.nodes = nodes_;
  bound.programs = programs_;
  return bound;
}

}  // namespace

std::string GlobalBoundOptions::error() const {
  if (!(gap > 0.0 && gap < 1.0)) return fmt::format("the gap {} must lie between 0 and 1", gap);
  return "";
}

double GlobalBound::gap() const {
  return values.empty() ? kInfinity : (upper - lower) / std::max(std::abs(upper), 1e-300);
}

GlobalBound bound_globally(const BilinearProgram& program, const GlobalBoundOptions& options, Workers& workers) {
  if (const std::string error = options.error(); !error.empty()) throw std::invalid_argument(error);
  return GlobalSearch(program, options, workers).run();
}

}  // namespace millrace
