package org.mtl4j.experiment.run;

import java.nio.file.Path;

/**
 * Where a run goes and how it starts.
 *
 * @param output the run's folder
 * @param resume whether to go on from its latest checkpoint; otherwise it must be empty
 */
public record TrainOptions(Path output, boolean resume) {
  /** A new run in a folder. */
  public static TrainOptions into(Path output) {
    return new TrainOptions(output, false);
  }
}
