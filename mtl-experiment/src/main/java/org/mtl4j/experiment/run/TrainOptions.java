package org.mtl4j.experiment.run;

import java.nio.file.Path;

/**
 * Where a run goes and how it starts.
 *
 * @param output the run's folder
 * @param resume whether to go on from its latest checkpoint; otherwise it must be empty
 * @param lint whether the linter looks at the data first, and its errors stop the run
 * @param memory says when its model may be made, its data being ready
 */
public record TrainOptions(Path output, boolean resume, boolean lint, MemoryGate memory) {
  /** Beside no other run. */
  public TrainOptions(Path output, boolean resume, boolean lint) {
    this(output, resume, lint, MemoryGate.OPEN);
  }

  /** With the linter. */
  public TrainOptions(Path output, boolean resume) {
    this(output, resume, true);
  }

  /** The same without the linter. */
  public TrainOptions withoutLint() {
    return new TrainOptions(output, resume, false, memory);
  }

  /** A new run in a folder. */
  public static TrainOptions into(Path output) {
    return new TrainOptions(output, false);
  }
}
