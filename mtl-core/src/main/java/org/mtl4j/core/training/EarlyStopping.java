package org.mtl4j.core.training;

/**
 * Stops a run whose validation metric no longer gains, and says which state to keep.
 *
 * @param metric key of the metric, say {@code click/auc}
 * @param higherIsBetter its direction
 * @param patience epochs without gain after which the run stops, at least 1
 */
public record EarlyStopping(String metric, boolean higherIsBetter, int patience) {
  /**
   * Checks the patience.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public EarlyStopping {
    if (patience < 1) {
      throw new IllegalArgumentException("patience: expected at least 1, found " + patience);
    }
  }

  /** Whether a value is a gain over the best so far; NaN as best is no value yet. */
  boolean improves(double value, double best) {
    return Double.isNaN(best) || (higherIsBetter ? value > best : value < best);
  }
}
