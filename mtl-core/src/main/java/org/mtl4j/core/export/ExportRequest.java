package org.mtl4j.core.export;

import java.util.Map;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.model.Predictions;
import org.mtl4j.core.training.TrainedState;
import org.mtl4j.core.training.TrainerSpec;

/**
 * What to export.
 *
 * @param name the experiment's name
 * @param spec what the trained graph was made of
 * @param state the numbers: of a session, or of a checkpoint
 * @param provenance what the manifest says of the numbers' origin
 * @param replay rows and what the trainer's inference pass predicts for them
 */
public record ExportRequest(
    String name,
    TrainerSpec spec,
    TrainedState state,
    Map<String, String> provenance,
    Replay replay) {
  /**
   * The batch of the certificate.
   *
   * @param rows raw rows, at least one
   * @param expected predictions of the trainer's inference pass for them
   */
  public record Replay(RawBatch rows, Predictions expected) {}
}
