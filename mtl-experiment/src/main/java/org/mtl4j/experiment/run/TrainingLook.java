package org.mtl4j.experiment.run;

import java.util.Optional;
import org.mtl4j.core.batch.EncodedData;
import org.mtl4j.core.manifest.TrainingProfile;
import org.mtl4j.core.training.TrainingSession;
import org.mtl4j.data.split.Split;
import org.mtl4j.experiment.drift.RowProfile;
import org.mtl4j.experiment.drift.RowProfiler;
import org.mtl4j.experiment.drift.TrainingProfiler;

/**
 * What an export says of the rows that its model was trained on.
 *
 * @param data the rows
 */
record TrainingLook(ExperimentData data) {
  /** What the training rows look like to the model. */
  RowProfile rows() {
    return RowProfiler.of(
        data.split(Split.TRAIN).orElseThrow(), data.learnt().pipeline(), data.learnt().tasks());
  }

  /**
   * The same as a server sees requests, with the session's predictions for validation rows.
   *
   * @param rows what they look like to the model
   * @param before of the model that training went on from; empty: it is the first
   */
  TrainingProfile profile(
      RowProfile rows, TrainingSession session, Optional<TrainingProfile> before) {
    EncodedData training = data.split(Split.TRAIN).orElseThrow();
    EncodedData judged = data.split(Split.VALIDATION).orElse(training);
    TrainingProfiler profiler = new TrainingProfiler(data.learnt().pipeline());
    return profiler.of(
        rows,
        TrainingProfiler.together(profiler.ranges(training), before),
        TrainingProfiler.outputs(session.predict(TrainingProfiler.sample(judged))));
  }
}
