package org.mtl4j.eval.metric;

import java.math.BigDecimal;
import java.util.OptionalDouble;
import org.mtl4j.core.metric.EvaluationRows;

/**
 * Quantile loss (pinball loss), {@code quantile_loss@Q}: {@code sum w_i max(q d_i, (q - 1) d_i) /
 * sum w_i} with d = label - prediction and example weights w (Koenker and Bassett, Econometrica 46,
 * 1978). In the label's unit, from 0; least where the quantile q is predicted. Of q = 0.5 it is
 * half of {@link Mae}. Not defined without rows or weight.
 *
 * @param quantile q, in (0, 1)
 */
public record QuantileLoss(double quantile) implements RegressionError {
  /**
   * Checks the quantile.
   *
   * @throws IllegalArgumentException if it is not between 0 and 1
   */
  public QuantileLoss {
    if (!(quantile > 0 && quantile < 1)) {
      throw new IllegalArgumentException(
          "quantile_loss@Q: expected Q between 0 and 1, found " + quantile);
    }
  }

  @Override
  public String key() {
    return "quantile_loss@" + BigDecimal.valueOf(quantile).toPlainString();
  }

  @Override
  public OptionalDouble compute(EvaluationRows rows) {
    return WeightedMean.of(
        rows,
        this,
        row -> {
          double off = -RegressionError.of(rows, row);
          return Math.max(quantile * off, (quantile - 1) * off);
        });
  }
}
