package org.mtl4j.experiment.run;

import java.nio.file.Path;

/**
 * Where a run goes and how it starts.
 *
 * @param output the run's folder
 * @param resume whether to go on from its latest checkpoint; otherwise it must be empty
 * @param lint whether the linter looks at the data first, and its errors stop the run
 */
public record TrainOptions(Path output, boolean resume, boolean lint) {
  /** With the linter. */
  public TrainOptions(Path output, boolean resume) {
    this(output, resume, true);
  }

  /** The same without the linter. */
  public TrainOptions withoutLint() {
    return new TrainOptions(output, resume, false);
  }

  /** A new run in a folder. */
  public static TrainOptions into(Path output) {
    return new TrainOptions(output, false);
  }
}
