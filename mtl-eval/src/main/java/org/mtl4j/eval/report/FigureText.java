package org.mtl4j.eval.report;

import java.util.Locale;
import java.util.OptionalDouble;
import org.mtl4j.eval.interval.Interval;

/** Figures as tables and sentences spell them: with four decimals. */
public final class FigureText {
  private static final String NONE = "-";

  private FigureText() {}

  /** A figure; "-" for NaN. */
  public static String of(double value) {
    return spelt("%.4f", value);
  }

  /** A figure; "-" where it is not defined. */
  public static String of(OptionalDouble value) {
    return of(value.orElse(Double.NaN));
  }

  /** A difference of two figures, with its sign; "-" for NaN. */
  public static String signed(double value) {
    return spelt("%+.4f", value);
  }

  /** A difference of two figures, with its sign; "-" where it is not defined. */
  public static String signed(OptionalDouble value) {
    return signed(value.orElse(Double.NaN));
  }

  /** An interval, {@code [0.1000, 0.2000]}. */
  public static String of(Interval interval) {
    return "[" + of(interval.low()) + ", " + of(interval.high()) + "]";
  }

  /** A p-value, of which nobody needs the digits when it is very small. */
  public static String ofP(double p) {
    return p < 0.0001 ? "< 0.0001" : of(p);
  }

  private static String spelt(String format, double value) {
    return Double.isNaN(value) ? NONE : String.format(Locale.ROOT, format, value);
  }
}
