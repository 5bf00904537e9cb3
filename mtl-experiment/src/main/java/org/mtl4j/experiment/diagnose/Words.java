package org.mtl4j.experiment.diagnose;

import java.util.Locale;

/** Numbers other than figures, as findings and tables spell them. */
final class Words {
  private Words() {}

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
