package org.mtl4j.cli.console;

import java.time.Duration;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ProgressBar;
import org.mtl4j.experiment.run.ExperimentListener.Pass;
import org.mtl4j.experiment.run.ExperimentListener.Reading;

/**
 * Shows rows as a bar a pass that is redrawn in place, for terminals; from the first second on, so
 * that small data make no bar flash up.
 */
final class RowBar implements RowDisplay {
  private static final long UNKNOWN = -1;
  private static final long PATIENCE_NANOS = Duration.ofSeconds(1).toNanos();

  private final Console console;
  private final LongSupplier nanos;
  private final long started;
  private Pass pass;
  private ProgressBar bar;

  /** The clock gives nanoseconds since whenever. */
  RowBar(Console console, LongSupplier nanos) {
    this.console = console;
    this.nanos = nanos;
    this.started = nanos.getAsLong();
  }

  @Override
  public void rows(Reading reading) {
    if (reading.pass() != pass) {
      close();
      pass = reading.pass();
    }
    if (bar == null && nanos.getAsLong() - started >= PATIENCE_NANOS) {
      bar =
          StepBar.builder(console, RowDisplay.words(pass), reading.total().orElse(UNKNOWN)).build();
    }
    if (bar != null) {
      bar.stepTo(reading.rows());
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
