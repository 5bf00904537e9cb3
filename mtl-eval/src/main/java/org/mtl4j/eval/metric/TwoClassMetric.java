package org.mtl4j.eval.metric;

import org.mtl4j.core.metric.EvaluationRows;

/** A figure that compares positives with negatives, and so needs some weight of both. */
interface TwoClassMetric extends BinaryMetric {
  @Override
  default String whyUndefined(EvaluationRows rows) {
    long weighty = WeightedMean.countWeighty(rows);
    return weighty == 0
        ? BinaryMetric.super.whyUndefined(rows)
        : "one class only among %d rows".formatted(weighty);
  }
}
