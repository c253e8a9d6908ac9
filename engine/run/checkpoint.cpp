#include "engine/run/checkpoint.hpp"

namespace millrace {

void CheckpointObserver::after_generation(const Observation& observation) {
  StateWriter writer(buffer_);
  writer.put(observation.progress);
  writer.put(observation.evaluator.count());
  observation.hypervolume.save(writer);
  if (observation.archive != nullptr) observation.archive->save(writer);
  if (observation.refinement != nullptr) observation.refinement->save(writer);
  for (const Observer* observer : observation.observers) observer->save(writer);
  observation.algorithm.save(writer);
  file_.write(buffer_);
}

bool load_checkpoint(const CheckpointFile& file, Run run, Progress& progress) {
  const auto bytes = file.newest();
  if (!bytes) return false;
  StateReader reader(*bytes);
  progress = reader.get<Progress>();
  run.evaluator.restore(reader.get<EvaluationCount>());
  run.hypervolume.load(reader);
  if (run.archive != nullptr) run.archive->load(reader);
  if (run.refinement != nullptr) run.refinement->load(reader);
  for (Observer* observer : run.observers) observer->load(reader);
  run.algorithm.load(reader);
  if (!reader.at_end()) throw StateMismatch("the saved state is longer than this version expects");
  return true;
}

}  // namespace millrace
