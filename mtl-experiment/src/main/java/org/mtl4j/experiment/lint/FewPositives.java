package org.mtl4j.experiment.lint;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.data.split.Split;

/** A binary task with fewer than 50 positives among its training rows. */
final class FewPositives implements LintCheck {
  private static final long ENOUGH = 50;

  private final String name;
  private final List<BinaryTask> tasks;
  private final long[] positives;
  private final long[] rows;

  FewPositives(String name, LintSubject subject) {
    this.name = name;
    this.tasks = subject.binaryTasks();
    this.positives = new long[tasks.size()];
    this.rows = new long[tasks.size()];
  }

  @Override
  public void observe(Split split, RawBatch block) {
    if (split != Split.TRAIN) {
      return;
    }
    for (int t = 0; t < positives.length; t++) {
      for (int row = 0; row < block.rowCount(); row++) {
        int label = tasks.get(t).at(block, row);
        rows[t] += label == BinaryTask.NO_SAY ? 0 : 1;
        positives[t] += label == 1 ? 1 : 0;
      }
    }
  }

  @Override
  public List<Finding> findings() {
    return IntStream.range(0, positives.length)
        .filter(t -> positives[t] < ENOUGH)
        .mapToObj(
            t ->
                new Finding(
                    name,
                    Severity.WARNING,
                    "tasks." + tasks.get(t).name(),
                    String.format(
                        Locale.ROOT,
                        "It has %,d positives among its %,d training rows, fewer than %d.",
                        positives[t],
                        rows[t],
                        ENOUGH),
                    "So few teach little and measure less: gather more rows, or learn a more"
                        + " frequent event beside it."))
        .toList();
  }
}
