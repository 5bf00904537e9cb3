package org.mtl4j.eval.metric;

import java.util.OptionalDouble;
import org.mtl4j.core.metric.EvaluationRows;

/**
 * Predicted over observed positives, {@code pcoc} ("predicted click over click"; the calibration of
 * He and others, ADKDD 2014): {@code sum w_i p_i / sum w_i y_i}. A ratio, from 0; 1 for a model
 * that is right on average, above it promises too much. It judges the average only, and is best in
 * the middle: an {@link Ece} of 0 is more.
 *
 * <p>By example weight. Not defined without a positive, or where predictions are no probabilities.
 */
public record Pcoc() implements OfProbabilities, BinaryMetric {
  @Override
  public String key() {
    return "pcoc";
  }

  @Override
  public boolean higherIsBetter() {
    return false;
  }

  @Override
  public boolean judges() {
    return false;
  }

  @Override
  public OptionalDouble ofProbabilities(EvaluationRows rows) {
    double predicted = rows.weightedSum(this, row -> rows.predictions().get(row));
    double observed = ClassWeights.of(rows).positives();
    return observed > 0 ? OptionalDouble.of(predicted / observed) : OptionalDouble.empty();
  }

  @Override
  public String whyUndefinedOfProbabilities(EvaluationRows rows) {
    long weighty = WeightedMean.countWeighty(rows);
    return weighty == 0
        ? OfProbabilities.super.whyUndefinedOfProbabilities(rows)
        : "no positive among %d rows".formatted(weighty);
  }
}
