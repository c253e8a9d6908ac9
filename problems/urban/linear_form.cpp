#include "problems/urban/linear_form.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <utility>

namespace millrace {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

class LinearFormBuilder {
 public:
  LinearFormBuilder(const AllocationNetwork& network, std::span<const std::string> node_names)
      : network_(network), node_names_(node_names) {}

  LinearForm build(std::span<const ObjectiveForm> objectives, std::span<const std::string> link_names) {
    for (std::uint32_t l = 0; l < network_.links(); ++l) {
      form_.add_column(link_names[l], 0.0, network_.link_upper[l]);
      form_.decisions.push_back(l);
    }
    for (std::uint32_t p = 0; p < network_.nodes(); ++p) {
      put_sum(form_.row_terms, p, 1.0);
      form_.close_row(node_names_[p], network_.least[p], network_.most[p]);
    }
    for (const ObjectiveForm& objective : objectives) add_objective(objective);
    return std::move(form_);
  }

 private:
  void put_sum(SparseRows& rows, std::uint32_t node, double coefficient) {
    for (const std::uint32_t link : network_.links_of(node)) rows.put(link, coefficient);
  }

  void add_objective(const ObjectiveForm& objective) {
    // A link may occur in several terms; the program wants each column once.
    std::vector<double> links(network_.links(), 0.0);
    for (const auto& term : objective.nodes)
      for (const std::uint32_t link : network_.links_of(term.index)) links[link] += term.coefficient;
    for (const auto& term : objective.links) links[term.index] += term.coefficient;
    for (std::size_t l = 0; l < links.size(); ++l)
      if (links[l] != 0.0) form_.objective_terms.put(l, links[l]);
    std::map<std::size_t, double> weights;
    for (const auto& hinge : objective.hinges) weights[hinge_column(hinge)] += hinge.weight;
    for (const auto& [column, weight] : weights) form_.objective_terms.put(column, weight);
    form_.close_objective(objective.constant);
  }

  /// The column h of a hinge: h >= 0, h + sum >= target. What lacks at most bounds it from above.
  std::size_t hinge_column(const ObjectiveForm::Hinge& hinge) {
    const auto [place, fresh] = hinges_.try_emplace({hinge.node, hinge.target}, form_.columns.size());
    if (!fresh) return place->second;
    const std::string name = node_names_[hinge.node] + " shortage";
    const std::size_t column = form_.add_column(name, 0.0, std::max(0.0, hinge.target - network_.least[hinge.node]));
    put_sum(form_.row_terms, hinge.node, 1.0);
    form_.row_terms.put(column, 1.0);
    form_.close_row(name, hinge.target, kInfinity);
    return column;
  }

  const AllocationNetwork& network_;
  std::span<const std::string> node_names_;
  std::map<std::pair<std::uint32_t, double>, std::size_t> hinges_;
  LinearForm form_;
};

}  // namespace

std::optional<LinearForm> make_linear_form(const AllocationNetwork& network, std::span<const ObjectiveForm> objectives,
                                           std::span<const std::string> link_names,
                                           std::span<const std::string> node_names) {
  for (const ObjectiveForm& objective : objectives)
    for (const auto& hinge : objective.hinges)
      if (hinge.weight < 0.0) return std::nullopt;
  return LinearFormBuilder(network, node_names).build(objectives, link_names);
}

}  // namespace millrace
