package org.mtl4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.optimizer.RowwiseAdagrad;

class RowwiseAdagradTest extends OptimizerContractTest {
  private static final double RATE = 0.3;
  private static final double START = 0.1;
  private static final double EPSILON = 1e-3;

  @Override
  protected RowwiseAdagrad optimizer() {
    return new RowwiseAdagrad(RATE, START, EPSILON);
  }

  @Override
  protected Rule denseRule(int size) {
    double[] sum = new double[size];
    Arrays.fill(sum, START);
    return (w, g, t) -> {
      for (int i = 0; i < size; i++) {
        sum[i] += g[i] * g[i];
        w[i] -= RATE * g[i] / (Math.sqrt(sum[i]) + EPSILON);
      }
    };
  }

  /** One accumulator: the mean square of the row's gradient. */
  @Override
  protected Rule rowRule(int width) {
    double[] sum = {START};
    return (w, g, t) -> {
      sum[0] += Arrays.stream(g).map(x -> x * x).average().orElseThrow();
      for (int i = 0; i < width; i++) {
        w[i] -= RATE * g[i] / (Math.sqrt(sum[0]) + EPSILON);
      }
    };
  }

  @Test
  void slotHasOneValueARow() {
    try (OptimizerHarness harness = new OptimizerHarness(optimizer())) {
      harness.start(new double[OptimizerHarness.DENSE], new double[OptimizerHarness.TABLE_SIZE]);
      Map<String, double[][]> tables = harness.tables();
      assertThat(tables).containsOnlyKeys("table", "optimizer/rowwise_adagrad/table");
      assertThat(tables.get("optimizer/rowwise_adagrad/table"))
          .hasDimensions(OptimizerHarness.ROWS, 1);
    }
  }
}
