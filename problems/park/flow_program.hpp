#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "engine/exact/clp_solver.hpp"
#include "problems/park/park_design.hpp"

namespace millrace {

/// Cost of a unit of slack, beside an objective whose largest coefficient is 1.
inline constexpr double kSlackPenalty = 1e3;
/// Limits are this much stricter in the program, so that what the solver rounds stays within them.
inline constexpr double kLimitMargin = 2e-7;

/// A design and the concentrations at its ports (ports x contaminants) as upper estimates.
struct ParkPoint {
  ParkDesign design;
  std::vector<double> conc;
};

/// The network as a linear program in flows and changes of concentrations, around a point.
///
/// Columns are flows of arcs and freshwater arcs, changes of concentrations at the outlets of units, and a slack for
/// every row that may have to give. Balances of flow are equalities. Balances of load are inequalities, share * load in
/// <= concentration * outflow: a concentration is an upper estimate, which is right as long as every limit is an upper
/// limit and no unit gains from dirtier water; both hold for every case there is. With all changes fixed at zero the
/// program is exact and what it finds is feasible; with changes, products are linear around the point. Shares that
/// treatments keep are those of the point, and costs that are powers of flows have their slope there.
class FlowProgram {
 public:
  /// Around `start`, whose recoveries stay. `off`: treatments that stay off; the others keep to their least flow where
  /// they have one.
  FlowProgram(const ParkSystem& system, const ParkDesign& start, std::vector<bool> off);

  /// Minimises one objective; `limits` of all of them, infinite where there is none.
  void aim(std::size_t objective, std::span<const double> limits);
  /// Solves around a point, concentrations moving by at most this share of what they can be; 0: not at all.
  /// The flows and concentrations found, or nothing where the solver fails.
  std::optional<ParkPoint> solve(const ParkPoint& point, double change);

  /// What a step must lower: the objective aimed at, in units of its largest coefficient, at the flows and
  /// concentrations of a point, and the penalty of the last solution's slacks.
  double merit(const ParkPoint& point);
  /// What the linear model of the last solution promises as its merit.
  double promised() const { return promised_; }
  /// Largest concentration that a port's water is taken to have.
  double most_conc(std::size_t port, std::size_t k) const { return most_conc_[port * contaminants_ + k]; }
  std::size_t programs() const { return programs_; }

 private:
  enum class RowKind : unsigned char { load, inlet, load_limit, objective };
  /// A row whose coefficients depend on the point: of a port, a node or an objective.
  struct MovingRow {
    RowKind kind;
    std::size_t index = 0;
    std::size_t contaminant = 0;
    double scale = 1.0;
    double most = 0.0;
    std::size_t row = 0;
  };

  void bound_concentrations();
  void add_columns();
  void add_balances();
  void add_capacities();
  void add_moving_rows();
  void add_moving(RowKind kind, std::size_t index, std::size_t contaminant, double scale, double most);
  void put_slack();
  std::size_t change_column(std::size_t port, std::size_t k) const;

  // Terms gathered for one row, each column once.
  void add_term(std::size_t column, double coefficient);
  /// Adds factor times the load of contaminant k into a node; returns what of it is constant.
  double add_load(std::size_t node, std::size_t k, double factor);
  void add_inflow(std::size_t node, double factor);
  double add_row(const MovingRow& row);
  void add_flat_objective(std::size_t m);
  double add_objective(std::size_t m);
  void clear_terms();
  void update(const MovingRow& row);
  double inflow(const ParkPoint& point, std::size_t node) const;
  double objective(std::size_t m, const ParkPoint& point);

  const ParkSystem& system_;
  std::vector<bool> off_;
  std::size_t contaminants_;
  std::size_t first_change_ = 0;
  std::vector<double> most_conc_;
  LinearProgram program_;
  std::vector<MovingRow> moving_;
  std::vector<std::size_t> slacks_;
  std::vector<double> dense_;
  std::vector<std::size_t> touched_;
  ParkPoint point_;
  std::vector<double> outflow_;
  std::size_t aimed_ = 0;
  double aimed_scale_ = 1.0;
  double slack_ = 0.0;
  double promised_ = 0.0;
  std::size_t programs_ = 0;
  std::optional<ClpSolver> solver_;
};

}  // namespace millrace
