package org.mtl4j.cli.console;

import me.tongfei.progressbar.ProgressBar;
import org.mtl4j.experiment.run.ExperimentListener.Pass;
import org.mtl4j.experiment.run.ExperimentListener.Reading;

/** Shows rows as a bar a pass that is redrawn in place, for terminals. */
final class RowBar implements RowDisplay {
  private static final long UNKNOWN = -1;

  private final Console console;
  private Pass pass;
  private ProgressBar bar;

  RowBar(Console console) {
    this.console = console;
  }

  @Override
  public void rows(Reading reading) {
    if (reading.pass() != pass) {
      close();
      pass = reading.pass();
      bar =
          StepBar.builder(console, RowDisplay.words(pass), reading.total().orElse(UNKNOWN)).build();
    }
    bar.stepTo(reading.rows());
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
