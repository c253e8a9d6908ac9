#include "cli/run/seed_count.hpp"

#include <fmt/format.h>

#include <cmath>

#include "cli/run/evaluated_designs.hpp"

namespace millrace::cli {
namespace {

// Of the box: what rounding may tell a seed from a copy of it.
constexpr double kSame = 1e-9;

bool same_objectives(const Columns& a, std::size_t i, const Columns& b, std::size_t j, const ReferenceBox& box) {
  for (std::size_t k = 0; k < a.columns(); ++k)
    if (!(std::abs(a(i, k) - b(j, k)) <= kSame * (box.nadir[k] - box.ideal[k]))) return false;
  return true;
}

}  // namespace

nlohmann::json seeds_json(const StudyMember& member, const SeedDesigns& seeds, const std::string& from,
                          const Population& front, const ReferenceBox& box, Workers& workers) {
  const Columns known = seeds.known ? seeds.designs.f : evaluated(member.problem, seeds.designs.x, workers).f;
  nlohmann::json lines = nlohmann::json::array();
  std::vector<Slot> found;
  for (Slot i = 0; i < front.size(); ++i) {
    bool seed = false;
    for (std::size_t j = 0; !box.empty() && !seed && j < known.rows(); ++j)
      seed = same_objectives(front.f, i, known, j, box);
    if (seed) lines.push_back(i + 1);
    else found.push_back(i);
  }
  nlohmann::json json = {{"from", from}, {"individuals", seeds.designs.size()}, {"solutions", lines}};
  json["share_of_reference_box_without"] = normalised_hypervolume(extract(front, found).f, box, workers);
  return json;
}

void print_seeds(const std::vector<nlohmann::json>& summaries) {
  for (const nlohmann::json& summary : summaries) {
    if (!summary.contains("seeds")) continue;
    const nlohmann::json& seeds = summary.at("seeds");
    const std::string scenario = summary.at("scenario");
    fmt::print(
        "seeds{}: {} of the first {} individuals are {}; {} of the {} solutions of the front are seeds or equal to "
        "one, "
        "and without these the hypervolume is {:.4f}\n",
        scenario.empty() ? "" : " of " + scenario, seeds.at("individuals").get<std::size_t>(),
        summary.at("population").get<std::size_t>(), seeds.at("from").get<std::string>(), seeds.at("solutions").size(),
        summary.at("front_size").get<std::size_t>(), seeds.at("share_of_reference_box_without").get<double>());
  }
}

}  // namespace millrace::cli
