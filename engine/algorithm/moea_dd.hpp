#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/algorithm/algorithm.hpp"
#include "engine/algorithm/decomposition_box.hpp"
#include "engine/algorithm/setup.hpp"
#include "engine/algorithm/subregions.hpp"
#include "engine/random/philox.hpp"
#include "engine/select/association.hpp"
#include "engine/select/neighbourhood.hpp"
#include "operators/sampling.hpp"
#include "operators/variation.hpp"

namespace millrace {

struct MoeaDdOptions {
  std::size_t population = 100;
  /// Penalty of the distance from a direction in penalty-based boundary intersection, >= 0.
  double theta = 5.0;
  /// T: subregions that mate with each other, at least 2.
  std::size_t neighbourhood = 20;
  /// Chance that a mating stays in the neighbourhood.
  double delta = 0.9;
  /// Divides objectives by their ranges (DecompositionBox). The paper does not.
  bool normalise = true;
  SamplingMethod sampling = SamplingMethod::uniform;
  VariationOptions variation;

  /// One sentence where an option is out of its range, else empty.
  std::string error() const;
};

/// MOEA/DD: every direction has its subregion; who goes is decided by dominance, crowding of subregions and
/// decomposition, one child after the other.
///
/// Li, Deb, Zhang and Kwong 2015, DOI 10.1109/TEVC.2014.2373386, with its treatment of constraints (C-MOEA/DD).
/// Differs from the paper: the children of a wave, as many as there are directions, have parents from the same population
/// and are evaluated together; ideal point and subregions are renewed once a wave. Objectives are normalised unless asked
/// not to; until the ranges are settled PBI has four times its penalty.
class MoeaDd {
 public:
  /// Throws std::invalid_argument with MoeaDdOptions::error().
  MoeaDd(Setup setup, MoeaDdOptions options);

  Batch ask();
  void tell();
  const Population& pool() const { return pool_; }
  std::span<const Slot> survivors() const { return members_; }
  void save(StateWriter& writer) const;
  void load(StateReader& reader);

 private:
  std::span<const Slot> batch() const;
  void mate();
  void gather_neighbours(std::uint32_t home, bool whole);
  Slot draw_parent(RowDraws& draws, std::size_t group_begin) const;
  void locate();
  void exchange();
  void settle();

  Setup setup_;
  MoeaDdOptions options_;
  ReferenceDirections directions_;
  Neighbourhood neighbourhood_;
  Variation variation_;
  Population pool_;
  std::uint32_t generation_ = 0;
  DecompositionBox box_;
  Association association_;
  Subregions subregions_;
  /// Slots of the population and of children, as many of each as there are directions.
  std::vector<Slot> members_;
  std::vector<Slot> free_;
  /// Members by subregion: those of c are from begin_[c] to begin_[c + 1].
  std::vector<Slot> by_subregion_;
  std::vector<std::uint32_t> begin_, next_;
  /// Who may mate with a group, and the parents of all groups.
  std::vector<Slot> candidates_;
  std::vector<Slot> parents_;
  /// By slot: subregion and penalty-based boundary intersection.
  std::vector<std::uint32_t> subregion_;
  std::vector<double> value_;
  std::vector<Slot> all_;
  std::vector<Located> located_;
  std::vector<std::uint8_t> is_member_;
};

}  // namespace millrace
