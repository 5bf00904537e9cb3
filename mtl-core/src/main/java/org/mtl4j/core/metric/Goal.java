package org.mtl4j.core.metric;

/**
 * A figure that says which of two states or models is better.
 *
 * @param metric its key, say {@code click/auc}
 * @param higherIsBetter its direction
 */
public record Goal(String metric, boolean higherIsBetter) {
  /** The figure in a report; NaN where it is not defined or infinite. */
  public double of(MetricReport report) {
    double value = report.get(metric).orElse(Double.NaN);
    return Double.isInfinite(value) ? Double.NaN : value;
  }
}
