package org.mtl4j.core.metric;

import java.util.List;

/**
 * Makes the metrics that go by one bound name: one of them, or one for each cut-off of {@link
 * EvaluationSettings#k}. Bind it with {@code MetricBinder}.
 */
@FunctionalInterface
public interface MetricFactory {
  /** The metrics for these settings, each with a key of its own. */
  List<Metric> create(EvaluationSettings settings);

  /** Whether the metrics are reported where the experiment names none. */
  default boolean isDefault() {
    return true;
  }

  /** The same metrics, reported only where the experiment names them. */
  default MetricFactory onRequest() {
    return new OnRequest(this);
  }
}
