#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/algorithm/algorithm.hpp"
#include "engine/algorithm/decomposition_box.hpp"
#include "engine/algorithm/setup.hpp"
#include "engine/random/philox.hpp"
#include "engine/select/association.hpp"
#include "engine/select/decomposition.hpp"
#include "engine/select/neighbourhood.hpp"
#include "engine/select/reference_directions.hpp"
#include "engine/select/resource_allocation.hpp"
#include "operators/sampling.hpp"
#include "operators/variation.hpp"

namespace millrace {

struct MoeadOptions {
  std::size_t population = 100;
  /// One a subproblem. Empty: those of NSGA-III for this population (nsga3_directions).
  std::optional<ReferenceDirections> directions;
  DecompositionOptions decomposition;
  /// T: subproblems that mate with each other and learn from each other's children. 2 to 64.
  std::size_t neighbourhood = 20;
  /// Chance that a mating stays in the neighbourhood.
  double delta = 0.9;
  /// Most subproblems that one child may take over.
  std::size_t replacement_limit = 2;
  /// Divides objectives by their ranges (CornerRanges), so that tonnes and cubic metres live together.
  bool normalise = true;
  /// Children a wave, at most `population`; 0 stands for all subproblems, 1 (and 2, since a pair makes two) is the
  /// paper's loop. Not with dynamic_allocation.
  std::size_t batch = 0;
  /// MOEA/D-DRA: a generation makes children for a fifth of the subproblems, those worth it.
  bool dynamic_allocation = false;
  SamplingMethod sampling = SamplingMethod::uniform;
  VariationOptions variation;

  /// One sentence where an option is out of its range, else empty.
  std::string error() const;
};

/// MOEA/D: one scalar subproblem a direction, solved together. Constraints by feasibility first.
///
/// Zhang and Li 2007, DOI 10.1109/TEVC.2007.892759; delta and the replacement limit: Li and Zhang 2009, DOI
/// 10.1109/TEVC.2008.925798; dynamic allocation: Zhang, Liu and Li 2009, DOI 10.1109/CEC.2009.4982949.
/// Differs from the paper: works in waves (MoeadOptions::batch). All children of a wave have parents from the same
/// population, are evaluated together and then take over subproblems one after the other; ideal point and ranges move
/// once a wave. What that costs: docs/design.md. A pair makes two children, both for the subproblem it was chosen for, so every other subproblem has its
/// turn in a generation. Children of parents from the whole population learn in the neighbourhood of the direction
/// nearest to them, not anywhere. Until the ranges are settled, PBI has four times its penalty.
class Moead {
 public:
  /// Throws std::invalid_argument with MoeadOptions::error().
  Moead(Setup setup, MoeadOptions options);
  Moead(const Moead&) = delete;
  Moead& operator=(const Moead&) = delete;

  Batch ask();
  void tell();
  const Population& pool() const { return pool_; }
  /// The distinct individuals that own a subproblem, ascending: at most as many as there are subproblems.
  std::span<const Slot> survivors() const { return owners_; }
  void save(StateWriter& writer) const;
  void load(StateReader& reader);

 private:
  void choose_homes();
  void mate();
  void add_parents(std::uint32_t home, bool whole, RowDraws& draws);
  Slot draw_parent(std::uint32_t home, bool whole, RowDraws& draws, std::size_t group_begin) const;
  std::span<const Slot> batch() const;
  void place(std::span<const Slot> slots, Columns& y, std::span<double> violation) const;
  void find_centres();
  void take_over();
  void take_over_by(std::size_t child);
  void allocate();
  void recycle_slots();

  Setup setup_;
  MoeadOptions options_;
  ReferenceDirections directions_;
  Neighbourhood neighbourhood_;
  Decomposition decomposition_;
  Variation variation_;
  Population pool_;
  std::uint32_t generation_ = 0;
  DecompositionBox box_;
  /// Slot of the individual that owns each subproblem; the distinct ones; slots free for children.
  std::vector<Slot> owner_;
  std::vector<Slot> owners_;
  std::vector<Slot> free_;
  /// By group of the generation: the subproblem it works for, and whether its parents are from the whole population.
  std::vector<std::uint32_t> homes_;
  std::vector<std::uint8_t> whole_;
  std::vector<Slot> parents_;
  /// First random words of each group.
  std::vector<std::uint64_t> words_;
  /// Newcomers with parents from the whole population.
  std::vector<Slot> some_;
  /// Direction in whose neighbourhood each child learns.
  std::vector<std::uint32_t> centres_;
  Association association_;
  /// Objectives in the box, violations and values of owners by subproblem; the same of children.
  Columns owner_y_;
  Columns child_y_;
  AlignedVector<double> owner_violation_;
  AlignedVector<double> child_violation_;
  AlignedVector<double> values_;
  std::vector<std::uint64_t> improves_;
  AlignedVector<double> gains_;
  /// Dynamic allocation: utilities, and what every subproblem's owner was when they were last measured.
  ResourceAllocation allocation_;
  Columns past_;
  std::vector<double> past_values_;
  std::vector<std::uint8_t> owned_;
};

}  // namespace millrace
