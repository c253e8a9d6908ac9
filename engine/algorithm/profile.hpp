#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <string_view>

namespace millrace {

/// What a generation consists of.
enum class ProfileStage : std::size_t {
  mating,
  variation,
  evaluation,
  sorting,
  normalisation,
  association,
  niching,
  crowding,
  survival,
  observation,
};
inline constexpr std::size_t kProfileStages = 10;

std::string_view name_of(ProfileStage stage);

/// Where the time of a run goes. Each lap adds the time since the previous one to a stage, so that the stages sum to
/// the total; a lap costs about 30 ns. Whoever is profiled holds a pointer, null where nobody asked.
class Profile {
 public:
  void start() { started_ = last_ = Clock::now(); }
  void lap(ProfileStage stage) {
    const Clock::time_point now = Clock::now();
    spent_[static_cast<std::size_t>(stage)] += now - last_;
    last_ = now;
  }
  double seconds(ProfileStage stage) const {
    return std::chrono::duration<double>(spent_[static_cast<std::size_t>(stage)]).count();
  }
  /// From start() to the last lap, measured apart from the stages.
  double total_seconds() const { return std::chrono::duration<double>(last_ - started_).count(); }

 private:
  using Clock = std::chrono::steady_clock;
  std::array<Clock::duration, kProfileStages> spent_{};
  Clock::time_point started_;
  Clock::time_point last_;
};

inline void lap(Profile* profile, ProfileStage stage) {
  if (profile != nullptr) profile->lap(stage);
}

}  // namespace millrace
