package org.mtl4j.eval.metric;

import org.junit.jupiter.api.Test;
import org.mtl4j.testkit.ContractCoverage;

/** No metric is without its check. */
class MetricsCoverageTest {
  @Test
  void everyMetricHasAContractTest() {
    ContractCoverage.ofMetrics(Auc.class, MetricsCoverageTest.class);
  }
}
