package org.mtl4j.cli.console;

import java.util.Locale;
import java.util.stream.Collectors;
import org.mtl4j.core.training.StepLosses;

/** Losses on a line. */
final class Losses {
  private Losses() {}

  /** {@code loss 0.5123 (click 0.3214, rating 0.1909)}; the tasks are left out if it is one. */
  static String line(StepLosses losses) {
    String total = String.format(Locale.ROOT, "loss %.4f", losses.total());
    return losses.tasks().size() < 2
        ? total
        : losses.tasks().entrySet().stream()
            .map(task -> String.format(Locale.ROOT, "%s %.4f", task.getKey(), task.getValue()))
            .collect(Collectors.joining(", ", total + " (", ")"));
  }
}
