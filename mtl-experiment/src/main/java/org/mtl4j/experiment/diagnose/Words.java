package org.mtl4j.experiment.diagnose;

import java.util.Locale;
import java.util.OptionalDouble;

/** Numbers as findings and tables spell them. */
final class Words {
  private Words() {}

  /** A p-value. */
  static String p(OptionalDouble value) {
    if (value.isEmpty()) {
      return "-";
    }
    double p = value.getAsDouble();
    return p < 0.0001 ? "< 0.0001" : number(p);
  }

  /** Four decimals. */
  static String number(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.4f", value);
  }

  /** Two decimals and a sign. */
  static String signed(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%+.2f", value);
  }

  /** A share as per cent, one decimal. */
  static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  /** Three significant digits or so, for what may be of any size. */
  static String size(double value) {
    return String.format(Locale.ROOT, value >= 100 ? "%,.0f" : "%.3g", value);
  }
}
