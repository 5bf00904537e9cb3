package org.mtl4j.cli.console;

import org.mtl4j.experiment.run.ExperimentListener.Pass;
import org.mtl4j.experiment.run.ExperimentListener.Reading;

/** Shows how far the reading of rows is. */
interface RowDisplay extends AutoCloseable {
  /** Shows that more rows were read. */
  void rows(Reading reading);

  @Override
  void close();

  /** What a pass does. */
  static String words(Pass pass) {
    return pass == Pass.LEARNING ? "learning from the rows" : "encoding the rows";
  }
}
