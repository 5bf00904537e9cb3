package org.mtl4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.optimizer.RowwiseAdagrad;

class RowwiseAdagradTest extends OptimizerContractTest {
  private static final AdagradRule RULE = new AdagradRule(0.3, 0.1, 1e-3);

  @Override
  protected RowwiseAdagrad optimizer() {
    return new RowwiseAdagrad(RULE.rate(), RULE.start(), RULE.epsilon());
  }

  @Override
  protected Rule denseRule(int size) {
    return RULE.ofElements(size);
  }

  @Override
  protected Rule rowRule(int width) {
    return RULE.ofRow(width);
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
