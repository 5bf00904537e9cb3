package org.mtl4j.experiment.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.task.BoundExpression;
import org.mtl4j.core.task.BoundSpace;
import org.mtl4j.core.task.Columns;
import org.mtl4j.core.task.Task;
import org.mtl4j.core.training.RowSampling;
import org.mtl4j.experiment.config.SamplingConfig;

/**
 * How many training rows there are of each ratio of {@code training.sampling}, before anything is
 * encoded: whether an epoch has rows is known as soon as the data was read once.
 */
final class SampledRows {
  private final Optional<SamplingConfig> config;
  private final DomainNumbers domains;
  private final List<Say> tasks;
  private final Map<Double, Long> rows = new LinkedHashMap<>();

  /** Nothing seen yet. */
  SampledRows(ExperimentPlan plan, Columns columns) {
    this.config = plan.config().training().sampling();
    this.domains = DomainNumbers.of(plan.config().data().source(), columns);
    Map<String, Double> ratios = config.map(SamplingConfig::task).orElse(Map.of());
    this.tasks =
        plan.tasks().stream()
            .filter(task -> ratios.containsKey(task.name()))
            .map(task -> Say.of(task, ratios.get(task.name()), columns))
            .toList();
  }

  /** A task's ratio, and where it has a label. */
  private record Say(String task, double ratio, BoundSpace space, BoundExpression label) {
    static Say of(Task task, double ratio, Columns columns) {
      return new Say(
          task.name(), ratio, BoundSpace.of(task.space(), columns), task.label().bind(columns));
    }

    boolean isThere(RawBatch rows, int row) {
      if (rows.drawn().isPresent() && rows.drawn().get().rows()[row]) {
        return rows.drawn().get().tasks().contains(task) && space.isInside(rows, row);
      }
      return space.contains(rows, row)
          && (label.isText()
              ? label.text(rows, row) != null
              : !Double.isNaN(label.number(rows, row)));
    }
  }

  /** Looks at training rows. */
  void observe(RawBatch block) {
    if (config.isEmpty()) {
      return;
    }
    Optional<int[]> numbers = domains.of(block);
    for (int row = 0; row < block.rowCount(); row++) {
      double largest = numbers.isPresent() ? ofDomain(numbers.get()[row]) : RowRatios.NONE;
      for (Say task : tasks) {
        if (task.ratio() > largest && task.isThere(block, row)) {
          largest = task.ratio();
        }
      }
      rows.merge(RowRatios.orOnce(largest), 1L, Long::sum);
    }
  }

  private double ofDomain(int number) {
    return config.orElseThrow().domain().getOrDefault(domains.names().get(number), RowRatios.NONE);
  }

  /**
   * Checks that an epoch has rows.
   *
   * @throws org.mtl4j.core.error.MtlException CONFIG_VALUE if it has none, or more than an epoch
   *     may have
   */
  void check() {
    if (config.isPresent() && !rows.isEmpty()) {
      RowSampling.check(rows);
    }
  }
}
