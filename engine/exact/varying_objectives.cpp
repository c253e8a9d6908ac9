#include "engine/exact/varying_objectives.hpp"

namespace millrace {

LinearForm with_objectives(const LinearForm& form, std::span<const std::size_t> kept) {
  LinearForm reduced = form;
  reduced.objective_terms = {};
  reduced.objective_constants.clear();
  for (const std::size_t k : kept) {
    const auto columns = form.objective_terms.columns(k);
    for (std::size_t e = 0; e < columns.size(); ++e)
      reduced.objective_terms.put(columns[e], form.objective_terms.coefficients(k)[e]);
    reduced.close_objective(form.objective_constants[k]);
  }
  return reduced;
}

}  // namespace millrace
