#pragma once

#include <concepts>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <utility>

#include "engine/data/tile.hpp"
#include "engine/problem/linear_form.hpp"
#include "engine/problem/refinement.hpp"
#include "engine/problem/scratch.hpp"
#include "engine/problem/spec.hpp"

namespace millrace {

/// A problem that computes 64 individuals at a time. evaluate must write all 64 lanes of every objective and
/// constraint, must not depend on anything but the tile, and is called from several threads at once.
template <class P>
concept TileProblem = requires(const P& problem, const Tile& tile, Outcome& outcome, Scratch& scratch) {
  { problem.spec() } -> std::same_as<const ProblemSpec&>;
  problem.evaluate(tile, outcome, scratch);
};

/// A problem that wants one decision row at a time (external simulators, sparse matrices):
/// evaluate_row(x, objectives, constraints, scratch) with spans of d, m and c doubles.
template <class P>
concept RowProblem = requires(const P& problem, std::span<const double> x, std::span<double> out, Scratch& scratch) {
  { problem.spec() } -> std::same_as<const ProblemSpec&>;
  problem.evaluate_row(x, out, out, scratch);
};

template <class P>
concept Problem = TileProblem<P> || RowProblem<P>;

/// A problem that can move a decision towards feasibility before it is evaluated. What repair writes is what the
/// individual becomes (Lamarckian): it must stay inside the bounds and be a pure function of each lane.
template <class P>
concept RepairingProblem = Problem<P> && requires(const P& problem, Tile& tile, Scratch& scratch) {
  problem.repair(tile, scratch);
};

/// A problem that can describe itself as a linear program; empty where its data make it none.
template <class P>
concept LinearProblem = Problem<P> && requires(const P& problem) {
  { problem.linear_form() } -> std::same_as<std::optional<LinearForm>>;
};

/// Any problem behind one virtual call a tile. Cheap to copy (shared, immutable).
class AnyProblem {
 public:
  /// Throws std::invalid_argument with ProblemSpec::error() where the specification contradicts itself.
  template <Problem P>
    requires(!std::same_as<std::remove_cvref_t<P>, AnyProblem>)
  AnyProblem(P problem) : model_(std::make_shared<const Model<P>>(std::move(problem))) {
    if (const std::string error = spec().error(); !error.empty()) throw std::invalid_argument(error);
  }

  const ProblemSpec& spec() const { return model_->spec(); }
  bool repairs() const { return model_->repairs(); }
  /// True where individuals are evaluated one at a time, so that an exception concerns one of them only.
  bool by_rows() const { return model_->by_rows(); }
  /// Does nothing where repairs() is false.
  void repair(Tile& tile, Scratch& scratch) const { model_->repair(tile, scratch); }
  void evaluate(const Tile& tile, Outcome& outcome, Scratch& scratch) const {
    model_->evaluate(tile, outcome, scratch);
  }
  /// The problem as a linear program, built by this call; empty where it is none.
  std::optional<LinearForm> linear_form() const { return model_->linear_form(); }
  bool refines() const { return model_->refines(); }
  /// Does nothing where refines() is false.
  RefinementWork refine(std::span<double> decision, const RefinementAim& aim) const {
    return model_->refine(decision, aim);
  }

 private:
  struct Interface {
    virtual ~Interface() = default;
    virtual const ProblemSpec& spec() const = 0;
    virtual bool repairs() const = 0;
    virtual bool by_rows() const = 0;
    virtual void repair(Tile&, Scratch&) const = 0;
    virtual void evaluate(const Tile&, Outcome&, Scratch&) const = 0;
    virtual std::optional<LinearForm> linear_form() const = 0;
    virtual bool refines() const = 0;
    virtual RefinementWork refine(std::span<double>, const RefinementAim&) const = 0;
  };

  template <class P>
  struct Model final : Interface {
    explicit Model(P p) : problem(std::move(p)) {}
    const ProblemSpec& spec() const override { return problem.spec(); }
    bool repairs() const override { return RepairingProblem<P>; }
    bool by_rows() const override { return !TileProblem<P>; }
    void repair(Tile& tile, Scratch& scratch) const override {
      if constexpr (RepairingProblem<P>) problem.repair(tile, scratch);
    }
    void evaluate(const Tile& tile, Outcome& outcome, Scratch& scratch) const override {
      if constexpr (TileProblem<P>) problem.evaluate(tile, outcome, scratch);
      else evaluate_lanes(tile, outcome, scratch);
    }
    std::optional<LinearForm> linear_form() const override {
      if constexpr (LinearProblem<P>) return problem.linear_form();
      else return std::nullopt;
    }
    bool refines() const override { return RefiningProblem<P>; }
    RefinementWork refine(std::span<double> decision, const RefinementAim& aim) const override {
      if constexpr (RefiningProblem<P>) return problem.refine(decision, aim);
      else return {};
    }
    void evaluate_lanes(const Tile& tile, Outcome& outcome, Scratch& scratch) const;
    P problem;
  };

  std::shared_ptr<const Interface> model_;
};

/// Rows for the problems that want them: each lane is copied out, evaluated and copied back.
template <class P>
void AnyProblem::Model<P>::evaluate_lanes(const Tile& tile, Outcome& outcome, Scratch& scratch) const {
  // Its own memory: the problem uses `scratch`.
  thread_local AlignedVector<double> row;
  const Shape shape = problem.spec().shape();
  row.resize(shape.variables + shape.objectives + shape.constraints);
  const std::span<double> x(row.data(), shape.variables);
  const std::span<double> f(row.data() + shape.variables, shape.objectives);
  const std::span<double> g(row.data() + shape.variables + shape.objectives, shape.constraints);
  for (std::size_t lane = 0; lane < tile.count(); ++lane) {
    for (std::size_t j = 0; j < x.size(); ++j) x[j] = tile.column(j)[lane];
    problem.evaluate_row(std::span<const double>(x), f, g, scratch);
    for (std::size_t k = 0; k < f.size(); ++k) outcome.objective(k)[lane] = f[k];
    for (std::size_t c = 0; c < g.size(); ++c) outcome.constraint(c)[lane] = g[c];
  }
}

}  // namespace millrace
