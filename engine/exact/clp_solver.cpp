#include "engine/exact/clp_solver.hpp"

#include <ClpSimplex.hpp>
#include <CoinPackedMatrix.hpp>

#include <algorithm>
#include <limits>

namespace millrace {
namespace {

// Feasibility and optimality, absolute in Clp's own scaling; its default of 1e-7 shows in the seventh digit.
constexpr double kTolerance = 1e-9;
// Clp's own word for "no perturbation of the costs": a perturbed optimum would depend on what was solved before.
constexpr int kNoPerturbation = 100;

CoinPackedMatrix packed(const SparseRows& rows, std::size_t columns) {
  std::vector<CoinBigIndex> starts = {0};
  std::vector<int> indices;
  std::vector<double> elements;
  for (std::size_t i = 0; i < rows.rows(); ++i) {
    indices.insert(indices.end(), rows.columns(i).begin(), rows.columns(i).end());
    elements.insert(elements.end(), rows.coefficients(i).begin(), rows.coefficients(i).end());
    starts.push_back(static_cast<CoinBigIndex>(indices.size()));
  }
  CoinPackedMatrix matrix(false, static_cast<int>(columns), static_cast<int>(rows.rows()),
                          static_cast<CoinBigIndex>(indices.size()), elements.data(), indices.data(), starts.data(),
                          nullptr);
  matrix.reverseOrdering();
  return matrix;
}

std::vector<double> within_clp(std::vector<double> bounds) {
  for (double& bound : bounds) bound = std::clamp(bound, -COIN_DBL_MAX, COIN_DBL_MAX);
  return bounds;
}

double within_clp(double bound) { return std::clamp(bound, -COIN_DBL_MAX, COIN_DBL_MAX); }

}  // namespace

LinearProgram LinearProgram::from(const LinearForm& form) {
  LinearProgram program;
  for (const auto& column : form.columns) program.add_column(column.lower, column.upper);
  for (const auto& row : form.rows) {
    program.row_lower.push_back(row.lower);
    program.row_upper.push_back(row.upper);
  }
  program.rows = form.row_terms;
  return program;
}

std::size_t LinearProgram::add_column(double least, double most) {
  cost.push_back(0.0);
  lower.push_back(least);
  upper.push_back(most);
  return cost.size() - 1;
}

void LinearProgram::close_row(double least, double most) {
  rows.close();
  row_lower.push_back(least);
  row_upper.push_back(most);
}

std::string_view name_of(LpStatus status) {
  switch (status) {
    case LpStatus::optimal: return "optimal";
    case LpStatus::infeasible: return "infeasible";
    case LpStatus::unbounded: return "unbounded";
    case LpStatus::iteration_limit: return "stopped at the iteration limit";
    case LpStatus::failed: break;
  }
  return "failed";
}

struct ClpSolver::Clp {
  LpStatus status() const {
    switch (simplex.status()) {
      case 0: return LpStatus::optimal;
      case 1: return LpStatus::infeasible;
      case 2: return LpStatus::unbounded;
      case 3: return LpStatus::iteration_limit;
      default: return LpStatus::failed;
    }
  }
  LpStatus finished() {
    iterations += static_cast<std::size_t>(simplex.numberIterations());
    return status();
  }

  ClpSimplex simplex;
  std::vector<unsigned char> kept_basis;
  std::size_t iterations = 0;
};

ClpSolver::ClpSolver(const LinearProgram& program) : clp_(std::make_unique<Clp>()) {
  ClpSimplex& simplex = clp_->simplex;
  simplex.setLogLevel(0);
  simplex.loadProblem(packed(program.rows, program.cost.size()), within_clp(program.lower).data(),
                      within_clp(program.upper).data(), program.cost.data(), within_clp(program.row_lower).data(),
                      within_clp(program.row_upper).data());
  simplex.setPrimalTolerance(kTolerance);
  simplex.setDualTolerance(kTolerance);
  simplex.setPerturbation(kNoPerturbation);
}

ClpSolver::~ClpSolver() = default;
ClpSolver::ClpSolver(ClpSolver&&) noexcept = default;
ClpSolver& ClpSolver::operator=(ClpSolver&&) noexcept = default;

void ClpSolver::set_cost(std::size_t column, double cost) {
  clp_->simplex.setObjectiveCoefficient(static_cast<int>(column), cost);
}

void ClpSolver::set_bounds(std::size_t column, double lower, double upper) {
  clp_->simplex.setColumnBounds(static_cast<int>(column), within_clp(lower), within_clp(upper));
}

void ClpSolver::set_row_bounds(std::size_t row, double lower, double upper) {
  clp_->simplex.setRowBounds(static_cast<int>(row), within_clp(lower), within_clp(upper));
}

void ClpSolver::set_coefficient(std::size_t row, std::size_t column, double coefficient) {
  clp_->simplex.modifyCoefficient(static_cast<int>(row), static_cast<int>(column), coefficient, true);
}

LpStatus ClpSolver::solve_primal() {
  clp_->simplex.primal();
  return clp_->finished();
}

LpStatus ClpSolver::solve_dual() {
  clp_->simplex.dual();
  return clp_->finished();
}

LpStatus ClpSolver::solve_from_scratch() {
  clp_->simplex.scaling(0);
  clp_->simplex.allSlackBasis(true);
  clp_->simplex.dual();
  return clp_->finished();
}

double ClpSolver::objective() const { return clp_->simplex.objectiveValue(); }

std::span<const double> ClpSolver::columns() const {
  return {clp_->simplex.primalColumnSolution(), static_cast<std::size_t>(clp_->simplex.numberColumns())};
}

std::span<const double> ClpSolver::row_duals() const {
  return {clp_->simplex.dualRowSolution(), static_cast<std::size_t>(clp_->simplex.numberRows())};
}

std::vector<double> ClpSolver::infeasibility_ray() const {
  const std::unique_ptr<double[]> ray(clp_->simplex.infeasibilityRay());
  if (!ray) return {};
  return {ray.get(), ray.get() + clp_->simplex.numberRows()};
}

std::size_t ClpSolver::iterations() const { return clp_->iterations; }

void ClpSolver::keep_basis() { clp_->kept_basis = basis(); }

void ClpSolver::return_to_kept_basis() { set_basis(clp_->kept_basis); }

std::vector<unsigned char> ClpSolver::basis() const {
  const ClpSimplex& simplex = clp_->simplex;
  const auto size = static_cast<std::size_t>(simplex.numberColumns() + simplex.numberRows());
  return {simplex.statusArray(), simplex.statusArray() + size};
}

void ClpSolver::set_basis(std::span<const unsigned char> basis) { clp_->simplex.copyinStatus(basis.data()); }

}  // namespace millrace
