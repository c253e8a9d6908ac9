#include "cli/dispatch/picture_files.hpp"

#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "cli/cases/dispatch_family.hpp"
#include "cli/run/study_folder.hpp"
#include "cli/table/csv_table.hpp"
#include "engine/run/result_files.hpp"

namespace millrace::cli {
namespace {

using nlohmann::json;

DispatchTrace traced(const DispatchPictures& pictures, const NamedController& controller) {
  AlignedVector<double> x(controller.x.size() * kLanes);
  for (std::size_t j = 0; j < controller.x.size(); ++j) std::fill_n(x.data() + j * kLanes, kLanes, controller.x[j]);
  DispatchTrace trace(pictures.model.hours);
  DispatchWork work;
  simulate_controllers(pictures.model, pictures.certain, controller.kind, x.data(), work, &trace);
  return trace;
}

/// Additional water a tonne of avoided carbon; NaN where none is avoided.
double index_of(double water, double avoided_kg) {
  return avoided_kg > 0.0 ? 1000.0 * water / avoided_kg : std::numeric_limits<double>::quiet_NaN();
}

std::string hours_csv(const DispatchPictures& pictures) {
  std::string text = "controller,hour,carbon_intensity_kg_per_MWh,renewable_MWh";
  for (const auto name : kDispatchHourNames) text += fmt::format(",{}", name);
  text += ",wcmpi_m3_per_t,cumulative_wcmpi_m3_per_t\n";
  const DispatchTrace without = traced(pictures, fixed_controller(kNoCapture, pictures.model.hours));
  for (const NamedController& controller : pictures.controllers) {
    const DispatchTrace trace = traced(pictures, controller);
    double water = 0.0;
    double avoided = 0.0;
    for (std::size_t t = 0; t < pictures.model.hours; ++t) {
      text += fmt::format("{},{},{},{}", controller.name, t, pictures.certain.carbon(0)[t],
                          pictures.certain.renewable(0)[t]);
      for (std::size_t q = 0; q < DispatchHour::count; ++q) text += fmt::format(",{}", trace.at(t, q)[0]);
      const double more = trace.at(t, DispatchHour::water)[0] - without.at(t, DispatchHour::water)[0];
      const double less = without.at(t, DispatchHour::carbon_kg)[0] - trace.at(t, DispatchHour::carbon_kg)[0];
      water += more;
      avoided += less;
      text += fmt::format(",{},{}\n", index_of(more, less), index_of(water, avoided));
    }
  }
  return text;
}

struct CostPart {
  const char* name;
  double gbp;
};

std::vector<CostPart> cost_parts(const DispatchModel& m, const DispatchTotals& t) {
  return {{"thermal_gbp", m.plant.thermal_gbp_per_MWh * t.thermal_MWh},
          {"hydro_gbp", m.plant.hydro_gbp_per_MWh * t.hydro_MWh},
          {"unmet_water_gbp", m.plant.unmet_gbp_per_m3 * t.unmet_m3},
          {"energy_deficit_gbp", m.plant.deficit_gbp_per_MWh * t.deficit_MWh},
          {"carbon_gbp", m.scenario.carbon_gbp_per_t * t.carbon_kg / 1000.0},
          {"water_gbp", m.plant.water_gbp_per_m3 * t.water_m3},
          {"total_gbp", t.total}};
}

std::string costs_csv(const DispatchPictures& pictures) {
  std::string text = "controller,part,gbp\n";
  for (const NamedController& controller : pictures.controllers)
    for (const CostPart& part :
         cost_parts(pictures.model, totals_of_one(pictures.model, pictures.certain, controller)[0]))
      text += fmt::format("{},{},{}\n", controller.name, part.name, part.gbp);
  return text;
}

std::string seeds_csv(const DispatchPictures& pictures) {
  std::string text = "controller,seed,total_gbp,operating_cost_gbp,carbon_kg,water_m3,violation_gbp\n";
  for (const NamedController& controller : pictures.controllers) {
    const auto totals = totals_of_one(pictures.model, pictures.evaluation, controller);
    for (std::size_t s = 0; s < totals.size(); ++s)
      text += fmt::format("{},{},{},{},{},{},{}\n", controller.name, s, totals[s].total, totals[s].operating_cost,
                          totals[s].carbon_kg, totals[s].water_m3, totals[s].violation);
  }
  return text;
}

json spread_json(const Spread& spread) {
  return {{"mean", spread.mean},
          {"standard_deviation", spread.deviation},
          {"quantile_95", spread.quantile95},
          {"cvar", spread.cvar},
          {"worst", spread.worst}};
}

json controller_json(const DispatchPictures& pictures, const NamedController& controller) {
  const DispatchTotals certain = totals_of_one(pictures.model, pictures.certain, controller)[0];
  DispatchTotals without;
  constant_totals(pictures.model, pictures.certain, kNoCapture.controls, {&without, 1});
  const auto seeds = totals_of_one(pictures.model, pictures.evaluation, controller);
  json spreads;
  for (const auto& [name, member] : {std::pair{"total_gbp", &DispatchTotals::total},
                                     {"carbon_kg", &DispatchTotals::carbon_kg},
                                     {"water_m3", &DispatchTotals::water_m3},
                                     {"violation_gbp", &DispatchTotals::violation}})
    spreads[name] = spread_json(spread_of(values_of(seeds, member), pictures.tail));
  return {{"name", controller.name},
          {"kind", name_of(controller.kind)},
          {"operating_cost_gbp", certain.operating_cost},
          {"carbon_kg", certain.carbon_kg},
          {"water_m3", certain.water_m3},
          {"fines_gbp", certain.fines},
          {"total_gbp", certain.total},
          {"violation_gbp", certain.violation},
          {"wcmpi_m3_per_t", wcmpi(certain, without)},
          {"over_seeds", spreads},
          {"violating_share", violating_share(seeds)}};
}

json pictures_json(const DispatchPictures& pictures, std::span<const PublishedDispatch> published) {
  json controllers = json::array();
  for (const NamedController& controller : pictures.controllers)
    controllers.push_back(controller_json(pictures, controller));
  json rows = json::array();
  for (const PublishedDispatch& row : published)
    if (row.scenario == pictures.model.scenario.name)
      rows.push_back({{"policy", row.policy},
                      {"operating_cost_gbp", row.operating_cost},
                      {"carbon_kg", row.carbon_kg},
                      {"water_m3", row.water_m3},
                      {"fines_gbp", row.fines},
                      {"total_gbp", row.total}});
  return {{"scenario", pictures.model.scenario.name},
          {"profile", name_of(pictures.model.profile)},
          {"evaluation_seeds", pictures.evaluation.count()},
          {"published_quoted", rows},
          {"controllers", controllers}};
}

/// The row whose total, averaged over the futures of the problem, is least.
std::size_t cheapest(const DispatchModel& model, const Futures& futures, DispatchController kind,
                     const DecisionRows& x) {
  Workers workers(1);
  const ControllerTotals totals = totals_of_all(model, futures, kind, x, workers);
  std::size_t best = 0;
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < x.rows(); ++i) {
    double sum = 0.0;
    for (std::size_t s = 0; s < totals.futures; ++s) sum += totals.at(i, s).total;
    if (sum < least) least = sum, best = i;
  }
  return best;
}

}  // namespace

DispatchPictures make_pictures(const DispatchCase& dispatch, const DispatchScenario& scenario,
                               std::vector<NamedController> controllers) {
  const std::size_t hours = dispatch.hours.size();
  controllers.push_back(fixed_controller(kRuleBased, hours));
  controllers.push_back(fixed_controller(kCollapsed, hours));
  return {make_dispatch_model(dispatch, scenario), certain_future(dispatch, scenario),
          disturbed_futures(dispatch, scenario, 0, dispatch.noise.evaluation_seeds), dispatch.noise.tail,
          std::move(controllers)};
}

void write_pictures(const DispatchPictures& pictures, std::span<const PublishedDispatch> published,
                    const std::filesystem::path& folder) {
  write_file(folder / "dispatch_hours.csv", hours_csv(pictures));
  write_file(folder / "dispatch_costs.csv", costs_csv(pictures));
  write_file(folder / "dispatch_seeds.csv", seeds_csv(pictures));
  write_file(folder / "dispatch.json", pictures_json(pictures, published).dump(2) + "\n");
}

DecisionRows front_decisions(const std::filesystem::path& folder, const ProblemSpec& spec) {
  const std::filesystem::path path = folder / "front.csv";
  const CsvTable front = read_csv(path);
  const std::size_t variables = spec.bounds.variables();
  if (front.values.rows() == 0 || front.values.columns() < variables)
    throw UsageError(fmt::format("{}: holds no controller of this case", path.string()));
  DecisionRows x(front.values.rows(), variables);
  for (std::size_t i = 0; i < x.rows(); ++i)
    for (std::size_t j = 0; j < variables; ++j) x.row(i)[j] = front.values(i, j);
  return x;
}

void write_dispatch_pictures(const FinishedStudy& finished) {
  if (!finished.fresh) return;
  const DispatchStudy typed = dispatch_study(finished.settings.problem, finished.settings.case_options);
  for (const StudyMember& member : finished.study.members) {
    const std::filesystem::path folder = member_folder(finished.folder, finished.study, member);
    const DispatchProblem problem(typed.dispatch, {.scenario = member.scenario, .controller = typed.controller});
    const DecisionRows x = front_decisions(folder, member.problem.spec());
    const std::size_t best = cheapest(problem.model(), problem.futures(), typed.controller, x);
    const auto row = x.row(best);
    write_pictures(make_pictures(typed.dispatch, problem.model().scenario,
                                 {{"cheapest", typed.controller, {row.begin(), row.end()}}}),
                   typed.dispatch.published, folder);
  }
}

}  // namespace millrace::cli
