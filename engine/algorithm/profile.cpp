#include "engine/algorithm/profile.hpp"

namespace millrace {

std::string_view name_of(ProfileStage stage) {
  constexpr std::array<std::string_view, kProfileStages> kNames = {
      "mating",      "variation", "evaluation", "sorting",  "normalisation",
      "association", "niching",   "crowding",   "survival", "observers"};
  return kNames[static_cast<std::size_t>(stage)];
}

}  // namespace millrace
