package org.mtl4j.cli.console;

import java.time.Duration;

/** How fast steps go. Time between epochs, when the model is evaluated and saved, is left out. */
final class Throughput {
  private long rows;
  private long steps;
  private long nanos;
  private long last;
  private boolean running;

  /** Takes note of a step that has just ended. The first after a pause only starts the clock. */
  void step(int stepRows, long now) {
    if (running) {
      nanos += now - last;
      rows += stepRows;
      steps++;
    }
    running = true;
    last = now;
  }

  /** Stops the clock until the next step. */
  void pause() {
    running = false;
  }

  /** Rows a second, 0 as long as nothing is known. */
  double examplesPerSecond() {
    return nanos == 0 ? 0 : rows * 1e9 / nanos;
  }

  /** How long so many steps will take, zero as long as nothing is known. */
  Duration timeFor(long moreSteps) {
    return steps == 0
        ? Duration.ZERO
        : Duration.ofNanos((long) ((double) nanos / steps * moreSteps));
  }
}
