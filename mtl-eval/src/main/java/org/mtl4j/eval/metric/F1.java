package org.mtl4j.eval.metric;

import java.util.OptionalDouble;
import org.mtl4j.core.metric.EvaluationRows;

/**
 * The harmonic mean of precision and recall over all labels of some rows, by example weight: 2 tp /
 * (2 tp + fp + fn), with a yes from a probability above 0.5 on (van Rijsbergen, Information
 * Retrieval, 1979).
 */
final class F1 {
  private F1() {}

  /** Empty where there is no positive, in fact or as predicted. */
  static OptionalDouble of(EvaluationRows rows) {
    double either = rows.weightedSum(Count.EITHER, row -> count(rows, row, Count.EITHER));
    return either > 0
        ? OptionalDouble.of(
            rows.weightedSum(Count.BOTH, row -> count(rows, row, Count.BOTH)) / either)
        : OptionalDouble.empty();
  }

  /** Twice the labels of a row that are predicted, or its labels and what is predicted. */
  private enum Count {
    BOTH,
    EITHER
  }

  private static int count(EvaluationRows rows, int row, Count what) {
    int count = 0;
    for (int i = row * rows.width(); i < (row + 1) * rows.width(); i++) {
      boolean yes = rows.labels().get(i) == 1;
      boolean predicted = rows.predictions().get(i) > 0.5;
      if (what == Count.EITHER || (yes && predicted)) {
        count += (yes ? 1 : 0) + (predicted ? 1 : 0);
      }
    }
    return count;
  }
}
