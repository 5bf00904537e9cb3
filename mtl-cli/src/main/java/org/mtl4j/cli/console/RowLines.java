package org.mtl4j.cli.console;

import java.util.Locale;
import org.mtl4j.experiment.run.ExperimentListener.Reading;

/**
 * A line each time that so many more rows were read, for logs and pipes: equal data, equal lines.
 */
final class RowLines implements RowDisplay {
  private static final long INTERVAL = 1_000_000;

  private final Console console;
  private long before;

  RowLines(Console console) {
    this.console = console;
  }

  @Override
  public void rows(Reading reading) {
    if (reading.rows() / INTERVAL > before / INTERVAL) {
      console.note(line(reading));
    }
    before = reading.rows(); // The next pass begins with few again.
  }

  private static String line(Reading reading) {
    String what = RowDisplay.words(reading.pass());
    return reading.total().isPresent()
        ? String.format(
            Locale.ROOT, "%s: %,d of %,d", what, reading.rows(), reading.total().getAsLong())
        : String.format(Locale.ROOT, "%s: %,d", what, reading.rows());
  }

  @Override
  public void close() {}
}
