package org.mtl4j.eval.metric;

import java.util.OptionalDouble;
import org.mtl4j.core.metric.EvaluationRows;

/**
 * Expected calibration error, {@code ece}: how far predictions and what came true are apart, on
 * average over 15 bins of equal width (Naeini, Cooper and Hauskrecht, AAAI 2015; 15 as Guo and
 * others, ICML 2017). In [0, 1].
 *
 * <pre>ece = sum over bins b of (w_b / w) |mean prediction in b - share of positives in b|</pre>
 *
 * <p>The bins are part of the definition. Where positives are rare nearly all rows are in the first
 * of them, which {@link AdaptiveEce} mends. By example weight. Not defined without rows or weight,
 * or where predictions are no probabilities.
 */
public record Ece() implements OfProbabilities, BinaryMetric {
  /** Number of bins. */
  static final int BINS = 15;

  @Override
  public String key() {
    return "ece";
  }

  @Override
  public boolean higherIsBetter() {
    return false;
  }

  @Override
  public OptionalDouble ofProbabilities(EvaluationRows rows) {
    ReliabilityTable table = ReliabilityTable.ofEqualWidth(rows, BINS);
    return table.bins().isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(table.calibrationError());
  }
}
