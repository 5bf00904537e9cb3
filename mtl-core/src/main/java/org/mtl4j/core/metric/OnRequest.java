package org.mtl4j.core.metric;

import java.util.List;

/**
 * Metrics that are reported only where the experiment names them, so that reports stay readable.
 *
 * @param metrics what they are
 */
record OnRequest(MetricFactory metrics) implements MetricFactory {
  @Override
  public List<Metric> create(EvaluationSettings settings) {
    return metrics.create(settings);
  }

  @Override
  public boolean isDefault() {
    return false;
  }
}
