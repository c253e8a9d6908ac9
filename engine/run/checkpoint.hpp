#pragma once

#include <vector>

#include "engine/run/checkpoint_file.hpp"
#include "engine/run/loop.hpp"

namespace millrace {

/// Saves the run after every generation.
class CheckpointObserver : public Observer {
 public:
  explicit CheckpointObserver(CheckpointFile& file) : file_(file) {}
  void after_generation(const Observation& observation) override;

 private:
  CheckpointFile& file_;
  std::vector<std::byte> buffer_;
};

/// Restores a run from the newest copy in `file`. Returns false, and changes nothing, where there is none.
/// Throws StateMismatch where the copy was written by another version of the program.
bool load_checkpoint(const CheckpointFile& file, Run run, Progress& progress);

}  // namespace millrace
