package org.mtl4j.cli.console;

import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.mtl4j.core.training.TrainingListener;

/** Shows steps as a bar that is redrawn in place, for terminals. */
final class StepBar implements StepDisplay {
  private static final int REDRAW_MILLIS = 200;
  private static final long MESSAGE_NANOS = Duration.ofMillis(REDRAW_MILLIS).toNanos();

  private final Console console;
  private final long totalSteps;
  private final long started = System.nanoTime();
  private ProgressBar bar;
  private long written;

  StepBar(Console console, long totalSteps) {
    this.console = console;
    this.totalSteps = totalSteps;
  }

  @Override
  public void step(TrainingListener.Step step, Throughput throughput) {
    if (bar == null) {
      bar = open(step);
    }
    bar.stepTo(step.step());
    long now = System.nanoTime();
    if (now - written >= MESSAGE_NANOS) {
      written = now;
      bar.setExtraMessage(
          String.format(
              Locale.ROOT,
              " %,.0f examples/s, %s",
              throughput.examplesPerSecond(),
              Losses.line(step.losses())));
    }
  }

  /** A new bar an epoch, which goes on where the last one was. */
  private ProgressBar open(TrainingListener.Step step) {
    return builder(console, "epoch " + step.epoch(), totalSteps)
        .startsFrom(step.step(), Duration.ofNanos(System.nanoTime() - started))
        .build();
  }

  /** A bar on a console; {@code max} -1 if it is not known. */
  static ProgressBarBuilder builder(Console console, String name, long max) {
    // With a width of our own the library asks no terminal: JLine's would take Ctrl-C over.
    ConsoleProgressBarConsumer target =
        new ConsoleProgressBarConsumer(console.err(), console.columns());
    return new ProgressBarBuilder()
        .setTaskName(name)
        .setInitialMax(max)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(REDRAW_MILLIS)
        .setConsumer(target)
        .clearDisplayOnFinish();
  }

  @Override
  public void pause() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }

  @Override
  public void close() {
    pause();
  }
}
