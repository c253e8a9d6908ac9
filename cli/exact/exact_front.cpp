#include "cli/exact/exact_front.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "cli/exit_code.hpp"

namespace millrace::cli {
namespace {

std::string label_of(const StudyMember& member) {
  const std::string& name = member.problem.spec().name;
  return member.scenario.empty() || name.find(member.scenario) != std::string::npos
             ? name
             : fmt::format("{} {}", name, member.scenario);
}

PayoffTable payoff_of(const StudyMember& member, const LinearForm& form) {
  try {
    return payoff_table(form);
  } catch (const std::runtime_error& error) {
    throw UsageError(fmt::format("{}: has no exact front: {}", label_of(member), error.what()));
  }
}

/// A box that a case took over from other data would make every share meaningless.
void check_box(const StudyMember& member, const PayoffTable& payoff) {
  const ProblemSpec& spec = member.problem.spec();
  for (std::size_t k = 0; k < spec.reference_nadir.size(); ++k)
    if (spec.reference_nadir[k] <= payoff.ideal[k])
      throw UsageError(
          fmt::format("{}: the reference box ends before the front begins: {} is at best {}; leave the "
                      "box out of the case, or write that of its payoff table",
                      label_of(member), spec.objectives[k].name, spec.objectives[k].shown(payoff.ideal[k])));
}

}  // namespace

void require_linear_programs(std::string_view option, const Study& study) {
  for (const StudyMember& member : study.members) {
    const std::optional<LinearForm> form = member.whole_problem().linear_form();
    if (!form)
      throw UsageError(
          fmt::format("{}: {} is not a linear program, so its exact front cannot be computed; leave the option out",
                      option, label_of(member)));
    check_box(member, payoff_of(member, *form));
  }
}

std::vector<double> ExactFront::nadir() const {
  std::vector<double> nadir = payoff.ideal;
  for (std::size_t k = 0; k < nadir.size(); ++k)
    if (range[k] > 0.0) nadir[k] = box.nadir[k];
  return nadir;
}

ExactFront exact_front(const StudyMember& member, Workers& workers) {
  ExactFront exact;
  exact.form = member.whole_problem().linear_form().value();
  exact.payoff = payoff_of(member, exact.form);
  exact.box = ReferenceBox::of(member.problem.spec(), exact.payoff.objectives);
  exact.range = exact.payoff.range();
  for (std::size_t k = 0; k < exact.range.size(); ++k)
    if (exact.range[k] > 0.0) exact.range[k] = exact.box.nadir[k] - exact.box.ideal[k];
  FrontShareOptions options;
  options.reference_point = kReferencePoint;
  exact.share = front_share(exact.form, exact.payoff, exact.box.ideal, exact.box.nadir, options, workers);
  return exact;
}

nlohmann::json exact_json(const ProblemSpec& spec, const ExactFront& exact) {
  nlohmann::json objectives = nlohmann::json::array();
  for (std::size_t k = 0; k < spec.objectives.size(); ++k) {
    const ObjectiveSpec& objective = spec.objectives[k];
    objectives.push_back({{"name", objective.name},
                          {"ideal", objective.shown(exact.payoff.ideal[k])},
                          {"payoff_nadir", objective.shown(exact.payoff.nadir[k])}});
  }
  nlohmann::json json = {{"share_of_reference_box", exact.share.value},
                         {"method", exact.share.exact ? "exact" : "estimate"},
                         {"standard_error", exact.share.standard_error},
                         {"box", exact.box.known ? "of the problem" : "of the payoff table"},
                         {"objectives", objectives}};
  if (exact.share.exact) json["corners"] = exact.share.corners;
  return json;
}

}  // namespace millrace::cli
