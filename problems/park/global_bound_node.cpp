#include "problems/park/global_bound_node.hpp"

#include <algorithm>
#include <cmath>

namespace millrace {
namespace {

/// A column narrower than this is as good as fixed.
constexpr double kFixed = 1e-7;
/// What a relaxation may get wrong of a product and still be called exact.
constexpr double kExact = 1e-8;
constexpr int kMostTightenings = 3;
/// Solve again where reduced costs took this share of some column's width.
constexpr double kWorthSolving = 0.25;
/// A cut stays this share of the width away from both ends.
constexpr double kLeastShare = 0.1;
/// The cut lies between the relaxation's value and the middle.
constexpr double kTowardsValue = 0.7;
/// Planes a product has in relaxation_over.
constexpr std::size_t kPlanes = 4;

/// A solution that costs less than `useful` has columns this close to where their reduced costs are 0. Returns the
/// largest share that a branching column lost.
double tighten_by_reduced_costs(const RelaxationBound& relaxed, const BranchingColumns& branching, double useful,
                                ColumnBox& box) {
  if (!std::isfinite(useful)) return 0.0;
  const ColumnBox before = box;
  const double room = useful - relaxed.cost;
  for (std::size_t j = 0; j < relaxed.reduced.size(); ++j) {
    const double d = relaxed.reduced[j];
    if (d > 1e-9) box.upper[j] = std::min(box.upper[j], before.lower[j] + room / d + 1e-9);
    if (d < -1e-9) box.lower[j] = std::max(box.lower[j], before.upper[j] + room / d - 1e-9);
  }
  double largest = 0.0;
  for (const std::uint32_t j : branching.columns())
    if (before.width(j) > kFixed) largest = std::max(largest, 1.0 - box.width(j) / before.width(j));
  return largest;
}

struct Cut {
  bool possible = false;
  /// Whether the relaxation's values are a solution.
  bool exact = true;
  std::uint32_t column = 0;
  double at = 0.0;
};

/// Keeps the column with the largest error so far, of those that can be cut.
class WorstColumn {
 public:
  explicit WorstColumn(const ColumnBox& box) : box_(box) {}

  void offer(std::uint32_t column, double error) {
    if (box_.width(column) <= kFixed || error <= worst_) return;
    worst_ = error;
    column_ = column;
  }
  /// The wider one of two.
  void offer(std::uint32_t a, std::uint32_t b, double error) { offer(box_.width(a) > box_.width(b) ? a : b, error); }
  bool found() const { return worst_ > kLeastError; }
  std::uint32_t column() const { return column_; }

 private:
  static constexpr double kLeastError = 1e-12;
  const ColumnBox& box_;
  double worst_ = kLeastError;
  std::uint32_t column_ = 0;
};

/// Offers what the relaxation gets wrong, weighted by what it costs according to the multipliers, or as it is. True where
/// nothing is wrong.
bool offer_errors(const BilinearProgram& program, const RelaxationBound& relaxed, bool weighted, WorstColumn& worst) {
  bool exact = true;
  std::size_t row = program.linear.rows.rows();
  for (const auto& [w, x, y] : program.products) {
    const double error = std::abs(relaxed.values[w] - relaxed.values[x] * relaxed.values[y]);
    double weight = 0.0;
    for (std::size_t plane = 0; plane < kPlanes; ++plane) weight += std::abs(relaxed.row_duals[row + plane]);
    row += kPlanes;
    exact = exact && error <= kExact;
    worst.offer(x, y, weighted ? weight * error : error);
  }
  for (const auto& power : program.powers) {
    const double error =
        std::pow(std::max(relaxed.values[power.base], 0.0), power.exponent) - relaxed.values[power.value];
    exact = exact && error <= kExact;
    worst.offer(power.base, error * (weighted ? program.linear.cost[power.value] : 1.0));
  }
  for (const std::uint32_t j : program.switches) {
    const double error = std::min(relaxed.values[j], 1.0 - relaxed.values[j]);
    exact = exact && error <= kExact;
    worst.offer(j, error);
  }
  return exact;
}

Cut choose_cut(const BilinearProgram& program, const BranchingColumns& branching, const ColumnBox& box,
               const RelaxationBound& relaxed) {
  Cut cut;
  // Where multipliers say that no error matters, the errors themselves decide; where nothing is known, the width does.
  for (const int rule : {0, 1, 2}) {
    WorstColumn worst(box);
    if (relaxed.values.empty() || rule == 2)
      for (const std::uint32_t j : branching.columns()) worst.offer(j, box.width(j));
    else cut.exact = offer_errors(program, relaxed, rule == 0, worst);
    cut.possible = worst.found();
    cut.column = worst.column();
    if (cut.possible) break;
  }
  if (relaxed.values.empty()) cut.exact = false;
  if (!cut.possible) return cut;
  const std::uint32_t j = cut.column;
  const double middle = 0.5 * (box.lower[j] + box.upper[j]);
  const double value = relaxed.values.empty() ? middle : relaxed.values[j];
  cut.at = std::clamp(kTowardsValue * value + (1.0 - kTowardsValue) * middle, box.lower[j] + kLeastShare * box.width(j),
                      box.upper[j] - kLeastShare * box.width(j));
  return cut;
}

}  // namespace

BranchingColumns::BranchingColumns(const BilinearProgram& program) : is_switch_(program.columns(), false) {
  std::vector<bool> chosen(program.columns(), false);
  for (const auto& product : program.products) chosen[product.level] = chosen[product.flow] = true;
  for (const auto& power : program.powers) chosen[power.base] = true;
  for (const std::uint32_t j : program.switches) chosen[j] = is_switch_[j] = true;
  for (std::uint32_t j = 0; j < chosen.size(); ++j)
    if (chosen[j]) columns_.push_back(j);
}

void BranchingColumns::apply(const BranchNode& node, bool upper, ColumnBox& root) const {
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    // The root may have become narrower since.
    root.lower[columns_[c]] = std::max(root.lower[columns_[c]], node.lower[c]);
    root.upper[columns_[c]] = std::max(root.lower[columns_[c]], std::min(root.upper[columns_[c]], node.upper[c]));
  }
  if (is_switch_[node.column]) root.lower[node.column] = root.upper[node.column] = upper ? 1.0 : 0.0;
  else if (upper) root.lower[node.column] = std::max(root.lower[node.column], node.cut);
  else root.upper[node.column] = std::min(root.upper[node.column], node.cut);
}

void BranchingColumns::keep(const ColumnBox& box, BranchNode& node) const {
  for (const std::uint32_t j : columns_) {
    node.lower.push_back(box.lower[j]);
    node.upper.push_back(box.upper[j]);
  }
}

NodeOutcome solve_node(const BilinearProgram& program, const BranchingColumns& branching, ColumnBox box,
                       std::span<const unsigned char> basis, double known_bound, double useful, bool search_locally) {
  NodeOutcome outcome;
  RelaxationBound relaxed;
  std::vector<unsigned char> start(basis.begin(), basis.end());
  for (int round = 0; round <= kMostTightenings; ++round) {
    relaxed = solve_relaxation(relaxation_over(program, box), start);
    outcome.programs += relaxed.programs;
    if (relaxed.infeasible) return outcome;
    known_bound = std::max(known_bound, relaxed.cost);
    if (known_bound >= useful) return outcome;
    if (relaxed.values.empty()) break;
    if (tighten_by_reduced_costs(relaxed, branching, useful, box) < kWorthSolving) break;
    if (!tighten_box(program, useful, box)) return outcome;
    start = relaxed.basis;
  }
  const Cut cut = choose_cut(program, branching, box, relaxed);
  if (search_locally && !relaxed.values.empty())
    outcome.found = descend(program, box, relaxed.values, outcome.programs);
  else if (!relaxed.values.empty() && cut.exact)
    outcome.found = solve_at_levels(program, box, relaxed.values, outcome.programs);
  if (!cut.possible) {
    outcome.aside = known_bound;
    return outcome;
  }
  outcome.node = BranchNode{known_bound, 0, {}, {}, std::move(relaxed.basis), cut.column, cut.at};
  branching.keep(box, *outcome.node);
  return outcome;
}

void optimise_ranges(const LinearProgram& relaxation, std::span<const std::uint32_t> columns,
                     std::span<ColumnRange> ranges) {
  LinearProgram program = relaxation;
  std::fill(program.cost.begin(), program.cost.end(), 0.0);
  ClpSolver solver(program);
  std::vector<double> reduced;
  const auto bound = [&](std::uint32_t j, double sign) {
    program.cost[j] = sign;
    solver.set_cost(j, sign);
    const LpStatus status = solver.solve_primal();
    double least = std::min(sign * relaxation.lower[j], sign * relaxation.upper[j]);
    if (status == LpStatus::optimal) least = std::max(least, lagrangian_bound(program, solver.row_duals(), reduced));
    program.cost[j] = 0.0;
    solver.set_cost(j, 0.0);
    return least - 1e-9;
  };
  for (std::size_t c = 0; c < columns.size(); ++c) {
    ranges[c].lower = bound(columns[c], 1.0);
    ranges[c].upper = -bound(columns[c], -1.0);
  }
}

}  // namespace millrace
