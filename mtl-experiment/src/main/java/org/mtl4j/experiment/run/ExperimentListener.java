package org.mtl4j.experiment.run;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.mtl4j.core.training.TrainingListener;

/** Hears of a whole run: of its data, its training and its end. */
public interface ExperimentListener extends TrainingListener {
  /** A listener that does nothing. */
  ExperimentListener SILENT = new ExperimentListener() {};

  /** What rows are read for. */
  enum Pass {
    /** To learn vocabularies, statistics and classes. */
    LEARNING,
    /** To encode them by what was learnt. */
    ENCODING
  }

  /**
   * How far a pass over the rows is.
   *
   * @param pass which
   * @param rows rows read of all splits so far, those that {@code data.where} keeps
   * @param total all of them; empty in the first pass, which counts them
   */
  record Reading(Pass pass, long rows, OptionalLong total) {}

  /** Rows were read, a block of a few thousand at most. Comes before {@link #onData}. */
  default void onRows(Reading reading) {}

  /**
   * The data has been read.
   *
   * @param rows number of rows by split: train, validation, test
   * @param warnings what looked odd, a sentence each
   */
  default void onData(Map<String, Integer> rows, List<String> warnings) {}

  /**
   * An epoch takes some rows more often than others.
   *
   * @param epochRows how many it takes, and why: {@code "900 = 300 x 1 + 2,400 x 0.25"}
   */
  default void onSampling(String epochRows) {}

  /** Something is odd, and the run goes on all the same: a sentence. */
  default void onWarning(String warning) {}

  /** Worth knowing, and nothing to mend: a sentence. */
  default void onNote(String note) {}

  /** A stage after training begins: {@code "evaluating"}, {@code "exporting"}. */
  default void onStage(String stage) {}
}
