#include "problems/industrial/allocation_program.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <utility>
#include <vector>

namespace millrace {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

class ProgramBuilder {
 public:
  explicit ProgramBuilder(const IndustrialInstance& instance) : in_(instance), at_(instance) {}

  LinearForm build(const ObjectiveSet& objectives) {
    add_plan();
    add_resources();
    add_users();
    if (in_.energy_limited) add_energy();
    const auto asks = [&](IndustrialObjective o) { return std::ranges::count(objectives, o) > 0; };
    if (asks(IndustrialObjective::risk) || asks(IndustrialObjective::shortage)) add_missing();
    for (const IndustrialObjective objective : objectives) add_objective(objective);
    return std::move(form_);
  }

 private:
  std::string place(std::size_t t, std::size_t u) const {
    return fmt::format("{}, {}", in_.user_names[u], in_.period_names[t]);
  }

  template <class Body>
  void for_cells(Body body) const {
    for (std::size_t t = 0; t < in_.periods; ++t)
      for (std::size_t u = 0; u < in_.users; ++u) body(t, u, in_.cell(t, u));
  }

  void add_plan() {
    for_cells([&](std::size_t t, std::size_t u, const IndustrialCell& cell) {
      form_.add_column("target of " + place(t, u), cell.target_least, cell.target_most);
    });
    for (const char* source : {"groundwater of ", "diverted water of "})
      for_cells([&](std::size_t t, std::size_t u, const IndustrialCell& cell) {
        form_.add_column(source + place(t, u), 0.0, cell.most_other());
      });
    for (std::size_t h = 0; h < in_.levels; ++h)
      for_cells([&](std::size_t t, std::size_t u, const IndustrialCell& cell) {
        form_.add_column(fmt::format("shortage of {}, {}", place(t, u), in_.level_names[h]), 0.0, cell.most_shortage());
      });
    for (std::uint32_t j = 0; j < at_.variables(); ++j) form_.decisions.push_back(j);
  }

  void put_supply(std::size_t t, std::size_t h, std::size_t u, double factor) {
    form_.row_terms.put(at_.target(t, u), factor);
    form_.row_terms.put(at_.shortage(t, h, u), -factor);
    form_.row_terms.put(at_.ground(t, u), factor);
    form_.row_terms.put(at_.diverted(t, u), factor);
  }

  void add_resources() {
    for (std::size_t r = 0; r < in_.regions; ++r)
      for (std::size_t t = 0; t < in_.periods; ++t) {
        for (std::size_t h = 0; h < in_.levels; ++h) {
          for (std::size_t u = in_.users_from[r]; u < in_.users_from[r + 1]; ++u) {
            form_.row_terms.put(at_.target(t, u), 1.0);
            form_.row_terms.put(at_.shortage(t, h, u), -1.0);
          }
          form_.close_row(
              fmt::format("surface water of {}, {}, {}", in_.region_names[r], in_.period_names[t], in_.level_names[h]),
              -kInfinity, in_.surface_at(r, t, h));
        }
        for (std::size_t u = in_.users_from[r]; u < in_.users_from[r + 1]; ++u)
          form_.row_terms.put(at_.ground(t, u), 1.0);
        form_.close_row(fmt::format("groundwater of {}, {}", in_.region_names[r], in_.period_names[t]), -kInfinity,
                        in_.ground_at(r, t));
      }
    for (std::size_t t = 0; t < in_.periods; ++t) {
      for (std::size_t u = 0; u < in_.users; ++u) form_.row_terms.put(at_.diverted(t, u), 1.0);
      form_.close_row(fmt::format("diverted water, {}", in_.period_names[t]), -kInfinity, in_.diverted[t]);
    }
  }

  void add_users() {
    for (std::size_t h = 0; h < in_.levels; ++h)
      for_cells([&](std::size_t t, std::size_t u, const IndustrialCell& cell) {
        form_.row_terms.put(at_.target(t, u), 1.0);
        form_.row_terms.put(at_.shortage(t, h, u), -1.0);
        form_.close_row(fmt::format("least surface water of {}, {}", place(t, u), in_.level_names[h]),
                        cell.target_least, kInfinity);
        put_supply(t, h, u, 1.0);
        form_.close_row(fmt::format("supply of {}, {}", place(t, u), in_.level_names[h]), cell.floor, cell.ceiling);
      });
  }

  /// Energy of all water at a level minus the limit times all water, fresh and reused: at most 0.
  void add_energy() {
    for (std::size_t t = 0; t < in_.periods; ++t)
      for (std::size_t h = 0; h < in_.levels; ++h) {
        const PeriodEnergy& energy = in_.energy[t];
        for (std::size_t u = 0; u < in_.users; ++u) {
          const IndustrialCell& cell = in_.cell(t, u);
          const double any = energy.reuse * cell.reuse_ratio + energy.wastewater * cell.discharge -
                             energy.limit * (1.0 + cell.reuse_ratio);
          form_.row_terms.put(at_.target(t, u), any + energy.surface);
          form_.row_terms.put(at_.shortage(t, h, u), -any - energy.surface);
          form_.row_terms.put(at_.ground(t, u), any + energy.ground);
          form_.row_terms.put(at_.diverted(t, u), any + cell.energy_diverted);
        }
        form_.close_row(fmt::format("energy, {}, {}", in_.period_names[t], in_.level_names[h]), -kInfinity, 0.0);
      }
  }

  /// Columns of fresh water missing: at least F - A, at least 0. Not bounded by the floor, so that a supply that must
  /// equal F leaves the program room for rounding.
  void add_missing() {
    missing_ = form_.columns.size();
    for (std::size_t h = 0; h < in_.levels; ++h)
      for_cells([&](std::size_t t, std::size_t u, const IndustrialCell& cell) {
        const std::string name = fmt::format("missing to {}, {}", place(t, u), in_.level_names[h]);
        const std::size_t column = form_.add_column(name, 0.0, cell.fresh);
        put_supply(t, h, u, 1.0);
        form_.row_terms.put(column, 1.0);
        form_.close_row(name, cell.fresh, kInfinity);
      });
  }

  /// factor_w W + factor_g G + factor_v V + factor_a E[A] - (factor_w) E[S], by cell.
  struct Factors {
    double surface = 0.0, ground = 0.0, diverted = 0.0, shortage = 0.0;
  };

  template <class Of>
  void put_linear(Of factors_of) {
    for_cells([&](std::size_t t, std::size_t u, const IndustrialCell& cell) {
      const Factors f = factors_of(t, cell);
      put(at_.target(t, u), f.surface);
      put(at_.ground(t, u), f.ground);
      put(at_.diverted(t, u), f.diverted);
      for (std::size_t h = 0; h < in_.levels; ++h) put(at_.shortage(t, h, u), in_.probability[h] * f.shortage);
    });
    form_.close_objective(0.0);
  }

  void put(std::size_t column, double coefficient) {
    if (coefficient != 0.0) form_.objective_terms.put(column, coefficient);
  }

  template <class Of>
  void put_missing(Of factor_of) {
    for (std::size_t h = 0; h < in_.levels; ++h)
      for_cells([&](std::size_t t, std::size_t u, const IndustrialCell& cell) {
        put(missing_ + (h * in_.periods + t) * in_.users + u, in_.probability[h] * factor_of(t, cell));
      });
    form_.close_objective(0.0);
  }

  void add_objective(IndustrialObjective objective);

  const IndustrialInstance& in_;
  PlanLayout at_;
  LinearForm form_;
  std::size_t missing_ = 0;
};

void ProgramBuilder::add_objective(IndustrialObjective objective) {
  const auto supply_energy = [&](std::size_t t, const IndustrialCell& c, double any) {
    const double y = in_.years[t];
    return Factors{y * (in_.energy[t].surface + any), y * (in_.energy[t].ground + any), y * (c.energy_diverted + any),
                   -y * (in_.energy[t].surface + any)};
  };
  switch (objective) {
    case IndustrialObjective::benefit:
      return put_linear([&](std::size_t t, const IndustrialCell& c) {
        const double y = in_.years[t];
        return Factors{-y * c.value_surface, -y * c.value_ground, -y * c.value_diverted, y * c.penalty};
      });
    case IndustrialObjective::energy:
      return put_linear([&](std::size_t t, const IndustrialCell& c) {
        return supply_energy(t, c, in_.energy[t].wastewater * c.discharge);
      });
    case IndustrialObjective::risk: {
      std::vector<double> required(in_.periods, 0.0);
      for_cells([&](std::size_t t, std::size_t, const IndustrialCell& c) { required[t] += c.requirement; });
      return put_missing([&](std::size_t t, const IndustrialCell& c) {
        return 100.0 / static_cast<double>(in_.periods) * c.gamma * (1.0 + c.reuse_ratio) / required[t];
      });
    }
    case IndustrialObjective::shortage:
      return put_missing([&](std::size_t t, const IndustrialCell&) { return in_.years[t]; });
    case IndustrialObjective::groundwater:
      return put_linear([&](std::size_t t, const IndustrialCell&) { return Factors{.ground = in_.years[t]}; });
    case IndustrialObjective::wastewater:
      return put_linear([&](std::size_t t, const IndustrialCell& c) {
        const double y = in_.years[t] * c.discharge;
        return Factors{y, y, y, -y};
      });
    case IndustrialObjective::carbon:
      return put_linear([&](std::size_t t, const IndustrialCell& c) {
        const double any = in_.energy[t].wastewater * c.discharge + in_.energy[t].reuse * c.reuse_ratio;
        Factors f = supply_energy(t, c, any);
        const double treated = in_.wastewater_carbon * in_.years[t] * c.discharge;
        for (double* factor : {&f.surface, &f.ground, &f.diverted}) *factor = *factor * in_.grid_carbon[t] + treated;
        f.shortage = f.shortage * in_.grid_carbon[t] - treated;
        return f;
      });
    case IndustrialObjective::equity: break;
  }
  throw std::invalid_argument("equity is no linear objective");
}

}  // namespace

LinearForm make_allocation_program(const IndustrialInstance& instance, const ObjectiveSet& objectives) {
  return ProgramBuilder(instance).build(objectives);
}

}  // namespace millrace
