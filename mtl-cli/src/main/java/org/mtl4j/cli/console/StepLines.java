package org.mtl4j.cli.console;

import java.time.Duration;
import java.util.Locale;
import org.mtl4j.core.training.TrainingListener;

/** Shows steps as a line now and then, for logs and pipes: no carriage returns. */
final class StepLines implements StepDisplay {
  private static final long INTERVAL_NANOS = Duration.ofSeconds(10).toNanos();

  private final Console console;
  private final long totalSteps;
  private long shown;

  /** Shows the first line an interval from now. */
  StepLines(Console console, long totalSteps) {
    this.console = console;
    this.totalSteps = totalSteps;
    this.shown = System.nanoTime();
  }

  @Override
  public void step(TrainingListener.Step step, Throughput throughput) {
    long now = System.nanoTime();
    if (now - shown >= INTERVAL_NANOS) {
      shown = now;
      console.note(line(step, throughput));
    }
  }

  String line(TrainingListener.Step step, Throughput throughput) {
    return String.format(
        Locale.ROOT,
        "epoch %d  step %d/%d  %,.0f examples/s  %s left at most  %s",
        step.epoch(),
        step.step(),
        totalSteps,
        throughput.examplesPerSecond(),
        spell(throughput.timeFor(totalSteps - step.step())),
        Losses.line(step.losses()));
  }

  private static String spell(Duration duration) {
    return String.format(
        Locale.ROOT,
        "%d:%02d:%02d",
        duration.toHours(),
        duration.toMinutesPart(),
        duration.toSecondsPart());
  }

  @Override
  public void pause() {}

  @Override
  public void close() {}
}
