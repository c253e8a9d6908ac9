#include "problems/urban/objective_form.hpp"

namespace millrace {
namespace {

class FormBuilder {
 public:
  FormBuilder(const UrbanCase& urban, std::size_t scenario) : urban_(urban), t_(scenario) {}

  ObjectiveForm build(UrbanObjective objective) {
    const UrbanUnits& units = urban_.units;
    const double volume = units.volume.size;
    switch (objective) {
      case UrbanObjective::carbon:
        sources(&UrbanSource::carbon_kg_per_m3, volume / units.carbon.size);
        users(&UrbanUser::carbon_kg_per_m3, volume / units.carbon.size);
        break;
      case UrbanObjective::benefit: users(&UrbanUser::benefit_per_m3, -(volume / units.money.size)); break;
      case UrbanObjective::shortage: shortage(); break;
      case UrbanObjective::wastewater: users(&UrbanUser::discharge, 1.0); break;
      case UrbanObjective::groundwater:
        for (std::uint32_t i = 0; i < urban_.sources.size(); ++i)
          if (urban_.sources[i].groundwater) form_.nodes.push_back({i, 1.0});
        break;
      case UrbanObjective::quality: sources(&UrbanSource::quality_g_per_m3, volume / units.quality.size); break;
      case UrbanObjective::energy:
        sources(&UrbanSource::energy_kwh_per_m3, volume / units.energy.size);
        transport_energy(volume / units.energy.size);
        break;
    }
    return form_;
  }

 private:
  std::uint32_t user_node(std::size_t j) const { return static_cast<std::uint32_t>(urban_.sources.size() + j); }

  void sources(Series UrbanSource::*factor, double scale) {
    for (std::uint32_t i = 0; i < urban_.sources.size(); ++i) add(i, (urban_.sources[i].*factor)[t_] * scale);
  }
  void users(Series UrbanUser::*factor, double scale) {
    for (std::size_t j = 0; j < urban_.users.size(); ++j) add(user_node(j), (urban_.users[j].*factor)[t_] * scale);
  }
  void add(std::uint32_t node, double coefficient) {
    if (coefficient != 0.0) form_.nodes.push_back({node, coefficient});
  }

  void shortage() {
    for (std::size_t j = 0; j < urban_.users.size(); ++j) {
      const double weight = urban_.users[j].shortage_weight[t_];
      const double demand = urban_.users[j].demand[t_];
      if (urban_.shortage_rule == ShortageRule::hinge) {
        if (weight != 0.0) form_.hinges.push_back({user_node(j), demand, weight});
      } else {
        form_.constant += weight * demand;
        add(user_node(j), -weight);
      }
    }
  }

  void transport_energy(double scale) {
    for (std::uint32_t l = 0; l < urban_.links.size(); ++l) {
      const Series& energy = urban_.links[l].energy_kwh_per_m3;
      if (!energy.empty() && energy[t_] != 0.0) form_.links.push_back({l, energy[t_] * scale});
    }
  }

  const UrbanCase& urban_;
  std::size_t t_;
  ObjectiveForm form_;
};

}  // namespace

ObjectiveForm make_objective_form(const UrbanCase& urban, std::size_t scenario, UrbanObjective objective) {
  return FormBuilder(urban, scenario).build(objective);
}

std::string objective_unit(const UrbanCase& urban, UrbanObjective objective) {
  switch (objective) {
    case UrbanObjective::carbon: return urban.units.carbon.text;
    case UrbanObjective::benefit: return urban.units.money.text;
    case UrbanObjective::quality: return urban.units.quality.text;
    case UrbanObjective::energy: return urban.units.energy.text;
    case UrbanObjective::shortage:
    case UrbanObjective::wastewater:
    case UrbanObjective::groundwater: break;
  }
  return urban.units.volume.text;
}

}  // namespace millrace
