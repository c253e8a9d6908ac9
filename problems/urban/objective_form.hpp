#pragma once

#include <cstdint>
#include <vector>

#include "problems/urban/allocation_network.hpp"

namespace millrace {

/// An objective as the kernels compute it, to be minimised: constant + sum coefficient * node sum
/// + sum coefficient * link flow + sum weight * max(0, target - node sum), terms added in this order.
struct ObjectiveForm {
  struct Term {
    std::uint32_t index = 0;
    double coefficient = 0.0;
  };
  struct Hinge {
    std::uint32_t node = 0;
    double target = 0.0;
    double weight = 0.0;
  };
  double constant = 0.0;
  std::vector<Term> nodes;
  std::vector<Term> links;
  std::vector<Hinge> hinges;
};

/// The named objective of one scenario; a maximised one (benefit) is negated.
ObjectiveForm make_objective_form(const UrbanCase& urban, std::size_t scenario, UrbanObjective objective);

/// Unit of an objective's values, from the units of the case.
std::string objective_unit(const UrbanCase& urban, UrbanObjective objective);

}  // namespace millrace
