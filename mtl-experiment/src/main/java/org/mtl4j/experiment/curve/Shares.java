package org.mtl4j.experiment.curve;

import java.math.BigDecimal;
import java.util.List;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;

/**
 * Which shares of the training rows are trained on.
 *
 * @param percents rising, above 0, at most 100, at least two
 */
public record Shares(List<Double> percents) {
  /** Factors of about four and five, so that equal steps of a curve are equal in its logarithm. */
  public static final Shares USUAL = new Shares(List.of(1.0, 5.0, 20.0, 100.0));

  /**
   * Copies and checks the numbers.
   *
   * @throws MtlException (USAGE) if they are fewer than two, out of range or do not rise
   */
  public Shares {
    percents = List.copyOf(percents);
    double last = 0;
    boolean rise = percents.size() > 1;
    for (double percent : percents) {
      rise &= percent > last && percent <= 100;
      last = percent;
    }
    if (!rise) {
      throw new MtlException(
          new Problem(
              ErrorCode.USAGE,
              "--shares",
              "Expected two or more rising numbers above 0, at most 100, found " + percents + ".",
              "Say percents of the training rows: --shares 1,5,20,100."));
    }
  }

  /** A percent as a name has it: {@code 5}, {@code 0.5}. */
  public static String spelt(double percent) {
    return BigDecimal.valueOf(percent).stripTrailingZeros().toPlainString();
  }

  /** The value of {@code data.training_share} that it stands for. */
  static String share(double percent) {
    return BigDecimal.valueOf(percent).movePointLeft(2).stripTrailingZeros().toPlainString();
  }
}
