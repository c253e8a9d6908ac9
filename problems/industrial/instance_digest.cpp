#include "problems/industrial/instance_digest.hpp"

#include <fmt/format.h>

#include <bit>
#include <cstdint>
#include <span>

namespace millrace {
namespace {

/// Two chains of 64 bits over the bits of numbers, in their order.
class Chain {
 public:
  void add(double value) { add(std::bit_cast<std::uint64_t>(value)); }
  void add(std::uint64_t word) {
    a_ = mixed(a_ ^ word, 0x9E3779B97F4A7C15u);
    b_ = mixed(b_ + word, 0xD1B54A32D192ED03u);
  }
  void add(std::span<const double> values) {
    add(std::uint64_t{values.size()});
    for (const double value : values) add(value);
  }
  std::string text() const { return fmt::format("{:016x}{:016x}", a_, b_); }

 private:
  static std::uint64_t mixed(std::uint64_t z, std::uint64_t step) {
    z += step;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
  }
  std::uint64_t a_ = 1;
  std::uint64_t b_ = 2;
};

}  // namespace

std::string instance_digest(const IndustrialInstance& instance) {
  Chain chain;
  for (const std::size_t size : {instance.periods, instance.levels, instance.regions, instance.users})
    chain.add(std::uint64_t{size});
  for (const std::uint32_t from : instance.users_from) chain.add(std::uint64_t{from});
  for (const auto* values : {&instance.years, &instance.probability, &instance.surface, &instance.ground,
                             &instance.diverted, &instance.grid_carbon})
    chain.add(*values);
  chain.add(instance.wastewater_carbon);
  for (const PeriodEnergy& e : instance.energy)
    for (const double value : {e.surface, e.ground, e.reuse, e.wastewater, e.limit}) chain.add(value);
  for (const IndustrialCell& c : instance.cells)
    for (const double value :
         {c.target_least, c.target_most, c.requirement, c.fresh, c.reuse_ratio, c.floor, c.ceiling, c.gamma,
          c.discharge, c.value_surface, c.value_ground, c.value_diverted, c.penalty, c.energy_diverted})
      chain.add(value);
  return chain.text();
}

}  // namespace millrace
