package org.mtl4j.eval.metric;

import java.util.OptionalDouble;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.Metric;
import org.mtl4j.core.task.TaskType;

/**
 * A figure of the first K ranks of each group, averaged over groups: what ranking metrics of binary
 * outputs share. Each group counts the same (in a resample, as often as it was drawn), example
 * weights are ignored, larger is better.
 */
interface GroupRanking extends Metric {
  /** The figure's name, before the {@code @}. */
  String name();

  /** Number of ranks that count. */
  int k();

  /** What the first ranks are worth together, see {@link RankedGroups#worthOfTop}: [k + 1]. */
  double[] worthOfTop();

  /** The figure of one group; NaN leaves the group out. */
  double ofGroup(RankedGroups groups, int group, double[] worthOfTop);

  /** Checks the cut-off. */
  static void checkCutOff(String name, int k) {
    if (k < 1) {
      throw new IllegalArgumentException(name + "@K: expected K of at least 1, found " + k);
    }
  }

  @Override
  default String key() {
    return name() + "@" + k();
  }

  @Override
  default boolean appliesTo(TaskType type) {
    return type instanceof TaskType.Binary;
  }

  @Override
  default boolean higherIsBetter() {
    return true;
  }

  @Override
  default boolean needsGroups() {
    return true;
  }

  @Override
  default OptionalDouble compute(EvaluationRows rows) {
    if (rows.groups().isEmpty()) {
      return OptionalDouble.empty();
    }
    double[] worth = worthOfTop();
    RankedGroups groups = new RankedGroups(rows);
    double total = 0;
    long defined = 0;
    for (int group = 0; group < rows.unitCount(); group++) {
      int count = rows.groupCount(group);
      double figure = count == 0 ? Double.NaN : ofGroup(groups, group, worth);
      if (!Double.isNaN(figure)) {
        total += count * figure;
        defined += count;
      }
    }
    return defined > 0 ? OptionalDouble.of(total / defined) : OptionalDouble.empty();
  }
}
