package org.mtl4j.eval.metric;

import java.util.OptionalDouble;
import org.mtl4j.core.metric.EvaluationRows;

/**
 * F1 of a binary output, {@code f1}: the harmonic mean of precision and recall, with a yes from a
 * probability above 0.5 on (van Rijsbergen, Information Retrieval, 1979). In [0, 1]; 0 where rare
 * positives never reach 0.5, of which {@link BestF1} is free. By example weight. Not defined where
 * there is no positive, in fact or as predicted.
 */
public record F1Score() implements BinaryMetric {
  @Override
  public String key() {
    return "f1";
  }

  @Override
  public boolean higherIsBetter() {
    return true;
  }

  @Override
  public OptionalDouble compute(EvaluationRows rows) {
    return F1.of(rows);
  }

  @Override
  public String whyUndefined(EvaluationRows rows) {
    long weighty = WeightedMean.countWeighty(rows);
    return weighty == 0
        ? BinaryMetric.super.whyUndefined(rows)
        : "none of %d rows is positive, in fact or as predicted".formatted(weighty);
  }
}
