package org.mtl4j.eval.metric;

import java.util.OptionalDouble;
import org.mtl4j.core.metric.EvaluationRows;

/**
 * Adaptive calibration error, {@code adaptive_ece}: as {@link Ece}, over 15 bins of equal weight
 * (Nguyen and O'Connor, EMNLP 2015), so that it tells something where positives are rare. In [0,
 * 1]. Rows of equal predictions are in one bin. By example weight. Not defined without rows or
 * weight, or where predictions are no probabilities.
 */
public record AdaptiveEce() implements OfProbabilities, BinaryMetric {
  @Override
  public String key() {
    return "adaptive_ece";
  }

  @Override
  public boolean higherIsBetter() {
    return false;
  }

  @Override
  public OptionalDouble ofProbabilities(EvaluationRows rows) {
    ReliabilityTable table = ReliabilityTable.ofEqualWeight(rows, Ece.BINS);
    return table.bins().isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(table.calibrationError());
  }
}
