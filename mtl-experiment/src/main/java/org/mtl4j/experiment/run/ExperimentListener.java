package org.mtl4j.experiment.run;

import java.util.List;
import java.util.Map;
import org.mtl4j.core.training.TrainingListener;

/** Hears of a whole run: of its data, its training and its end. */
public interface ExperimentListener extends TrainingListener {
  /** A listener that does nothing. */
  ExperimentListener SILENT = new ExperimentListener() {};

  /**
   * The data has been read.
   *
   * @param rows number of rows by split: train, validation, test
   * @param warnings what looked odd, a sentence each
   */
  default void onData(Map<String, Integer> rows, List<String> warnings) {}

  /** Something is odd, and the run goes on all the same: a sentence. */
  default void onWarning(String warning) {}

  /** A stage after training begins: {@code "evaluating"}, {@code "exporting"}. */
  default void onStage(String stage) {}
}
