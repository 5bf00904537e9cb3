package org.mtl4j.experiment.online;

import java.util.Locale;

/**
 * A figure of the old model and of the new one, on the same rows.
 *
 * @param figure {@code output/metric}
 * @param before of the old model; NaN where it is not defined
 * @param now of the new one
 * @param worse how much worse the new one is
 * @param margin how much worse it may be, in the figure's unit
 */
public record GateFigure(String figure, double before, double now, Worse worse, double margin) {
  /**
   * How much worse a model is than another, below 0 where it is better, with the bounds of its 95 %
   * interval; all NaN where that cannot be told.
   *
   * @param value in the figure's unit
   * @param low the interval's lower bound
   * @param high its upper bound
   */
  public record Worse(double value, double low, double high) {
    /** Where nothing can be told. */
    static final Worse UNKNOWN = new Worse(Double.NaN, Double.NaN, Double.NaN);
  }

  /**
   * A test of non-inferiority: accepted if the whole interval is within the margin, refused if it
   * is worse by more than chance, and otherwise there are too few rows to tell.
   */
  Verdict verdict() {
    if (worse.high() <= margin) {
      return Verdict.ACCEPTED;
    }
    return worse.low() > 0 ? Verdict.REFUSED : Verdict.UNDECIDED;
  }

  /** In words. */
  String words() {
    if (Double.isNaN(worse.value())) {
      return figure + " cannot be compared: it is not defined on the rows held out";
    }
    return String.format(
        Locale.ROOT,
        "%s %.6f, before %.6f: worse by %.6f (95 %% interval %.6f to %.6f), where %.6f is allowed",
        figure,
        now,
        before,
        worse.value(),
        worse.low(),
        worse.high(),
        margin);
  }
}
