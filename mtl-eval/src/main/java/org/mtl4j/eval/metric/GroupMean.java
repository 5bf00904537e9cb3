package org.mtl4j.eval.metric;

import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.RowPart;

/**
 * A figure of each group's ranking, averaged over groups: what most ranking metrics of binary
 * outputs share. Each group counts the same (in a resample, as often as it was drawn), example
 * weights are ignored, larger is better.
 */
interface GroupMean extends BinaryMetric {
  /** The figure of each group; NaN leaves the group out. */
  IntToDoubleFunction figures(RankedGroups groups);

  @Override
  default boolean higherIsBetter() {
    return true;
  }

  @Override
  default Set<RowPart> needs() {
    return Set.of(RowPart.GROUPS);
  }

  @Override
  default OptionalDouble compute(EvaluationRows rows) {
    if (!rows.parts().containsAll(needs())) {
      return OptionalDouble.empty();
    }
    IntToDoubleFunction figures =
        rows.groupValues(this, 1, undrawn -> figures(new RankedGroups(undrawn)));
    double total = 0;
    long defined = 0;
    int groups = rows.unitCount(); // Asked once: threads of a bootstrap wait for each other there.
    for (int group = 0; group < groups; group++) {
      int count = rows.groupCount(group);
      double figure = count == 0 ? Double.NaN : figures.applyAsDouble(group);
      if (!Double.isNaN(figure)) {
        total += count * figure;
        defined += count;
      }
    }
    return defined > 0 ? OptionalDouble.of(total / defined) : OptionalDouble.empty();
  }

  @Override
  default String whyUndefined(EvaluationRows rows) {
    return rows.size() == 0 || !rows.parts().containsAll(needs())
        ? BinaryMetric.super.whyUndefined(rows)
        : whyEveryGroupIsLeftOut(rows);
  }

  /** As the end of the sentence that begins "click/mrr is not defined:". */
  default String whyEveryGroupIsLeftOut(EvaluationRows rows) {
    return "no group has a positive among %d rows".formatted(rows.size());
  }
}
